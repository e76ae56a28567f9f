/* What the search page is asked for, as its address has it: so an answer can be linked, and the
   browser's back button works. */

import { FACETS, OWN_KIND_PREFIX } from "./search-format.js";

export const SORTS = ["", "newest", "oldest"];

/**
 * Return the facets among names, in the order of the page: those of a person's own kinds of names
 * stand after the kinds that rules find.
 * @type {(names: Iterable<string>) => string[]}
 */
export const facetsOf = (names) => {
  const known = new Set(names);
  const own = [...known].filter((name) => name.startsWith(OWN_KIND_PREFIX)).sort();
  const place = FACETS.indexOf("place") + 1;
  const every = [...FACETS.slice(0, place), ...own, ...FACETS.slice(place)];
  return every.filter((name) => known.has(name));
};

/**
 * Return the state that the query part of an address says.
 * @param {string} search - such as `?q=bridge&person=Ana+Ruiz`
 * @returns {Search.State}
 */
export const stateFromUrl = (search) => {
  const parameters = new URLSearchParams(search);
  /** @param {string} name */
  const get = (name) => parameters.get(name) ?? "";
  const chosen = facetsOf(parameters.keys());
  return {
    query: get("q"),
    after: get("from"),
    before: get("to"),
    sort: SORTS.includes(get("sort")) ? get("sort") : "",
    page: Math.max(1, Number.parseInt(get("page"), 10) || 1),
    filters: Object.fromEntries(chosen.map((name) => [name, parameters.getAll(name)])),
  };
};

/**
 * Return the query part of the address for a state; "" where nothing is asked for.
 * @type {(state: Search.State) => string}
 */
export const urlFromState = ({ query, after, before, sort, page, filters }) => {
  const parameters = new URLSearchParams();
  if (query) parameters.set("q", query);
  for (const [name, values] of Object.entries(filters)) {
    for (const value of values) parameters.append(name, value);
  }
  if (after) parameters.set("from", after);
  if (before) parameters.set("to", before);
  if (sort) parameters.set("sort", sort);
  if (page > 1) parameters.set("page", String(page));
  const text = parameters.toString();
  return text && `?${text}`;
};

/**
 * Return chosen values after one of them was chosen or taken back.
 * @param {Search.State["filters"]} filters
 * @param {string} facet
 * @param {string} value
 * @param {boolean} isChosen
 * @returns {Search.State["filters"]}
 */
export const withValue = (filters, facet, value, isChosen) => {
  const { [facet]: chosen = [], ...others } = filters;
  const values = chosen.filter((other) => other !== value);
  if (isChosen) values.push(value);
  return values.length ? { ...others, [facet]: values } : others;
};

/**
 * Whether a state chooses or sorts documents, with words or without.
 * @type {(state: Search.State) => boolean}
 */
export const hasChoice = ({ filters, after, before, sort }) =>
  Boolean(Object.keys(filters).length || after || before || sort);
