/* Comforts of the reading room; every page is complete without them. */
{
  const element = (tag, attributes, text = "") => {
    const made = Object.assign(document.createElement(tag), { textContent: text });
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  };
  const copier = (label, text) =>
    element("button", { type: "button", class: "sb-button", "data-clipboard-text": text }, label);

  /** Give the citation a button that copies it.
   *  @param {HTMLElement} article */
  const offerCopy = (article) => {
    const citation = article.querySelector("#citation");
    const actions = article.querySelector(".sb-source .sb-actions");
    if (citation && actions) actions.prepend(copier(actions.dataset.copy, citation.textContent));
  };

  /** Give every paragraph a sign that opens a panel with its citation.
   *  @param {HTMLElement} article */
  const offerQuotes = (article) => {
    const text = article.querySelector(".sb-text");
    const spoken = article.querySelector(".sb-foot")?.lang ?? "";
    const panel = element("aside", { class: "sb-quote", lang: spoken, dir: document.body.dir });
    const quote = (paragraph) => {
      const { cite, copy, close } = text.dataset;
      const page =
        document.querySelector("link[rel=canonical]")?.href ?? location.href.split("#")[0];
      const address = `${page}#${paragraph.id}`;
      const words = paragraph.innerText.replace(/\s*¶$/, "");
      const digest = article.querySelector("#digest").textContent;
      const source = article.querySelector("#citation").textContent.replace(/\s*https?:\S+$/, "");
      const whole = `“${words}”\n\n${source} ${address}\nSHA-256 ${digest}`;
      const buttons = element("p", { class: "sb-actions" });
      const shut = element("button", { type: "button", class: "sb-button" }, close);
      shut.addEventListener("click", () => {
        panel.remove();
        paragraph.querySelector(".sb-mark").focus();
      });
      buttons.append(copier(copy, whole), shut);
      panel.setAttribute("aria-label", cite);
      panel.replaceChildren(
        element("p", { class: "sb-quote__title" }, cite),
        element("p", { class: "sb-citation" }, `${source} ${address}`),
        element("p", { class: "sb-meta" }, `SHA-256 ${digest}`),
        buttons,
      );
      paragraph.after(panel);
      buttons.firstChild.focus();
    };
    for (const paragraph of text?.querySelectorAll("p[id]") ?? []) {
      const mark = element(
        "a",
        {
          class: "sb-mark",
          href: `#${paragraph.id}`,
          lang: spoken,
          "aria-label": text.dataset.cite,
        },
        "¶",
      );
      mark.addEventListener("click", (event) => {
        event.preventDefault();
        location.hash = paragraph.id; // first: a jump takes the focus away
        quote(paragraph);
      });
      paragraph.append(" ", mark);
    }
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") panel.querySelector("button:last-child").click();
    });
  };

  /** Give a list of names that is too long to overlook a field that filters it.
   *  @param {HTMLElement} article */
  const offerFilter = (article) => {
    const list = article.querySelector("[data-filter]");
    if (!(list?.querySelectorAll("li").length > 20)) return;
    const fold = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    const entries = [...list.querySelectorAll("li")].map((item) => [item, fold(item.textContent)]);
    const field = element("input", {
      type: "search",
      class: "sb-filter",
      "aria-label": list.dataset.filter,
      placeholder: list.dataset.filter,
    });
    const count = element("p", { class: "sb-meta", role: "status" });
    field.addEventListener("input", () => {
      const wanted = fold(field.value.trim());
      let shown = 0;
      for (const [item, words] of entries) {
        item.hidden = !words.includes(wanted);
        shown += !item.hidden;
      }
      for (const group of list.querySelectorAll("h2")) {
        group.hidden = !group.nextElementSibling?.querySelector("li:not([hidden])");
      }
      count.textContent = wanted ? list.dataset.shown.replace("{n}", shown) : "";
    });
    list.prepend(field, count);
  };

  const FROM_DISK =
    "Search works on a web server only: run `seedbed serve`, or put the site on a host.";

  /** Say where one would search that a page opened from disk cannot: browsers load no module there,
   *  so the search's own script never comes. Folders have no first page there either. */
  const refuseSearch = () => {
    const handed = document.getElementById("__labels_search");
    const words = handed ? JSON.parse(handed.textContent).search_file : FROM_DISK;
    const lang = handed?.lang || document.documentElement.lang;
    const status = document.querySelector(".md-search-result__meta");
    const toggle = document.getElementById("__search");
    const input = document.querySelector(".md-search__input");
    if (status) Object.assign(status, { lang, textContent: words });
    input?.addEventListener("focus", () =>
      setTimeout(() => {
        toggle.checked = true;
      }, 1),
    );
    input?.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") toggle.checked = false;
    });
    const place = document.querySelector(".sb-search-page");
    if (place?.firstChild)
      place.firstChild.replaceWith(element("strong", { role: "status", lang }, words), " ");
    for (const form of document.querySelectorAll("form[action$='/']")) form.action += "index.html";
  };

  /** Furnish the page that is shown, once: instant navigation replaces the article and nothing else. */
  const furnish = () => {
    // The theme tells in its dialog that something was copied; screen readers must hear it too.
    document.querySelector(".md-dialog")?.setAttribute("role", "status");
    const article = document.querySelector("article");
    if (!article || article.dataset.furnished) return;
    article.dataset.furnished = "";
    offerCopy(article);
    offerQuotes(article);
    offerFilter(article);
    if (location.protocol === "file:") refuseSearch();
  };

  if (window.document$?.subscribe) window.document$.subscribe(furnish);
  else furnish();
}
