/* What a person decides with the forms of the desk. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { documentDecisions, nameDecisions } from "../../generator/desk/assets/desk-forms.js";
import { labelsOf } from "../../generator/desk/assets/desk-labels.js";

/** @type {(fields: Record<string, string>) => FormData} */
const filled = (fields) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
};

/** @type {import("../../generator/desk/assets/desk-forms.js").DocumentRecord} */
const letter = {
  type: "document",
  seed: "a.txt",
  values: { title: ["A letter"], authors: ["Ana Ruiz", "Tom Lee"], date: ["1891"] },
};
const unchanged = { title: "A letter", authors: "Ana Ruiz; Tom Lee", date: "1891" };

test("what was not changed is no decision", () => {
  assert.deepEqual(documentDecisions(letter, filled(unchanged)), []);
});

test("a changed field is one decision, and an empty one means unknown", () => {
  const data = filled({ ...unchanged, date: "", authors: "Ana Ruiz;  Isaac Verrill ;" });
  assert.deepEqual(documentDecisions(letter, data), [
    { seed: "a.txt", field: "authors", value: ["Ana Ruiz", "Isaac Verrill"] },
    { seed: "a.txt", field: "date", value: null },
  ]);
});

test("a withdrawal has its reason", () => {
  const data = filled({ ...unchanged, withdrawn: " The author asked. " });
  assert.deepEqual(documentDecisions(letter, data), [
    { seed: "a.txt", field: "withdrawn", value: { reason: "The author asked." } },
  ]);
});

test("a name is merged into the other one", () => {
  assert.deepEqual(nameDecisions("J. Storr", filled({ merge: "John Storr" })), [
    { name: "John Storr", map: "merge", value: ["J. Storr"] },
  ]);
  assert.deepEqual(nameDecisions("John Storr", filled({ merge: "John Storr" })), []);
});

test("what is no name needs no other decision", () => {
  const data = filled({ suppress: "on", kind: "person", rename: "B" });
  assert.deepEqual(nameDecisions("A", data), [{ name: "A", map: "suppress", value: null }]);
});

test("every language has every label", () => {
  for (const language of ["en", "de", "es", "fr", "pt-BR"]) {
    assert.notEqual(labelsOf(language)("save"), "");
    assert.match(labelsOf(language)("counts", { mentions: 3, documents: 2 }), /3.*2/);
  }
});
