/* Which entries answer a query, and how well. */

import { countVarints, forEachPosting } from "./search-codec.js";
import { IMPACT_BITS } from "./search-format.js";
import { loadRemainders, lookUp, lookUpAny } from "./search-terms.js";

const LEVELS = 2 ** IMPACT_BITS;
const SITE_PAGE_WEIGHT = 0.5; // of pages about the site, beside documents and names
const EXACT_TITLE = 100; // added to a document or page whose title is the query
const EXACT_NAME = 1000; // added to a person, organization or place that is the query

/**
 * Score as BM25 does: rare words say much, and a word in a title says more.
 * @param {Search.Term} term
 * @param {number} number - of the term, from 1
 * @param {number} entries
 * @param {Search.Tally} tally
 */
const score = ({ lists }, number, entries, { scores, last, words, inTitle, coverage }) => {
  const sizes = lists.map((list) => Math.max(list.entries, countVarints(list.title)));
  const frequency = Math.min(
    entries,
    sizes.reduce((sum, size) => sum + size, 0),
  );
  const rarity = Math.log(1 + (entries - frequency + 0.5) / (frequency + 0.5));
  const titled = new Set();
  /** @type {(entry: number, points: number, repeated: number) => void} */
  const add = (entry, points, repeated) => {
    if (last[entry] === number) {
      scores[entry] += points * repeated;
      return;
    }
    last[entry] = number;
    words[entry] += 1;
    scores[entry] += points;
  };
  for (const { text, rest, title, weight } of lists) {
    const points = rarity * weight;
    for (const part of [text, rest]) {
      forEachPosting(part, (entry, impact) => add(entry, (points * (impact + 1)) / LEVELS, 0.4));
    }
    forEachPosting(title, (entry, length) => {
      add(entry, points * (0.5 + 0.5 / length), 1);
      if (weight < 0.6 || titled.has(entry)) return;
      titled.add(entry);
      inTitle[entry] += 1;
      coverage[entry] += weight / length;
    });
  }
};

/** @type {(terms: Search.Term[], entries: number) => Search.Tally} */
const scoreAll = (terms, entries) => {
  const tally = {
    scores: new Float32Array(entries),
    last: new Uint8Array(entries),
    words: new Uint8Array(entries),
    inTitle: new Uint8Array(entries),
    coverage: new Float32Array(entries),
  };
  for (const [position, term] of terms.entries()) score(term, position + 1, entries, tally);
  return tally;
};

/**
 * Return the entries that have words which must not be there.
 * @type {(terms: Search.Term[]) => Set<number>}
 */
const entriesWith = (terms) => {
  /** @type {Set<number>} */
  const found = new Set();
  for (const { text, rest, title } of terms.flatMap((term) => term.lists)) {
    for (const list of [text, rest, title]) forEachPosting(list, (entry) => found.add(entry));
  }
  return found;
};

/**
 * Return the lists of a word that are read to their end: for a first answer, of other forms of a
 * frequent word the best entries will do.
 * @type {(term: Search.Term, bestOnly: boolean) => Search.WeightedPostings[]}
 */
const listsFor = ({ word, lists }, bestOnly) =>
  bestOnly && lists[0]?.word === word && lists[0].whole ? lists.slice(0, 1) : lists;

/** @param {Search.WeightedPostings} list */
const isPartial = (list) => list.whole > 0 && !list.rest.length;

/**
 * Return the entries with all words of a query; where none has all, those with most, if these are
 * half of the words. Entries whose title is the query get points for it.
 * @param {SearchIndex} index
 * @param {Search.Tally} tally
 * @param {number} count - of the words
 * @returns {{ entries: number[], words: number }}
 */
const choose = (index, { scores, words, inTitle, coverage }, count) => {
  let most = 0;
  for (const number of words) if (number > most) most = number;
  const required = count && most >= Math.ceil(count / 2) ? most : Infinity;
  const entries = [];
  for (let entry = 0; entry < words.length; entry += 1) {
    if (words[entry] < required) continue;
    entries.push(entry);
    if (inTitle[entry] !== count || coverage[entry] <= 0.99) continue;
    const isText = ["document", "page"].includes(index.kindOf(entry));
    scores[entry] += isText ? EXACT_TITLE : EXACT_NAME;
  }
  index.forEachOfKind("page", (entry) => {
    scores[entry] *= SITE_PAGE_WEIGHT;
  });
  return { entries, words: Number.isFinite(required) ? required : 0 };
};

/**
 * Return which entries answer a query, with their scores, and what to say about it.
 * @param {SearchIndex} index
 * @param {Search.Query} query
 * @param {boolean} bestOnly - whether nothing but the score decides, so that the best entries of
 *   a frequent word are enough
 */
export const match = async (index, query, bestOnly) => {
  const common = new Set(index.manifest.common);
  const rare = query.words.filter((word) => word.exact || word.others || !common.has(word.word));
  const wanted = rare.length ? rare : query.words;
  const conditions = [query.without, query.phrases, query.unphrased].flat();
  const isAlone = bestOnly && wanted.length === 1 && !wanted[0].others && !conditions.length;
  const [terms, without] = await Promise.all([
    Promise.all(wanted.map((word) => lookUpAny(index, word))),
    Promise.all(query.without.map((word) => lookUp(index, { ...word, exact: true }))),
  ]);
  if (!isAlone) {
    const lists = terms.flatMap((term) => listsFor(term, bestOnly));
    await loadRemainders(index, [...lists, ...without.flatMap((term) => term.lists)]);
  }
  const tally = scoreAll(terms, index.manifest.entries);
  const excluded = entriesWith(without);
  for (const entry of excluded) tally.words[entry] = 0;
  const chosen = choose(index, tally, wanted.length);
  /** @type {Search.Answer["matched"]} */
  const matched = [chosen.words, wanted.length];
  /** @type {Search.Answer["instead"]} */
  const instead = terms.filter((term) => term.instead).map((term) => [term.word, term.instead]);
  const telling = terms.filter((term) => !common.has(term.word));
  const shown = telling.length ? telling : terms; // "the" in a phrase is marked nowhere else either
  return {
    entries: chosen.entries,
    scores: tally.scores,
    excluded,
    more: terms.some((term) => term.lists.some(isPartial)),
    least: isAlone
      ? Math.max(0, ...terms[0].lists.map((list) => (list.whole ? list.entries : 0)))
      : 0,
    matched,
    marks: [...new Set(shown.flatMap((term) => term.lists.map((list) => list.word)))],
    instead,
  };
};

/**
 * Return the first of some entries by their scores, in order; all others are left out unsorted.
 * @type {(entries: number[], scores: Float32Array, count: number) => number[]}
 */
export const topResults = (entries, scores, count) => {
  /** @type {(a: number, b: number) => number} */
  const compare = (a, b) => scores[b] - scores[a] || a - b;
  /** @type {number[]} */
  const best = [];
  let least = -Infinity;
  for (const entry of entries) {
    if (scores[entry] < least) continue;
    if (best.push(entry) < 2 * count + 50) continue;
    best.sort(compare).length = count;
    if (count) least = scores[best[count - 1]];
  }
  return best.sort(compare).slice(0, count);
};
