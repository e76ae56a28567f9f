/* From a word of a query to postings: its own, those of its other forms, of words that begin with
   it, and, where nobody wrote it, of words one typing error away. */

import { MIN_FUZZY_LENGTH } from "./search-format.js";
import { readPostings, readWords } from "./search-postings.js";

export const ENOUGH_HITS = 100; // or a quarter of all entries: then no longer word is meant
const MIN_PREFIXED_LENGTH = 3; // letters of a word that may have a prefix
const MAX_LONGER_WORDS = 16; // words that begin with one that was typed
const MAX_PAIRS = 200; // pairs of characters that begin with one
const MAX_FILES = 4; // files read for longer words
const MAX_CORRECTIONS = 3; // words one typing error away

/**
 * Whether two words are one typing error apart: a letter more, less, other, or two swapped.
 * @type {(word: string, other: string) => boolean}
 */
export const isOneEditApart = (word, other) => {
  const [short, long] = word.length <= other.length ? [word, other] : [other, word];
  if (long.length - short.length > 1 || word === other) return false;
  let index = 0;
  while (index < short.length && short[index] === long[index]) index += 1;
  if (long.length > short.length) return short.slice(index) === long.slice(index + 1);
  if (short.slice(index + 1) === long.slice(index + 1)) return true;
  return (
    short[index] === long[index + 1] &&
    short[index + 1] === long[index] &&
    short.slice(index + 2) === long.slice(index + 2)
  );
};

/** @type {(index: SearchIndex, word: string) => Promise<Search.Postings | null>} */
const postingsOf = async (index, word) => {
  const { position } = await index.locate("words", word);
  if (position < 0) return null;
  const file = await index.file("words", position, readPostings);
  return file.get(word);
};

/**
 * Return the words of the files of a folder from one position to another that have a prefix.
 * @param {SearchIndex} index
 * @param {"words" | "beginnings" | "endings"} folder
 * @param {number} first
 * @param {number} last
 * @param {string} prefix
 * @returns {Promise<[string, number][]>}
 */
const startingWith = async (index, folder, first, last, prefix) => {
  /** @type {(data: Uint8Array) => import("./search-postings.js").WordList} */
  const unpack = folder === "words" ? readPostings : readWords;
  const files = [];
  for (let position = first; position <= last; position += 1) {
    files.push(index.file(folder, position, unpack));
  }
  return (await Promise.all(files)).flatMap((file) => file.startingWith(prefix));
};

/**
 * Return the first and the last file of a folder that can have words with a prefix; the last is -1
 * where the folder is empty.
 * @param {SearchIndex} index
 * @param {"words" | "beginnings" | "endings"} folder
 * @param {string} prefix
 */
const spanOf = async (index, folder, prefix) => {
  const ends = [prefix, `${prefix}\uffff`].map((end) => index.locate(folder, end));
  const [first, last] = await Promise.all(ends);
  return [Math.max(0, first.position), last.position];
};

/**
 * Return the most frequent words with a prefix. They are in the files of postings; where these are
 * more than two, the lists of words are smaller.
 * @type {(index: SearchIndex, prefix: string, most: number) => Promise<string[]>}
 */
const withPrefix = async (index, prefix, most) => {
  /** @type {[string, number][]} */
  let longer = [];
  for (const folder of /** @type {const} */ (["words", "beginnings"])) {
    const [first, last] = await spanOf(index, folder, prefix);
    if (last < 0 || last - first > 1) continue;
    longer = await startingWith(index, folder, first, last, prefix);
    break;
  }
  const byFrequency = longer
    .filter(([word]) => word !== prefix)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  /** @type {string[]} */
  const words = [];
  const files = new Set();
  for (const [word] of byFrequency) {
    const { position } = await index.locate("words", word);
    if (!files.has(position) && files.size === MAX_FILES) continue;
    files.add(position);
    if (words.push(word) === most) break;
  }
  return words;
};

/** @param {string} word */
const reversed = (word) => [...word].reverse().join("");

/**
 * Return words one typing error away, the likeliest first. The error leaves the beginning of a word
 * intact or its end. A short word with a letter less is another word: Peru is not "per".
 * @type {(index: SearchIndex, word: string) => Promise<string[]>}
 */
const withinOneEdit = async (index, word) => {
  if (word.length < MIN_FUZZY_LENGTH) return [];
  const half = Math.floor(word.length / 2);
  /** @type {(folder: "beginnings" | "endings", prefix: string) => Promise<[string, number][]>} */
  const near = async (folder, prefix) => {
    const [first, last] = await spanOf(index, folder, prefix);
    return startingWith(index, folder, first, Math.min(last, first + 3), prefix);
  };
  const [heads, tails] = await Promise.all([
    near("beginnings", word.slice(0, Math.max(2, half - 1))),
    near("endings", reversed(word.slice(half))),
  ]);
  for (const [tail, count] of tails) heads.push([reversed(tail), count]);
  /** @param {string} other */
  const sameStart = (other) => Number(other[0] === word[0]);
  return [...new Map(heads)]
    .filter(([other]) => isOneEditApart(word, other))
    .filter(([other]) => word.length > MIN_FUZZY_LENGTH || other.length >= word.length)
    .sort((a, b) => sameStart(b[0]) - sameStart(a[0]) || b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, MAX_CORRECTIONS)
    .map(([other]) => other);
};

/**
 * Return a word that nobody wrote as somebody wrote it: with another prefix, with one or without.
 * Its forms are those of the word that was asked for.
 * @type {(index: SearchIndex, word: string) => Promise<Search.Postings | null>}
 */
const withOtherPrefix = async (index, word) => {
  const [article, ...others] = index.manifest.prefixes ?? [];
  if (!article || word.length < MIN_PREFIXED_LENGTH) return null;
  const bare = [article, ...others]
    .filter((prefix) => word.startsWith(prefix))
    .map((prefix) => word.slice(prefix.length))
    .filter((rest) => rest.length >= MIN_PREFIXED_LENGTH);
  // In two steps: most nouns are found in the first, and others cost a file for each letter.
  const usual = [article + word, ...bare, ...bare.map((rest) => article + rest)];
  const rare = [word, ...bare].flatMap((rest) => others.map((prefix) => prefix + rest));
  for (const step of [usual, rare]) {
    const found = await Promise.all(step.map((other) => postingsOf(index, other)));
    const first = found.find(Boolean);
    if (first) return first;
  }
  return null;
};

/**
 * Return all postings of a word of a query.
 * @type {(index: SearchIndex, queryWord: Search.QueryWord) => Promise<Search.Term>}
 */
export const lookUp = async (index, { word, begins, exact, piece }) => {
  const own = await postingsOf(index, word);
  /** @type {Search.WeightedPostings[]} */
  const lists = own ? [{ ...own, weight: 1 }] : [];
  /** @type {(more: (Search.Postings | null)[], weight: number) => void} */
  const add = (more, weight) => {
    for (const list of more) {
      if (list && !lists.some((other) => other.word === list.word)) lists.push({ ...list, weight });
    }
  };
  /** @param {string[]} words */
  const readAll = (words) => Promise.all(words.map((other) => postingsOf(index, other)));
  const isFrequent = own && own.entries >= Math.min(ENOUGH_HITS, index.manifest.entries / 4);
  const wantsLonger = begins && !exact && (piece || !isFrequent);
  const most = piece ? MAX_PAIRS : MAX_LONGER_WORDS;
  const [forms, longer] = await Promise.all([
    readAll(own && !exact ? own.forms : []),
    wantsLonger ? withPrefix(index, word, most).then(readAll) : [],
  ]);
  const room = own ? 20 * own.entries + 200 : 0; // a form that is everywhere is another word
  add(
    forms.filter((list) => list && list.entries <= room),
    0.6,
  );
  add(longer, own ? 0.3 : 0.7);
  let instead = "";
  if (!own && !exact && !piece) {
    const other = await withOtherPrefix(index, word);
    if (other) {
      add([other, ...(await readAll(other.forms))], 0.8);
      instead = other.word;
    }
    if (!lists.length) {
      add(await withinOneEdit(index, word).then(readAll), 0.6);
      instead = lists.map((list) => list.word).join(", ");
    }
  }
  return { word, lists, instead };
};

/**
 * Return the postings of a word of a query, together with those of the words that do as well.
 * @type {(index: SearchIndex, queryWord: Search.QueryWord) => Promise<Search.Term>}
 */
export const lookUpAny = async (index, { others = [], ...word }) => {
  const terms = await Promise.all([word, ...others].map((one) => lookUp(index, one)));
  if (terms.length === 1) return terms[0];
  const written = terms.filter((term) => term.lists.length && !term.instead);
  const lists = (written.length ? written : terms).flatMap((term) => term.lists);
  const byWord = new Map(lists.reverse().map((list) => [list.word, list]));
  return { word: "", lists: [...byWord.values()].reverse(), instead: "" };
};

/**
 * Load what is left of those lists that have only the best of their entries.
 * @param {SearchIndex} index
 * @param {Search.Postings[]} lists
 */
export const loadRemainders = async (index, lists) => {
  const load = lists.map(async (list) => {
    if (!list.where || list.rest.length) return;
    const file = await index.named("rests", list.where, readPostings);
    list.rest = file.get(list.word)?.text ?? list.rest;
  });
  await Promise.all(load);
};
