/* The texts of results, from the published pages: so an excerpt is what a reader will see there. The
   index does not know which words are side by side; phrases are looked for here. */

import { loadWords, ROOT, search } from "./search-client.js";

const TEXT_ELEMENTS = "p, li, dd, th, td, h2, h3, h4, h5, h6, pre";
const MAX_PAGES = 300; // kept in memory
const PAGE = 10; // results of which the texts are read at once
const LONG_QUERY = 4; // words of a query that is likely to be a piece of a text
const FURTHER = 30; // results among which that text is looked for

/** @type {Map<string, Promise<string[]>>} */
const pages = new Map();

/** @type {(address: string) => Promise<string[]>} */
const loadParagraphs = async (address) => {
  const response = await fetch(new URL(address, ROOT));
  if (!response.ok) return [];
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const article = page.querySelector(".sb-text") ?? page.querySelector("article") ?? page.body;
  return [...article.querySelectorAll(TEXT_ELEMENTS)].map((node) =>
    (node.textContent ?? "").replace(/\s+/g, " ").trim(),
  );
};

/** @type {(address: string) => Promise<string[]>} */
const paragraphs = (address) => {
  const known = pages.get(address);
  if (known) return known;
  if (pages.size > MAX_PAGES) pages.clear();
  const loading = loadParagraphs(address);
  pages.set(address, loading);
  loading.catch(() => pages.delete(address));
  return loading;
};

/**
 * Return the texts of some results; a page that does not load has none.
 * @param {Search.Result[]} results
 */
const textsOf = (results) =>
  Promise.all(results.map((result) => paragraphs(result.address).catch(() => [])));

/**
 * Whether the texts have to be read to know what fits a query.
 * @type {(query: { phrases: string[], unphrased: string[] }) => boolean}
 */
export const searchesText = ({ phrases, unphrased }) => phrases.length + unphrased.length > 0;

/**
 * Search; where a phrase must be there or must not, only the results whose text fits are kept.
 * @param {Search.Request} request
 * @param {number} [most] - results whose texts are read
 * @returns {Promise<Search.Found>}
 */
export const searchPhrases = async (request, most = 40) => {
  const answer = await search(request);
  const rules = await loadWords();
  const { query, total } = answer;
  if (!searchesText(query)) return { answer, rules, request };
  /** @type {(result: Search.Result, text: string[]) => boolean} */
  const fits = (result, text) => {
    const lines = [result.title, ...result.authors, ...text].map(rules.lined);
    const isThere = (/** @type {string} */ phrase) => lines.some((line) => line.includes(phrase));
    return query.phrases.every(isThere) && !query.unphrased.some(isThere);
  };
  /** @type {Search.Result[]} */
  const kept = [];
  const { from = 0, count = 10 } = request;
  let looked = 0;
  while (looked < Math.min(most, total) && kept.length < from + count) {
    const { results } = await search({ ...request, from: looked, count: PAGE, facets: [] });
    const texts = await textsOf(results);
    kept.push(...results.filter((result, index) => fits(result, texts[index])));
    looked += results.length;
    if (!results.length) break;
  }
  const results = kept.slice(from, from + count);
  const checked = { results, kept: kept.length, looked, complete: looked >= total };
  return { answer: { ...answer, ...checked }, rules, request };
};

/**
 * Return the results with their texts: those with the words side by side first, then those that
 * spell them with the accents that were typed. Where a long query is a piece of no text among the
 * first results, further ones are read.
 * @type {(found: Search.Found) => Promise<Search.Passage[]>}
 */
export const rankByPassage = async ({ answer, rules, request }) => {
  const { query, results } = answer;
  /** @type {(results: Search.Result[]) => Promise<Search.Passage[]>} */
  const read = async (some) => {
    const texts = await textsOf(some);
    return some.map((result, index) => {
      const text = texts[index];
      const all = [result.title, ...text].join("\n"); // the page of a name may have it there alone
      const hasPhrase = rules.hasPhrase(rules.lined(all), query);
      const points = 2 * Number(hasPhrase) + Number(rules.matchesAccents(all, query));
      return { result, text, hasPhrase, points };
    });
  };
  const passages = await read(results);
  const first = passages.filter((passage) => passage.hasPhrase);
  const isQuotation = query.words.length >= LONG_QUERY && !query.phrases.length;
  const isFirstPage = !request.from && !request.sort && answer.total > results.length;
  if (!first.length && isQuotation && isFirstPage) {
    const further = { ...request, from: results.length, count: FURTHER, facets: [] };
    const more = await read((await search(further)).results);
    first.push(...more.filter((passage) => passage.hasPhrase));
  }
  const others = passages.filter((passage) => !passage.hasPhrase);
  return [...first, ...others].sort((a, b) => b.points - a.points);
};
