/* Asks the index, in a worker where there is one, and loads the labels for the answers. What only a
   search needs is loaded with the first one, all of it at once: the reader of the index
   (search-engine.js and what it imports) and what makes words of texts and queries
   (search-query.js). */

export const ROOT = new URL("../", import.meta.url);

/**
 * Return the address of a result; on disk, that of the first page in a folder.
 * @type {(address: string) => string}
 */
export const pageUrl = (address) => {
  const url = new URL(address, ROOT);
  if (url.protocol === "file:" && url.pathname.endsWith("/")) url.pathname += "index.html";
  return url.href;
};

const placeholder = document.querySelector(".md-search-result__meta");

/** The language of the labels, which need not be that of the page. */
export const LANGUAGE = placeholder?.getAttribute("lang") || document.documentElement.lang || "en";

/** @type {(number: number) => string} */
export const formatNumber = (number) => number.toLocaleString(LANGUAGE);

/**
 * Return a function that loads a module when it is needed. Some browsers never ask again for one
 * that did not come: it has another address then.
 * @type {(name: string) => () => Promise<any>}
 */
const lazyImport = (name) => {
  let tries = 0;
  return () =>
    import(`./${name}${tries ? `?${tries}` : ""}`).catch((error) => {
      tries += 1;
      throw error;
    });
};

const importLabels = lazyImport("../search/labels.js");

/** @type {() => Promise<SearchWords>} */
export const loadWords = lazyImport("search-query.js");

/**
 * Load the labels of a part of the search from the file that the build wrote beside the index. The
 * function that is returned puts values into a label, and takes its form for one or for many (`n`)
 * where it has both; "" for no label.
 * @type {(part: "search" | "search_page") => Promise<Search.Label>}
 */
export const loadLabels = async (part) => {
  /** @type {Record<string, string | string[]>} */
  const labels = (await importLabels())[part];
  return (key, values = {}) => {
    const entry = labels[key] ?? "";
    const text = Array.isArray(entry) ? entry[values.n === 1 ? 0 : 1] : entry;
    return text.replace(/\{(\w+)\}/g, (whole, name) => {
      const value = values[name] ?? whole;
      return typeof value === "number" ? formatNumber(value) : value;
    });
  };
};

/** @type {Search.Label} */
let labelOf = () => "Search could not be loaded. Look at the connection, then type again.";

/** @type {Promise<void> | null} */
let labelsLoading = null;

/** Load the labels of answers; if that fails, the next search tries again. */
const ensureLabels = () => {
  labelsLoading ??= loadLabels("search").then((loaded) => {
    labelOf = loaded;
  });
  labelsLoading.catch(() => {
    labelsLoading = null;
  });
  return labelsLoading;
};

/** @type {Search.Label} */
export const label = (key, values) => labelOf(key, values);

/**
 * Return why there is no answer, in words for people.
 * @type {(error: unknown) => string}
 */
export const errorMessage = (error) => {
  const { message } = /** @type {Error} */ (error);
  return label(`search_${message}`) || label("search_offline");
};

/** @returns {Promise<Search.Engine>} */
const searchInPage = async () => {
  const [{ Index }, { errorName, fetchFrom }] = await Promise.all([
    import("./search-engine.js"),
    import("./search-files.js"),
  ]);
  const index = new Index(fetchFrom(new URL("search/", ROOT)));
  return async (request) => {
    try {
      return await (request ? index.search(request) : index.open());
    } catch (error) {
      throw new Error(errorName(error), { cause: error });
    }
  };
};

/** @returns {Promise<Search.Engine>} */
const searchInWorker = () =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL("search-engine.js", import.meta.url), { type: "module" });
    const waiting = new Map();
    let last = 0;
    /** @type {Search.Engine} */
    const engine = (request) =>
      new Promise((resolveAnswer, rejectAnswer) => {
        last += 1;
        waiting.set(last, { resolveAnswer, rejectAnswer });
        worker.postMessage({ id: last, request });
      });
    worker.addEventListener("message", ({ data: { id, answer, error } }) => {
      resolve(engine);
      const { resolveAnswer, rejectAnswer } = waiting.get(id);
      waiting.delete(id);
      if (error) rejectAnswer(new Error(error));
      else resolveAnswer(answer);
    });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      reject(event);
    });
    engine(null).catch(() => {}); // shows that the worker runs; it loads what is needed anyway
  });

const PARTS = [
  "codec",
  "engine",
  "facets",
  "files",
  "format",
  "postings",
  "query",
  "terms",
  "words",
];

/**
 * Return why a script does not load: the site cannot be reached, or it was updated meanwhile. Then
 * it does not have this script any more, or scripts of two versions do not fit together.
 * @param {unknown} error
 */
const whyNotLoaded = async (error) => {
  if (error instanceof SyntaxError) return "foreign";
  const addresses = PARTS.map((part) => new URL(`search-${part}.js`, import.meta.url));
  try {
    const heads = await Promise.all(addresses.map((url) => fetch(url, { method: "HEAD" })));
    return heads.every(({ ok }) => ok) ? "offline" : "foreign";
  } catch {
    return "offline";
  }
};

/** @type {Promise<Search.Engine> | null} */
let engineLoading = null;

/** @param {Search.Request | null} request */
const ask = async (request) => {
  engineLoading ??= searchInWorker().catch(searchInPage);
  engineLoading.catch(() => {
    engineLoading = null;
  });
  const loading = Promise.all([engineLoading, loadWords(), ensureLabels()]);
  const [engine, { parse }] = await loading.catch(async (error) => {
    throw new Error(await whyNotLoaded(error), { cause: error });
  });
  return engine(request && { ...request, query: parse(request.query) });
};

/**
 * Load all that a search needs. The message of its errors is `missing`, `foreign` or `offline`.
 * @type {() => Promise<Search.Manifest>}
 */
export const openIndex = () => ask(null);

/**
 * Ask the index. The message of its errors is `missing`, `foreign` or `offline`.
 * @type {(request: Search.Request) => Promise<Search.Answer>}
 */
export const search = (request) => ask(request);
