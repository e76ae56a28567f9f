/* Splits texts into words and parses queries, by the rules of
   docs-site/docs/developers/search-format.md. It loads neither the page nor the index. */

import {
  ACRONYM_LETTERS,
  FOLDED_LETTERS,
  FOLDED_MARKS,
  LONGEST_WORD,
  SCHEMA,
  UNSPACED_SCRIPTS,
} from "./search-format.js";

const MAX_CHARACTERS = 1000; // of a query
const MAX_WORDS = 24; // of a query

// Folding and splitting: the same rules as generator/text/tokenizer.py, in the same order.
const MARKS = new RegExp(`[${FOLDED_MARKS}]`, "gu");
const LETTER = new RegExp(`[${Object.keys(FOLDED_LETTERS).join("")}]`, "g");
const ACRONYM = new RegExp(
  `(?<![${ACRONYM_LETTERS}0-9_.])(?:[${ACRONYM_LETTERS}]\\.){2,}[${ACRONYM_LETTERS}](?!\\.?[${ACRONYM_LETTERS}0-9_])`,
  "gu",
);
const WORD = /[\p{L}\p{N}\p{M}_]+/gu;
const AT_WORD_END = /[\p{L}\p{N}\p{M}_]$/u;
const TOKEN = new RegExp(`[${UNSPACED_SCRIPTS}]+|[^${UNSPACED_SCRIPTS}]+`, "gu");
const UNSPACED = new RegExp(`^[${UNSPACED_SCRIPTS}]`, "u");

/** @type {(text: string) => string} */
export const fold = (text) =>
  text
    .normalize("NFKD")
    .replace(MARKS, "")
    .toLowerCase()
    .replace(LETTER, (letter) => FOLDED_LETTERS[letter])
    .normalize("NFC");

/**
 * Whether a word is a run of a script without spaces, or a piece of one.
 * @type {(word: string) => boolean}
 */
export const isUnspaced = (word) => UNSPACED.test(word);

/**
 * Return a folded text with acronyms of three letters or more as one word: r.n.l.i. is rnli.
 * @type {(folded: string) => string}
 */
const joinAcronyms = (folded) => folded.replace(ACRONYM, (acronym) => acronym.replaceAll(".", ""));

/** @type {(text: string) => string[]} */
const tokens = (text) =>
  (joinAcronyms(fold(text)).match(WORD) ?? []).flatMap((word) => word.match(TOKEN) ?? []);

/** @param {string} word */
const truncate = (word) => [...word].slice(0, LONGEST_WORD).join("");

/**
 * Return the pairs of neighbours in a run without spaces, and its last character; any other token
 * as it is.
 * @type {(token: string) => string[]}
 */
const wordsOf = (token) => {
  if (!isUnspaced(token)) return [truncate(token)];
  const characters = [...token];
  return characters.map((_, index) => characters.slice(index, index + 2).join(""));
};

/**
 * Return the words of a text as the index has them.
 * @type {(text: string) => string[]}
 */
export const words = (text) => tokens(text).flatMap(wordsOf);

/**
 * Return a token as it is looked for: a run by its pairs; a single character is the beginning of one.
 * @type {(token: string) => string[]}
 */
const pairs = (token) =>
  isUnspaced(token)
    ? wordsOf(token).slice(0, Math.max(1, [...token].length - 1))
    : [truncate(token)];

/**
 * Return the words of a text as they are looked for.
 * @type {(text: string) => Search.QueryWord[]}
 */
export const tokenize = (text) =>
  tokens(text).flatMap((token) => {
    if (!isUnspaced(token)) return [{ word: truncate(token) }];
    const begins = [...token].length === 1;
    return pairs(token).map((word) =>
      begins ? { word, piece: true, begins } : { word, piece: true },
    );
  });

/**
 * Return words side by side, as a piece of what `lined` returns. A run at their end may go on in a
 * text, so its last character alone is not looked for; a run before it must end there too.
 * @param {string[]} found - tokens
 * @returns {string}
 */
const row = (found) => {
  const last = found.at(-1) ?? "";
  const isOpen = isUnspaced(last) && [...last].length === 1;
  return ` ${[...found.slice(0, -1).flatMap(wordsOf), ...pairs(last)].join(" ")}${isOpen ? "" : " "}`;
};

/**
 * Return a text as one line of words, in which rows of words are looked for.
 * @type {(text: string) => string}
 */
export const lined = (text) => ` ${words(text).join(" ")} `;

const QUOTES = '"“”„«»＂「」『』《》';
const TYPED = new RegExp(
  `((?<!\\S)[-−－])?[${QUOTES}]([^${QUOTES}]*)[${QUOTES}]|(?<!\\S)[-−－]([^\\s${QUOTES}]+)|([^\\s${QUOTES}]+|[${QUOTES}])`,
  "gu",
);
const EITHER = "OR"; // between two words
const FIELD = /^(author|date):(.*)$/iu;
const DAYS = /^(\d{4}(?:-\d\d){0,2})(?:(\.\.|\/)(\d{4}(?:-\d\d){0,2})?)?$/; // 1891-06, 1891..1895

/**
 * Add words to a list; one that is there takes over what is known of it.
 * @param {Search.QueryWord[]} list
 * @param {Search.QueryWord[]} added
 */
const merge = (list, added) => {
  for (const word of added) {
    const existing = list.find((other) => other.word === word.word);
    if (existing) Object.assign(existing, word);
    else list.push(word);
  }
};

/**
 * Add what must not be there: a word, or a phrase.
 * @param {Search.Query} query
 * @param {string} typed
 */
const exclude = (query, typed) => {
  const found = tokenize(typed);
  if (found.length > 1 || found[0]?.begins) query.unphrased.push(row(tokens(typed)));
  else merge(query.without, found);
};

/**
 * Add what must be there. The words of a phrase are exact.
 * @param {Search.Query} query
 * @param {string} typed
 * @param {boolean} isPhrase
 */
const include = (query, typed, isPhrase) => {
  const found = tokenize(typed);
  if (isPhrase && found.length > 1) query.phrases.push(row(tokens(typed)));
  merge(query.words, isPhrase ? found.map((word) => ({ ...word, exact: !word.begins })) : found);
  query.accents.push(...accentedWords(typed));
};

/**
 * Add the other of two words of which one is enough.
 * @param {Search.Query} query
 * @param {string} typed
 * @param {boolean} isPhrase
 */
const includeOther = (query, typed, isPhrase) => {
  const found = tokenize(typed);
  const last = query.words.at(-1);
  if (found.length !== 1 || !last || last.piece || found[0].piece || query.phrases.length) {
    query.refused = true;
    include(query, typed, isPhrase);
    return;
  }
  last.others = [...(last.others ?? []), isPhrase ? { ...found[0], exact: true } : found[0]];
};

/**
 * Add what the author's name or the date must be; return whether that is what was typed.
 * @type {(query: Search.Query, field: string, value: string) => boolean}
 */
const addField = (query, field, value) => {
  if (field.toLowerCase() === "author") {
    query.authors.push(...words(value));
    return true;
  }
  const [days, first, dots, last = dots ? "" : first] = DAYS.exec(value) ?? [];
  if (days) Object.assign(query, { after: first, before: last });
  return Boolean(days);
};

/** @type {(cut: boolean) => Search.Query} */
const emptyQuery = (cut) => ({
  schema: SCHEMA,
  words: [],
  phrases: [],
  without: [],
  unphrased: [],
  accents: [],
  authors: [],
  after: "",
  before: "",
  row: "",
  refused: false,
  cut,
});

/**
 * Parse what a reader typed: words, "phrases in quotes", -words and -"phrases" that must not be
 * there, two words with OR between them, and author: and date:. The last word may still be being
 * typed.
 * @type {(typed: string) => Search.Query}
 */
export const parse = (typed) => {
  const query = emptyQuery(typed.length > MAX_CHARACTERS);
  const text = typed.slice(0, MAX_CHARACTERS);
  const parts = [...text.matchAll(TYPED)];
  const wanted = [];
  let isOther = false; // whether one of this word and the one before is enough
  let name = ""; // of a field whose value comes next, in quotes
  for (const [index, [, minus, phrase, unwanted, plain]] of parts.entries()) {
    const excluded = minus ? phrase : unwanted;
    const part = phrase ?? plain;
    const [field, key, value] = (phrase === undefined && FIELD.exec(plain)) || [];
    const isEither = plain === EITHER && query.words.length > 0 && index + 1 < parts.length;
    if (excluded !== undefined) exclude(query, excluded);
    else if (field && !value) name = key;
    else if (isEither) isOther = true;
    else if (!(name ? addField(query, name, part) : field && addField(query, key, value))) {
      wanted.push(part);
      (isOther ? includeOther : include)(query, part, phrase !== undefined);
      isOther = false;
    }
    if (!(field && !value)) name = "";
  }
  query.row = row(tokens(wanted.join(" ")).slice(0, MAX_WORDS));
  query.cut ||= query.words.length > MAX_WORDS;
  query.words = query.words.slice(0, MAX_WORDS);
  const last = query.words.at(-1)?.others?.at(-1) ?? query.words.at(-1);
  const isOpen = !FIELD.test(parts.at(-1)?.[4] ?? "") && AT_WORD_END.test(text);
  if (last && !last.exact && isOpen) last.begins = true;
  return query;
};

/** @param {string} text */
const lower = (text) => text.normalize("NFC").toLowerCase();

/**
 * Return the words of a text that have accents: a reader who types these means them.
 * @type {(text: string) => string[]}
 */
const accentedWords = (text) =>
  (lower(text).match(WORD) ?? []).filter((word) => fold(word) !== word);

/**
 * Whether a text has words that begin as the accented ones of a query do.
 * @type {(text: string, query: Search.Query) => boolean}
 */
export const matchesAccents = (text, { accents }) => {
  const whole = lower(text);
  /** @param {string} word */
  const hasWordWith = (word) => {
    for (let index = whole.indexOf(word); index >= 0; index = whole.indexOf(word, index + 1)) {
      if (!AT_WORD_END.test(whole.slice(Math.max(0, index - 2), index))) return true;
    }
    return false;
  };
  return accents.length > 0 && accents.every(hasWordWith);
};

/**
 * Whether a line of words has a row of words; a single word is no row.
 * @type {(line: string, wanted: string) => boolean}
 */
export const hasRow = (line, wanted) => wanted.trim().includes(" ") && line.includes(wanted);

/**
 * Whether a line of words has the words of a query side by side.
 * @type {(line: string, query: Search.Query) => boolean}
 */
export const hasPhrase = (line, query) => hasRow(line, query.row);
