/* The way through the pages of results: earlier, where one is, later. */

import { createButton, createElement } from "./search-results.js";

/**
 * Fill the navigation below the results; one page needs none.
 * @param {HTMLElement} pager
 * @param {Search.Label} label
 * @param {{ page: number, last: number, hasMore: boolean }} place - whether there may be more
 *   pages than are known
 * @param {(page: number) => unknown} turnTo
 */
export const fillPager = (pager, label, { page, last, hasMore }, turnTo) => {
  pager.replaceChildren();
  if (last <= 1 && !hasMore) return;
  const step = (
    /** @type {number} */ to,
    /** @type {string} */ key,
    /** @type {boolean} */ isThere,
  ) => createButton(label(key), () => turnTo(to), !isThere);
  pager.append(
    step(page - 1, "results_previous", page > 1),
    createElement(
      "span",
      {},
      label(hasMore ? "results_page" : "results_page_of", { n: page, all: last }),
    ),
    step(page + 1, "results_next", page < last || hasMore),
  );
};
