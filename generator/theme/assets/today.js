/* The documents of this day of the year on the front page: their pages cannot know the day. */

/**
 * A document in the data of a month.
 * @typedef {{ date: string, title: string, page: string }} Entry
 */

/** @type {(number: number) => string} */
const twoDigits = (number) => String(number).padStart(2, "0");

/**
 * Return the day, or the next one in its month that has documents.
 * @param {Record<string, Entry[]>} days
 * @param {string} today such as `03-14`
 */
export const nextDay = (days, today) =>
  Object.keys(days)
    .sort()
    .find((day) => day >= today);

/**
 * Return the months with documents in the order in which they come; this one comes again in a year.
 * @param {string[]} months such as `03`
 * @param {string} month
 */
export const monthsFrom = (months, month) => [
  ...months.filter((other) => other >= month),
  ...months.filter((other) => other <= month),
];

/**
 * @param {Entry} entry
 * @param {string} words
 */
const createItem = (entry, words) => {
  const item = document.createElement("li");
  const link = document.createElement("a");
  const facts = document.createElement("span");
  link.href = entry.page;
  link.textContent = entry.title;
  facts.className = "sb-meta";
  facts.textContent = words;
  item.append(link, " ", facts);
  return item;
};

/**
 * Show the documents of a day on the front page.
 * @param {HTMLElement} list
 * @param {Entry[]} entries
 * @param {boolean} isToday
 */
const show = (list, entries, isToday) => {
  const words = (!isToday && list.dataset.next) || "{date}";
  for (const entry of entries) list.append(createItem(entry, words.replace("{date}", entry.date)));
  list.hidden = false;
};

/**
 * Fill the list of the front page with the documents of this day, or of the next that has some.
 * @param {HTMLElement} list
 */
export const showToday = async (list) => {
  const now = new Date();
  const month = twoDigits(now.getMonth() + 1);
  const today = `${month}-${twoDigits(now.getDate())}`;
  const months = monthsFrom(list.dataset.months?.split(" ") ?? [], month);
  for (const [index, next] of months.entries()) {
    const response = await fetch(`${list.dataset.days}${next}.json`);
    if (!response.ok) return;
    const days = await response.json();
    const day = nextDay(days, index === 0 && next === month ? today : "");
    if (day) return show(list, days[day], day === today);
  }
};
