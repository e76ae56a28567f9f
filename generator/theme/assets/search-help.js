/* What the search page shows where it shows no results: lists of all documents, and where the index
   did not come, a button to try again. */

import { createButton, createElement } from "./search-results.js";

export class Help {
  /**
   * @param {Search.Label} label
   * @param {HTMLAnchorElement[]} lists - links to pages that list all documents
   * @param {() => unknown} retry
   */
  constructor(label, lists, retry) {
    this.again = createElement("p", {}, createButton(label("search_again"), retry));
    const places = createElement("ul", {}, ...lists.map((link) => createElement("li", {}, link)));
    const where = createElement("p", {}, label("search_where"));
    const box = { class: "sb-state", hidden: true };
    this.element = createElement("div", box, this.again, where, places);
  }

  /**
   * @param {boolean} isShown
   * @param {boolean} [canRetry]
   */
  show(isShown, canRetry = false) {
    this.element.hidden = !isShown;
    this.again.hidden = !canRetry;
  }
}
