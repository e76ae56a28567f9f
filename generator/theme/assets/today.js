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
 * Fill the list of the front page; without documents in the rest of the month it stays hidden.
 * @param {HTMLElement} list
 */
export const showToday = async (list) => {
  const now = new Date();
  const month = twoDigits(now.getMonth() + 1);
  const today = `${month}-${twoDigits(now.getDate())}`;
  if (!list.dataset.months?.split(" ").includes(month)) return;
  const response = await fetch(`${list.dataset.days}${month}.json`);
  if (!response.ok) return;
  const days = await response.json();
  const day = nextDay(days, today);
  if (!day) return;
  const next = list.dataset.next ?? "{date}";
  for (const entry of days[day]) {
    const words = day === today ? entry.date : next.replace("{date}", entry.date);
    list.append(createItem(entry, words));
  }
  list.hidden = false;
};
