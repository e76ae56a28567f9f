/* The search in the header: Material's dialog, opened by its toggle, a checkbox. */

import { errorMessage, LANGUAGE, label, openIndex } from "./search-client.js";

const SEARCH_PAUSE = 60; // milliseconds after the last letter
const EXCERPT_PAUSE = 150; // milliseconds after the results
const COVERS_SCREEN = "(max-width: 59.984375em)";
const OPENING_KEYS = ["/", "s", "f"];

/** Load what finds and shows results: pages on which nobody searches do without it. */
const loadResults = async () => {
  const [passages, results] = await Promise.all([
    import("./search-passages.js"),
    import("./search-results.js"),
  ]);
  return { ...passages, ...results };
};

/**
 * Return all that is beside an element and its parents, but what cannot be reached already.
 * @type {(element: Element) => HTMLElement[]}
 */
const surroundings = (element) => {
  const parent = element.parentElement;
  if (element === document.body || !parent) return [];
  const beside = [...parent.children].filter((other) => other instanceof HTMLElement);
  const reachable = beside.filter((other) => other !== element && !other.inert);
  return [...reachable, ...surroundings(parent)];
};

/** @param {Element | null} element */
const isEditable = (element) =>
  element instanceof HTMLElement &&
  (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));

class SearchDialog {
  /**
   * @param {HTMLElement} dialog
   * @param {HTMLInputElement} toggle
   */
  constructor(dialog, toggle) {
    this.dialog = dialog;
    this.toggle = toggle;
    this.form = /** @type {HTMLFormElement} */ (dialog.querySelector("form"));
    this.input = /** @type {HTMLInputElement} */ (dialog.querySelector("input"));
    /** @type {HTMLElement} */
    this.status = /** @type {HTMLElement} */ (dialog.querySelector(".md-search-result__meta"));
    this.list = /** @type {HTMLElement} */ (dialog.querySelector(".md-search-result__list"));
    this.list.lang = LANGUAGE;
    this.invitation = { lang: this.status.lang, textContent: this.status.textContent };
    this.page = this.form.action;
    this.turn = 0; // of the last question: answers to earlier ones are not shown
    /** @type {Search.Timer} */
    this.searchTimer = undefined;
    /** @type {Search.Timer} */
    this.excerptTimer = undefined;
    this.searching = Promise.resolve(); // until the list shows what is typed
    /** @type {unknown} */
    this.focusedBefore = null;
    /** @type {HTMLElement[]} */
    this.hidden = []; // what the dialog covers
  }

  /** @param {boolean} isOpen */
  setOpen(isOpen) {
    if (this.toggle.checked !== isOpen) this.toggle.click();
  }

  /** @param {boolean} inert */
  setInert(inert) {
    for (const element of this.hidden) element.inert = inert;
  }

  /** Where the dialog covers the screen, nothing that it covers can be reached. */
  opened() {
    if (matchMedia(COVERS_SCREEN).matches) {
      this.hidden = surroundings(this.dialog).filter((element) => element !== this.toggle);
    }
    this.setInert(true);
    this.input.focus();
  }

  /** Give the focus back, unless a reader went elsewhere. */
  closed() {
    this.setInert(false);
    this.hidden = [];
    if (!this.dialog.contains(document.activeElement)) return;
    this.input.blur();
    const before = this.focusedBefore;
    if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
  }

  /** @param {string} text */
  tell(text) {
    Object.assign(this.status, { lang: LANGUAGE, textContent: text });
  }

  /** The address of the search page for what is typed. */
  pageAddress() {
    const address = new URL(this.page);
    address.searchParams.set("q", this.input.value);
    return address.href;
  }

  /** Search for what is typed, now. */
  async search() {
    this.turn += 1;
    const mine = this.turn;
    const isCurrent = () => mine === this.turn;
    clearTimeout(this.excerptTimer);
    clearTimeout(this.searchTimer);
    this.searchTimer = undefined;
    const query = this.input.value;
    if (!query.trim()) {
      Object.assign(this.status, this.invitation);
      this.list.replaceChildren();
      return;
    }
    try {
      const results = await loadResults();
      const found = await results.searchPhrases({ query });
      if (!isCurrent()) return;
      this.showAnswer(found, results);
      const fill = () => results.fillExcerpts(found, this.list, isCurrent).catch(() => {});
      this.excerptTimer = setTimeout(() => isCurrent() && fill(), EXCERPT_PAUSE);
    } catch (error) {
      if (!isCurrent()) return;
      this.tell(errorMessage(error));
      this.list.replaceChildren();
    }
  }

  /**
   * @param {Search.Found} found
   * @param {Awaited<ReturnType<typeof loadResults>>} results
   */
  showAnswer({ answer, rules }, { createElement, resultItem, summary }) {
    this.tell(summary(answer, answer.kept));
    this.list.replaceChildren(...answer.results.map((result) => resultItem(result, answer, rules)));
    if (!answer.query.words.length) return;
    const attributes = { class: "md-search-result__link sb-all", href: this.pageAddress() };
    const all = createElement("a", attributes, label("search_all"));
    this.list.append(createElement("li", { class: "md-search-result__item" }, all));
  }

  /**
   * Open a moment later: on telephones the label that was touched would close the dialog again. Only
   * if the reader is still there: Escape may have been pressed within that moment.
   */
  openSoon() {
    setTimeout(() => {
      if (document.activeElement !== this.input) return;
      this.setOpen(true);
      // What every search needs loads while the reader types.
      Promise.all([openIndex(), loadResults()]).catch(() => {});
    }, 1);
  }

  /** Follow what readers do in the dialog. */
  listen() {
    const { dialog, form, input, list, toggle } = this;
    input.addEventListener("input", () => {
      clearTimeout(this.searchTimer);
      this.searchTimer = setTimeout(() => {
        this.searching = this.search();
      }, SEARCH_PAUSE);
    });
    input.addEventListener("focus", () => this.openSoon());
    dialog.addEventListener("focusin", ({ relatedTarget }) => {
      const isOutside = !dialog.contains(/** @type {Node | null} */ (relatedTarget));
      if (isOutside) this.focusedBefore = relatedTarget;
    });
    dialog.addEventListener("focusout", ({ relatedTarget }) => {
      const next = /** @type {Node | null} */ (relatedTarget);
      if (next && !dialog.contains(next) && next !== toggle) this.setOpen(false);
    });
    toggle.addEventListener("change", () => (toggle.checked ? this.opened() : this.closed()));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.follow();
    });
    form.addEventListener("reset", () =>
      setTimeout(() => {
        this.search();
        input.focus();
      }),
    );
    list.addEventListener("click", (event) => this.clicked(event));
    document.addEventListener("keydown", (event) => this.pressed(event));
  }

  /** Follow the first result of what is typed; where there is none, go to the search page. */
  async follow() {
    if (this.searchTimer !== undefined) this.searching = this.search();
    await this.searching;
    const first = this.list.querySelector("a");
    if (first) first.click();
    else if (this.input.value.trim()) location.assign(this.pageAddress());
  }

  /**
   * Close the dialog when a result is followed. On the search page itself, instant navigation would
   * not move to another search: it is shown there.
   * @param {MouseEvent} event
   */
  clicked(event) {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    setTimeout(() => this.setOpen(false));
    if (!link.classList.contains("sb-all") || link.pathname !== location.pathname) return;
    event.preventDefault();
    event.stopPropagation();
    history.pushState(history.state, "", link.href);
    dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const { key } = event;
    if (!this.toggle.checked) {
      if (!OPENING_KEYS.includes(key) || isEditable(document.activeElement)) return;
      event.preventDefault();
      this.setOpen(true);
      this.input.focus();
      return;
    }
    if (key === "Escape") this.setOpen(false);
    if (key === "Tab") {
      // A reader who leaves the dialog closes it, and must be able to reach what comes next.
      this.setInert(false);
      setTimeout(() => this.setInert(true));
    }
    if (key === "ArrowDown" || key === "ArrowUp") this.move(event, key === "ArrowDown" ? 1 : -1);
  }

  /**
   * Move the focus among the field and the results, from the last to the first.
   * @param {KeyboardEvent} event
   * @param {1 | -1} step
   */
  move(event, step) {
    /** @type {Element[]} */
    const stops = [this.input, ...this.list.querySelectorAll("a")];
    const index = document.activeElement ? stops.indexOf(document.activeElement) : -1;
    if (index < 0) return;
    event.preventDefault();
    const next = stops[(index + step + stops.length) % stops.length];
    if (next instanceof HTMLElement) next.focus();
  }

  /** Take over what readers did before the script came, on a slow line. */
  start() {
    this.listen();
    if (this.toggle.checked) this.opened();
    if (document.activeElement !== this.input) return;
    this.openSoon();
    if (this.input.value) this.searching = this.search();
  }
}

const dialog = document.querySelector(".md-search");
const toggle = document.getElementById("__search");
if (dialog instanceof HTMLElement && toggle instanceof HTMLInputElement) {
  new SearchDialog(dialog, toggle).start();
}
