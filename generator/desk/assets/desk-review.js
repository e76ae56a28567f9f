/* The page of the desk: open questions, and documents without a date or title, one after another. */

import { ask, button, choice, field, make, quoted, say, site } from "./desk-base.js";

/**
 * @typedef {import("./desk-decisions.js").Decision} Decision
 * @typedef {import("./desk-base.js").State} State
 * @typedef {import("./desk-base.js").Quote} Quote
 * @typedef {import("./desk-base.js").Effect} Effect
 * @typedef {{ label: string, words: string, role: string, decisions: Decision[], effect: Effect }} Answer
 * @typedef {{ id: string, question: string, sentences: Quote[], answers: Answer[] }} Question
 * @typedef {{ path: string, address: string, title: string }} Unsettled
 */

const VIEWS = ["questions", "undated", "untitled", "decisions"];
const KINDS = ["short", "same", "shared", "kind", "weak"];

const problem = make("p", { role: "alert" });
const status = make("p", { role: "status" });
const progress = make("p", { id: "sb-progress" });
const tabs = make("nav", { "aria-label": say("review") });
const main = make("main", { "aria-labelledby": "sb-view" });
const tools = make("div", { class: "sb-row" });

/** What was decided or put off on this page, by the id of its subject. @type {Map<string, string>} */
const settled = new Map();
let version = "";
/** @type {string[]} */
let history = [];

/** @type {(state: State) => void} */
const setState = (state) => {
  version = state.version;
  history = state.history;
};

/** @type {(act: () => unknown) => () => Promise<void>} */
const reporting = (act) => async () => {
  problem.textContent = "";
  try {
    await act();
  } catch (error) {
    problem.textContent = /** @type {Error} */ (error).message;
  }
};

let isBusy = false;

/**
 * Return an action for an answer: it shows errors, and does nothing while another answer is saved,
 * because the next question is not shown yet.
 * @type {(act: () => unknown) => () => Promise<void>}
 */
const answering = (act) => async () => {
  if (isBusy) return;
  isBusy = true;
  await reporting(act)();
  isBusy = false;
};

/** @type {(decisions: Decision[]) => Promise<void>} */
const decide = async (decisions) => setState(await ask("decide", { decisions, version, page: "" }));

const undo = answering(async () => {
  if (!history.length) return;
  const words = history[0];
  setState(await ask("undo", { version, page: "" }));
  const last = [...settled].reverse().find(([, outcome]) => outcome === "done");
  if (last) settled.delete(last[0]);
  await open();
  status.textContent = say("undone", { words });
});

/** @type {(id: string, outcome: "done" | "later") => void} */
const settle = (id, outcome) => {
  settled.delete(id);
  settled.set(id, outcome);
};

/**
 * Return the first open item, and the counts in words; items that were put off come after all
 * others.
 * @template T
 * @param {T[]} items
 * @param {(item: T) => string} idOf
 */
const nextItem = (items, idOf) => {
  const left = items.filter((item) => settled.get(idOf(item)) !== "done");
  const later = left.filter((item) => settled.get(idOf(item)) === "later");
  const outcomes = [...settled.values()];
  const done = outcomes.filter((outcome) => outcome === "done").length;
  const counts = { done, later: later.length, open: left.length - later.length };
  const next = left.find((item) => !settled.has(idOf(item))) ?? later[0];
  return { next, words: say("progress", counts) };
};

/** Which questions are shown; empty for all. */
const filters = { kind: "", document: "" };

const filterFields = () => {
  const kinds = [["", say("all")], ...KINDS.map((kind) => [kind, say(`kind_${kind}`)])];
  const kind = choice(say("about"), "kind", kinds, filters.kind);
  const document = field(say("in_document"), "document", filters.document);
  for (const label of [kind, document])
    label.addEventListener("change", ({ target }) => {
      const { name, value } = /** @type {HTMLInputElement} */ (target);
      Object.assign(filters, { [name]: value.trim() });
      reporting(showQuestions)();
    });
  return [kind, document];
};

const showQuestions = async () => {
  /** @type {{ id: string, kind: string }[]} */
  const all = await ask(`questions?document=${encodeURIComponent(filters.document)}`);
  const questions = all.filter(({ kind }) => kind.startsWith(filters.kind));
  tools.replaceChildren(...filterFields());
  await showNext(questions);
};

/** @type {(questions: { id: string, kind: string }[]) => Promise<void>} */
const showNext = async (questions) => {
  const { next, words } = nextItem(questions, ({ id }) => id);
  if (!next) return showDone(words);
  /** @type {Question | null} */
  const question = await ask(`question?id=${encodeURIComponent(next.id)}`);
  if (!question) {
    settle(next.id, "done");
    return showNext(questions);
  }
  const after = (/** @type {"done" | "later"} */ outcome) => {
    settle(question.id, outcome);
    return showNext(questions);
  };
  showQuestion(question, after);
  progress.textContent = words;
};

/** @type {(question: Question, after: (outcome: "done" | "later") => unknown) => void} */
const showQuestion = ({ question, sentences, answers }, after) => {
  /** @type {Record<string, () => unknown>} */
  const keys = { l: answering(() => after("later")), u: undo };
  const choices = answers.map((answer, index) => {
    const act = answering(async () => {
      await decide(answer.decisions);
      await after("done");
    });
    keys[String(index + 1)] = act;
    if (index === 0) keys.a = act;
    if (answer.role === "reject") keys.r = act;
    return make("li", {}, button(answerLabel(answer), act), ` ${say("counts", answer.effect)}`);
  });
  const later = button(say("later"), keys.l);
  const card = make("section", { tabindex: "-1", "aria-labelledby": "sb-question" });
  card.append(
    make("h2", { id: "sb-question" }, question),
    make("ul", {}, ...sentences.map((sentence) => make("li", {}, quoted(sentence)))),
    make("ol", { class: "sb-answers" }, ...choices),
    make("div", { class: "sb-row" }, later, button(say("undo"), undo)),
    make("p", {}, make("small", {}, say("keys"))),
  );
  card.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !keys[event.key.toLowerCase()]) return;
    event.preventDefault();
    keys[event.key.toLowerCase()]();
  });
  showAll(card);
  card.focus();
};

/** @type {(answer: Answer) => string} */
const answerLabel = ({ label, words }) => {
  if (label === "suppress") return say("not_name");
  return say(`answer_${label}`, { words: label === "is" ? say(words) : words });
};

/** @type {(name: "date" | "title") => () => Promise<void>} */
const showUnsettled = (name) => async () => {
  tools.replaceChildren();
  await showDocument(name, await ask(`unsettled?field=${name}`));
};

/** @type {(name: "date" | "title", documents: Unsettled[]) => Promise<void>} */
const showDocument = async (name, documents) => {
  const { next, words } = nextItem(documents, ({ path }) => `${name} ${path}`);
  if (!next) return showDone(words);
  const seed = next.path;
  /** @type {string[]} */
  const source = await ask(`source?seed=${encodeURIComponent(seed)}`);
  const after = (/** @type {"done" | "later"} */ outcome) => {
    settle(`${name} ${seed}`, outcome);
    return showDocument(name, documents);
  };
  const answer = (/** @type {string | null} */ value) =>
    answering(async () => {
      await decide([{ seed, field: name, value }]);
      await after("done");
    })();
  const label = field(say(name), name);
  const unknown = button(say("unknown"), () => answer(null));
  unknown.hidden = name === "title";
  const row = make("div", { class: "sb-row" }, make("button", { type: "submit" }, say("save")));
  row.append(
    unknown,
    button(
      say("later"),
      answering(() => after("later")),
    ),
    button(say("undo"), undo),
  );
  const form = make("form", {}, label, row);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    answer(String(new FormData(form).get(name) ?? ""));
  });
  const link = make("a", { href: `${site.mount}${next.address}` }, next.title);
  showAll(make("h2", {}, link, " ", make("small", {}, seed)), form, ...source.map(excerpt));
  progress.textContent = words;
  label.querySelector("input")?.focus();
};

/** @type {(text: string) => HTMLElement} */
const excerpt = (text) => make("pre", { tabindex: "0" }, text);

const showDecisions = () => {
  tools.replaceChildren();
  progress.textContent = "";
  const list = make("ol", {}, ...history.map((words) => make("li", {}, words)));
  showAll(make("div", { class: "sb-row" }, button(say("undo"), undo)), list);
};

const view = make("div");

/** @type {(words: string) => void} */
const showDone = (words) => {
  progress.textContent = words;
  showAll(make("p", {}, say("all_done")));
};

/** @type {(...content: Node[]) => void} */
const showAll = (...content) => view.replaceChildren(...content);

const show = {
  questions: showQuestions,
  undated: showUnsettled("date"),
  untitled: showUnsettled("title"),
  decisions: showDecisions,
};

let current = "";

/** Show the view that the address names. */
const open = reporting(async () => {
  const [name, document] = location.hash.slice(1).split("?document=");
  const view = VIEWS.includes(name) ? name : VIEWS[0];
  if (current !== view) settled.clear();
  current = view;
  filters.document = document ? decodeURIComponent(document) : filters.document;
  setState(await ask("state?page="));
  const links = VIEWS.map((key) => {
    const attributes = { href: `#${key}` };
    return make(
      "a",
      key === current ? { ...attributes, "aria-current": "page" } : attributes,
      say(key),
    );
  });
  tabs.replaceChildren(...links, make("a", { href: site.mount }, say("site")));
  heading.textContent = titleOf(current);
  await show[/** @type {keyof typeof show} */ (current)]();
});

/** @type {(name: string) => string} */
const titleOf = (name) => {
  document.title = `${say(name)} – ${say("desk")}`;
  return say(name);
};

const heading = make("h1", { id: "sb-view" });
document.documentElement.lang = site.language;
main.append(heading, tools, progress, status, problem, view);
document.body.append(make("header", {}, tabs), main);
addEventListener("hashchange", open);
open();
