import assert from "node:assert/strict";
import { test } from "node:test";
import { Index } from "../../generator/theme/assets/search-engine.js";
import { SCHEMA } from "../../generator/theme/assets/search-format.js";

/** @type {(head: object, body?: number[]) => Uint8Array} */
const withHeader = (head, body = []) => {
  const json = new TextEncoder().encode(JSON.stringify(head));
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, json.length, true);
  return Uint8Array.from([...size, ...json, ...body]);
};

/* Six entries, and six words of which each is in the entry of its number. */
const WORDS = ["apple", "bridge", "canal", "dyke", "estuary", "ferry"];
/** @type {(number: number) => number} */
const posting = (number) => (number << 4) | 9;
const shards = WORDS.map((word, number) =>
  withHeader({ words: word, sizes: [1], titles: [], forms: {}, whole: {} }, [posting(number)]),
);
const lines = WORDS.map((word) => new TextEncoder().encode(JSON.stringify([[`${word}/`, word]])));
const lists = (/** @type {string[]} */ words) =>
  withHeader({ words: words.join(" "), entries: words.map(() => 1) });
const backwards = WORDS.map((word) => [...word].reverse().join("")).sort();
const CONTENTS = {
  words: { bounds: WORDS, files: shards },
  beginnings: { bounds: WORDS, files: WORDS.map((word) => lists([word])) },
  endings: { bounds: backwards, files: backwards.map((word) => lists([word])) },
  lines: { bounds: [0, 1, 2, 3, 4, 5], files: lines },
};

/** @type {(isDivided: boolean) => { index: Index, asked: string[] }} */
const build = (isDivided) => {
  /** @type {Map<string, Uint8Array>} */
  const files = new Map();
  /** @type {Record<string, any>} */
  const manifest = { schema: SCHEMA, build: "a", entries: 6, kinds: [["document", 6]] };
  Object.assign(manifest, { common: [], facets: [], files: { facets: [] } });
  if (isDivided) manifest.firsts = {};
  /** @type {(folder: string, name: string, data: Uint8Array) => string} */
  const add = (folder, name, data) => {
    files.set(`${folder}/${isDivided ? `${name[0]}/` : ""}${name}.bin`, data);
    return name;
  };
  for (const [folder, { bounds, files: contents }] of Object.entries(CONTENTS)) {
    const names = contents.map((data, number) => add(folder, `${number}${folder}`, data));
    manifest[folder] = isDivided ? [bounds[0], bounds[4]] : bounds;
    manifest.files[folder] = names;
    if (!isDivided) continue;
    manifest.firsts[folder] = [0, 4];
    manifest.files[folder] = [0, 4].map((start, number) => {
      const [first, last] = [start, number ? 6 : 4];
      const list = { bounds: bounds.slice(first, last), files: names.slice(first, last) };
      return add("files", `${number}list${folder}`, withHeader(list));
    });
  }
  files.set("manifest.bin", withHeader(manifest));
  /** @type {string[]} */
  const asked = [];
  const index = new Index(async (path) => {
    asked.push(path);
    const data = files.get(path);
    if (!data) throw new Error(path);
    return data;
  });
  return { index, asked };
};

/** @type {(index: Index, word: string, begins: boolean) => Promise<string[]>} */
const titles = async (index, word, begins) => {
  const query = { schema: SCHEMA, words: [{ word, begins }], phrases: [], without: [] };
  const rest = { unphrased: [], accents: [], authors: [], after: "", before: "" };
  const flags = { refused: false, row: word, cut: false };
  const answer = await index.search({ query: { ...query, ...rest, ...flags } });
  return answer.results.map((result) => result.title);
};

test("a divided index answers as one that is not divided", async () => {
  for (const word of [...WORDS, "absent", "zebra", "bridgf", "aple", "errry"]) {
    const expected = await titles(build(false).index, word, false);
    assert.deepEqual(await titles(build(true).index, word, false), expected, word);
  }
  for (const word of ["a", "br", "d", "ferr", "e"]) {
    const expected = await titles(build(false).index, word, true);
    assert.ok(expected.length, word);
    assert.deepEqual(await titles(build(true).index, word, true), expected, word);
  }
});

test("a word that is in the index costs its list of files and that of its results", async () => {
  const { index, asked } = build(true);
  assert.deepEqual(await titles(index, "ferry", false), ["ferry"]);
  assert.deepEqual(asked, [
    "manifest.bin",
    "files/1/1listwords.bin",
    "words/5/5words.bin",
    "files/1/1listlines.bin",
    "lines/5/5lines.bin",
  ]);
});
