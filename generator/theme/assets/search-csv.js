/* CSV that spreadsheets open without running anything: the same rules as generator/writing/spreadsheets.py,
   whatever character ends the cells on a reader's computer. */

const FORMULA = "=+@|＝＋－＠﹦﹢﹣﹫-";
const SKIPPED = "[\\s\\x00-\\x20\\x7f-\\xa0\\ufeff\"]";
const BEGINS = new RegExp(`^(?:['\\t\\r\\n]|${SKIPPED}*[${FORMULA}])`);
const INSIDE = new RegExp(`([;\\t\\r\\n|]${SKIPPED}*)(?='*([${FORMULA}])?)`, "g");

export const guarded = (text) => {
  const inside = text.replace(INSIDE, (_, before, begins) => (begins ? `${before}'` : before));
  return BEGINS.test(text) ? `'${inside}` : inside;
};

const cell = (value) => `"${guarded(String(value)).replaceAll('"', '""')}"`;

export const table = (columns, rows) =>
  [columns, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
