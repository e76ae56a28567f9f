/** The forms of the desk. */

import { area, choice, field, make, nameField, quoted, say } from "./desk-base.js";
import { FACTS, FIELDS, GENRES, valuesOf } from "./desk-decisions.js";

/**
 * @typedef {import("./desk-decisions.js").DocumentRecord} DocumentRecord
 * @typedef {import("./desk-decisions.js").NameRecord} NameRecord
 * @typedef {import("./desk-decisions.js").Chosen} Chosen
 * @typedef {import("./desk-base.js").Quote} Quote
 */

const KINDS = ["person", "organization", "place"];

/** @type {(names: string[]) => string[][]} */
const labelled = (names) => names.map((name) => [name, say(name)]);

/** @type {(record: DocumentRecord) => Node[]} */
export const documentFields = (record) => {
  const labels = { place: "place_written" };
  const texts = FIELDS.filter((name) => name !== "genre").map((name) =>
    field(say(/** @type {any} */ (labels)[name] ?? name), name, valuesOf(record, name)),
  );
  const genres = [["", say("none")], ...labelled(GENRES)];
  const kinds = [["", say("unchanged")], ...labelled(["verse", "table", "lines"])];
  return [
    ...texts,
    choice(say("genre"), "genre", genres, valuesOf(record, "genre")),
    choice(say("show_as"), "structure", kinds),
    field(say("which_lines"), "lines", "all"),
    area(say("note_document"), "notice", record.note),
    field(say("withdraw"), "withdrawn"),
  ];
};

/** @type {(label: string, value: string, own?: string) => Node[]} */
const kindFields = (label, value, own = "") => {
  const kinds = [["", say("unchanged")], ...labelled([...KINDS, "other_kind"])];
  const select = choice(label, "kind", kinds, value);
  const other = field(say("which_kind"), "own_kind", own);
  const adapt = () => {
    other.hidden = /** @type {HTMLSelectElement} */ (select.lastChild).value !== "other_kind";
  };
  select.addEventListener("change", adapt);
  adapt();
  return [select, other];
};

/** @type {(record: NameRecord) => Node[]} */
export const nameFields = (record) => {
  const counts = { mentions: record.mentions, documents: record.documents };
  const facts = FACTS.map((name) => field(say(name), name, record.facts[name] ?? ""));
  return [
    make("p", {}, record.documents ? say("counts", counts) : ""),
    nameField(say("merge"), "merge"),
    ...kindFields(say("kind"), ""),
    field(say("rename"), "rename"),
    make("label", {}, make("input", { type: "checkbox", name: "suppress" }), say("not_name")),
    make("details", {}, make("summary", {}, say("facts")), ...facts),
    area(say("note_name"), "notice", record.note),
  ];
};

/**
 * Return the fields for who or what words mean; `meant` is the name that they are linked to now.
 * @type {(chosen: Chosen, meant: NameRecord | null) => Node[]}
 */
export const meaningFields = ({ words, paragraph }, meant) => {
  const places = [["", say("everywhere")], ...(paragraph ? [["here", say("only_here")]] : [])];
  const [kind, own] = kindFields(say("kind"), "");
  const nobody = make("option", { value: "nobody" }, say("suppress"));
  /** @type {HTMLSelectElement} */ (kind.lastChild).append(nobody);
  return [
    make(
      "p",
      {},
      meant ? `${say("means_now", { words: meant.name })} ${say("counts", meant)}` : "",
    ),
    field(say("words"), "words", words),
    nameField(say("means"), "name", meant?.name ?? words),
    kind,
    own,
    choice(say("where"), "where", places),
  ];
};

/**
 * Return the fields by which mentions of one name become those of another: a box for each
 * document, and one for each of its mentions. Mentions that no decision can separate share a box.
 * @param {Quote[]} quotes
 */
export const splitFields = (quotes) => {
  const seeds = [...new Set(quotes.map(({ seed }) => seed))];
  const groups = seeds.map((seed) => {
    /** @type {(quote: Quote) => string} */
    const keyOf = (quote) => JSON.stringify([seed, quote.paragraph, quote.key]);
    const own = quotes.filter((quote) => quote.seed === seed);
    const all = make("input", { type: "checkbox", name: "seed", value: seed });
    const boxes = [...new Set(own.map(keyOf))].map((value) => {
      const box = make("input", { type: "checkbox", name: "mention", value });
      const same = own.filter((quote) => keyOf(quote) === value);
      return make("label", {}, box, ...same.map(quoted));
    });
    const label = make("label", {}, all, say("whole_document"));
    return make("fieldset", {}, make("legend", {}, own[0].title), label, ...boxes);
  });
  return [nameField(say("these_mean"), "into"), ...groups];
};
