/** The decisions in the forms of the desk; nothing here needs a browser. */

/**
 * @typedef {Record<string, unknown>} Decision
 * @typedef {{ [field: string]: string[] }} Values
 * @typedef {{ type: "document", seed: string, subject: string, values: Values, note: string, noteVersion: string }} DocumentRecord
 * @typedef {{ type: "name", id: string, subject: string, name: string, kind: string, documents: number, mentions: number, facts: Record<string, string>, note: string, noteVersion: string }} NameRecord
 * @typedef {{ words: string, seed: string, paragraph: string | null }} Chosen
 */

export const FIELDS = [
  "title",
  "subtitle",
  "authors",
  "date",
  "place",
  "sender",
  "recipient",
  "language",
  "section",
  "collection",
  "rights",
  "genre",
];
export const GENRES = "article letter diary play interview poem minutes report table list".split(
  " ",
);
export const FACTS = ["born", "died", "from", "to", "latitude", "longitude", "same_as", "note"];

/** @type {(record: DocumentRecord, name: string) => string} */
export const valuesOf = (record, name) => (record.values[name] ?? []).join("; ");

/**
 * Return the texts in a field between semicolons.
 * @param {string} words
 */
const parts = (words) =>
  words
    .split(";")
    .map((part) => part.trim())
    .filter(Boolean);

/** @type {(data: FormData, name: string) => string} */
const text = (data, name) => String(data.get(name) ?? "").trim();

/** @type {(record: DocumentRecord | NameRecord, data: FormData) => Decision[]} */
const noteDecisions = ({ subject, note, noteVersion }, data) => {
  const words = String(data.get("notice") ?? note).replace(/\r\n/g, "\n");
  return words === note ? [] : [{ note: subject, text: words, version: noteVersion }];
};

/**
 * Return what a person decided about a document: the fields that were changed.
 * @param {DocumentRecord} record
 * @param {FormData} data
 * @returns {Decision[]}
 */
export const documentDecisions = (record, data) => {
  const { seed } = record;
  /** @type {Decision[]} */
  const decisions = [];
  for (const name of FIELDS) {
    const words = text(data, name);
    if (words === valuesOf(record, name)) continue;
    decisions.push({ seed, field: name, value: name === "authors" ? parts(words) : words || null });
  }
  const structure = text(data, "structure");
  if (structure) decisions.push({ seed, structure, lines: text(data, "lines") || "all" });
  const reason = text(data, "withdrawn");
  if (reason) decisions.push({ seed, field: "withdrawn", value: { reason } });
  return [...decisions, ...noteDecisions(record, data)];
};

/** @type {(data: FormData) => string} */
const kindOf = (data) => {
  const kind = text(data, "kind");
  return kind === "other_kind" ? text(data, "own_kind") : kind;
};

/**
 * Return what a person decided about a name.
 * @param {NameRecord} record
 * @param {FormData} data
 * @returns {Decision[]}
 */
export const nameDecisions = (record, data) => {
  const { name, kind } = record;
  if (data.get("suppress")) return [{ name, map: "suppress", value: null }];
  /** @type {Decision[]} */
  const decisions = [];
  const same = text(data, "merge");
  if (same && same !== name) decisions.push({ name: same, map: "merge", value: [name] });
  const values = { kind: kindOf(data), rename: text(data, "rename") };
  for (const [map, value] of Object.entries(values))
    if (value && value !== name) decisions.push({ name, map, value });
  const changed = FACTS.filter((fact) => text(data, fact) !== (record.facts[fact] ?? ""));
  if (changed.length) {
    const facts = Object.fromEntries(changed.map((fact) => [fact, text(data, fact)]));
    decisions.push({ facts: name, kind: values.kind || kind, values: facts });
  }
  return [...decisions, ...noteDecisions(record, data)];
};

/**
 * Return what a person decided about words of a text.
 * @param {Chosen} chosen
 * @param {FormData} data
 * @returns {Decision[]}
 */
export const meaningDecisions = ({ seed, paragraph }, data) => {
  const words = text(data, "words");
  const kind = kindOf(data);
  const name = kind === "nobody" ? null : text(data, "name") || words;
  const here = data.get("where") && paragraph ? { seed, paragraph } : null;
  return words ? [{ words, name, kind: name ? kind || null : null, here }] : [];
};

/**
 * Return what a person decided about namesakes: whole documents, and single mentions in others.
 * @param {string} name
 * @param {FormData} data
 * @returns {Decision[]}
 */
export const splitDecisions = (name, data) => {
  const documents = data.getAll("seed").map(String);
  const mentions = data
    .getAll("mention")
    .map((value) => JSON.parse(String(value)))
    .filter(([seed]) => !documents.includes(seed))
    .map(([seed, paragraph, words]) => ({ seed, paragraph, words }));
  const into = text(data, "into");
  const isChosen = into && (documents.length || mentions.length);
  return isChosen ? [{ split: name, into, documents, mentions }] : [];
};
