/* Comforts of the reading room; every page is complete without them. */
{
  /**
   * Make an element of a class with attributes and a text.
   * @template {keyof HTMLElementTagNameMap} T
   * @param {T} tag
   * @param {Record<string, string>} attributes
   * @param {string} [text]
   */
  const createElement = (tag, attributes, text = "") => {
    const element = document.createElement(tag);
    element.textContent = text;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };

  /** @type {(label: string, act?: () => void) => HTMLButtonElement} */
  const createButton = (label, act) => {
    const button = createElement("button", { type: "button", class: "sb-button" }, label);
    if (act) button.addEventListener("click", act);
    return button;
  };

  /** Tell in the theme's dialog that something was copied. */
  const tellCopied = () => {
    const dialog = document.querySelector(".md-dialog");
    const config = JSON.parse(document.getElementById("__config")?.textContent ?? "{}");
    dialog?.firstElementChild?.replaceChildren(config.translations?.["clipboard.copied"] ?? "");
    dialog?.classList.add("md-dialog--active");
    setTimeout(() => dialog?.classList.remove("md-dialog--active"), COPIED_SHOWN);
  };

  /**
   * Make a button that copies a text. Browsers copy nothing on a site without https.
   * @type {(label: string, text: string) => HTMLButtonElement}
   */
  const createCopyButton = (label, text) => {
    const copy = () => navigator.clipboard.writeText(text).then(tellCopied);
    const button = createButton(label, copy);
    button.hidden = !navigator.clipboard;
    return button;
  };

  const COPIED_SHOWN = 2000; // milliseconds
  const CITABLE = ":is(p, li, h2, h3, h4, h5, h6)[id]";
  const HEADINGS = ".sb-text :is(h2, h3, h4, h5, h6, p.dateline)[id]";

  /** @type {(parent: Element, selector: string) => string} */
  const textOf = (parent, selector) => parent.querySelector(selector)?.textContent ?? "";

  /**
   * Give the citation a button that copies it.
   * @param {HTMLElement} article
   */
  const offerCopy = (article) => {
    const citation = article.querySelector("#citation");
    const actions = article.querySelector(".sb-source .sb-actions");
    if (!citation || !(actions instanceof HTMLElement)) return;
    actions.prepend(createCopyButton(actions.dataset.copy ?? "", citation.textContent ?? ""));
  };

  /**
   * Return the words of a part of a text as a reader sees them; of an item without those inside it.
   * @type {(part: HTMLElement) => string}
   */
  const wordsOf = (part) => {
    const mark = [...part.children].find((child) => child.matches(".sb-mark"));
    // biome-ignore lint/performance/useDomNodeTextContent: as a reader sees it, so without what is hidden
    if (!mark || !part.matches("li")) return part.innerText.replace(/\s*¶$/, "");
    const range = document.createRange();
    range.setStart(part, 0);
    range.setEndBefore(mark);
    return range.toString().trim();
  };

  /**
   * Return the words of the heading or dated entry under which a part of a text stands.
   * @type {(article: HTMLElement, part: HTMLElement) => string}
   */
  const headingAbove = (article, part) => {
    const headings = [...article.querySelectorAll(HEADINGS)];
    const above = headings
      .reverse()
      .find((heading) => part.compareDocumentPosition(heading) & Node.DOCUMENT_POSITION_PRECEDING);
    return (above?.textContent ?? "").replace(/\s*¶$/, "").replace(/\s+/g, " ").trim();
  };

  /**
   * Return the words between two nodes; null stands for the beginning or the end of the part.
   * @type {(part: HTMLElement, from: Element | null, to: Element | null) => string}
   */
  const wordsBetween = (part, from, to) => {
    const range = document.createRange();
    range.selectNodeContents(part);
    if (from) range.setStartAfter(from);
    if (to) range.setEndBefore(to);
    return range.toString().trim();
  };

  /**
   * Return the pages of the source on which a part of a text stands, such as "p. 3" or "pp. 3–4".
   * Empty where its first page has no mark, and for a note, which may stand far from its page.
   * @type {(article: HTMLElement, part: HTMLElement, labels: DOMStringMap) => string}
   */
  const pagesOf = (article, part, { page = "", pages = "" }) => {
    const end = part.querySelector(".sb-mark");
    if (!end || part.closest(".note")) return "";
    const marks = [...article.querySelectorAll(".sb-text .page")]
      .filter((mark) => end.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_PRECEDING)
      .reverse();
    const isOutside = (/** @type {Element} */ mark) => !part.contains(mark);
    const first = marks.find((mark) => isOutside(mark) || !wordsBetween(part, null, mark));
    const last = marks.find((mark) => isOutside(mark) || wordsBetween(part, mark, end));
    const labels = [first, last].map((mark) => mark?.getAttribute("data-label") ?? "");
    if (!labels[0] || !labels[1]) return "";
    const printed = labels[0] === labels[1] ? labels[0] : labels.join("–");
    if (labels.some((label) => label.includes(" "))) return printed; // as in "fol. 3"
    return (labels[0] === labels[1] ? page : pages).replace("{n}", () => printed);
  };

  /**
   * Return the citation of a part of a text, without its address.
   * @type {(article: HTMLElement, part: HTMLElement, labels: DOMStringMap) => string}
   */
  const citationOf = (article, part, labels) => {
    const work = textOf(article, "#citation").replace(/\s*https?:\S+$/, "");
    const heading = headingAbove(article, part);
    const quoted = (labels.quoted ?? "").replace("{word}", () => heading);
    const source = heading ? `${work} ${quoted}.` : work;
    const pages = pagesOf(article, part, labels);
    return pages ? source.replace(/\.?$/, () => `, ${pages}.`) : source;
  };

  /**
   * Show a panel with the citation of a paragraph below it.
   * @param {HTMLElement} panel
   * @param {HTMLElement} article
   * @param {HTMLElement} paragraph
   * @param {DOMStringMap} labels
   */
  const showQuote = (panel, article, paragraph, labels) => {
    const { cite = "", copy = "", close = "", quoted = "" } = labels;
    const canonical = document.querySelector("link[rel=canonical]")?.getAttribute("href");
    const address = `${canonical ?? location.href.split("#")[0]}#${paragraph.id}`;
    const words = wordsOf(paragraph);
    const digest = `SHA-256 ${textOf(article, "#digest")}`;
    const source = citationOf(article, paragraph, labels);
    const quote = `${quoted.replace("{word}", () => words)}\n\n${source} ${address}\n${digest}`;
    const buttons = createElement("p", { class: "sb-actions" });
    const copyButton = createCopyButton(copy, quote);
    const closeButton = createButton(close, () => {
      panel.remove();
      const mark = paragraph.querySelector(".sb-mark");
      if (mark instanceof HTMLElement) mark.focus();
    });
    buttons.append(copyButton, closeButton);
    panel.setAttribute("aria-label", cite);
    panel.replaceChildren(
      createElement("p", { class: "sb-quote__title" }, cite),
      createElement("p", { class: "sb-citation" }, `${source} ${address}`),
      createElement("p", { class: "sb-meta" }, digest),
      buttons,
    );
    if (paragraph.matches("li")) paragraph.append(panel);
    else paragraph.after(panel);
    (copyButton.hidden ? closeButton : copyButton).focus();
  };

  /**
   * Give every paragraph a mark that opens a panel with its citation.
   * @param {HTMLElement} article
   */
  const offerQuotes = (article) => {
    const text = article.querySelector(".sb-text");
    if (!(text instanceof HTMLElement)) return;
    const foot = article.querySelector(".sb-foot");
    const lang = foot instanceof HTMLElement ? foot.lang : "";
    const panel = createElement("aside", { class: "sb-quote", lang, dir: document.body.dir });
    for (const paragraph of text.querySelectorAll(CITABLE)) {
      if (!(paragraph instanceof HTMLElement)) continue;
      const attributes = { class: "sb-mark", href: `#${paragraph.id}`, lang };
      const mark = createElement("a", attributes, "¶");
      mark.setAttribute("aria-label", text.dataset.cite ?? "");
      mark.addEventListener("click", (event) => {
        // No jump to the paragraph, by the browser or by Material's instant navigation: a jump takes
        // the focus away, a moment later.
        event.preventDefault();
        event.stopPropagation();
        history.replaceState(history.state, "", `#${paragraph.id}`);
        showQuote(panel, article, paragraph, text.dataset);
      });
      // After the last line of verse, and before the items inside an item.
      const place = paragraph.matches(":has(> .line:last-child)")
        ? paragraph.lastElementChild
        : paragraph;
      const inside = [...paragraph.children].find((child) => child.matches("ul, ol"));
      place?.insertBefore(mark, inside ?? null);
      mark.before(" ");
    }
    panel.addEventListener("keydown", ({ key }) => {
      const close = panel.querySelector("button:last-child");
      if (key === "Escape" && close instanceof HTMLElement) close.click();
    });
  };

  /**
   * Say where one would search that a page opened from disk cannot: browsers load no module there,
   * so the search's own script never comes. Folders have no first page there either.
   */
  const refuseSearch = () => {
    const status = document.querySelector(".md-search-result__meta");
    if (!(status instanceof HTMLElement)) return;
    const lang = status.lang || document.documentElement.lang;
    const words = status.dataset.fromDisk ?? "";
    const input = document.querySelector(".md-search__input");
    const toggle = document.getElementById("__search");
    status.textContent = words;
    if (input instanceof HTMLInputElement && toggle instanceof HTMLInputElement) {
      let opening = 0;
      input.addEventListener("focus", () => {
        opening = window.setTimeout(() => (toggle.checked = true), 1);
      });
      input.addEventListener("keydown", ({ key }) => {
        if (key !== "Escape") return;
        clearTimeout(opening); // on a busy computer the key comes first
        toggle.checked = false;
      });
    }
    const note = document.querySelector(".sb-search-page")?.firstChild;
    note?.replaceWith(createElement("strong", { role: "status", lang }, words), " ");
    for (const form of document.querySelectorAll("form")) {
      if (form.getAttribute("action")?.endsWith("/")) form.action += "index.html";
    }
  };

  // Taken at once: instant navigation moves the address from which a relative one is counted.
  const script = document.currentScript;
  const assets = script instanceof HTMLScriptElement ? new URL(".", script.src) : null;

  /**
   * Furnish the margins of a document that has something for them: notes, verse, names with notes.
   * @param {HTMLElement} article
   */
  const furnishMargins = (article) => {
    const wanted = ".sb-text :is(.note, .line), .sb-names .sb-meta, .sb-facsimile";
    if (!article.querySelector(wanted) || !assets) return;
    import(new URL("reading.js", assets).href).then(
      (reading) => reading.furnishText(article),
      () => {}, // a reader who left the page before it came
    );
  };

  /** Furnish the page that is shown, once: instant navigation replaces the article and nothing else. */
  const furnish = () => {
    // The theme tells in its dialog that something was copied; screen readers must hear it too.
    document.querySelector(".md-dialog")?.setAttribute("role", "status");
    const article = document.querySelector("article");
    if (!article || article.dataset.furnished === "") return;
    article.dataset.furnished = "";
    offerCopy(article);
    offerQuotes(article);
    if (location.protocol === "file:" && !window.seedbedOffline) refuseSearch();
    else furnishMargins(article);
  };

  if (window.document$) window.document$.subscribe(furnish);
  else furnish();
}
