/* Comforts of the pages that lead to documents; every page is complete without them. */
{
  /** @type {(words: string) => string} */
  const fold = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  /**
   * Give a list of names that is too long to overlook a field that filters it.
   * @param {HTMLElement} article
   */
  const offerFilter = (article) => {
    const list = article.querySelector("[data-filter]");
    if (!(list instanceof HTMLElement) || list.querySelectorAll("li").length <= 20) return;
    const { filter: label = "", shown: counted = "" } = list.dataset;
    const items = [...list.querySelectorAll("li")];
    const names = items.map((item) => fold(item.textContent ?? ""));
    const field = document.createElement("input");
    const status = document.createElement("p");
    Object.assign(field, { type: "search", className: "sb-filter", placeholder: label });
    field.setAttribute("aria-label", label);
    Object.assign(status, { className: "sb-meta", role: "status" });
    field.addEventListener("input", () => {
      const wanted = fold(field.value.trim());
      items.forEach((item, index) => {
        item.hidden = !names[index].includes(wanted);
      });
      for (const heading of list.querySelectorAll("h2")) {
        heading.hidden = !heading.nextElementSibling?.querySelector("li:not([hidden])");
      }
      const shown = items.filter((item) => !item.hidden).length;
      status.textContent = wanted ? counted.replace("{n}", String(shown)) : "";
    });
    list.prepend(field, status);
  };

  /**
   * Offer to show what mentions a name as a concordance does: in lines, with the name below itself.
   * @param {HTMLElement} article
   */
  const offerAlignment = (article) => {
    const head = article.querySelector("[data-align]");
    const mentions = article.querySelector(".sb-mentions");
    if (!(head instanceof HTMLElement) || !mentions) return;
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "sb-button sb-align" });
    button.textContent = head.dataset.align ?? "";
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => {
      if (!mentions.querySelector("li > span")) mentions.querySelectorAll("li").forEach(divide);
      const isAligned = mentions.classList.toggle("sb-aligned");
      button.setAttribute("aria-pressed", String(isAligned));
    });
    mentions.before(button);
  };

  /**
   * Put what is before and after the link of a line into elements.
   * @param {HTMLLIElement} line
   */
  const divide = (line) => {
    const link = line.querySelector("a");
    const [before, after] = [document.createElement("span"), document.createElement("span")];
    while (line.firstChild && line.firstChild !== link) before.append(line.firstChild);
    while (link?.nextSibling) after.append(link.nextSibling);
    line.prepend(before);
    line.append(after);
  };

  // Taken at once: instant navigation moves the address from which a relative one is counted.
  const script = document.currentScript;
  const assets = script instanceof HTMLScriptElement ? new URL(".", script.src) : null;

  /**
   * Fill the list of documents of this day, which only the front page has.
   * @param {HTMLElement} article
   */
  const offerToday = (article) => {
    const list = article.querySelector(".sb-today");
    if (!(list instanceof HTMLElement) || !assets) return;
    import(new URL("today.js", assets).href).then((today) => today.showToday(list));
  };

  /** Furnish the page that is shown, once: instant navigation replaces the article. */
  const furnish = () => {
    const article = document.querySelector("article.sb");
    if (!(article instanceof HTMLElement) || article.dataset.listed === "") return;
    article.dataset.listed = "";
    offerFilter(article);
    offerAlignment(article);
    if (location.protocol !== "file:" || window.seedbedOffline) offerToday(article);
  };

  if (window.document$) window.document$.subscribe(furnish);
  else furnish();
}
