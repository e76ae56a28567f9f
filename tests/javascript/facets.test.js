import assert from "node:assert/strict";
import { test } from "node:test";
import {
  allDocuments,
  dayRange,
  decodeColumn,
  decodeDates,
  facetCounts,
  filter,
  sortByDate,
  timeSpans,
  yearRange,
} from "../../generator/theme/assets/search-facets.js";
import { cases } from "./cases.js";

const PERSON = {
  values: ["Ana", "Ben"],
  lists: [Uint32Array.of(0, 1), Uint32Array.of(1, 2)],
  documents: 4,
};
const DATES = Int32Array.of(19990101, 20200615, 20200700, 0);
const NOTHING = { filters: {}, after: "", before: "" };

test("columns are read as the program writes them", () => {
  for (const [rows, bytes] of cases.columns) {
    const { values, lists, documents } = decodeColumn(Uint8Array.from(bytes));
    assert.equal(documents, rows.length);
    const found = rows.map((_, row) => values.filter((_, index) => lists[index].includes(row)));
    assert.deepEqual(
      found.map((row) => row.sort()),
      rows.map((row) => [...row].sort()),
    );
  }
});

test("dates are read as the program writes them", () => {
  for (const [dates, bytes] of cases.dates) {
    const numbers = dates.map((date) => Number(date.replaceAll("-", "").padEnd(8, "0")));
    assert.deepEqual([...decodeDates(Uint8Array.from(bytes))], numbers);
  }
});

test("a date in part means all of its days", () => {
  assert.deepEqual(dayRange("2021", "2021"), [20210000, 20219999]);
  assert.deepEqual(dayRange("2021-06", "2021-06-28"), [20210600, 20210628]);
  assert.deepEqual(dayRange("", ""), [0, Infinity]);
  assert.deepEqual(dayRange("June", "2021-6"), [0, Infinity]);
});

test("documents fit every choice", () => {
  const all = allDocuments(5, new Set([4]));
  const choice = { filters: { person: ["Ana"] }, after: "2020", before: "" };
  const { documents, candidates } = filter(all, { person: PERSON }, DATES, choice);
  assert.deepEqual(documents, [1]);
  // The others miss one choice: document 3 misses both.
  assert.deepEqual(candidates, [
    [0, "date"],
    [1, undefined],
    [2, "person"],
  ]);
});

test("counts say what choosing a value would give", () => {
  const choice = { ...NOTHING, filters: { person: ["Ana"] } };
  const { candidates } = filter([0, 1, 2, 3], { person: PERSON }, DATES, choice);
  const counted = facetCounts(PERSON, "person", candidates, ["Ana"], () => true);
  assert.deepEqual(counted, {
    values: [
      ["Ana", 2],
      ["Ben", 2],
    ],
    more: 0,
  });
  const looked = facetCounts(PERSON, "person", candidates, [], (value) => value === "Ben");
  assert.deepEqual(looked.values, [["Ben", 2]]);
  assert.deepEqual(facetCounts(undefined, "place", candidates, [], () => true).values, []);
  assert.deepEqual(yearRange(DATES, candidates), [
    [1999, 1],
    [2020, 1],
  ]);
});

test("what has no date comes last in either order", () => {
  const documents = [3, 1, 0, 2];
  sortByDate(documents, DATES, "newest");
  assert.deepEqual(documents, [2, 1, 0, 3]);
  sortByDate(documents, DATES, "oldest");
  assert.deepEqual(documents, [0, 1, 2, 3]);
});

test("a few years are chosen one by one, many by their decades", () => {
  assert.deepEqual(timeSpans([[1893, 2]], "", ""), [[1893, 1893, 2]]);
  const many = [987, ...Array.from({ length: 20 }, (_, index) => 1885 + index)];
  /** @type {[number, number][]} */
  const counted = many.map((year) => [year, 1]);
  const decades = [
    [980, 989, 1],
    [1880, 1889, 5],
    [1890, 1899, 10],
    [1900, 1909, 5],
  ];
  assert.deepEqual(timeSpans(counted, "", ""), decades);
  assert.deepEqual(timeSpans(counted, "1885", "1904-05"), decades);
  // The years of the decade that is chosen, or in which the chosen time is.
  const inside = timeSpans(counted, "1881-05", "1889");
  assert.deepEqual(inside.slice(1, 4), [decades[1], [1885, 1885, 1], [1886, 1886, 1]]);
  assert.equal(inside.length, decades.length + 5);
});
