/* What a person decides with the forms of the desk. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  documentDecisions,
  FIELDS,
  GENRES,
  meaningDecisions,
  nameDecisions,
  splitDecisions,
} from "../../generator/desk/assets/desk-decisions.js";

/** @type {(fields: Record<string, string | string[]>) => FormData} */
const filled = (fields) => {
  const data = new FormData();
  for (const [name, values] of Object.entries(fields))
    for (const value of [values].flat()) data.append(name, value);
  return data;
};

/** @type {import("../../generator/desk/assets/desk-decisions.js").DocumentRecord} */
const letter = {
  type: "document",
  seed: "a.txt",
  subject: "a.txt",
  values: { title: ["A letter"], authors: ["Ana Ruiz", "Tom Lee"], date: ["1891"] },
  note: "As found.",
  noteVersion: "1",
};
const unchanged = { title: "A letter", authors: "Ana Ruiz; Tom Lee", date: "1891" };

/** @type {import("../../generator/desk/assets/desk-decisions.js").NameRecord} */
const storr = {
  ...{ type: "name", id: "people/j-storr", subject: "people/j-storr", name: "J. Storr" },
  ...{ kind: "person", documents: 2, mentions: 3, facts: { born: "1830" } },
  ...{ note: "", noteVersion: "0" },
};

test("what was not changed is no decision", () => {
  assert.deepEqual(documentDecisions(letter, filled(unchanged)), []);
  assert.deepEqual(nameDecisions(storr, filled({ born: "1830" })), []);
});

test("a changed field is one decision, and an empty one means unknown", () => {
  const data = filled({ ...unchanged, date: "", authors: "Ana Ruiz;  Isaac Verrill ;" });
  assert.deepEqual(documentDecisions(letter, data), [
    { seed: "a.txt", field: "authors", value: ["Ana Ruiz", "Isaac Verrill"] },
    { seed: "a.txt", field: "date", value: null },
  ]);
});

test("every field of a document in corrections.yml is offered", () => {
  const file = new URL("../../generator/corrections/schema.json", import.meta.url);
  const { definitions } = JSON.parse(readFileSync(file, "utf-8"));
  const known = Object.keys(definitions.document.properties).filter((key) => key !== "withdrawn");
  assert.deepEqual([...FIELDS].sort(), known.sort());
});

test("every kind of document is offered: one that is not would be erased by any correction", () => {
  const file = new URL("../../generator/corrections/schema.json", import.meta.url);
  const { definitions } = JSON.parse(readFileSync(file, "utf-8"));
  const known = definitions.document.properties.genre.enum.filter(Boolean);
  assert.deepEqual([...GENRES].sort(), known.sort());
});

test("lines, a withdrawal and a note are decisions of their own", () => {
  const more = {
    structure: "verse",
    lines: "",
    withdrawn: " The author asked. ",
    notice: "B\r\nC",
  };
  assert.deepEqual(documentDecisions(letter, filled({ ...unchanged, ...more })), [
    { seed: "a.txt", structure: "verse", lines: "all" },
    { seed: "a.txt", field: "withdrawn", value: { reason: "The author asked." } },
    { note: "a.txt", text: "B\nC", version: "1" },
  ]);
});

test("a name is merged into the other one", () => {
  assert.deepEqual(nameDecisions(storr, filled({ born: "1830", merge: "John Storr" })), [
    { name: "John Storr", map: "merge", value: ["J. Storr"] },
  ]);
  assert.deepEqual(nameDecisions(storr, filled({ born: "1830", merge: "J. Storr" })), []);
});

test("facts belong to the kind that the name gets", () => {
  const data = filled({ kind: "other_kind", own_kind: "ship", born: "", died: "1899" });
  assert.deepEqual(nameDecisions(storr, data), [
    { name: "J. Storr", map: "kind", value: "ship" },
    { facts: "J. Storr", kind: "ship", values: { born: "", died: "1899" } },
  ]);
});

test("what is no name needs no other decision", () => {
  const data = filled({ suppress: "on", kind: "person", rename: "B" });
  assert.deepEqual(nameDecisions(storr, data), [
    { name: "J. Storr", map: "suppress", value: null },
  ]);
});

test("words mean a name everywhere or here, or nobody", () => {
  const chosen = { words: "Mrs. Storr", seed: "a.txt", paragraph: "p-01234567" };
  const words = "Mrs. Storr";
  assert.deepEqual(meaningDecisions(chosen, filled({ words, name: "Mary Storr", kind: "" })), [
    { words, name: "Mary Storr", kind: null, here: null },
  ]);
  const here = { seed: "a.txt", paragraph: "p-01234567" };
  const nobody = filled({ words, name: words, kind: "nobody", where: "here" });
  assert.deepEqual(meaningDecisions(chosen, nobody), [{ words, name: null, kind: null, here }]);
  assert.deepEqual(meaningDecisions(chosen, filled({ words: " " })), []);
});

test("a document that is parted as a whole needs no single mentions", () => {
  const mention = [
    JSON.stringify(["a.txt", "p-1", "Storr"]),
    JSON.stringify(["b.txt", "p-2", "J"]),
  ];
  const data = filled({ into: "John Storr (son)", seed: "a.txt", mention });
  assert.deepEqual(splitDecisions("John Storr", data), [
    {
      split: "John Storr",
      into: "John Storr (son)",
      documents: ["a.txt"],
      mentions: [{ seed: "b.txt", paragraph: "p-2", words: "J" }],
    },
  ]);
  assert.deepEqual(splitDecisions("John Storr", filled({ into: "", seed: "a.txt" })), []);
});
