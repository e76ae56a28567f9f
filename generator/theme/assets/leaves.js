/* The pictures of a document's pages beside the words of each page, or small ones among them where
   there is no room beside. Needs a text that says where its pages begin; of any other, all pictures
   stand together, as they do without this script. */

const WIDE = matchMedia("(min-width: 76.25em)"); // as in seedbed.css
const GAP = 16; // pixels between two pictures
const PRINTED = /^\[{1,2}\s*\p{L}*\.?\s*(\d+)\s*[rv]?\s*\]{1,2}$/iu; // a line such as "[Page 2]"

/**
 * Return the number of the page that begins somewhere, as printed; NaN if there is none.
 * @param {Element} beginning
 */
const pageNumber = (beginning) => {
  const words = beginning instanceof HTMLElement && beginning.dataset.label;
  return Number(words || PRINTED.exec(beginning.firstChild?.textContent?.trim() ?? "")?.[1]);
};

/**
 * Return where the page of each picture begins: those of other numbers stand in the same order.
 * @param {Element[]} found
 * @param {number} count
 */
const inOrder = (found, count) => {
  const numbers = found.map(pageNumber);
  const pages = Array.from({ length: count }, (_, index) => found[numbers.indexOf(index + 1)]);
  if (pages.filter(Boolean).length * 2 > count) return pages;
  return found.length === count ? found : [];
};

/**
 * Return where the page of each picture begins; nothing for a text that does not say it.
 * @param {HTMLElement} text
 * @param {HTMLElement[]} sheets
 * @returns {(Element | undefined)[]}
 */
const findBeginnings = (text, sheets) => {
  const marks = [...text.querySelectorAll(".page")];
  const linked = sheets.map(({ id }) =>
    marks.find((mark) => mark instanceof HTMLAnchorElement && mark.hash === `#${id}`),
  );
  if (linked.some(Boolean)) return linked;
  const found = inOrder(marks, sheets.length);
  if (found.length) return found;
  const printed = [...text.children].filter((block) => pageNumber(block));
  return inOrder(printed, sheets.length);
};

/**
 * Return the block that a page begins with; null if it begins inside of one.
 * @param {Element} beginning
 */
const blockAt = (beginning) => {
  const block = beginning.closest(".sb-text > *");
  const isFirst = block === beginning || block?.firstChild === beginning;
  return block instanceof HTMLElement && isFirst ? block : null;
};

/**
 * Set each picture beside the beginning of its page, below the picture before it; a page with fewer
 * words than its picture is high moves the block down with which the next page begins.
 * @param {HTMLElement} text
 * @param {HTMLElement[]} sheets
 * @param {(Element | undefined)[]} beginnings
 */
const placeBeside = (text, sheets, beginnings) => {
  for (const block of text.querySelectorAll(".sb-pushed")) block.classList.remove("sb-pushed");
  const tops = [];
  let free = 0;
  for (const [index, sheet] of sheets.entries()) {
    const beginning = beginnings[index];
    let top = free;
    if (beginning) {
      top = beginning.getBoundingClientRect().top - text.getBoundingClientRect().top;
      const block = blockAt(beginning);
      if (top < free && block) {
        const margin = Number.parseFloat(getComputedStyle(block).marginTop);
        block.style.setProperty("--sb-push", `${margin + free - top}px`);
        block.classList.add("sb-pushed");
      }
      top = Math.max(top, free);
    }
    tops.push(top);
    free = top + (sheet.firstElementChild?.getBoundingClientRect().height ?? 0) + GAP;
  }
  const end = Math.max(free, text.getBoundingClientRect().height);
  for (const [index, sheet] of sheets.entries()) {
    sheet.style.setProperty("--sb-top", `${tops[index]}px`);
    sheet.style.setProperty("--sb-leaf", `${(tops[index + 1] ?? end) - tops[index] - GAP}px`);
  }
  sheets[0].parentElement?.style.setProperty("--sb-leaves", `${end}px`);
};

/**
 * Set small pictures among the words, each where its page begins, or after the one before it.
 * @param {HTMLElement} text
 * @param {HTMLElement[]} sheets
 * @param {(Element | undefined)[]} beginnings
 */
const placeAmong = (text, sheets, beginnings) => {
  /** @type {HTMLElement | undefined} */
  let last;
  for (const [index, sheet] of sheets.entries()) {
    const leaf = document.createElement("a");
    leaf.className = "sb-leaf";
    leaf.setAttribute("href", sheet.getAttribute("href") ?? "");
    leaf.append(...[...sheet.children].map((picture) => picture.cloneNode(true)));
    const beginning = beginnings[index];
    if (beginning) (blockAt(beginning) ?? beginning).before(leaf);
    else if (last) last.after(leaf);
    else text.prepend(leaf);
    last = leaf;
  }
};

/**
 * Bring the pictures of a document to its pages, once.
 * @param {HTMLElement} article
 */
export const placeLeaves = (article) => {
  if (article.classList.contains("sb-leaves")) return;
  const text = article.querySelector(".sb-text");
  const sheets = [...article.querySelectorAll(".sb-facsimile a[id]")].filter(
    (sheet) => sheet instanceof HTMLElement,
  );
  if (!(text instanceof HTMLElement) || sheets.length < 2) return;
  const beginnings = findBeginnings(text, sheets);
  if (!beginnings.length) return;
  article.classList.add("sb-leaves");
  placeAmong(text, sheets, beginnings);
  let width = 0;
  new ResizeObserver(() => {
    if (!WIDE.matches || text.clientWidth === width) return;
    width = text.clientWidth;
    placeBeside(text, sheets, beginnings);
  }).observe(text);
};
