/** Shared by the scripts of the desk: labels, requests, elements, dialogs, names to choose from. */

/**
 * @typedef {import("./desk-decisions.js").Decision} Decision
 * @typedef {import("./desk-decisions.js").DocumentRecord | import("./desk-decisions.js").NameRecord} PageRecord
 * @typedef {{ version: string, record: PageRecord | null, history: string[], questions: number, is_gone: boolean }} State
 * @typedef {{ mentions: number, documents: number }} Effect
 * @typedef {{ seed: string, title: string, address: string, paragraph: string, before: string, words: string, after: string, key?: string }} Quote
 */

const own = /** @type {HTMLElement} */ (document.getElementById("sb-desk"));
const { token = "", mount = "/", language = "en", reload = "" } = own.dataset;

/** The path of the site, its language, and the version of the build for the reload. */
export const site = { mount, language, reload };

/** @type {Record<string, string>} */
const labels = await (await fetch(`${mount}_desk/labels.json`)).json();

/**
 * Return a label with values in the place of its fields: `{words}`, or a number with the word for
 * one and for several, `{mentions|mention|mentions}`.
 * @type {(label: string, words?: Record<string, unknown>) => string}
 */
export const say = (label, words = {}) =>
  labels[label].replace(/\{(\w+)(?:\|([^|]*)\|([^}]*))?\}/g, (_, name, single, plural) => {
    const value = String(words[name] ?? "");
    return single ? `${value} ${value === "1" ? single : plural}` : value;
  });

/**
 * Send a request to the preview; the message of an error is for the person.
 * @param {string} name
 * @param {Record<string, unknown>} [body]
 * @returns {Promise<any>}
 */
export const ask = async (name, body) => {
  const headers = { "X-Seedbed-Token": token, "Content-Type": "application/json" };
  const options = body ? { method: "POST", headers, body: JSON.stringify(body) } : { headers };
  const response = await fetch(`${mount}_desk/${name}`, options).catch(() => null);
  if (!response) throw new Error(say("failed"));
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.problem);
  return answer;
};

/**
 * Make an element with attributes and children; a text is never read as HTML.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string>} [attributes]
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

/** @type {(label: string, act: () => unknown, attributes?: Record<string, string>) => HTMLButtonElement} */
export const button = (label, act, attributes = {}) => {
  const element = make("button", { type: "button", ...attributes }, label);
  element.addEventListener("click", act);
  return element;
};

/** @type {(label: string, name: string, value?: string) => HTMLLabelElement} */
export const field = (label, name, value = "") =>
  make("label", {}, label, make("input", { name, value, autocomplete: "off" }));

/** @type {(label: string, name: string, value: string) => HTMLLabelElement} */
export const area = (label, name, value) =>
  make("label", {}, label, make("textarea", { name, rows: "5" }, value));

/**
 * Make a field with a few values to choose from: pairs of a value and its label.
 * @param {string} label
 * @param {string} name
 * @param {string[][]} choices
 * @param {string} [value]
 */
export const choice = (label, name, choices, value = "") => {
  const options = choices.map(([key, words]) => make("option", { value: key }, words));
  const select = make("select", { name }, ...options);
  select.value = value;
  return make("label", {}, label, select);
};

/** @type {(quote: Quote) => HTMLElement} */
export const quoted = ({ title, address, paragraph, before, words, after }) => {
  const link = make("a", { href: `${mount}${address}#${paragraph}` }, title);
  return make("span", {}, before, make("mark", {}, words), after, " ", make("small", {}, link));
};

let lists = 0;

/**
 * Make a field that offers the names of the corpus, with counts and a sentence, while one types.
 * @param {string} label
 * @param {string} name
 * @param {string} [value]
 */
export const nameField = (label, name, value = "") => {
  lists += 1;
  const list = make("ul", { id: `sb-names-${lists}`, role: "listbox", "aria-label": label });
  list.hidden = true;
  const input = make("input", {
    ...{ name, value, role: "combobox", autocomplete: "off", "aria-autocomplete": "list" },
    ...{ "aria-expanded": "false", "aria-controls": list.id },
  });
  let active = -1;
  const mark = (/** @type {number} */ index) => {
    active = index;
    for (const [number, option] of [...list.children].entries())
      option.setAttribute("aria-selected", String(number === index));
    const option = list.children[index];
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  };
  const show = (/** @type {HTMLElement[]} */ options) => {
    list.replaceChildren(...options);
    list.hidden = !options.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark(-1);
  };
  const take = (/** @type {Element} */ option) => {
    input.value = option.getAttribute("data-name") ?? "";
    show([]);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  input.addEventListener("input", async () => {
    const typed = input.value;
    const names = await ask(`names?q=${encodeURIComponent(typed)}`).catch(() => []);
    if (typed === input.value)
      show(names.map((/** @type {any} */ it) => nameOption(it, list, take)));
  });
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const count = list.children.length;
    if (list.hidden || !(step || event.key === "Escape" || event.key === "Enter")) return;
    if (event.key === "Enter" && active < 0) return;
    event.preventDefault();
    if (step) mark((active + step + count) % count);
    else if (event.key === "Enter") take(list.children[active]);
    else show([]);
  });
  input.addEventListener("blur", () => show([]));
  return make("div", { class: "sb-combo" }, make("label", {}, label, input), list);
};

/**
 * @param {{ name: string, kind: string, mentions: number, documents: number, quote: Quote | null }} record
 * @param {HTMLElement} list
 * @param {(option: Element) => void} take
 */
const nameOption = ({ name, kind, mentions, documents, quote }, list, take) => {
  const id = `${list.id}-${name}`.replace(/\s/g, "_");
  const counts = make("small", {}, ` ${kind}, ${say("counts", { mentions, documents })}`);
  const option = make("li", { id, role: "option", "data-name": name }, name, counts);
  if (quote) option.append(make("small", {}, quote.before, quote.words, quote.after));
  option.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    take(option);
  });
  return option;
};

/**
 * Show a form in a dialog; Escape closes it, and the focus returns to where it was before.
 * @param {string} title
 * @param {Node[]} fields
 * @param {(data: FormData) => Promise<void>} send
 * @param {(data: FormData) => Decision[]} [preview] the decisions in the form, whose effect is shown
 */
export const showForm = (title, fields, send, preview) => {
  const problem = make("p", { role: "alert" });
  const effect = make("p", { role: "status" });
  const shortcut = { "aria-keyshortcuts": "Control+Enter" };
  const submit = make("button", { type: "submit", ...shortcut }, say("save"));
  const form = make("form", { method: "dialog" }, make("h2", { id: "sb-desk-title" }, title));
  const dialog = make(
    "dialog",
    { class: "sb-desk-form", "aria-labelledby": "sb-desk-title" },
    form,
  );
  const cancel = button(say("cancel"), () => dialog.close());
  form.append(...fields, effect, problem, make("div", { class: "sb-row" }, submit, cancel));
  dialog.addEventListener("close", () => dialog.remove());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await send(new FormData(form));
      dialog.close();
    } catch (error) {
      problem.textContent = /** @type {Error} */ (error).message;
    }
  });
  form.addEventListener("change", async () => {
    const decisions = preview?.(new FormData(form)) ?? [];
    const counted = decisions.length ? ask("effect", { decisions }) : null;
    effect.textContent = await Promise.resolve(counted)
      .then((changes) => (changes ? say("effect", changes) : ""))
      .catch((error) => error.message);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
};
