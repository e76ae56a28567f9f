import assert from "node:assert/strict";
import { test } from "node:test";
import {
  countVarints,
  decodeVarints,
  forEachPosting,
} from "../../generator/theme/assets/search-codec.js";
import { floorIndex, WordList } from "../../generator/theme/assets/search-postings.js";
import { cases } from "./cases.js";

test("numbers are read as the program writes them", () => {
  for (const [numbers, bytes] of cases.varints) {
    const data = Uint8Array.from(bytes);
    assert.deepEqual([...decodeVarints(data)], numbers);
    assert.equal(countVarints(data), numbers.length);
  }
});

test("a posting has its entry and its impact", () => {
  /** @type {[number, number][]} */
  const found = [];
  // Entries 0, 1 and 300 with impacts 3, 15 and 0: steps of 0, 0 and 298, four bits each.
  const data = Uint8Array.from([0x03, 0x0f, 0xa0, 0x25]);
  forEachPosting(data, (entry, impact) => found.push([entry, impact]));
  assert.deepEqual(found, [
    [0, 3],
    [1, 15],
    [300, 0],
  ]);
});

test("the file of a word is the last that does not begin after it", () => {
  const bounds = ["bridge", "quay", "ribbon"];
  assert.equal(floorIndex(bounds, "quay"), 1);
  assert.equal(floorIndex(bounds, "queen"), 1);
  assert.equal(floorIndex(bounds, "a"), 0);
  assert.equal(floorIndex(bounds, "z"), 2);
  assert.equal(floorIndex([], "z"), -1);
});

test("words with a prefix come with their counts", () => {
  const list = new WordList(["bridge", "bridges", "quay"], [3, 2, 1]);
  assert.deepEqual(list.startingWith("brid"), [
    ["bridge", 3],
    ["bridges", 2],
  ]);
  assert.deepEqual(list.startingWith("zoo"), []);
});
