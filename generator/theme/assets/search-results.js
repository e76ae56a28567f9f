/* Results as elements of a page: an item each, with an excerpt in which the words are marked. */

import { LANGUAGE, label, pageUrl } from "./search-client.js";
import { rankByPassage, searchesText } from "./search-passages.js";

const EXCERPT = 220; // characters of an excerpt
const CONTEXT = 80; // characters of it before the first word that is marked

/**
 * Make an element. What is in a title or a text becomes text, never markup.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | number | boolean | null>} [attributes]
 * @param {...(string | Node)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export const createElement = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null) element.setAttribute(name, String(value));
  }
  element.append(...children);
  return element;
};

/**
 * Make a button that acts.
 * @param {string} text
 * @param {() => unknown} act
 * @param {boolean} [disabled]
 */
export const createButton = (text, act, disabled = false) => {
  const button = createElement("button", { type: "button", class: "sb-button", disabled }, text);
  button.addEventListener("click", act);
  return button;
};

/** @param {string} word - a kind of names that people named themselves, in lower case */
export const capitalized = (word) => word.charAt(0).toUpperCase() + word.slice(1);

// A word in a text: with invisible characters between its letters, as Persian has them.
const WORD = /[\p{L}\p{N}\p{M}_](?:[\u00ad\u200b-\u200f\u2060\ufeff]*[\p{L}\p{N}\p{M}_])*/gu;

/**
 * Return how much of a run without spaces is the pair of characters that it begins with, or what is
 * left of it.
 * @type {(run: string, words: SearchWords["words"]) => string}
 */
const pairOf = (run, words) => {
  let pair = "";
  for (const character of run) {
    pair += character;
    if ([...(words(pair)[0] ?? "")].length > 1) break;
  }
  return pair;
};

/**
 * Return where words of an answer are in a text.
 * @type {(text: string, marks: Set<string>, rules: SearchWords) => Search.Span[]}
 */
const highlightRanges = (text, marks, { words, isUnspaced }) => {
  /** @type {Search.Span[]} */
  const ranges = [];
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const parts = words(word).filter((part) => marks.has(part));
    if (parts.some((part) => !isUnspaced(part))) ranges.push([index, index + word.length]);
    else if (parts.length) {
      let start = index;
      for (const character of word) {
        const pair = pairOf(word.slice(start - index), words);
        const isMarked = marks.has(words(pair)[0]) && words(character).length;
        if (isMarked) ranges.push([start, start + pair.length]);
        start += character.length;
      }
    }
  }
  return ranges;
};

/**
 * Return a text with the words of an answer marked; marks that touch are one.
 * @type {(text: string, marks: Set<string>, rules: SearchWords) => Search.Nodes}
 */
const highlighted = (text, marks, rules) => {
  /** @type {Search.Nodes} */
  const nodes = [];
  let last = 0;
  for (const [start, end] of highlightRanges(text, marks, rules)) {
    if (end <= last) continue;
    const from = Math.max(start, last);
    const previous = from === last ? nodes.at(-1) : null;
    if (previous instanceof Element) previous.append(text.slice(from, end));
    else nodes.push(text.slice(last, from), createElement("mark", {}, text.slice(from, end)));
    last = end;
  }
  nodes.push(text.slice(last));
  return nodes;
};

/**
 * Return the paragraph that answers best: with most of the words, and the phrase if there is one.
 * If only the title has them, the first one.
 * @type {(texts: string[], answer: Search.Answer, rules: SearchWords) => string}
 */
const bestParagraph = (texts, { query, marks }, rules) => {
  const wanted = new Set(marks);
  const asked = query.words.map((word) => word.word);
  const phrases = query.phrases.length ? query.phrases : [query.row];
  let best = { text: (query.words.length && texts[0]) || "", points: 0 };
  for (const text of texts) {
    const line = rules.lined(text);
    const found = new Set(rules.words(text).filter((word) => wanted.has(word)));
    const exact = asked.filter((word) => found.has(word)).length;
    const isPhrase = phrases.some((phrase) => rules.hasRow(line, phrase));
    const points = found.size + 2 * exact + (isPhrase ? 50 : 0);
    if (points > best.points) best = { text, points };
  }
  return best.text;
};

/**
 * Return the part of a page that answers best: that where most of the words are close together.
 * @type {(texts: string[], answer: Search.Answer, rules: SearchWords) => Search.Nodes}
 */
const excerpt = (texts, answer, rules) => {
  const text = bestParagraph(texts, answer, rules);
  if (!text) return [];
  const marks = new Set(answer.marks);
  const ranges = highlightRanges(text, marks, rules);
  const width = EXCERPT - CONTEXT;
  /** @param {Search.Span} range */
  const near = ([start]) =>
    ranges.filter(([other]) => other >= start && other < start + width).length;
  /** @type {Search.Span} */
  const nowhere = [0, 0];
  const [start] = ranges.reduce((a, b) => (near(b) > near(a) ? b : a), ranges[0] ?? nowhere);
  let from = Math.max(0, start - CONTEXT);
  if (from > 0) from = text.indexOf(" ", from) + 1 || from;
  let to = Math.min(text.length, from + EXCERPT);
  if (to < text.length) to = Math.max(text.lastIndexOf(" ", to), start + 1);
  const shown = highlighted(text.slice(from, to), marks, rules);
  return [from > 0 ? "… " : "", ...shown, to < text.length ? " …" : ""];
};

/**
 * Return an exact date in words. Day before month in English too, as on every page of the site.
 * @type {(edtf: string) => string}
 */
const formatMoment = (edtf) => {
  const [date, year, month, day] = /^(\d{4})-(\d\d)(?:-(\d\d))?$/.exec(edtf) ?? [];
  if (!date) return edtf;
  const language = LANGUAGE.replace(/^en$/, "en-GB");
  return new Intl.DateTimeFormat(language, {
    year: "numeric",
    month: "long",
    day: day ? "numeric" : undefined,
    timeZone: "UTC",
  }).format(new Date(Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1))));
};

/**
 * Return a date in words, as the pages have it: "about 1894?", "1896 to 1900".
 * @type {(edtf: string) => string}
 */
const formatDate = (edtf) => {
  const [first, last] = edtf.split("/", 2);
  if (last) return label("date_range", { first: formatDate(first), last: formatDate(last) });
  const moment = formatMoment(first.replace(/[~?%]+$/, ""));
  const date = /[~%]$/.test(first) ? label("date_about", { date: moment }) : moment;
  return /[?%]$/.test(first) ? `${date}?` : date;
};

/**
 * Return what a result is: the kind of a document, or of a name.
 * @type {(result: Search.Result) => string}
 */
const kindOf = ({ kind, genre }) =>
  label(`genre_${genre}`) || label(`kind_${kind}`) || capitalized(kind);

/**
 * Return what is shown of a result below its title.
 * @type {(result: Search.Result) => (string | Node)[]}
 */
const facts = ({ date, authors, documents, collection }) => {
  const isExact = /^\d{4}(-\d\d){0,2}$/.test(date);
  return [
    isExact ? createElement("time", { datetime: date }, formatDate(date)) : formatDate(date),
    authors.join(", "),
    documents ? label("search_documents", { n: documents }) : "",
    collection,
  ].filter(Boolean);
};

/**
 * Return the classes of a title: one in capitals that is no acronym is set smaller.
 * @type {(title: string) => string}
 */
const titleClass = (title) => {
  const isCapitals = title.length > 6 && /\p{Lu}/u.test(title) && !/\p{Ll}/u.test(title);
  return isCapitals ? "sb-hit__title sb-capitals" : "sb-hit__title";
};

/**
 * Return a result as an item of a list, with a place for its excerpt.
 * @type {(result: Search.Result, answer: Search.Answer, rules: SearchWords) => HTMLElement}
 */
export const resultItem = (result, answer, rules) => {
  const title = highlighted(result.title, new Set(answer.marks), rules);
  const line = createElement("p", { class: "sb-hit__facts" });
  facts(result).forEach((fact, index) => {
    line.append(index ? " · " : "", createElement("bdi", {}, fact));
  });
  const article = createElement(
    "article",
    { class: "md-search-result__article md-typeset" },
    createElement("p", { class: "sb-hit__kind" }, kindOf(result)),
    createElement("h2", { class: titleClass(result.title), dir: "auto" }, ...title),
    line,
    createElement("p", { class: "sb-hit__excerpt", dir: "auto" }),
  );
  const href = pageUrl(result.address);
  const link = createElement("a", { class: "md-search-result__link", href }, article);
  return createElement("li", { class: "md-search-result__item sb-hit" }, link);
};

/**
 * Return the summary of an answer, in a sentence or two; screen readers hear it.
 * @param {Search.Answer} answer
 * @param {number} [shown] - results whose texts fit, where phrases decide
 * @returns {string}
 */
export const summary = (answer, shown = 0) => {
  const { query, total, matched, instead, looked = 0, complete } = answer;
  const isEmpty = !query.words.length && !query.authors.length && !query.after;
  if (isEmpty && !total) return label("search_nothing");
  const sentences = instead.map(([word, others]) => label("search_instead", { word, others }));
  if (searchesText(query) && total && !complete) {
    const key = query.phrases.length ? "search_phrase" : "search_without";
    sentences.push(label(key, { n: shown, looked, all: total }));
  } else {
    const n = searchesText(query) ? shown : total;
    const key = answer.more ? "search_more" : "search_results";
    sentences.push(n ? label(key, { n }) : label("search_none"));
  }
  const [most, all] = matched;
  if (total && most < all) sentences.push(label("search_some", { n: most, all }));
  if (query.refused) sentences.push(label("search_or"));
  if (query.cut) sentences.push(label("search_long"));
  return sentences.join(" ");
};

/**
 * Fill the excerpts in once the pages are loaded, and put the results in the order of their texts,
 * unless a reader chose another order or is among them.
 * @param {Search.Found} found
 * @param {HTMLElement} list
 * @param {() => boolean} isCurrent
 */
export const fillExcerpts = async (found, list, isCurrent) => {
  const { answer, rules, request } = found;
  if (!answer.marks.length) return; // without a word that was looked for there is no excerpt
  const passages = await rankByPassage(found);
  if (!isCurrent()) return;
  const shown = [...list.querySelectorAll(".sb-hit")];
  const items = passages.map(({ result, text }) => {
    const item = shown[answer.results.indexOf(result)] ?? resultItem(result, answer, rules);
    item.querySelector(".sb-hit__excerpt")?.replaceChildren(...excerpt(text, answer, rules));
    return item;
  });
  if (request.sort || list.matches(":hover") || list.contains(document.activeElement)) return;
  list.replaceChildren(...items, ...[...list.children].slice(shown.length));
};
