/** The forms of the desk, and the decisions that a person makes with them. */

/**
 * @typedef {{ [field: string]: string[] }} Values
 * @typedef {{ type: "document", seed: string, values: Values }} DocumentRecord
 * @typedef {{ type: "name", name: string, kind: string, documents: number, mentions: number }} NameRecord
 * @typedef {{ seed: string, field: string, value: unknown } | { name: string, map: string, value: unknown }} Decision
 * @typedef {(label: string, words?: Record<string, string | number>) => string} Labels
 */

const LISTS = ["authors"];
const FIELDS = ["title", "authors", "date", "language", "section"];

/**
 * Make an element with attributes and children; texts stay text.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string>} [attributes]
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

/**
 * Make a labelled field.
 * @param {string} label
 * @param {string} name
 * @param {string} value
 */
const field = (label, name, value) =>
  make("label", {}, label, make("input", { name, value, autocomplete: "off" }));

/**
 * Return the fields of a document.
 * @param {DocumentRecord} record
 * @param {Labels} say
 */
export const documentFields = (record, say) => [
  ...FIELDS.map((name) => field(say(name), name, (record.values[name] ?? []).join("; "))),
  field(say("withdraw"), "withdrawn", ""),
];

/**
 * Return the fields of a name.
 * @param {NameRecord} record
 * @param {Labels} say
 */
export const nameFields = (record, say) => {
  const kinds = ["person", "organization", "place"].map((kind) =>
    make("option", { value: kind }, say(kind)),
  );
  const kind = make("select", { name: "kind" }, make("option", { value: "" }, say("unchanged")));
  kind.append(...kinds);
  const same = make("input", { name: "merge", list: "sb-desk-names", autocomplete: "off" });
  const counts = { mentions: record.mentions, documents: record.documents };
  return [
    make("p", {}, record.documents ? say("counts", counts) : ""),
    make("label", {}, say("merge"), same),
    make("datalist", { id: "sb-desk-names" }),
    make("label", {}, say("kind"), kind),
    field(say("rename"), "rename", ""),
    make("label", {}, make("input", { type: "checkbox", name: "suppress" }), say("suppress")),
  ];
};

/**
 * Return the texts of a list as it is written in a field.
 * @param {string} words
 */
const parts = (words) =>
  words
    .split(";")
    .map((part) => part.trim())
    .filter(Boolean);

/**
 * Return what a person decided about a document: the fields that are not as they were.
 * @param {DocumentRecord} record
 * @param {FormData} data
 * @returns {Decision[]}
 */
export const documentDecisions = (record, data) => {
  const { seed } = record;
  /** @type {Decision[]} */
  const decisions = [];
  for (const name of FIELDS) {
    const words = String(data.get(name) ?? "").trim();
    if (words === (record.values[name] ?? []).join("; ")) continue;
    decisions.push({
      seed,
      field: name,
      value: LISTS.includes(name) ? parts(words) : words || null,
    });
  }
  const reason = String(data.get("withdrawn") ?? "").trim();
  if (reason) decisions.push({ seed, field: "withdrawn", value: { reason } });
  return decisions;
};

/**
 * Return what a person decided about a name.
 * @param {string} name
 * @param {FormData} data
 * @returns {Decision[]}
 */
export const nameDecisions = (name, data) => {
  if (data.get("suppress")) return [{ name, map: "suppress", value: null }];
  /** @type {Decision[]} */
  const decisions = [];
  const same = String(data.get("merge") ?? "").trim();
  if (same && same !== name) decisions.push({ name: same, map: "merge", value: [name] });
  for (const map of ["kind", "rename"]) {
    const value = String(data.get(map) ?? "").trim();
    if (value && value !== name) decisions.push({ name, map, value });
  }
  return decisions;
};
