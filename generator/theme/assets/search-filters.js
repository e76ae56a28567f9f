/* The filters of the search page: a box for each facet, and one for the years. */

import { formatNumber, LANGUAGE, label } from "./search-client.js";
import { timeSpans } from "./search-facets.js";
import { OWN_KIND_PREFIX } from "./search-format.js";
import { capitalized, createElement } from "./search-results.js";

/** Whether there is room for open filters beside the results, as in listings.css. */
export const isWide = () => matchMedia("(min-width: 76.25em)").matches;

/**
 * Return a value of a facet as people call it: languages are kept as BCP 47 tags.
 * @type {(facet: string, value: string) => string}
 */
const facetLabel = (facet, value) => {
  if (facet === "genre") return label(`genre_${value}`) || value;
  if (facet !== "language") return value;
  try {
    return new Intl.DisplayNames([LANGUAGE], { type: "language" }).of(value) ?? value;
  } catch {
    return value; // no tag that this browser knows
  }
};

/** @param {number} count */
const countElement = (count) => createElement("span", { class: "sb-count" }, formatNumber(count));

/**
 * Make a field for a date in whole or in part.
 * @param {Search.Label} label
 * @param {string} key - of its label
 */
export const createDateField = (label, key) =>
  createElement("input", {
    type: "text",
    inputmode: "numeric",
    class: "sb-field sb-date",
    "aria-label": label(key),
    placeholder: label("date_form"),
    pattern: "\\d{4}(-\\d{2}(-\\d{2})?)?",
    title: label("date_hint"),
  });

/**
 * Make a fold with the controls of a filter, which are a group of its name.
 * @param {string} title
 * @param {...HTMLElement} controls
 */
const createBox = (title, ...controls) =>
  createElement(
    "details",
    { class: "sb-facet" },
    createElement("summary", {}, title),
    createElement("fieldset", { "aria-label": title }, ...controls),
  );

/** The values of a facet with their counts, to be chosen, and a field that looks for one. */
export class FacetFilter {
  /**
   * @param {string} name
   * @param {Search.Label} label
   * @param {boolean} isOpen
   * @param {{ refresh: () => void, choose: (value: string, isChosen: boolean) => void }} actions
   */
  constructor(name, label, isOpen, { refresh, choose }) {
    this.name = name;
    this.label = label;
    this.choose = choose;
    const title = label(`facet_${name}`) || capitalized(name.slice(OWN_KIND_PREFIX.length));
    this.values = createElement("ul", { class: "sb-values" });
    this.more = createElement("p", { class: "sb-more" });
    this.field = createElement("input", {
      type: "search",
      class: "sb-field",
      "aria-label": label("filter_facet", { facet: title }),
      placeholder: label("filter_hint"),
    });
    this.field.addEventListener("input", refresh);
    this.box = createBox(title, this.field, this.values, this.more);
    this.box.open = isOpen;
    this.box.addEventListener("toggle", () => {
      if (this.box.open && !this.values.children.length) refresh();
    });
  }

  /**
   * Show the values of an answer. The reader's focus stays on its value.
   * @param {Search.Counts} counts
   * @param {string[]} chosen
   */
  fill({ values, more }, chosen) {
    const active = document.activeElement;
    const hadFocus = active instanceof HTMLInputElement && this.values.contains(active);
    const focused = hadFocus ? active.value : null;
    this.values.replaceChildren(
      ...values.map(([value, count]) => this.item(value, count, chosen.includes(value))),
    );
    const nothing = values.length ? "" : this.label("filter_none");
    this.more.textContent = more ? this.label("filter_more", { n: more }) : nothing;
    this.field.hidden = !more && !this.field.value;
    this.box.hidden = !values.length && !this.field.value;
    for (const input of this.values.querySelectorAll("input")) {
      if (input.value === focused) input.focus();
    }
  }

  /**
   * @param {string} value
   * @param {number} count
   * @param {boolean} isChosen
   */
  item(value, count, isChosen) {
    const input = createElement("input", { type: "checkbox", value });
    input.checked = isChosen;
    input.addEventListener("change", () => this.choose(value, input.checked));
    const text = ` ${facetLabel(this.name, value)} `;
    const name = createElement("span", { dir: "auto" }, text);
    return createElement("li", {}, createElement("label", {}, input, name, countElement(count)));
  }
}

/** Years or decades with their counts; choosing one sets both dates. */
export class YearFilter {
  /**
   * @param {Search.Label} label
   * @param {{ show: () => unknown, go: (change: Partial<Search.State>) => unknown }} page
   */
  constructor(label, page) {
    this.name = "year"; // a facet without a column: what asks for it needs the dates alone
    this.label = label;
    this.page = page;
    this.values = createElement("ul", { class: "sb-values sb-years" });
    this.box = createBox(label("facet_year"), this.values);
    this.box.open = isWide();
    this.box.addEventListener("toggle", () => {
      if (this.box.open && !this.values.children.length) page.show();
    });
  }

  /**
   * @param {[number, number][]} years
   * @param {string} after - as in the field for the first date
   * @param {string} before
   */
  fill(years, after, before) {
    this.box.hidden = this.box.open && !years.length;
    const items = timeSpans(years, after, before).map(([first, last, count]) => {
      const [from, to] = [first, last].map((year) => String(year).padStart(4, "0"));
      const isChosen = String(from === after && to === before);
      const attributes = { type: "button", class: "sb-year", "aria-pressed": isChosen };
      const name = first === last ? from : this.label("decade", { year: from });
      const button = createElement("button", attributes, `${name} `, countElement(count));
      button.addEventListener("click", () => this.page.go({ after: from, before: to, page: 1 }));
      return createElement("li", {}, button);
    });
    this.values.replaceChildren(...items);
  }
}
