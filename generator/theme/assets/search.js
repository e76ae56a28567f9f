/* Search in the header. What only a search needs is loaded with the first one, all of it at once: the
   reader of the index (search-engine.js, in a worker), what makes words of texts and of queries
   (search-words.js), and the search page's filters (search-page.js). */

export const ROOT = new URL("../", import.meta.url);

/* The search page, which the form names as the site's addresses do: a folder, or its file. Asked at
   once, as another address stands above the form after instant navigation. */
const PAGE = document.querySelector(".md-search__form")?.action ?? new URL("search/", ROOT).href;

/** The language of the labels, which need not be that of the page. */
export const LANGUAGE = document.getElementById("__labels_search")?.lang || document.documentElement.lang || "en";

/* Make an element; whatever stands in a title or a text becomes text, never markup. */
export const element = (tag, attributes = {}, ...inside) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") for (const [event, act] of Object.entries(value)) made.addEventListener(event, act);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null) made.setAttribute(name, value);
  }
  made.append(...inside);
  return made;
};

/* Loads a module when it is needed. Some browsers never ask again for one that did not come: it has
   another address then. */
const later = (name) => {
  let tries = 0;
  return () =>
    import(`./${name}${tries ? `?${tries}` : ""}`).catch((error) => {
      tries += 1;
      throw error;
    });
};

const english = later("search-english.js");
const wording = later("search-words.js");

/* The words of the site's language, which a page hands over as JSON (partials/labels.html); those in
   English where it has none. Gives what says something: a label with the values in its places, in
   the form for one or for many (`n`) where it has both; nothing for a label that is none. */
export const speaker = async (part) => {
  const handed = document.getElementById(`__labels_${part}`);
  const labels = handed ? JSON.parse(handed.textContent) : (await english())[part];
  return (key, values = {}) => {
    const label = Array.isArray(labels[key]) ? labels[key][values.n === 1 ? 0 : 1] : labels[key];
    return label?.replace(/\{(\w+)\}/g, (whole, name) => (typeof values[name] === "number" ? number(values[name]) : (values[name] ?? whole)));
  };
};

let say = () => "Search could not be loaded. Look at the connection, then type again."; // until it is
let speaking;

/* Learn to speak: whatever is answered is said in words. */
const learn = () => {
  speaking ??= speaker("search").then((speaks) => { say = speaks; });
  speaking.catch(() => { speaking = null; });
  return speaking;
};

/* In words for people, why there is no answer. */
export const reason = (error) =>
  say(location.protocol === "file:" ? "search_file" : `search_${error.message}`) ?? say("search_offline");

let engine;

const here = async () => {
  const { Index, Foreign, Missing, fetched } = await import("./search-engine.js");
  const index = new Index(fetched(new URL("search/", ROOT)));
  return async (request) => {
    try {
      return await (request ? index.find(request) : index.open());
    } catch (error) {
      const why = error instanceof Foreign ? "foreign" : error instanceof Missing ? "missing" : "offline";
      throw new Error(why, { cause: error });
    }
  };
};

const apart = () =>
  new Promise((ready, refused) => {
    const worker = new Worker(new URL("search-engine.js", import.meta.url), { type: "module" });
    const waiting = new Map();
    let last = 0;
    const tell = (request) =>
      new Promise((give, fail) => {
        waiting.set((last += 1), { give, fail });
        worker.postMessage({ id: last, request });
      });
    worker.addEventListener("message", ({ data: { id, answer, error } }) => {
      ready(tell);
      const { give, fail } = waiting.get(id);
      waiting.delete(id);
      if (error) fail(new Error(error));
      else give(answer);
    });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      refused(event);
    });
    tell(null).catch(() => {}); // a sign of life; what it loads is needed in any case
  });

/* Why a script does not come: nobody answers, or there was a new version meanwhile, without it. */
const absence = async () => {
  const names = ["search-engine.js", "search-words.js"];
  const answers = names.map((name) => fetch(new URL(name, import.meta.url), { method: "HEAD" }));
  return Promise.all(answers).then((all) => (all.every(({ ok }) => ok) ? "offline" : "foreign"), () => "offline");
};

/* Ask the index, in a worker where there is one. The message of its errors is `missing`, `foreign` or
   `offline`. */
export const ask = async (request) => {
  engine ??= apart().catch(here);
  engine.catch(() => { engine = null; });
  const needed = Promise.all([engine, wording(), learn()]);
  const [answer, { parse }] = await needed.catch(async (error) => {
    throw new Error(await absence(), { cause: error });
  });
  return answer(request && { ...request, query: parse(request.query ?? "") });
};

// Excerpts: from the published page, so they are what a reader will see there.
const WORDS = "p, li, dd, td, h2, h3, pre";
const pages = new Map();

const paragraphs = (address) => {
  if (!pages.has(address)) {
    if (pages.size > 300) pages.clear();
    const coming = fetch(new URL(address, ROOT)).then(async (answer) => {
      if (!answer.ok) return [];
      const read = new DOMParser().parseFromString(await answer.text(), "text/html");
      const article = read.querySelector(".sb-text") ?? read.querySelector("article") ?? read.body;
      return [...article.querySelectorAll(WORDS)].map((node) => node.textContent.replace(/\s+/g, " ").trim());
    });
    coming.catch(() => pages.delete(address));
    pages.set(address, coming);
  }
  return pages.get(address);
};

/* The texts of some results; a page that does not come has none. */
const textsOf = (lines) =>
  Promise.all(lines.map((line) => paragraphs(line.address).catch(() => [])));

// A word as it stands in a text: with invisible signs between its letters, as Persian has them.
const WORD = /[\p{L}\p{N}\p{M}_](?:[\u00ad\u200b-\u200f\u2060\ufeff]*[\p{L}\p{N}\p{M}_])*/gu;

/** How much of a run without spaces is the pair of signs that it begins with, or what is left of it.
 *  @param {string} run
 *  @param {(text: string) => string[]} words
 *  @returns {string} */
const pairOf = (run, words) => {
  let pair = "";
  for (const sign of run) {
    pair += sign;
    if ([...(words(pair)[0] ?? "")].length > 1) break;
  }
  return pair;
};

/* Where words of an answer stand in a text: pairs of a start and an end. */
const places = (text, marks, { words, spaceless }) => {
  const found = [];
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const parts = words(word);
    if (parts.some((part) => !spaceless(part) && marks.has(part))) found.push([index, index + word.length]);
    else if (parts.some((part) => marks.has(part))) {
      let at = index;
      for (const sign of word) {
        const two = pairOf(word.slice(at - index), words);
        if (marks.has(words(two)[0]) && words(sign).length) found.push([at, at + two.length]);
        at += sign.length;
      }
    }
  }
  return found;
};

/* A text with the words that were asked for marked. */
export const marked = (text, marks, rules) => {
  const nodes = [];
  let last = 0;
  for (const [start, end] of places(text, marks, rules)) {
    if (end <= last) continue;
    const from = Math.max(start, last);
    const before = from === last ? nodes.at(-1) : null;
    if (before instanceof Element) before.append(text.slice(from, end));
    else nodes.push(text.slice(last, from), element("mark", {}, text.slice(from, end)));
    last = end;
  }
  nodes.push(text.slice(last));
  return nodes;
};

const AROUND = 80;
const SHOWN = 220;

/* The part of a page that answers best: that with most of the words, and the phrase if there is one. */
const excerpt = (texts, { query, marks }, rules) => {
  const all = new Set(marks);
  const asked = query.words.map((one) => one.word);
  const phrases = query.phrases.length ? query.phrases : [query.row];
  let best = null;
  for (const text of texts) {
    const inside = rules.words(text);
    const row = rules.lined(text);
    const different = new Set(inside.filter((word) => all.has(word)));
    const worth = different.size + 2 * asked.filter((word) => different.has(word)).length + (phrases.some((phrase) => rules.beside(row, phrase)) ? 50 : 0);
    if (worth > 0 && (!best || worth > best.worth)) best = { text, worth };
  }
  if (!best && query.words.length && texts.length) best = { text: texts[0] }; // only the title has them
  if (!best) return [];
  const found = places(best.text, all, rules);
  // The densest stretch: where most of the words stand close together.
  const near = (start) => found.filter(([other]) => other >= start && other < start + SHOWN - AROUND).length;
  const [start] = found.reduce((a, b) => (near(b[0]) > near(a[0]) ? b : a), found[0] ?? [0]);
  let from = Math.max(0, start - AROUND);
  if (from > 0) from = best.text.indexOf(" ", from) + 1 || from;
  let to = Math.min(best.text.length, from + SHOWN);
  if (to < best.text.length) to = Math.max(best.text.lastIndexOf(" ", to), start + 1);
  const shown = best.text.slice(from, to);
  return [from > 0 ? "… " : "", ...marked(shown, all, rules), to < best.text.length ? " …" : ""];
};

const dated = (edtf) => {
  const found = /^(\d{4})-(\d\d)(?:-(\d\d))?$/.exec(edtf);
  if (!found) return edtf;
  const day = found[3] ? { day: "numeric" } : {};
  const date = new Date(Date.UTC(+found[1], found[2] - 1, found[3] ?? 1));
  // Day before month in English too, as on every page of the site.
  const language = LANGUAGE.replace(/^en$/, "en-GB");
  return new Intl.DateTimeFormat(language, { year: "numeric", month: "long", ...day, timeZone: "UTC" }).format(date);
};

/* One result, as an item of a list. */
export const item = (line, answer, rules) => {
  const facts = [say(`kind_${line.kind}`) ?? line.kind];
  if (line.date) facts.push(/^\d{4}(-\d\d){0,2}$/.test(line.date) ? element("time", { datetime: line.date }, dated(line.date)) : line.date);
  if (line.authors.length) facts.push(line.authors.join(", "));
  if (line.documents) facts.push(say("search_documents", { n: line.documents }));
  if (line.source) facts.push(line.source);
  const shown = element("p", { class: "sb-hit__facts" });
  facts.forEach((fact, at) => shown.append(...(at ? [" · "] : []), element("bdi", {}, fact)));
  const title = element("h2", { class: "sb-hit__title", dir: "auto" }, ...marked(line.title, new Set(answer.marks), rules));
  const article = element("article", { class: "md-search-result__article md-typeset" }, title, shown, element("p", { class: "sb-hit__excerpt", dir: "auto" }));
  const link = element("a", { class: "md-search-result__link", href: new URL(line.address, ROOT).href }, article);
  return element("li", { class: "md-search-result__item sb-hit" }, link);
};

export const number = (many) => many.toLocaleString(LANGUAGE);

/* Whether only the texts tell what fits a query: the index does not know what stands beside what. */
export const byText = ({ phrases, unphrased }) => phrases.length + unphrased.length > 0;

/* What is said of an answer, in one sentence or two; screen readers hear it. */
export const summary = (answer, shown) => {
  const { query, total, matched, instead, looked, complete } = answer;
  if (!query.words.length && !total) return say("search_nothing");
  const said = [];
  for (const [word, others] of instead) said.push(say("search_instead", { word, others }));
  if (byText(query) && total && !complete) said.push(say(query.phrases.length ? "search_phrase" : "search_without", { n: shown, looked, all: total }));
  else {
    const many = byText(query) ? shown : total;
    said.push(many ? say(answer.more ? "search_more" : "search_results", { n: many }) : say("search_none"));
  }
  if (total && matched[0] < matched[1]) said.push(say("search_some", { n: matched[0], all: matched[1] }));
  if (query.cut) said.push(say("search_long"));
  return said.join(" ");
};

/* Ask; where a phrase must be there or must not, keep the pages whose text fits, looking at so many. */
export const answered = async (request, most = 40) => {
  const answer = await ask(request); // and what it needs is there
  const rules = await wording();
  if (!byText(answer.query)) return { answer, rules, request };
  const kept = [];
  const { from = 0, count = 10 } = request;
  let looked = 0;
  while (looked < Math.min(most, answer.total) && kept.length < from + count) {
    const { lines } = await ask({ ...request, from: looked, count: 10, facets: [] });
    const texts = await textsOf(lines);
    const has = (line, at) => {
      const whole = [line.title, ...line.authors, ...texts[at]].map(rules.lined);
      const there = (phrase) => whole.some((text) => text.includes(phrase));
      return answer.query.phrases.every(there) && !answer.query.unphrased.some(there);
    };
    kept.push(...lines.filter(has));
    looked += lines.length;
    if (!lines.length) break;
  }
  return { answer: { ...answer, lines: kept.slice(from, from + count), kept: kept.length, looked, complete: looked >= answer.total }, rules, request };
};

const LONG = 4; // words of a query that is likely to be a piece of a text
const FURTHER = 30; // results among which that text is looked for

/* Pairs of a line and its text, those with the words side by side first, then those that spell them
   with the accents that were typed. Where a long query is a piece of no text among the first
   results, further ones are read. */
export const reread = async ({ answer, rules, request }) => {
  const read = async (lines) => {
    const texts = await textsOf(lines);
    return lines.map((line, at) => {
      const text = texts[at];
      const all = [line.title, ...text].join("\n"); // a page of a name may have it in its title alone
      const near = rules.near(rules.lined(all), answer.query);
      return { line, text, near, worth: 2 * near + rules.spelled(all, answer.query) };
    });
  };
  const pairs = await read(answer.lines);
  const found = pairs.filter((one) => one.near);
  const { words, phrases } = answer.query;
  if (!found.length && words.length >= LONG && !phrases.length && !request.from && !answer.sorted && answer.total > pairs.length) {
    const { lines } = await ask({ ...request, from: pairs.length, count: FURTHER, facets: [] });
    found.push(...(await read(lines)).filter((one) => one.near));
  }
  return [...found, ...pairs.filter((one) => !one.near)].sort((a, b) => b.worth - a.worth);
};

/* Fill the excerpts in, once the pages are there. */
export const completed = async ({ answer, rules, request }, list, current) => {
  const pairs = await reread({ answer, rules, request });
  if (!current()) return;
  const known = [...list.querySelectorAll(".sb-hit")];
  const items = pairs.map(({ line, text }) => {
    const shown = known[answer.lines.indexOf(line)] ?? item(line, answer, rules);
    shown.querySelector(".sb-hit__excerpt").replaceChildren(...excerpt(text, answer, rules));
    return shown;
  });
  if (answer.sorted || list.matches(":hover") || list.contains(document.activeElement)) return;
  list.replaceChildren(...items, ...[...list.children].slice(known.length));
};

// The dialog in the header.
const dialog = document.querySelector(".md-search");
const toggle = document.getElementById("__search");

/* All that is beside an element and its parents, but what is out of reach already. */
const around = (node) =>
  node === document.body ? [] : [...node.parentElement.children].filter((other) => other !== node && !other.inert).concat(around(node.parentElement));

const editable = (node) => node instanceof HTMLElement && (node.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName));

if (dialog && toggle) {
  const input = dialog.querySelector("input");
  const status = dialog.querySelector(".md-search-result__meta");
  const list = dialog.querySelector(".md-search-result__list");
  list.lang = LANGUAGE;
  const invitation = { lang: status.lang, textContent: status.textContent };
  const tell = (textContent) => Object.assign(status, { lang: LANGUAGE, textContent });
  let turn = 0;
  let idle;
  let pause = null;
  let coming = Promise.resolve(); // until the list shows what is typed
  let before = null; // what had the focus
  let behind = []; // what cannot be reached meanwhile

  const set = (open) => { if (toggle.checked !== open) toggle.click(); };
  const open = () => {
    set(true);
    input.focus();
  };
  const close = () => set(false);
  const shut = (inert) => { for (const one of behind) one.inert = inert; };
  const opened = () => {
    // Where the dialog covers the screen, nothing behind it can be seen: so nothing there is met.
    if (matchMedia("(max-width: 59.984375em)").matches) behind = around(dialog).filter((one) => one !== toggle);
    shut(true);
    input.focus();
  };
  const closed = () => {
    shut(false);
    behind = [];
    if (!dialog.contains(document.activeElement)) return; // the reader went elsewhere
    input.blur();
    if (before?.isConnected) before.focus({ preventScroll: true });
  };
  const pageOf = (query) => {
    const address = new URL(PAGE);
    address.searchParams.set("q", query);
    return address.href;
  };

  const search = async () => {
    const mine = (turn += 1);
    const current = () => mine === turn;
    clearTimeout(idle);
    clearTimeout(pause);
    pause = null;
    const query = input.value;
    if (!query.trim()) {
      Object.assign(status, invitation);
      list.replaceChildren();
      return;
    }
    try {
      const found = await answered({ query });
      if (!current()) return;
      const { answer, rules } = found;
      tell(summary(answer, answer.kept));
      const items = answer.lines.map((line) => item(line, answer, rules));
      const all = element("a", { class: "md-search-result__link sb-all", href: pageOf(query) }, say("search_all"));
      list.replaceChildren(...items, ...(answer.query.words.length ? [element("li", { class: "md-search-result__item" }, all)] : []));
      idle = setTimeout(() => current() && completed(found, list, current).catch(() => {}), 150);
    } catch (error) {
      if (!current()) return;
      tell(reason(error));
      list.replaceChildren();
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => { coming = search(); }, 60);
  });
  // A moment later: on telephones the label that was touched would close it again. Only where the
  // reader is still there: who pressed Escape within that moment has left.
  const entered = () => setTimeout(() => {
    if (document.activeElement !== input) return;
    set(true);
    ask(null).catch(() => {}); // what every search needs is on its way while the reader types
  }, 1);
  input.addEventListener("focus", entered);
  dialog.addEventListener("focusin", ({ relatedTarget }) => {
    if (!dialog.contains(relatedTarget)) before = relatedTarget;
  });
  toggle.addEventListener("change", () => (toggle.checked ? opened() : closed()));

  const form = dialog.querySelector("form");
  form.action = String(new URL(form.getAttribute("action"), document.baseURI)); // instant navigation keeps it on every page
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (pause) coming = search();
    await coming;
    const first = list.querySelector("a");
    if (first) first.click();
    else if (input.value.trim()) location.assign(pageOf(input.value));
  });
  form.addEventListener("reset", () => setTimeout(() => {
    search();
    input.focus();
  }));
  list.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    setTimeout(close);
    if (!link.classList.contains("sb-all") || link.pathname !== location.pathname) return;
    // On the search page itself instant navigation would stay where it is.
    event.preventDefault();
    event.stopPropagation();
    history.pushState(history.state, "", link.href);
    dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
  });
  dialog.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !dialog.contains(relatedTarget) && relatedTarget !== toggle) set(false);
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (!toggle.checked) {
      if (["/", "s", "f"].includes(event.key) && !editable(document.activeElement)) {
        event.preventDefault();
        open();
      }
      return;
    }
    if (event.key === "Escape") close();
    if (event.key === "Tab") {
      // Who walks out of the dialog closes it, and is met by what comes next.
      shut(false);
      setTimeout(() => shut(true));
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const stops = [input, ...list.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    if (at < 0) return;
    event.preventDefault();
    stops[(at + (event.key === "ArrowDown" ? 1 : stops.length - 1)) % stops.length].focus();
  });

  // On a slow line a reader may have been here before this script.
  if (toggle.checked) opened();
  if (document.activeElement === input) {
    entered();
    if (input.value) coming = search();
  }
}

// The search page, when it is opened, also by a navigation that loads no page anew.
const mount = () => {
  const where = document.querySelector(".sb-search-page");
  if (where) import("./search-page.js").then((page) => page.mount(where));
};
if (window.document$?.subscribe) window.document$.subscribe(mount);
else mount();
