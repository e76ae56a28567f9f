/* The files of the index: loaded once, and again where they are missing because the site was updated. */

import { readHeader } from "./search-codec.js";
import { SCHEMA } from "./search-format.js";
import { floorIndex } from "./search-postings.js";

export class IndexMissing extends Error {}
export class SchemaMismatch extends Error {}

/** The files of one site's index. */
export class IndexFiles {
  /**
   * @param {(path: string, cache: RequestCache) => Promise<Uint8Array>} read - returns the
   *   uncompressed bytes of a file of `search/`
   */
  constructor(read) {
    this.read = read;
    /** @type {Map<string, Promise<any>>} */
    this.files = new Map();
    /** @type {Set<string>} */
    this.failed = new Set();
    /** @type {Promise<Search.Manifest> | null} */
    this.opening = null;
    /** Set by `open`, before any other method is called. */
    this.manifest = /** @type {Search.Manifest} */ ({});
  }

  /** Load the manifest; again if it must be fresh. */
  async open(isFresh = false) {
    if (isFresh || !this.opening) {
      this.opening = this.read("manifest.bin", "no-cache").then((data) => {
        const { head } = readHeader(data);
        if (head.schema !== SCHEMA) throw new SchemaMismatch("another version of the index");
        this.files.clear();
        return head;
      });
      this.opening.catch(() => {
        this.opening = null;
      });
    }
    this.manifest = await this.opening;
    return this.manifest;
  }

  /**
   * Return the number of the last file of a folder that begins with a value or before it, and what
   * it begins with; -1 where the folder is empty. In a divided index a list of files is loaded.
   * @template {string | number} T
   * @param {"words" | "beginnings" | "endings" | "lines"} folder
   * @param {T} value
   * @returns {Promise<{ position: number, bound: T }>}
   */
  async locate(folder, value) {
    const bounds = /** @type {T[]} */ (this.manifest[folder]);
    const position = floorIndex(bounds, value);
    const first = this.manifest.firsts?.[folder][position];
    if (first === undefined) return { position, bound: bounds[position] };
    const list = await this.list(folder, position);
    const within = floorIndex(list.bounds, value);
    return { position: first + within, bound: list.bounds[within] };
  }

  /**
   * Load a list of files, which a divided index has.
   * @param {string} folder
   * @param {number} position
   * @returns {Promise<{ bounds: any[], files: string[] }>}
   */
  list(folder, position) {
    const name = this.manifest.files[folder][position];
    return this.named("files", name, (data) => readHeader(data).head);
  }

  /**
   * Load a file by its folder and its position there.
   * @template T
   * @param {string} folder
   * @param {number} position
   * @param {(data: Uint8Array) => T} unpack
   * @returns {Promise<T>}
   */
  async file(folder, position, unpack) {
    const firsts = this.manifest.firsts?.[folder];
    if (!firsts) return this.named(folder, this.manifest.files[folder][position], unpack);
    const place = floorIndex(firsts, position);
    const list = await this.list(folder, place);
    return this.named(folder, list.files[position - firsts[place]], unpack);
  }

  /**
   * Load a file by its name, which is a digest of its content: it never changes.
   * @template T
   * @param {string} folder
   * @param {string} name
   * @param {(data: Uint8Array) => T} unpack
   * @returns {Promise<T>}
   */
  named(folder, name, unpack) {
    const path = `${folder}/${this.manifest.firsts ? `${name[0]}/` : ""}${name}.bin`;
    const known = this.files.get(path);
    if (known) return known;
    const loading = this.read(path, this.failed.has(path) ? "reload" : "default").then(unpack);
    this.files.set(path, loading);
    loading.catch(() => {
      this.files.delete(path); // so that it is loaded again
      this.failed.add(path); // not from the browser's cache, which may hold what came instead
    });
    return loading;
  }
}

/**
 * Read files over the network. Some hosts answer every address with a page, so what cannot be
 * uncompressed is missing too.
 * @type {(root: URL) => (path: string, cache: RequestCache) => Promise<Uint8Array>}
 */
export const fetchFrom = (root) => async (path, cache) => {
  const response = await fetch(new URL(path, root), { cache });
  if (!response.ok || !response.body) throw new IndexMissing(path);
  try {
    const stream = response.body.pipeThrough(new DecompressionStream("deflate"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch (error) {
    if (typeof DecompressionStream === "undefined") {
      throw new SchemaMismatch("this browser is too old", { cause: error });
    }
    throw new IndexMissing(path, { cause: error });
  }
};

/**
 * Return the word for an error that the page has a label for.
 * @type {(error: unknown) => "foreign" | "missing" | "offline"}
 */
export const errorName = (error) => {
  if (error instanceof SchemaMismatch) return "foreign";
  return error instanceof IndexMissing ? "missing" : "offline";
};
