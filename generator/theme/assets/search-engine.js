/* The reader of the search index: a query in, results and counts out. It uses no page, so it runs in
   a worker, in a page, or in Node. A query comes parsed (search-query.js), so nothing is loaded
   before the index but the engine's own modules. The index is described in
   docs-site/docs/developers/search-format.md. */

import { decodeJson } from "./search-codec.js";
import * as facets from "./search-facets.js";
import { errorName, fetchFrom, IndexFiles, IndexMissing, SchemaMismatch } from "./search-files.js";
import { SCHEMA } from "./search-format.js";
import { match, topResults } from "./search-ranking.js";
import { ENOUGH_HITS } from "./search-terms.js";

/** The index of one site. */
export class Index extends IndexFiles {
  /**
   * Answer a request; if the site was built again in the meantime, from the new index.
   * @param {Search.ParsedRequest} request
   * @returns {Promise<Search.Answer>}
   */
  async search(request) {
    if (request.query?.schema !== SCHEMA) throw new SchemaMismatch("a page of another version");
    const { build } = await this.open();
    try {
      return await this.run(request);
    } catch (error) {
      if (!(error instanceof IndexMissing)) throw error;
      if ((await this.open(true)).build === build) throw error;
      return this.run(request);
    }
  }

  /** @param {Search.ParsedRequest} request */
  async run(request) {
    const { query, from = 0, count = 10, filters: chosenFilters = {} } = request;
    const { after = "", before = "" } = query.after ? query : request;
    const { sort = "", facets: names = [], fragments = {}, whole = false } = request;
    const filters = await this.withAuthors(chosenFilters, query.authors);
    const isFiltered = Boolean(Object.keys(filters).length || after || before);
    const isPlain = !whole && !isFiltered && !sort && !names.length;
    const hits = await match(this, query, isPlain && from + count <= ENOUGH_HITS);
    const columns = await this.columns([...Object.keys(filters), ...names]);
    const isWanted = await matcher(fragments);
    const dates = after || before || names.length || sort ? await this.dates() : null;
    let numbers = this.candidates(query, hits, isFiltered, sort);
    /** @type {Search.Candidate[]} */
    let candidates = [];
    if (isFiltered || names.length) {
      const chosen = facets.filter(numbers, columns, dates, { filters, after, before });
      ({ documents: numbers, candidates } = chosen);
    }
    const total = numbers.length;
    if (dates && (sort === "newest" || sort === "oldest")) facets.sortByDate(numbers, dates, sort);
    else if (query.words.length) numbers = topResults(numbers, hits.scores, from + count);
    else numbers.reverse(); // documents are in the order of time
    /** @param {string} name */
    const counts = (name) => {
      const chosen = chosenFilters[name] ?? [];
      return facets.facetCounts(columns[name], name, candidates, chosen, isWanted(name));
    };
    return {
      query,
      total: Math.max(total, hits.least),
      more: hits.more, // whether there may be more: not all lists were read to their end
      results: await this.results(numbers.slice(from, from + count)),
      marks: hits.marks,
      instead: hits.instead,
      matched: hits.matched,
      facets: Object.fromEntries(names.map((name) => [name, counts(name)])),
      years: dates && names.length ? facets.yearRange(dates, candidates) : [],
    };
  }

  /**
   * Return filters in which the author is one whose name has all of some words.
   * @param {Record<string, string[]>} filters
   * @param {string[]} names
   */
  async withAuthors(filters, names) {
    if (!names.length) return filters;
    const [{ author }, { words }] = await Promise.all([
      this.columns(["author"]),
      import("./search-query.js"),
    ]);
    const isMeant = (/** @type {string} */ value) => {
      const parts = words(value);
      return names.every((name) => parts.some((part) => part.startsWith(name)));
    };
    const meant = (author?.values ?? []).filter(isMeant);
    const allowed = filters.author ? meant.filter((one) => filters.author.includes(one)) : meant;
    return { ...filters, author: allowed };
  }

  /**
   * Return the entries that filters choose from: without words, all documents. Only documents have
   * dates and values of facets.
   * @param {Search.Query} query
   * @param {{ entries: number[], excluded: Set<number> }} hits
   * @param {boolean} isFiltered
   * @param {string} sort
   * @returns {number[]}
   */
  candidates(query, { entries, excluded }, isFiltered, sort) {
    const [first] = this.manifest.kinds;
    const documents = first?.[0] === "document" ? first[1] : 0;
    if (!query.words.length && (isFiltered || sort)) {
      return facets.allDocuments(documents, excluded);
    }
    return isFiltered ? entries.filter((entry) => entry < documents) : entries;
  }

  /**
   * @param {string} wanted - a kind
   * @param {(entry: number) => void} visit
   */
  forEachOfKind(wanted, visit) {
    let first = 0;
    for (const [kind, count] of this.manifest.kinds) {
      for (let entry = first; kind === wanted && entry < first + count; entry += 1) visit(entry);
      first += count;
    }
  }

  /** @param {number} entry */
  kindOf(entry) {
    let end = 0;
    for (const [kind, count] of this.manifest.kinds) {
      end += count;
      if (entry < end) return kind;
    }
    return "";
  }

  /**
   * @param {number[]} numbers
   * @returns {Promise<Search.Result[]>}
   */
  async results(numbers) {
    return Promise.all(
      numbers.map(async (number) => {
        const { position, bound } = await this.locate("lines", number);
        const rows = await this.file("lines", position, decodeJson);
        const [
          address,
          title,
          date = "",
          authors = [],
          genre = "",
          collection = "",
          documents = 0,
        ] = rows[number - bound];
        return {
          number,
          kind: this.kindOf(number),
          address,
          title,
          date,
          authors,
          genre,
          collection,
          documents,
        };
      }),
    );
  }

  /**
   * @param {string[]} names - of facets; those that the index does not have are left out
   * @returns {Promise<Record<string, Search.Column>>}
   */
  async columns(names) {
    const { facets: known } = this.manifest; // their files come after that of the dates
    const chosen = [...new Set(names)].filter((name) => known.includes(name));
    const columns = await Promise.all(
      chosen.map((name) => this.file("facets", 1 + known.indexOf(name), facets.decodeColumn)),
    );
    return Object.fromEntries(chosen.map((name, position) => [name, columns[position]]));
  }

  dates() {
    return this.file("facets", 0, facets.decodeDates);
  }
}

/**
 * Return, for a facet, which of its values are looked for. What folds words is loaded only if a
 * reader typed a part of a value.
 * @param {Record<string, string>} fragments
 */
const matcher = async (fragments) => {
  if (!Object.values(fragments).some(Boolean)) return () => () => true;
  const { fold } = await import("./search-query.js");
  /** @param {string} name */
  return (name) => {
    const part = fold(fragments[name] ?? "");
    return (/** @type {string} */ value) => !part || fold(value).includes(part);
  };
};

/* As a worker: answer every message, in whatever order the answers come. */
if ("WorkerGlobalScope" in globalThis) {
  const index = new Index(fetchFrom(new URL("../search/", import.meta.url)));
  globalThis.addEventListener("message", async ({ data: { id, request } }) => {
    try {
      const answer = await (request ? index.search(request) : index.open());
      globalThis.postMessage({ id, answer });
    } catch (error) {
      globalThis.postMessage({ id, error: errorName(error) });
    }
  });
}
