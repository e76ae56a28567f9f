/* The entry of the search: the dialog in the header, which is fetched when a reader turns to it, and
   the search page when it is opened, also by instant navigation, which loads no page. */

const field = document.querySelector(".md-search__input");
const toggle = document.getElementById("__search");
const opener = document.querySelector(".md-header__inner > [for=__search]");

// Made absolute at once: instant navigation keeps the form on every page, below another address.
const form = document.querySelector(".md-search__form");
if (form instanceof HTMLFormElement) {
  form.action = new URL(form.getAttribute("action") ?? "", document.baseURI).href;
}

/** @type {Promise<unknown> | undefined} */
let dialog;

/** Fetch the dialog once. It takes over what was typed before it came. */
const load = () => {
  document.removeEventListener("keydown", openByKey);
  // What the dialog imports, too: a file that only another file names costs one more round trip.
  dialog ??= Promise.all([import("./search-client.js"), import("./search-dialog.js")]);
  return dialog;
};

/**
 * Fetch the dialog when one of its keys is pressed, and press the key again when it listens.
 * @param {KeyboardEvent} event
 */
const openByKey = (event) => {
  const { key, target } = event;
  if (!["/", "s", "f"].includes(key) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (target instanceof Element && target.closest("input, textarea, select, [contenteditable]"))
    return;
  event.preventDefault();
  load().then(() => document.dispatchEvent(new KeyboardEvent("keydown", { key })));
};

for (const type of ["focus", "input", "pointerenter"]) field?.addEventListener(type, load);
for (const type of ["pointerenter", "click"]) opener?.addEventListener(type, load);
toggle?.addEventListener("change", load);
document.addEventListener("keydown", openByKey);
if (field === document.activeElement || (toggle instanceof HTMLInputElement && toggle.checked))
  load();

const mount = () => {
  const element = document.querySelector(".sb-search-page");
  if (element instanceof HTMLElement) {
    import("./search-page.js").then((page) => page.mount(element));
  }
};

if (window.document$) window.document$.subscribe(mount);
else mount();
