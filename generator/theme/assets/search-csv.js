/* CSV that spreadsheets open without running anything, whatever character ends the cells on a reader's
   computer: the same rules as generator/text/formulas.py. */

import { FORMULA_CHARACTERS, IGNORED_BEFORE_FORMULA } from "./search-format.js";

const BEGINS = new RegExp(`^(?:['\\t\\r\\n]|${IGNORED_BEFORE_FORMULA}*[${FORMULA_CHARACTERS}])`);
const INSIDE = new RegExp(
  `([;\\t\\r\\n|]${IGNORED_BEFORE_FORMULA}*)(?='*([${FORMULA_CHARACTERS}])?)`,
  "g",
);

/**
 * Put an apostrophe wherever a formula could begin.
 * @type {(text: string) => string}
 */
export const escapeFormula = (text) => {
  const inside = text.replace(INSIDE, (_, before, begins) => (begins ? `${before}'` : before));
  return BEGINS.test(text) ? `'${inside}` : inside;
};

/** @param {string | number} value */
const cell = (value) => `"${escapeFormula(String(value)).replaceAll('"', '""')}"`;

/** @type {(columns: string[], rows: (string | number)[][]) => string} */
const table = (columns, rows) =>
  `${[columns, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;

/**
 * Return results as a table, with the addresses that they have in a site.
 * @param {Search.Result[]} results
 * @param {URL} root - of the site
 * @returns {string}
 */
export const resultTable = (results, root) => {
  const rows = results.map(({ kind, genre, title, date, authors, collection, address }) => {
    const { href } = new URL(address, root);
    return [genre || kind, title, date, authors.join("; "), collection, href];
  });
  return table(["kind", "title", "date", "authors", "collection", "address"], rows);
};

/**
 * Save results as a table on the reader's computer.
 * @param {Search.Result[]} results
 * @param {URL} root - of the site
 */
export const saveTable = (results, root) => {
  const file = new Blob(["\ufeff", resultTable(results, root)], { type: "text/csv" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = "results.csv";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};
