/* The desk of the preview: correct what you read. Nothing of it is in the published site. */

import {
  documentDecisions,
  documentFields,
  make,
  nameDecisions,
  nameFields,
} from "./desk-forms.js";
import { labelsOf } from "./desk-labels.js";

const own = /** @type {HTMLElement} */ (document.getElementById("sb-desk"));
const { token = "", mount = "/", language = "en" } = own.dataset;
const say = labelsOf(language);
const LONGEST_NAME = 100;

/**
 * @typedef {import("./desk-forms.js").Decision} Decision
 * @typedef {import("./desk-forms.js").DocumentRecord} DocumentRecord
 * @typedef {import("./desk-forms.js").NameRecord} NameRecord
 * @typedef {{ version: string, record: DocumentRecord | NameRecord | null, history: string[] }} State
 */

/** The path of the page below the site. */
const page = () =>
  decodeURI(location.pathname)
    .slice(mount.length)
    .replace(/index\.html$/, "");

/**
 * Ask the preview; an error has the words for the person.
 * @param {string} name
 * @param {Record<string, unknown>} [body]
 * @returns {Promise<any>}
 */
const ask = async (name, body) => {
  const headers = { "X-Seedbed-Token": token, "Content-Type": "application/json" };
  const options = body ? { method: "POST", headers, body: JSON.stringify(body) } : { headers };
  const response = await fetch(`${mount}_desk/${name}`, options).catch(() => null);
  if (!response) throw new Error(say("failed"));
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.problem);
  return answer;
};

/** @returns {Promise<State>} */
const loadState = () => ask(`state?page=${encodeURIComponent(page())}`);

const status = make("p", { role: "status" });
const openButton = make("button", { type: "button" }, say("correct"));
const undoButton = make("button", { type: "button" }, say("undo"));
const meanButton = make("button", { type: "button", hidden: "" });
const bar = make("aside", { class: "sb-desk", "aria-label": say("desk") });
bar.append(openButton, meanButton, undoButton, status);

/** @type {(message: string) => void} */
const tell = (message) => {
  status.textContent = message;
};

/**
 * Save decisions, all or none.
 * @param {State} state
 * @param {Decision[]} decisions
 */
const save = async ({ version }, decisions) => {
  if (decisions.length) await ask("decide", { decisions, version, page: page() });
  tell(decisions.length ? say("saved") : say("nothing"));
};

/**
 * Offer the names of the corpus while a person types.
 * @param {HTMLFormElement} form
 */
const suggest = (form) => {
  const list = form.querySelector("datalist");
  form.querySelector("[name=merge]")?.addEventListener("input", async (event) => {
    const words = /** @type {HTMLInputElement} */ (event.target).value;
    const names = await ask(`names?q=${encodeURIComponent(words)}`).catch(() => []);
    list?.replaceChildren(
      ...names.map((/** @type {NameRecord} */ { name, mentions, documents }) =>
        make("option", { value: name }, say("counts", { mentions, documents })),
      ),
    );
  });
};

/**
 * Show a form in a dialog; Escape closes it, and the button that opened it has the focus again.
 * @param {string} title
 * @param {Node[]} fields
 * @param {(data: FormData) => Promise<void>} send
 */
const showForm = (title, fields, send) => {
  const problem = make("p", { role: "alert" });
  const cancel = make("button", { type: "button" }, say("cancel"));
  const submit = make("button", { type: "submit" }, say("save"));
  const form = make("form", { method: "dialog" }, make("h2", { id: "sb-desk-title" }, title));
  form.append(...fields, problem, make("div", {}, submit, cancel));
  const dialog = make(
    "dialog",
    { class: "sb-desk-form", "aria-labelledby": "sb-desk-title" },
    form,
  );
  suggest(form);
  cancel.addEventListener("click", () => dialog.close());
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
  document.body.append(dialog);
  dialog.showModal();
};

/** @type {(name: NameRecord, state: State) => void} */
const showName = (name, state) =>
  showForm(say("mean", { words: name.name }), nameFields(name, say), (data) =>
    save(state, nameDecisions(name.name, data)),
  );

const openPage = async () => {
  const state = await loadState();
  const { record } = state;
  if (record?.type === "document") {
    showForm(say("correct"), documentFields(record, say), (data) =>
      save(state, documentDecisions(record, data)),
    );
  } else if (record) showName(record, state);
};

const openSelection = async () => {
  const words = meanButton.dataset.words ?? "";
  const [state, names] = await Promise.all([
    loadState(),
    ask(`names?q=${encodeURIComponent(words)}`),
  ]);
  const known = names.find((/** @type {NameRecord} */ { name }) => name === words);
  showName(known ?? { type: "name", name: words, kind: "", documents: 0, mentions: 0 }, state);
};

const undo = async () => {
  const state = await loadState();
  if (!state.history.length) return tell(say("nothing"));
  await ask("undo", { version: state.version, page: page() });
  tell(say("undone", { words: state.history[0] }));
};

/** Offer to say who is meant by the words that are selected in a text. */
const offerMeaning = () => {
  const selection = document.getSelection();
  const words = (selection?.toString() ?? "").replace(/\s+/g, " ").trim();
  const node = selection?.anchorNode;
  const element = node instanceof Element ? node : node?.parentElement;
  const isName = words && words.length <= LONGEST_NAME && element?.closest(".sb-text");
  meanButton.hidden = !isName;
  if (!isName) return;
  meanButton.dataset.words = words;
  meanButton.textContent = say("mean", { words });
};

/** @type {(act: () => unknown) => () => Promise<void>} */
const reporting = (act) => async () => {
  try {
    await act();
  } catch (error) {
    tell(/** @type {Error} */ (error).message);
  }
};

openButton.addEventListener("click", reporting(openPage));
undoButton.addEventListener("click", reporting(undo));
meanButton.addEventListener("click", reporting(openSelection));
document.addEventListener("selectionchange", offerMeaning);
document.body.append(bar);
