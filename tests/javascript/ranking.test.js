import assert from "node:assert/strict";
import { test } from "node:test";
import { topResults } from "../../generator/theme/assets/search-ranking.js";
import { isOneEditApart } from "../../generator/theme/assets/search-terms.js";

test("the best come first, those of one score in their order", () => {
  const scores = Float32Array.from({ length: 1000 }, (_, entry) => entry % 7);
  const entries = [...scores.keys()];
  const sorted = [...entries].sort((a, b) => scores[b] - scores[a] || a - b);
  assert.deepEqual(topResults(entries, scores, 10), sorted.slice(0, 10));
  assert.deepEqual(topResults(entries, scores, 0), []);
});

test("one typing error is a letter more, less, other, or two swapped", () => {
  for (const other of ["bridges", "bidge", "bredge", "birdge"]) {
    assert.ok(isOneEditApart("bridge", other), other);
    assert.ok(isOneEditApart(other, "bridge"), other);
  }
  for (const other of ["bridge", "bridgess", "brdeg", "ridgeb", ""]) {
    assert.ok(!isOneEditApart("bridge", other), other);
  }
});
