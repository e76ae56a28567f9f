/* The desk of the preview: correct what you read. Nothing of it is in the published site. */

import { ask, button, make, say, showForm, site } from "./desk-base.js";
import {
  documentDecisions,
  meaningDecisions,
  nameDecisions,
  splitDecisions,
} from "./desk-decisions.js";
import { documentFields, meaningFields, nameFields, splitFields } from "./desk-forms.js";

/**
 * @typedef {import("./desk-decisions.js").Decision} Decision
 * @typedef {import("./desk-decisions.js").NameRecord} NameRecord
 * @typedef {import("./desk-decisions.js").Chosen} Chosen
 * @typedef {import("./desk-base.js").State} State
 */

const LONGEST_NAME = 100;
const MESSAGE = "sb-desk-message";
const POLL_AGAIN = 3000;

/** @type {(place: { pathname: string }) => string} */
const pageAt = ({ pathname }) =>
  decodeURI(pathname)
    .slice(site.mount.length)
    .replace(/index\.html$/, "");

/** The path of the page below the site. */
const page = () => pageAt(location);

/** @type {(path?: string) => Promise<State>} */
const loadState = (path = page()) => ask(`state?page=${encodeURIComponent(path)}`);

/** @type {(state: State) => NameRecord | null} */
const nameOf = ({ record }) => (record?.type === "name" ? record : null);

const status = make("p", { role: "status" });

/** @type {(message: string) => void} */
const showMessage = (message) => {
  status.textContent = message;
};

/** Show a message, now and on the next page, where the button or paragraph in use has the focus. */
const remember = (/** @type {string} */ message) => {
  showMessage(message);
  const used = [...bar.querySelectorAll("button")].indexOf(/** @type {any} */ (opener));
  const paragraph = opener?.closest("[id^=p-]")?.id;
  sessionStorage.setItem(MESSAGE, JSON.stringify({ message, used, paragraph }));
};

/**
 * Save decisions, all or none.
 * @param {State} state
 * @param {Decision[]} decisions
 */
const save = async ({ version }, decisions) => {
  if (!decisions.length) return showMessage(say("nothing"));
  showCounts(await ask("decide", { decisions, version, page: page() }));
  remember(say("saved"));
};

const openPage = async () => {
  const state = await loadState();
  const { record } = state;
  if (record?.type === "document") {
    const fields = documentFields(record);
    show(say("correct"), fields, state, (data) => documentDecisions(record, data));
    await fillLines(record.seed);
  } else if (record) {
    const title = say("mean", { words: record.name });
    show(title, nameFields(record), state, (data) => nameDecisions(record, data));
  }
};

/** Fill in the lines of the paragraph in which words were chosen. */
const fillLines = async (/** @type {string} */ seed) => {
  const words = chosen.paragraph && document.getElementById(chosen.paragraph)?.textContent;
  const lines = words ? await ask("lines", { seed, words }) : null;
  const input = document.querySelector("dialog [name=lines]");
  if (lines && input instanceof HTMLInputElement) input.value = lines;
};

const openSplit = async () => {
  const state = await loadState();
  const record = nameOf(state);
  if (!record) return;
  const quotes = await ask(`mentions?entity=${encodeURIComponent(record.id)}`);
  const decide = (/** @type {FormData} */ data) => splitDecisions(record.name, data);
  show(`${say("part")}: ${record.name}`, splitFields(quotes), state, decide);
};

/** What was chosen, and the page to which it is a link. @type {Chosen & { target: string | null }} */
let chosen = { words: "", seed: "", paragraph: null, target: null };

const openMeaning = async () => {
  const state = await loadState();
  const seed = state.record?.type === "document" ? state.record.seed : "";
  const now = { ...chosen, seed, paragraph: seed ? chosen.paragraph : null };
  const meant = now.target === null ? null : nameOf(await loadState(now.target));
  const title = now.words ? say("mean", { words: now.words }) : say("name_here");
  show(title, meaningFields(now, meant), state, (data) => meaningDecisions(now, data));
};

/** @type {(title: string, fields: Node[], state: State, decide: (data: FormData) => Decision[]) => void} */
const show = (title, fields, state, decide) => {
  const dialog = showForm(title, fields, (data) => save(state, decide(data)), decide);
  dialog.addEventListener("close", () => {
    if (isOutdated) location.reload();
  });
};

const undo = async () => {
  const state = await loadState();
  if (!state.history.length) return showMessage(say("nothing"));
  showCounts(await ask("undo", { version: state.version, page: page() }));
  remember(say("undone", { words: state.history[0] }));
};

/** The button that was used last. @type {Element | null} */
let opener = null;

/** @type {(act: () => unknown) => () => Promise<void>} */
const reporting = (act) => async () => {
  opener = document.activeElement;
  try {
    await act();
  } catch (error) {
    showMessage(/** @type {Error} */ (error).message);
  }
};

const openButton = button(say("correct"), reporting(openPage), {
  "aria-keyshortcuts": "Shift+F2",
});
const meanButton = button(say("name_here"), reporting(openMeaning), { "aria-keyshortcuts": "F2" });
const splitButton = button(say("part"), reporting(openSplit));
const undoButton = button(say("undo"), reporting(undo));
const reviewLink = make("a", { href: `${site.mount}_desk/` }, say("review"));
const decisionsLink = make("a", { href: `${site.mount}_desk/#decisions` }, say("decisions"));
const goneNote = make("span", {}, say("gone"), " ", decisionsLink);
const bar = make("aside", { class: "sb-desk", "aria-label": say("desk") });
bar.append(openButton, meanButton, splitButton, undoButton, goneNote, reviewLink, status);

/** @type {(state: State) => void} */
const showCounts = (state) => {
  const { record, questions } = state;
  goneNote.hidden = !state.is_gone;
  openButton.hidden = !record;
  meanButton.hidden = record?.type !== "document";
  splitButton.hidden = !nameOf(state);
  reviewLink.textContent = `${say("review")} (${questions})`;
};

/** @type {(node: Node | null, words: string, link?: HTMLAnchorElement) => void} */
const offer = (node, words, link) => {
  const element = node instanceof Element ? node : node?.parentElement;
  const text = words.replace(/\s+/g, " ").trim();
  if (!text || text.length > LONGEST_NAME || !element?.closest(".sb-text")) return;
  const paragraph = element.closest("[id^=p-]")?.id ?? null;
  const target = link?.origin === location.origin ? pageAt(link) : null;
  chosen = { words: text, seed: "", paragraph, target };
  meanButton.textContent = say("mean", { words: text });
};

/** Offer to say who is meant by the words that are selected, or by a link that has the focus. */
document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  if (selection?.toString()) offer(selection.anchorNode, selection.toString());
});
for (const kind of ["focusin", "pointerover"])
  document.addEventListener(kind, ({ target }) => {
    const link = target instanceof Element ? target.closest(".sb-text a") : null;
    if (link instanceof HTMLAnchorElement && !document.getSelection()?.toString())
      offer(link, link.textContent ?? "", link);
  });
document.addEventListener("keydown", (event) => {
  if (event.key !== "F2" || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  (event.shiftKey || meanButton.hidden ? openButton : meanButton).click();
});

/** Whether the site was built again after this page was loaded. */
let isOutdated = false;

/** Reload the page when the site was built again, but never while a form is open. */
const follow = async () => {
  while (site.reload && !isOutdated) {
    const url = `/livereload/${site.reload}`;
    const response = await fetch(url, { signal: leaving.signal }).catch(() => null);
    if (leaving.signal.aborted) return;
    const version = response?.ok ? Number.parseFloat(await response.text()) : 0;
    isOutdated = version > Number.parseFloat(site.reload);
    if (!response?.ok) await new Promise((done) => setTimeout(done, POLL_AGAIN));
  }
  if (!isOutdated || document.querySelector("dialog[open]")) return;
  if (message && isAsLoaded) sessionStorage.setItem(MESSAGE, before);
  location.reload();
};
let leaving = new AbortController();
addEventListener("pagehide", () => leaving.abort());
document.addEventListener("visibilitychange", () => {
  leaving.abort();
  leaving = new AbortController();
  if (document.visibilityState === "visible") follow();
});

document.body.append(bar);
const before = sessionStorage.getItem(MESSAGE) ?? "{}";
const { message, used, paragraph } = JSON.parse(before);
sessionStorage.removeItem(MESSAGE);
/** Whether the person did nothing yet: then the message and the focus stay over a reload. */
let isAsLoaded = true;
for (const kind of ["keydown", "pointerdown"])
  addEventListener(kind, () => (isAsLoaded = false), { once: true });
reporting(async () => {
  showCounts(await loadState());
  if (!message) return;
  showMessage(message);
  const place = document.getElementById(paragraph ?? "");
  place?.setAttribute("tabindex", "-1"); // so that Tab goes on from there
  const focused = place ?? bar.querySelectorAll("button")[used];
  if (document.activeElement === document.body) (focused?.hidden ? openButton : focused)?.focus();
})();
follow();
