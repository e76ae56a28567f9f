/* The values that the search's scripts hand to each other. Here, because a site needs none of it:
   readers load the scripts with their comments. */

type SearchIndex = import("../../generator/theme/assets/search-engine.js").Index;
type SearchWords = typeof import("../../generator/theme/assets/search-query.js");

declare namespace Search {
  /** A word as it is looked for. */
  interface QueryWord {
    word: string;
    /** Whether longer words that begin with it count too. */
    begins?: boolean;
    /** Whether no other form counts. */
    exact?: boolean;
    /** Whether it is a pair of characters of a script without spaces. */
    piece?: boolean;
    /** Words that do as well. */
    others?: QueryWord[];
  }

  /** What a reader typed. Phrases are rows of words, as a text that is lined up has them. */
  interface Query {
    /** Of the index that the query is for. */
    schema: number;
    words: QueryWord[];
    phrases: string[];
    /** Words that must not be there. */
    without: QueryWord[];
    /** Phrases that must not be there. */
    unphrased: string[];
    /** Words typed with accents. */
    accents: string[];
    /** Words of the author's name. */
    authors: string[];
    /** The first and the last date, typed in whole or in part; "" for none. */
    after: string;
    before: string;
    /** Whether OR stands where it means nothing. */
    refused: boolean;
    /** All words side by side. */
    row: string;
    /** Whether only a part of what was typed is used. */
    cut: boolean;
  }

  /** The one file of the index whose name stays; it names all others, by their folders. */
  interface Manifest {
    schema: number;
    build: string;
    entries: number;
    /** In the order of the entries, with how many there are. */
    kinds: [kind: string, count: number][];
    /** The first word of each file, in a divided index of each list of files. */
    words: string[];
    beginnings: string[];
    endings: string[];
    /** The first entry of each file. */
    lines: number[];
    common: string[];
    prefixes?: string[];
    facets: string[];
    files: Record<string, string[]>;
    /** In a divided index, whose `files` are lists of files: the first file of each list. */
    firsts?: Record<string, number[]>;
  }

  type ReadFile = (path: string, cache: RequestCache) => Promise<Uint8Array>;

  /** The postings of a word: encoded lists of entries. */
  interface Postings {
    word: string;
    /** Where the list is long, only the best of its entries. */
    text: Uint8Array;
    /** The others, once they are loaded. */
    rest: Uint8Array;
    title: Uint8Array;
    /** Other forms of the word. */
    forms: string[];
    /** How many entries a long list has; 0 for other lists. */
    whole: number;
    /** The file that has the rest of a long list. */
    where?: string;
    /** How many texts have the word. */
    entries: number;
  }

  type WeightedPostings = Postings & { weight: number };

  /** A word of a query with its postings; `instead` are the words that were taken in its place. */
  interface Term {
    word: string;
    lists: WeightedPostings[];
    instead: string;
  }

  /** What is counted for each entry, by its number. */
  interface Tally {
    scores: Float32Array;
    /** The number of the last word that it has. */
    last: Uint8Array;
    /** How many words of the query it has. */
    words: Uint8Array;
    /** How many of them are in one of its names. */
    inTitle: Uint8Array;
    /** How much of such a name they are. */
    coverage: Float32Array;
  }

  /** A column of values: for each value the documents that have it. */
  interface Column {
    values: string[];
    lists: Uint32Array[];
    documents: number;
  }

  /** A document that fits every choice but perhaps one, with the name of that one. */
  type Candidate = [document: number, missed: string | undefined];

  /** What a reader chose: values by facet, and dates typed in whole or in part. */
  interface Choice {
    filters: Record<string, string[]>;
    after: string;
    before: string;
  }

  interface Options extends Partial<Choice> {
    from?: number;
    count?: number;
    sort?: string;
    /** Facets whose values are counted. */
    facets?: string[];
    /** By facet, a text that its values must contain to be counted. */
    fragments?: Record<string, string>;
    /** Whether the exact number of results is wanted. */
    whole?: boolean;
  }
  type Request = Options & { query: string };
  type ParsedRequest = Options & { query: Query };

  interface Result {
    number: number;
    kind: string;
    address: string;
    title: string;
    date: string;
    authors: string[];
    /** The kind of a document. */
    genre: string;
    collection: string;
    documents: number;
  }

  interface Counts {
    values: [value: string, count: number][];
    /** How many further values there are. */
    more: number;
  }

  interface Answer {
    query: Query;
    total: number;
    /** Whether there may be more: not all lists were read to their end. */
    more: boolean;
    results: Result[];
    /** Words to be marked. */
    marks: string[];
    /** Words that nobody wrote, with those that were taken in their place. */
    instead: [word: string, others: string][];
    /** How many words the best entries have, and how many were looked for. */
    matched: [most: number, all: number];
    facets: Record<string, Counts>;
    years: [year: number, count: number][];
    /** Where phrases decide: how many results fit among the first `looked`. */
    kept?: number;
    looked?: number;
    /** Whether all were looked at. */
    complete?: boolean;
  }

  interface Found {
    answer: Answer;
    rules: SearchWords;
    request: Request;
  }

  /** A result with the text of its page. */
  interface Passage {
    result: Result;
    text: string[];
    hasPhrase: boolean;
    points: number;
  }

  type Span = [start: number, end: number];
  type TimeSpan = [first: number, last: number, count: number];
  type Nodes = (string | HTMLElement)[];

  /** What the search page is asked for. */
  interface State extends Choice {
    query: string;
    sort: string;
    /** From 1. */
    page: number;
  }

  type Values = Record<string, string | number>;
  type Label = (key: string, values?: Values) => string;
  type Engine = (request: ParsedRequest | null) => Promise<any>;
  type Timer = ReturnType<typeof setTimeout> | undefined;
}

/* What Material's scripts have in `window`, and what base.js puts there for them. */
interface Window {
  document$?: { subscribe(action: () => void): void; next(shown: Document): void };
  /** In a copy of a site that is opened from disk (generator/exporting/assets/offline.js). */
  seedbedOffline?: {
    define(name: string, run: (url: string) => Record<string, unknown>): void;
    require(address: string): Record<string, unknown>;
    load(address: string): Promise<Record<string, unknown>>;
    addText(path: string, text: string): void;
    addBytes(path: string, base64: string): void;
  };
  __md_scope: URL;
  __md_hash(text: string): number;
  __md_get(key: string, storage?: Storage, scope?: URL): any;
  __md_set(key: string, value: unknown, storage?: Storage, scope?: URL): void;
}
