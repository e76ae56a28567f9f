/* Beside the text of a document: notes next to their lines, numbers of lines of verse, and cards on
   names. Every page is complete without them, and nothing is fetched for them. */

const GAP = 10; // pixels between two notes
const HALF_LINE = 14; // pixels
const WIDE = matchMedia("(min-width: 76.25em)"); // as in seedbed.css: from here on there is a margin
const NUMBERED = 5; // every fifth line
const SHORT = 8; // lines of a poem that needs no numbers
const DELAY = 250; // milliseconds that a pointer rests on a name

/**
 * Set notes beside the lines that refer to them, each below the one before it. Where they need more
 * room than the text, all stay where they are.
 * @param {HTMLElement} article
 */
const placeNotes = (article) => {
  const text = article.querySelector(".sb-text");
  if (!(text instanceof HTMLElement)) return;
  // By the part of an address that stays: instant navigation makes every address absolute.
  const links = [...article.querySelectorAll("a.noteref")].filter((one) => !one.closest(".note"));
  const references = /** @type {HTMLAnchorElement[]} */ (links);
  const pairs = [];
  for (const note of text.querySelectorAll(".note[id]")) {
    const reference = references.find((one) => one.hash === `#${note.id}`);
    if (!(note instanceof HTMLElement)) continue;
    note.classList.toggle("sb-beside", WIDE.matches && Boolean(reference));
    if (reference) pairs.push({ note, reference });
  }
  if (!WIDE.matches || !pairs.length) return;
  const box = text.getBoundingClientRect();
  const facts = article.querySelector(".sb-facts")?.getBoundingClientRect();
  let free = facts ? facts.bottom - box.top + 2 * GAP : 0;
  for (const { note, reference } of pairs) {
    const top = Math.max(free, reference.getBoundingClientRect().top - box.top);
    note.style.top = `${top}px`;
    free = top + note.offsetHeight + GAP;
  }
  const fits = free <= Math.max(box.height, innerHeight);
  for (const { note } of pairs) note.classList.toggle("sb-beside", fits);
};

/**
 * Set the marks of two pages that begin on one line beside each other.
 * @param {HTMLElement} article
 */
const partMarks = (article) => {
  let last = Number.NaN;
  for (const mark of article.querySelectorAll(".sb-text .page")) {
    const { top } = mark.getBoundingClientRect();
    mark.classList.toggle("sb-again", Math.abs(top - last) < HALF_LINE);
    last = top;
  }
};

/**
 * Give every fifth line of a poem its number.
 * @param {HTMLElement} article
 */
const numberLines = (article) => {
  const lines = article.matches(".sb-poem") ? [...article.querySelectorAll(".sb-text .line")] : [];
  if (lines.length <= SHORT) return;
  lines.forEach((line, index) => {
    if ((index + 1) % NUMBERED) return;
    const number = document.createElement("span");
    number.className = "sb-line-number";
    number.ariaHidden = "true";
    number.dataset.number = String(index + 1);
    line.prepend(number);
  });
};

/**
 * Return what the foot of a page says about the names of its text, by their addresses.
 * @type {(article: HTMLElement) => Map<string, { name: string, note: string }>}
 */
const notesOnNames = (article) => {
  const known = new Map();
  for (const link of article.querySelectorAll(".sb-names li > a")) {
    const note = link.parentElement?.querySelector(".sb-meta")?.textContent?.trim();
    if (note && link instanceof HTMLAnchorElement) {
      known.set(link.href, { name: link.textContent ?? "", note });
    }
  }
  return known;
};

/**
 * Show a card below a link.
 * @param {HTMLElement} article
 * @param {HTMLAnchorElement} link
 * @param {{ name: string, note: string }} about
 */
const showCard = (article, link, { name, note }) => {
  const card = document.createElement("div");
  card.id = "sb-card";
  card.className = "sb-card";
  card.setAttribute("role", "tooltip");
  card.lang = article.querySelector(".sb-foot")?.getAttribute("lang") ?? "";
  const title = document.createElement("b");
  title.textContent = name;
  card.append(title, note);
  article.append(card);
  const line = link.getClientRects()[0];
  const frame = article.getBoundingClientRect();
  const left = Math.max(GAP, Math.min(line.left, innerWidth - card.offsetWidth - GAP));
  card.style.left = `${left - frame.left}px`;
  card.style.top = `${line.bottom + 4 - frame.top}px`;
  link.setAttribute("aria-describedby", card.id);
  return card;
};

/**
 * Give names a card with what the foot of the same page says about them. It stays while the pointer
 * is on it, and goes with Escape (WCAG 1.4.13).
 * @param {HTMLElement} article
 */
const offerCards = (article) => {
  const known = notesOnNames(article);
  /** @type {HTMLElement | undefined} */
  let card;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const close = () => {
    clearTimeout(timer);
    removeEventListener("keydown", closeOnEscape);
    card?.remove();
    card = undefined;
    article.querySelector("[aria-describedby='sb-card']")?.removeAttribute("aria-describedby");
  };
  /** @type {(event: KeyboardEvent) => void} */
  const closeOnEscape = ({ key }) => {
    if (key === "Escape") close();
  };
  /** @param {HTMLAnchorElement} link */
  const open = (link) => {
    close();
    const about = known.get(link.href);
    if (about) card = showCard(article, link, about);
    card?.addEventListener("pointerleave", close);
    addEventListener("keydown", closeOnEscape);
  };
  for (const link of article.querySelectorAll(".sb-text a[href]")) {
    if (!(link instanceof HTMLAnchorElement) || !known.has(link.href)) continue;
    link.addEventListener("pointerenter", ({ pointerType }) => {
      if (pointerType === "mouse") timer = setTimeout(open, DELAY, link);
    });
    link.addEventListener("pointerleave", () => {
      clearTimeout(timer);
      setTimeout(() => card?.matches(":hover") || close(), DELAY);
    });
    link.addEventListener("focus", () => link.matches(":focus-visible") && open(link));
    link.addEventListener("blur", close);
  }
};

/**
 * Set in the margins what has its place beside a line.
 * @param {HTMLElement} article
 */
const placeBeside = (article) => {
  partMarks(article);
  placeNotes(article);
};

/**
 * Furnish the margins of a document.
 * @param {HTMLElement} article
 */
export const furnishText = (article) => {
  numberLines(article);
  offerCards(article);
  document.fonts.ready.then(() => {
    if (article.querySelector(".sb-facsimile")) {
      import("./leaves.js").then(({ placeLeaves }) => placeLeaves(article));
    }
    placeBeside(article);
  });
};

addEventListener("resize", () => {
  const article = document.querySelector("article");
  if (article) placeBeside(article);
});
