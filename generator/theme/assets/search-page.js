/* The search page: filters with counts, dates, order, pages of results, and a download. */

import { errorMessage, loadLabels, openIndex, ROOT } from "./search-client.js";
import { createDateField, FacetFilter, isWide, YearFilter } from "./search-filters.js";
import { Help } from "./search-help.js";
import { searchesText, searchPhrases } from "./search-passages.js";
import {
  createButton,
  createElement,
  fillExcerpts,
  resultItem,
  summary,
} from "./search-results.js";
import {
  facetsOf,
  hasChoice,
  SORTS,
  stateFromUrl,
  urlFromState,
  withValue,
} from "./search-state.js";

const PAGE = 10; // results
const MAX_DOWNLOAD = 1000; // results
const EAGER_FACETS_LIMIT = 20000; // entries; in a larger corpus a filter is loaded when opened
const PAUSE = 120; // milliseconds after the last letter

class SearchPage {
  /**
   * @param {HTMLElement} element - that becomes the page
   * @param {Search.Label} label
   * @param {HTMLAnchorElement[]} lists - links to pages that list all documents
   * @param {Element | null} collections - shown until something is searched
   */
  constructor(element, label, lists, collections) {
    this.element = element;
    this.collections = collections;
    this.label = label;
    this.state = stateFromUrl(location.search);
    this.turn = 0; // of the last question: answers to earlier ones are not shown
    /** @type {Map<string, FacetFilter>} */
    this.facets = new Map();
    this.years = new YearFilter(label, this);
    this.field = createElement("input", {
      type: "search",
      id: "sb-query",
      class: "sb-field",
      autocomplete: "off",
      spellcheck: "false",
      maxlength: 2000,
      value: this.state.query,
    });
    const sorts = SORTS.map((value) =>
      createElement("option", { value }, label(`order_${value || "best"}`)),
    );
    this.sort = createElement("select", { class: "sb-field" }, ...sorts);
    this.after = createDateField(label, "date_from");
    this.before = createDateField(label, "date_to");
    this.clear = createButton(label("filters_clear"), () => {
      this.go({ filters: {}, after: "", before: "", sort: "", page: 1 });
    });
    const spoken = { role: "status", "aria-live": "polite", class: "sb-status" };
    this.status = createElement("p", spoken);
    this.list = createElement("ol", { class: "sb-hits" });
    this.help = new Help(label, lists, () => this.start());
    const pages = { class: "sb-pager", "aria-label": label("results_pages") };
    this.pager = createElement("nav", pages);
    this.download = createButton(label("results_csv"), () => this.save());
    const group = { class: "sb-facets", role: "group", "aria-label": label("filters") };
    this.filters = createElement("div", group);
  }

  /** Put all controls into the page. */
  build() {
    const { label } = this;
    const row = { class: "sb-row" };
    const now = createElement("button", { class: "sb-button" }, label("search_now"));
    const sort = createElement("label", {}, `${label("order")} `, this.sort);
    const dates = createElement("span", {}, `${label("dated_from")} `, this.after);
    dates.append(` ${label("dated_to")} `, this.before);
    const form = createElement(
      "form",
      { class: "sb-form", role: "search", "aria-label": label("search_form") },
      createElement("label", { for: "sb-query", class: "sb-label" }, label("search_words")),
      createElement("div", row, this.field, now),
      createElement("div", row, sort, dates, this.clear),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.go({ query: this.field.value, page: 1 });
    });
    const download = createElement("p", row, this.download);
    this.element.append(
      form,
      ...(this.collections ? [this.collections] : []),
      this.filters,
      this.status,
      this.help.element,
      this.list,
      this.pager,
      download,
    );
    this.showState();
    this.setSearching(!this.isBlank());
    this.filters.hidden = true;
    this.download.hidden = true;
  }

  /** Whether nothing is searched and nothing is chosen. */
  isBlank() {
    return !this.state.query.trim() && !hasChoice(this.state);
  }

  /**
   * Show what a search shows, or the collections.
   * @param {boolean} isSearching
   */
  setSearching(isSearching) {
    if (this.collections) this.collections.toggleAttribute("hidden", isSearching);
  }

  /** Follow what readers do with the controls and with the browser's buttons. */
  listen() {
    /** @type {Search.Timer} */
    let pause;
    this.field.addEventListener("input", () => {
      clearTimeout(pause);
      pause = setTimeout(() => this.go({ query: this.field.value, page: 1 }, true), PAUSE);
    });
    this.sort.addEventListener("change", () => this.go({ sort: this.sort.value, page: 1 }));
    for (const name of /** @type {const} */ (["after", "before"])) {
      const field = this[name];
      field.addEventListener("change", () => {
        if (field.reportValidity()) this.go({ [name]: field.value, page: 1 });
      });
    }
    const goBack = () => {
      if (!this.element.isConnected) {
        removeEventListener("popstate", goBack);
        return;
      }
      this.state = stateFromUrl(location.search);
      this.field.value = this.state.query;
      this.show();
    };
    addEventListener("popstate", goBack);
  }

  /** Add the filters that the index has; open ones where there is room beside the results. */
  async addFilters() {
    const { facets, entries } = await openIndex();
    for (const name of facetsOf(facets)) {
      const isOpen = (entries <= EAGER_FACETS_LIMIT && isWide()) || name in this.state.filters;
      const filter = new FacetFilter(name, this.label, isOpen, {
        refresh: () => this.show(),
        choose: (value, isChosen) => {
          const filters = withValue(this.state.filters, name, value, isChosen);
          this.go({ page: 1, filters });
        },
      });
      this.facets.set(name, filter);
      this.filters.append(filter.box);
    }
    // After what a document is and where it is, before the names in it.
    const next = this.facets.get("language")?.box ?? this.filters.firstChild;
    this.filters.insertBefore(this.years.box, next);
  }

  /** Add the filters and show the first answer; where the index does not come, offer to try again. */
  async start() {
    try {
      if (!this.facets.size) await this.addFilters();
      await this.show();
    } catch (error) {
      this.showError(error);
    }
  }

  /** @param {unknown} error */
  showError(error) {
    this.status.textContent = errorMessage(error);
    this.help.show(true, true);
    this.list.replaceChildren();
    this.pager.replaceChildren();
  }

  /** @returns {Search.Request} */
  request() {
    const { query, filters, after, before, sort, page } = this.state;
    const shown = [...this.facets.values()];
    return {
      query,
      filters,
      after,
      before,
      sort: this.isBlank() ? "newest" : sort, // all, for what the filters count
      from: (page - 1) * PAGE,
      count: this.isBlank() ? 0 : PAGE,
      whole: true,
      facets: [...shown, this.years].filter(({ box }) => box.open).map(({ name }) => name),
      fragments: Object.fromEntries(shown.map(({ name, field }) => [name, field.value])),
    };
  }

  /**
   * Change what is asked for, in the address too.
   * @param {Partial<Search.State>} change
   * @param {boolean} [isTyping] - whether the back button leads past this step
   */
  go(change, isTyping = false) {
    this.state = { ...this.state, ...change };
    const search = urlFromState(this.state);
    const address = location.pathname + search;
    if (isTyping || search === location.search) history.replaceState(history.state, "", address);
    else history.pushState(history.state, "", address);
    return this.show();
  }

  /** Show the state in the controls, but in none that a reader is typing in. */
  showState() {
    const { query, sort, after, before } = this.state;
    /** @type {[HTMLInputElement | HTMLSelectElement, string][]} */
    const values = [
      [this.field, query],
      [this.sort, sort],
      [this.after, after],
      [this.before, before],
    ];
    for (const [control, value] of values) {
      if (control.value !== value && control !== document.activeElement) control.value = value;
    }
    this.clear.hidden = !hasChoice(this.state);
  }

  async show() {
    this.turn += 1;
    const mine = this.turn;
    const isCurrent = () => mine === this.turn && this.element.isConnected;
    this.showState();
    try {
      const found = await searchPhrases(this.request(), (this.state.page + 5) * PAGE);
      if (!isCurrent()) return;
      this.showAnswer(found);
      await fillExcerpts(found, this.list, isCurrent);
    } catch (error) {
      if (isCurrent()) this.showError(error);
    }
  }

  /** @param {Search.Found} found */
  showAnswer({ answer, rules, request }) {
    const { filters, after, before } = this.state;
    const total = searchesText(answer.query) ? (answer.kept ?? 0) : answer.total;
    const isBlank = this.isBlank();
    this.setSearching(!isBlank);
    this.status.textContent = isBlank ? "" : summary(answer, total);
    this.help.show(isBlank ? !this.collections : !total);
    this.list.start = (request.from ?? 0) + 1;
    this.list.replaceChildren(...answer.results.map((result) => resultItem(result, answer, rules)));
    this.showPager(answer, isBlank ? 0 : total);
    for (const [name, facet] of this.facets) {
      if (answer.facets[name]) facet.fill(answer.facets[name], filters[name] ?? []);
    }
    this.years.fill(answer.years, after, before);
    this.filters.hidden = false;
    this.download.hidden = isBlank || !total;
  }

  /**
   * @param {Search.Answer} answer
   * @param {number} total
   */
  showPager(answer, total) {
    const { page } = this.state;
    const last = Math.ceil(total / PAGE);
    const hasMore = searchesText(answer.query) && !answer.complete;
    this.pager.replaceChildren();
    if (last <= 1 && !hasMore) return;
    /** @type {(to: number, key: string, isThere: boolean) => HTMLElement} */
    const step = (to, key, isThere) =>
      createButton(
        this.label(key),
        async () => {
          await this.go({ page: to });
          this.status.scrollIntoView({ block: "center" });
        },
        !isThere,
      );
    const key = hasMore ? "results_page" : "results_page_of";
    this.pager.append(
      step(page - 1, "results_previous", page > 1),
      createElement("span", {}, this.label(key, { n: page, all: last })),
      step(page + 1, "results_next", page < last || hasMore),
    );
  }

  /** Download the results as a table. */
  async save() {
    const all = { ...this.request(), from: 0, count: MAX_DOWNLOAD, facets: [] };
    const { answer } = await searchPhrases(all, MAX_DOWNLOAD / 5);
    const { saveTable } = await import("./search-csv.js");
    saveTable(answer.results, ROOT);
    if (answer.results.length < MAX_DOWNLOAD) return;
    this.status.textContent = this.label("results_cut", { n: MAX_DOWNLOAD });
  }
}

/**
 * Make the search page in the place of what a page has without JavaScript, once.
 * @param {HTMLElement} placeholder
 */
export const mount = async (placeholder) => {
  if (placeholder.dataset.mounted) return;
  placeholder.dataset.mounted = "true";
  const label = await loadLabels("search_page");
  const element = createElement("div", { class: "sb-search-page", "data-mounted": true });
  placeholder.replaceWith(element);
  const links = [...placeholder.querySelectorAll("a")];
  const collections = element.parentElement?.querySelector(".sb-collections") ?? null;
  const page = new SearchPage(element, label, links, collections);
  page.build();
  page.listen();
  await page.start();
};
