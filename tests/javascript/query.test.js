import assert from "node:assert/strict";
import { test } from "node:test";
import { escapeFormula } from "../../generator/theme/assets/search-csv.js";
import {
  fold,
  hasRow,
  lined,
  matchesAccents,
  parse,
  words,
} from "../../generator/theme/assets/search-query.js";
import { cases } from "./cases.js";

test("words are folded and split as in the index", () => {
  for (const [text, expected] of cases.folded) assert.equal(fold(text), expected);
  for (const [text, expected] of cases.words) assert.deepEqual(words(text), expected, text);
});

for (const { name, given, expect } of cases.queries) {
  test(`a query: ${name}`, () => {
    const query = parse(given);
    for (const [key, value] of Object.entries(expect)) {
      assert.deepEqual(Reflect.get(query, key), value, key);
    }
  });
}

test("a query that is too long is cut", () => {
  assert.equal(parse("word ".repeat(300)).cut, true);
  const many = parse(Array.from({ length: 30 }, (_, number) => `w${number}`).join(" "));
  assert.equal(many.words.length, 24);
  assert.equal(many.cut, true);
});

test("words side by side are found, a single word is no row", () => {
  const line = lined("The old bridge.");
  assert.ok(hasRow(line, " old bridge "));
  assert.ok(!hasRow(line, " old bri "));
  assert.ok(!hasRow(line, " bridge "));
});

test("accents that were typed are looked for where words begin", () => {
  const query = parse("Perú");
  assert.ok(matchesAccents("In Perú and in peru", query));
  assert.ok(!matchesAccents("In Peru", query));
  assert.ok(!matchesAccents("superú", query));
});

test("cells are escaped as in the data files", () => {
  for (const [text, expected] of cases.cells) assert.equal(escapeFormula(text), expected);
});
