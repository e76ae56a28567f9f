/* The files of the index that have words: sorted words, alone or each with its postings. */

import { countVarints, readHeader } from "./search-codec.js";

const EMPTY = new Uint8Array();

/**
 * Return the position of the last bound that is not greater than a value: 0 where all are greater,
 * -1 where there are none.
 * @template {string | number} T
 * @param {T[]} bounds - in ascending order
 * @param {T} value
 * @returns {number}
 */
export const floorIndex = (bounds, value) => {
  let low = 0;
  let high = bounds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bounds[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return bounds.length ? Math.max(0, low - 1) : -1;
};

/** Sorted words, each with the number of entries that have it. */
export class WordList {
  /**
   * @param {string[]} words
   * @param {number[]} counts
   */
  constructor(words, counts) {
    this.words = words;
    this.counts = counts;
  }

  /**
   * @param {string} prefix
   * @returns {[string, number][]} words and how many entries have them
   */
  startingWith(prefix) {
    const { words, counts } = this;
    let index = floorIndex(words, prefix);
    if (words[index] < prefix) index += 1;
    /** @type {[string, number][]} */
    const found = [];
    for (; words[index]?.startsWith(prefix); index += 1) found.push([words[index], counts[index]]);
    return found;
  }
}

export class PostingsFile extends WordList {
  /**
   * @param {{ words: string, sizes: number[], titles?: [number, number][],
   *   forms?: Record<number, string>, whole?: Record<number, [number, string]> }} head
   * @param {Uint8Array} body
   */
  constructor({ words, sizes, titles = [], forms = {}, whole = {} }, body) {
    super(
      words.split(" "),
      sizes.map((size, index) => whole[index]?.[0] ?? size),
    );
    this.forms = forms;
    this.whole = whole;
    let position = 0;
    /** @param {number} size */
    const take = (size) => {
      position += size;
      return body.subarray(position - size, position);
    };
    this.texts = sizes.map(take);
    this.titles = new Map(titles.map(([index, size]) => [index, take(size)]));
  }

  /**
   * @param {string} word
   * @returns {Search.Postings | null}
   */
  get(word) {
    const index = floorIndex(this.words, word);
    if (this.words[index] !== word) return null;
    const text = this.texts[index];
    const [whole, where] = this.whole[index] ?? [0];
    const title = this.titles.get(index) ?? EMPTY;
    const forms = this.forms[index]?.split(" ") ?? [];
    const entries = whole || countVarints(text);
    return { word, text, rest: EMPTY, title, forms, whole, where, entries };
  }
}

/** @param {Uint8Array} data */
export const readPostings = (data) => {
  const { head, body } = readHeader(data);
  return new PostingsFile(head, body);
};

/** @param {Uint8Array} data */
export const readWords = (data) => {
  const { head } = readHeader(data);
  return new WordList(head.words.split(" "), head.entries);
};
