/* Filters: values of documents, in columns, and their dates. */

import { decodeVarints, readHeader } from "./search-codec.js";

const SHOWN_VALUES = 20;
const MAX_YEARS = 20; // that stand beside each other; more are decades

/**
 * Decode a column: Rice codes of the distances between documents.
 * @type {(data: Uint8Array) => Search.Column}
 */
export const decodeColumn = (data) => {
  const { head, body } = readHeader(data);
  const { values, counts, documents } = head;
  let position = 0;
  const bit = () => {
    const value = (body[position >> 3] >> (7 - (position & 7))) & 1;
    position += 1;
    return value;
  };
  /** @param {number} count */
  const decodeList = (count) => {
    let low = 0;
    while (count * 2 ** (low + 1) <= documents) low += 1;
    let last = -1;
    return Uint32Array.from({ length: count }, () => {
      let distance = 0;
      while (bit()) distance += 1;
      for (let index = 0; index < low; index += 1) distance = distance * 2 + bit();
      last += distance + 1;
      return last;
    });
  };
  return { values, lists: counts.map(decodeList), documents };
};

/**
 * Decode the dates of all documents, as numbers like 20210628; 0 for none.
 * @type {(data: Uint8Array) => Int32Array}
 */
export const decodeDates = (data) => {
  let last = 0;
  return Int32Array.from(decodeVarints(readHeader(data).body), (step) => {
    last += step % 2 ? -(step + 1) / 2 : step / 2;
    return last;
  });
};

/**
 * Return, for each document, whether it has one of some values.
 * @type {(column: Search.Column, wanted: string[]) => Uint8Array}
 */
const documentsWith = ({ values, lists, documents }, wanted) => {
  const found = new Uint8Array(documents);
  for (const value of wanted) {
    for (const document of lists[values.indexOf(value)] ?? []) found[document] = 1;
  }
  return found;
};

/**
 * Return all documents but some.
 * @type {(documents: number, excluded: Set<number>) => number[]}
 */
export const allDocuments = (documents, excluded) =>
  [...Array(documents).keys()].filter((document) => !excluded.has(document));

/**
 * Return the first and the last day that two dates, typed in whole or in part, can mean. What is
 * no date bounds nothing.
 * @type {(after: string, before: string) => [number, number]}
 */
export const dayRange = (after, before) => {
  /** @type {(typed: string, filler: string) => number | undefined} */
  const day = (typed, filler) => {
    const [date, year, month = filler, rest = filler] =
      /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(typed) ?? [];
    return date ? Number(year + month + rest) : undefined;
  };
  return [day(after, "00") ?? 0, day(before, "99") ?? Infinity];
};

/**
 * Sort documents by date; those without one come last.
 * @param {number[]} documents
 * @param {Int32Array} dates
 * @param {string} sort - newest or oldest
 */
export const sortByDate = (documents, dates, sort) => {
  const direction = sort === "newest" ? -1 : 1;
  documents.sort(
    (a, b) => Number(!dates[a]) - Number(!dates[b]) || direction * (dates[a] - dates[b]) || a - b,
  );
};

/**
 * Return the documents that fit every choice, and the candidates: those that fit every choice but
 * one too, so that the counts beside the values of a facet say what choosing these would give.
 * @param {number[]} documents
 * @param {Record<string, Search.Column>} columns
 * @param {Int32Array | null} dates
 * @param {Search.Choice} choice
 * @returns {{ documents: number[], candidates: Search.Candidate[] }}
 */
export const filter = (documents, columns, dates, { filters, after, before }) => {
  const wanted = Object.entries(filters).map(([name, values]) => ({
    name,
    fitting: columns[name] ? documentsWith(columns[name], values) : new Uint8Array(),
  }));
  const [first, last] = dayRange(after, before);
  const isBounded = first > 0 || last < Infinity;
  /** @type {number[]} */
  const fitting = [];
  /** @type {Search.Candidate[]} */
  const candidates = [];
  for (const document of documents) {
    const misses = wanted.filter((one) => !one.fitting[document]).map((one) => one.name);
    const date = dates?.[document] ?? 0;
    if (isBounded && (!date || date < first || date > last)) misses.push("date");
    if (!misses.length) fitting.push(document);
    if (misses.length < 2) candidates.push([document, misses[0]]);
  }
  return { documents: fitting, candidates };
};

/**
 * Return the most frequent values of a facet with their counts, chosen ones always, and how many
 * further values there are.
 * @param {Search.Column | undefined} column
 * @param {string} name
 * @param {Search.Candidate[]} candidates
 * @param {string[]} chosen
 * @param {(value: string) => boolean} isWanted - whether a value is looked for
 * @returns {{ values: [string, number][], more: number }}
 */
export const facetCounts = (column, name, candidates, chosen, isWanted) => {
  if (!column) return { values: [], more: 0 };
  const { values, lists } = column;
  const fitting = new Uint8Array(column.documents);
  for (const [document, missed] of candidates) {
    if (!missed || missed === name) fitting[document] = 1;
  }
  const counts = lists.map((list) => list.reduce((sum, document) => sum + fitting[document], 0));
  const found = [...counts.keys()].filter((index) => counts[index] && isWanted(values[index]));
  found.sort((a, b) => counts[b] - counts[a] || a - b);
  const shown = found.slice(0, SHOWN_VALUES);
  for (const value of chosen) {
    const index = values.indexOf(value);
    if (index >= 0 && !shown.includes(index)) shown.unshift(index);
  }
  return {
    values: shown.map((index) => [values[index], counts[index]]),
    more: Math.max(0, found.length - shown.length),
  };
};

/**
 * Return how many candidates each year has, in the order of the years.
 * @type {(dates: Int32Array, candidates: Search.Candidate[]) => [number, number][]}
 */
export const yearRange = (dates, candidates) => {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const [document, missed] of candidates) {
    const year = Math.floor(dates[document] / 10000);
    if (year && (!missed || missed === "date")) counts.set(year, (counts.get(year) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => a[0] - b[0]);
};

/** @param {number} year */
const decadeOf = (year) => year - (year % 10);

/**
 * Return the spans of time among which a reader chooses, each with its number of documents: years,
 * or decades where there are many, followed by the years of the decade that is chosen.
 * @type {(years: [number, number][], after: string, before: string) => Search.TimeSpan[]}
 */
export const timeSpans = (years, after, before) => {
  if (years.length <= MAX_YEARS) return years.map(([year, count]) => [year, year, count]);
  const [from, to] = [after, before].map((date) => decadeOf(Number.parseInt(date, 10)));
  return [...new Set(years.map(([year]) => decadeOf(year)))].flatMap((decade) => {
    const inside = years.filter(([year]) => decadeOf(year) === decade);
    const count = inside.reduce((sum, [, one]) => sum + one, 0);
    const shown = from === decade && to === decade ? inside : [];
    /** @type {Search.TimeSpan[]} */
    const single = shown.map(([year, one]) => [year, year, one]);
    return [[decade, decade + 9, count], ...single];
  });
};
