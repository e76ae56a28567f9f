/* The words of texts and of queries: what both the page and whoever reads the index go by. It knows
   neither; docs/about/search-format.md has the rules. */

const SCHEMA = 4; // of the index that a query is for
const LONGEST = 64; // characters of a word that count
const MOST_TYPED = 1000; // characters of a query that count
const MOST_WORDS = 24; // words of a query that count

// Folding and cutting: the same rules as generator/words/folding.py, in the same order.
const MARKS =
  /[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\u00ad\u200b-\u200f\u2060\ufeff\u{e0100}-\u{e01ef}]/gu;
const LETTERS = {
  ø: "o", ł: "l", đ: "d", ħ: "h", ı: "i", ŧ: "t", ς: "σ", ð: "d", ѐ: "е", ß: "ss", æ: "ae", œ: "oe", þ: "th",
};
const LETTER = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");
const SPACELESS =
  "\\u0e01-\\u0e3a\\u0e40-\\u0e4e\\u0e81-\\u0ebd\\u0ec0-\\u0ece\\u0f40-\\u0fbc\\u1000-\\u103f\\u1050-\\u108f" +
  "\\u1780-\\u17d3\\u3005-\\u3007\\u3041-\\u3096\\u3099\\u309a\\u30a1-\\u30fa\\u30fc-\\u30fe\\u3400-\\u4dbf" +
  "\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{323af}";
const WORD = /[\p{L}\p{N}\p{M}_]+/gu;
const PIECE = new RegExp(`[${SPACELESS}]+|[^${SPACELESS}]+`, "gu");
const RUN = new RegExp(`^[${SPACELESS}]`, "u");

export const fold = (text) =>
  text
    .normalize("NFKD")
    .replace(MARKS, "")
    .toLowerCase()
    .replace(LETTER, (letter) => LETTERS[letter])
    .normalize("NFC");

export const spaceless = (word) => RUN.test(word);

const pieces = (text) => (fold(text).match(WORD) ?? []).flatMap((word) => word.match(PIECE));
const cut = (word) => [...word].slice(0, LONGEST).join("");

/* The pairs of neighbours in a run without spaces, and its last sign; any other piece as it is. */
const wordsOf = (piece) => {
  if (!spaceless(piece)) return [cut(piece)];
  const signs = [...piece];
  return signs.map((_, at) => signs.slice(at, at + 2).join(""));
};

export const words = (text) => pieces(text).flatMap(wordsOf);

/* A run as it is looked for: by its pairs; a single sign is the beginning of a pair. */
const pairs = (piece) => (spaceless(piece) ? wordsOf(piece).slice(0, Math.max(1, [...piece].length - 1)) : [cut(piece)]);

/* A text as it is looked for. The pairs of a run without spaces are pieces of it. */
const looked = (text) =>
  pieces(text).flatMap((piece) => {
    if (!spaceless(piece)) return [{ word: cut(piece) }];
    const begins = [...piece].length === 1;
    return pairs(piece).map((word) => (begins ? { word, piece: true, begins } : { word, piece: true }));
  });

/** Words side by side, as a piece of what `lined` gives. A run in which they end may go on there, so
 *  its last sign alone is not looked for; a run before it must end there too.
 *  @param {string[]} found pieces
 *  @returns {string} */
const row = (found) => {
  const last = found.at(-1) ?? "";
  const open = spaceless(last) && [...last].length === 1;
  return ` ${[...found.slice(0, -1).flatMap(wordsOf), ...pairs(last)].join(" ")}${open ? "" : " "}`;
};

/** A text as rows of words are looked for in it.
 *  @param {string} text
 *  @returns {string} */
export const lined = (text) => ` ${words(text).join(" ")} `;

const TYPED = /((?<!\S)[-−－])?["“”„«»＂]([^"“”„«»＂]*)["“”„«»＂]|(?<!\S)[-−－]([^\s"“”„«»＂]+)|([^\s"“”„«»＂]+|["“”„«»＂])/gu;

/* What a reader typed: words, "phrases in quotes", and -words and -"phrases" that must not be there. */
export const parse = (typed) => {
  const query = { schema: SCHEMA, words: [], phrases: [], without: [], unphrased: [], accents: [], row: "", cut: typed.length > MOST_TYPED };
  const wanted = [];
  const add = (list, found) => {
    for (const one of found) {
      const known = list.find((other) => other.word === one.word);
      if (known) Object.assign(known, one);
      else list.push(one);
    }
  };
  const text = typed.slice(0, MOST_TYPED);
  for (const [, less, phrase, minus, plain] of text.matchAll(TYPED)) {
    const refused = less ? phrase : minus;
    if (refused !== undefined) {
      const outside = looked(refused);
      if (outside.length > 1 || outside[0]?.begins) query.unphrased.push(row(pieces(refused)));
      else add(query.without, outside);
      continue;
    }
    wanted.push(phrase ?? plain);
    const inside = looked(phrase ?? plain);
    if (phrase !== undefined && inside.length > 1) query.phrases.push(row(pieces(phrase)));
    add(query.words, phrase === undefined ? inside : inside.map((one) => ({ ...one, exact: !one.begins })));
    query.accents.push(...accented(phrase ?? plain));
  }
  query.row = row(pieces(wanted.join(" ")).slice(0, MOST_WORDS));
  query.cut ||= query.words.length > MOST_WORDS;
  query.words = query.words.slice(0, MOST_WORDS);
  const last = query.words.at(-1);
  if (last && !last.exact && /[\p{L}\p{N}\p{M}_]$/u.test(text)) last.begins = true;
  return query;
};

/* Words written with accents: who types them means them, where there is a choice. */
const lower = (text) => text.normalize("NFC").toLowerCase();
const accented = (text) => (lower(text).match(WORD) ?? []).filter((word) => fold(word) !== word);

/* Whether a text has words that begin as the accented ones of a query do. */
export const spelled = (text, { accents }) => {
  const whole = lower(text);
  const begins = (word) => {
    for (let at = whole.indexOf(word); at >= 0; at = whole.indexOf(word, at + 1)) {
      if (!/[\p{L}\p{N}\p{M}_]$/u.test(whole.slice(Math.max(0, at - 2), at))) return true;
    }
    return false;
  };
  return accents.length > 0 && accents.every(begins);
};

/** Whether a row of words stands in a text that is lined up; a single word is no row.
 *  @param {string} text
 *  @param {string} wanted
 *  @returns {boolean} */
export const beside = (text, wanted) => wanted.trim().includes(" ") && text.includes(wanted);

/* Whether a text that is lined up has the words of a query side by side. */
export const near = (text, query) => beside(text, query.row);
