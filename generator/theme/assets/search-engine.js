/* The reader of the search index: a query in, result lines and counts out. It knows no page, so it
   runs in a worker, in a page, or in Node; docs/about/search-format.md describes what it reads. A
   query comes taken apart (search-words.js), so nothing is loaded before the index but this. */

const SCHEMA = 4;
const SHORT = 4; // letters of a word that is guessed at, but never cut down to another
const ENOUGH = 100; // entries with a word, or a quarter of all: who finds so many meant no longer word

/* Whether one slip of the keyboard lies between two words: a letter more, less, other, or swapped. */
export const oneSlip = (one, other) => {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1 || one === other) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  if (long.length > short.length) return short.slice(at) === long.slice(at + 1);
  if (short.slice(at + 1) === long.slice(at + 1)) return true;
  return short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2);
};

const LEAST = 3; // letters of a word that may have a prefix
const MOST_LONGER = 16; // words that begin as one that was typed
const MOST_PAIRS = 200; // pairs of signs that begin with one
const ABOUT = 0.5; // what pages about the site count beside the documents that people came for

export class Missing extends Error {}
export class Foreign extends Error {}

/* The index of one site. `read(path, cache)` gives the unpacked bytes of a file of `search/`. */
export class Index {
  constructor(read) {
    this.read = read;
    this.files = new Map();
    this.failed = new Set();
  }

  async open(fresh = false) {
    if (fresh || !this.opening) {
      this.opening = this.read("manifest.bin", "no-cache").then((data) => {
        const { head } = framed(data);
        if (head.schema !== SCHEMA) throw new Foreign("another version of the index");
        this.files.clear();
        return head;
      });
      this.opening.catch(() => { this.opening = null; });
    }
    this.manifest = await this.opening;
    return this.manifest;
  }

  /* Find what is asked for; when the site was built anew in the meantime, in the new index. */
  async find(request) {
    if (request.query?.schema !== SCHEMA) throw new Foreign("a page of another version");
    const { build } = await this.open();
    try {
      return await this.answer(request);
    } catch (error) {
      if (!(error instanceof Missing)) throw error;
      if ((await this.open(true)).build === build) throw error;
      return this.answer(request);
    }
  }

  /* A file by its folder and its place there; its name says what is in it, so it never changes. */
  file(folder, at, unpack) {
    return this.named(folder, this.manifest.files[folder][at], unpack);
  }

  named(folder, name, unpack) {
    const path = `${folder}/${name}.bin`;
    if (!this.files.has(path)) {
      const coming = this.read(path, this.failed.has(path) ? "reload" : "default").then(unpack);
      coming.catch(() => {
        this.files.delete(path); // so that it is asked for again
        this.failed.add(path); // and not of the browser's cache, which may hold what came instead
      });
      this.files.set(path, coming);
    }
    return this.files.get(path);
  }

  async answer({ query, from = 0, count = 10, filters = {}, after = "", before = "", kind = "", sort = "", facets = [], fragments = {}, whole = false }) {
    const { entries, kinds } = this.manifest;
    const documents = kinds.length && kinds[0][0] === "document" ? kinds[0][1] : 0;
    const only = Object.keys(filters).length || after || before; // who has no date is no document
    const best = !whole && !only && !kind && !sort && !facets.length && from + count <= ENOUGH;
    const found = await this.matches(query, entries, best);
    let numbers = found.numbers;
    if (!query.words.length && (only || sort)) numbers = everything(documents, found.without);
    if (only) numbers = numbers.filter((number) => number < documents);
    if (kind) numbers = numbers.filter((number) => this.kindOf(number) === kind);
    const columns = await this.columns([...Object.keys(filters), ...facets]);
    const { fold } = Object.values(fragments).some(Boolean) ? await import("./search-words.js") : { fold: String };
    const dates = after || before || facets.length || sort ? await this.dates() : null;
    const chosen = only || facets.length ? choose(numbers, columns, filters, dates, day(after, 0), day(before, 99)) : { numbers, all: [] };
    numbers = chosen.numbers;
    const many = numbers.length;
    if (sort === "newest" || sort === "oldest") byDate(numbers, dates, sort);
    else if (query.words.length) numbers = first(numbers, found.scores, from + count);
    else numbers.reverse(); // documents are in the order of time
    return {
      query,
      total: Math.max(many, found.least),
      more: found.more, // than `total`, perhaps: not all lists were read to their end
      lines: await this.lines(numbers.slice(from, from + count)),
      marks: found.marks,
      instead: found.instead,
      matched: found.matched,
      facets: Object.fromEntries(facets.map((name) => [name, counted(columns[name], chosen.all, name, fold, filters[name], fragments[name])])),
      years: facets.length ? years(dates, chosen.all) : [],
      all: entries,
    };
  }

  each(wanted, action) {
    let last = 0;
    for (const [kind, many] of this.manifest.kinds) {
      for (let number = last; kind === wanted && number < last + many; number += 1) action(number);
      last += many;
    }
  }

  kindOf(number) {
    let last = 0;
    for (const [kind, many] of this.manifest.kinds) {
      last += many;
      if (number < last) return kind;
    }
    return "";
  }

  async lines(numbers) {
    const starts = this.manifest.lines;
    const blocks = numbers.map((number) => place(starts, number));
    const read = await Promise.all(blocks.map((block) => this.file("lines", block, json)));
    return numbers.map((number, at) => {
      const [address, title, date = "", authors = [], source = "", documents = 0] = read[at][number - starts[blocks[at]]];
      return { number, kind: this.kindOf(number), address, title, date, authors, source, documents };
    });
  }

  async columns(names) {
    const { facets } = this.manifest; // behind the dates
    const known = [...new Set(names)].filter((name) => facets.includes(name));
    const read = await Promise.all(known.map((name) => this.file("facets", 1 + facets.indexOf(name), column)));
    return Object.fromEntries(known.map((name, at) => [name, read[at]]));
  }

  dates() {
    return this.file("facets", 0, (data) => {
      const { body } = framed(data);
      let last = 0;
      return Int32Array.from(numbersIn(body), (step) => (last += step % 2 ? -(step + 1) / 2 : step / 2));
    });
  }

  /* Which entries have the words, with a score; where none has all of them, those with most. */
  async matches(query, entries, best) {
    const common = new Set(this.manifest.common);
    const telling = query.words.filter((one) => one.exact || !common.has(one.word));
    const asked = telling.length ? telling : query.words;
    // Of a frequent word the best entries are enough, unless something else decides with it.
    const alone = best && asked.length === 1 && !query.without.length && !query.phrases.length && !query.unphrased.length;
    const [terms, without] = await Promise.all([
      Promise.all(asked.map((one) => this.term(one))),
      Promise.all(query.without.map((one) => this.term({ ...one, exact: true }))),
    ]);
    if (!alone) await this.complete([...terms.flatMap((term) => needed(term, best)), ...without.flatMap((term) => term.lists)]);
    const more = terms.some((term) => term.lists.some((list) => list.whole && !list.rest.length));
    const least = alone ? Math.max(0, ...terms[0].lists.map((list) => (list.whole ? list.entries : 0))) : 0;
    const scores = new Float32Array(entries);
    const seen = new Uint8Array(entries); // the last word that was found there
    const many = new Uint8Array(entries); // how many words were
    const named = new Uint8Array(entries); // how many are in one of its names
    const cover = new Float32Array(entries); // how much of such a name they are
    const first = new Set();
    terms.forEach((term, at) => score(term, at + 1, entries, { scores, seen, many, named, cover }));
    for (const term of without) {
      for (const { text, rest, title } of term.lists) {
        for (const list of [text, rest, title]) postings(list, (number) => { many[number] = 0; first.add(number); });
      }
    }
    let most = 0;
    for (let number = 0; number < entries; number += 1) if (many[number] > most) most = many[number];
    const need = asked.length && most >= Math.ceil(asked.length / 2) ? most : Infinity;
    const numbers = [];
    for (let number = 0; number < entries; number += 1) {
      if (many[number] < need) continue;
      numbers.push(number);
      if (named[number] === asked.length && cover[number] > 0.99) {
        scores[number] += this.kindOf(number) === "document" || this.kindOf(number) === "page" ? 100 : 1000;
      }
    }
    this.each("page", (number) => { scores[number] *= ABOUT; });
    const rarer = terms.filter((term) => !common.has(term.word));
    const shown = rarer.length ? rarer : terms; // "the" in a phrase is marked nowhere else either
    return {
      least,
      more,
      numbers,
      scores,
      without: first,
      matched: [Number.isFinite(need) ? need : 0, asked.length],
      marks: [...new Set(shown.flatMap((term) => term.lists.map((list) => list.word)))],
      instead: terms.filter((term) => term.instead).map((term) => [term.word, term.instead]),
    };
  }

  /* All lists of a word: its own, those of its other forms, of words that it begins, or, where
     nobody ever wrote it, of the words one slip away. */
  async term({ word, begins, exact, piece }) {
    const own = await this.list(word);
    const lists = own ? [{ ...own, weight: 1 }] : [];
    const add = (more, weight) => {
      for (const list of more) if (list && !lists.some((known) => known.word === list.word)) lists.push({ ...list, weight });
    };
    const read = async (others) => Promise.all((await others).map((other) => this.list(other)));
    const often = own?.entries >= Math.min(ENOUGH, this.manifest.entries / 4);
    const [forms, longer] = await Promise.all([
      read(own && !exact ? own.forms : []),
      read(begins && !exact && (piece || !often) ? this.beginning(word, piece ? MOST_PAIRS : MOST_LONGER) : []),
    ]);
    const room = 20 * own?.entries + 200; // a form that is everywhere is another word
    add(forms.filter((list) => list?.entries <= room), 0.6);
    add(longer, own ? 0.3 : 0.7);
    let instead = "";
    if (!own && !exact && !piece) {
      const other = await this.joined(word);
      add([other, ...(other ? await read(other.forms) : [])], 0.8);
      if (other) instead = other.word;
    }
    if (!lists.length && !exact && !piece) {
      add(await read(this.slips(word)), 0.6);
      instead = lists.map((list) => list.word).join(", ");
    }
    return { word, lists, instead };
  }

  /* Fetch what is left of the long lists among some. */
  async complete(lists) {
    const cut = lists.filter((list) => list.whole && !list.rest.length);
    await Promise.all(cut.map(async (list) => {
      const shard = await this.named("rests", list.where, postingsFile);
      list.rest = shard.get(list.word).text;
    }));
  }

  async list(word) {
    const at = place(this.manifest.words, word);
    if (at < 0) return null;
    const shard = await this.file("words", at, postingsFile);
    return shard.get(word);
  }

  /** A word that nobody wrote, as somebody wrote it: with another prefix, with one or without. Its
   *  forms are those of the word that was asked for.
   *  @param {string} word
   *  @returns {Promise<object | null>} */
  async joined(word) {
    const [article, ...others] = this.manifest.prefixes ?? [];
    if (!article || word.length < LEAST) return null;
    const bare = [article, ...others].map((prefix) => (word.startsWith(prefix) ? word.slice(prefix.length) : "")).filter((rest) => rest.length >= LEAST);
    // In two steps: most nouns are found in the first, and others cost a file for each letter.
    const usual = [article + word, ...bare, ...bare.map((rest) => article + rest)];
    const rare = [word, ...bare].flatMap((rest) => others.map((prefix) => prefix + rest));
    for (const step of [usual, rare]) {
      const found = (await Promise.all(step.map((other) => this.list(other)))).find(Boolean);
      if (found) return found;
    }
    return null;
  }

  /* The most frequent words that begin so: from the lists of words, when there are many files. */
  async beginning(word, most) {
    const end = `${word}\uffff`;
    const near = async (name, unpack) => {
      const bounds = this.manifest[name];
      const [low, high] = [Math.max(0, place(bounds, word)), place(bounds, end)];
      if (high < 0 || high - low > 1) return null;
      const files = [];
      for (let at = low; at <= high; at += 1) files.push(this.file(name, at, unpack));
      return (await Promise.all(files)).flatMap((file) => file.startingWith(word));
    };
    const found = (await near("words", postingsFile)) ?? (await near("beginnings", wordsFile)) ?? [];
    const often = found.filter(([other]) => other !== word).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    const kept = [];
    const files = new Set();
    for (const [other] of often) {
      const at = place(this.manifest.words, other);
      if (!files.has(at) && files.size === 4) continue;
      files.add(at);
      if (kept.push(other) === most) break;
    }
    return kept;
  }

  /* Words one slip away. The slip leaves the beginning of a word intact or its end. A short word with
     a letter less is another word: who asks for Peru does not mean "per". */
  async slips(word) {
    if (word.length < SHORT) return [];
    const half = Math.floor(word.length / 2);
    const near = async (name, start) => {
      const bounds = this.manifest[name];
      const [low, high] = [Math.max(0, place(bounds, start)), Math.min(place(bounds, `${start}\uffff`), place(bounds, start) + 3)];
      const files = [];
      for (let at = low; at <= high; at += 1) files.push(this.file(name, at, wordsFile));
      return (await Promise.all(files)).flatMap((file) => file.startingWith(start));
    };
    const reversed = (text) => [...text].reverse().join("");
    const [heads, tails] = await Promise.all([
      near("beginnings", word.slice(0, Math.max(2, half - 1))),
      near("endings", reversed(word.slice(half))),
    ]);
    const all = new Map([...heads, ...tails.map(([other, many]) => [reversed(other), many])]);
    return [...all]
      .filter(([other]) => oneSlip(word, other) && (word.length > SHORT || other.length >= word.length))
      .sort((a, b) => (b[0][0] === word[0]) - (a[0][0] === word[0]) || b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .slice(0, 3)
      .map(([other]) => other);
  }
}

const text = new TextDecoder();
const json = (data) => JSON.parse(text.decode(data));

const framed = (data) => {
  const size = data[0] | (data[1] << 8) | (data[2] << 16) | (data[3] << 24);
  return { head: json(data.subarray(4, 4 + size)), body: data.subarray(4 + size) };
};

/* Where in a sorted list of first things this one belongs; -1 when the list is empty. */
const place = (bounds, wanted) => {
  let low = 0;
  let high = bounds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bounds[middle] <= wanted) low = middle + 1;
    else high = middle;
  }
  return bounds.length ? Math.max(0, low - 1) : -1;
};

function* numbersIn(data) {
  for (let at = 0; at < data.length; ) {
    let number = 0;
    let scale = 1;
    while (data[at] > 0x7f) {
      number += (data[at++] & 0x7f) * scale;
      scale *= 128;
    }
    yield number + data[at++] * scale;
  }
}

const postings = (data, each) => {
  let last = -1;
  for (let at = 0; at < data.length; ) {
    let number = 0;
    let shift = 0;
    while (data[at] > 0x7f) {
      number |= (data[at++] & 0x7f) << shift;
      shift += 7;
    }
    number |= data[at++] << shift;
    last += (number >>> 4) + 1;
    each(last, number & 15);
  }
};

const many = (data) => {
  let sum = 0;
  for (let at = 0; at < data.length; at += 1) if (data[at] < 0x80) sum += 1;
  return sum;
};

/* The first of some entries by their scores, in order; all others are left out unsorted. */
const first = (numbers, scores, count) => {
  const before = (a, b) => scores[b] - scores[a] || a - b;
  const kept = [];
  let least = -Infinity;
  for (const number of numbers) {
    if (scores[number] < least) continue;
    if (kept.push(number) < 2 * count + 50) continue;
    kept.sort(before).length = count;
    if (count) least = scores[kept[count - 1]];
  }
  return kept.sort(before).slice(0, count);
};

/* Scores as BM25 does: rare words say much, and a word in a title says more. */
const score = ({ lists }, turn, entries, { scores, seen, many: counts, named, cover }) => {
  const inTexts = Math.min(entries, lists.reduce((sum, list) => sum + Math.max(list.entries, many(list.title)), 0));
  const rarity = Math.log(1 + (entries - inTexts + 0.5) / (inTexts + 0.5));
  const inTitle = new Set();
  for (const { text: body, rest, title, weight } of lists) {
    const meet = (number, worth, again) => {
      if (seen[number] !== turn) {
        seen[number] = turn;
        counts[number] += 1;
        scores[number] += worth;
      } else scores[number] += worth * again;
    };
    for (const part of [body, rest]) postings(part, (number, impact) => meet(number, (rarity * weight * (impact + 1)) / 16, 0.4));
    postings(title, (number, length) => {
      meet(number, rarity * weight * (0.5 + 0.5 / length), 1);
      if (weight < 0.6 || inTitle.has(number)) return;
      inTitle.add(number);
      named[number] += 1;
      cover[number] += weight / length;
    });
  }
};

/* The lists of a word that are read to their end: for a first answer, of other forms of a frequent
   word the best entries will do. */
const needed = ({ word, lists }, best) => (best && lists[0]?.word === word && lists[0].whole ? lists.slice(0, 1) : lists);

class WordList {
  constructor(sorted, often) {
    this.sorted = sorted;
    this.often = often;
  }

  startingWith(start) {
    let at = place(this.sorted, start);
    if (this.sorted[at] < start) at += 1;
    const found = [];
    for (; at < this.sorted.length && this.sorted[at].startsWith(start); at += 1) found.push([this.sorted[at], this.often[at]]);
    return found;
  }
}

const NONE = new Uint8Array();

class PostingsFile extends WordList {
  constructor({ words: written, sizes, titles = [], forms = {}, whole = {} }, body) {
    super(written.split(" "), sizes.map((size, at) => whole[at]?.[0] ?? size));
    this.forms = forms;
    this.whole = whole;
    let at = 0;
    this.texts = sizes.map((size) => body.subarray(at, (at += size)));
    this.titles = new Map(titles.map(([which, size]) => [which, body.subarray(at, (at += size))]));
  }

  /* A word with its lists; where the list of texts has only the best of its entries, `whole` says how
     many there are, and `where` in which file the rest is. */
  get(word) {
    const at = place(this.sorted, word);
    if (this.sorted[at] !== word) return null;
    const forms = this.forms[at]?.split(" ") ?? [];
    const text = this.texts[at];
    const [whole, where] = this.whole[at] ?? [0];
    return { word, text, rest: NONE, title: this.titles.get(at) ?? NONE, forms, whole, where, entries: whole || many(text) };
  }
}

const postingsFile = (data) => {
  const { head, body } = framed(data);
  return new PostingsFile(head, body);
};
const wordsFile = (data) => {
  const { head } = framed(data);
  return new WordList(head.words.split(" "), head.entries);
};

/* A column of values, unpacked: for each value the documents that have it. */
const column = (data) => {
  const { head: { values, counts, documents }, body } = framed(data);
  let at = 0;
  const bit = () => {
    const found = (body[at >> 3] >> (7 - (at & 7))) & 1;
    at += 1;
    return found;
  };
  const lists = counts.map((count) => {
    let low = 0;
    while (count * 2 ** (low + 1) <= documents) low += 1;
    let last = -1;
    return Uint32Array.from({ length: count }, () => {
      let distance = 0;
      while (bit()) distance += 1;
      for (let one = 0; one < low; one += 1) distance = distance * 2 + bit();
      return (last += distance + 1);
    });
  });
  return { values, lists, documents };
};

/* Which documents have one of some values. */
const having = ({ values, lists, documents }, wanted) => {
  const found = new Uint8Array(documents);
  for (const value of wanted) for (const number of lists[values.indexOf(value)] ?? []) found[number] = 1;
  return found;
};

const everything = (documents, without) => {
  const numbers = [];
  for (let number = 0; number < documents; number += 1) if (!without.has(number)) numbers.push(number);
  return numbers;
};

/* A date typed in part, as the first or last day that it can mean. */
const day = (typed, rest) => {
  const found = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(typed);
  return found ? Number(found.slice(1).map((part) => part ?? String(rest).padStart(2, "0")).join("")) : rest ? Infinity : 0;
};

const byDate = (numbers, dates, sort) => {
  const sign = sort === "newest" ? -1 : 1;
  numbers.sort((a, b) => !dates[a] - !dates[b] || sign * (dates[a] - dates[b]) || a - b);
};

/* Documents that fit every choice, and for each facet those that fit every other choice: so the
   counts beside its values say what choosing them would give. */
const choose = (numbers, columns, filters, dates, low, high) => {
  const wanted = Object.entries(filters).map(([name, values]) => [name, columns[name] ? having(columns[name], values) : []]);
  const bounded = low > 0 || high < Infinity;
  const kept = [];
  const all = [];
  for (const number of numbers) {
    const misses = wanted.filter(([, fits]) => !fits[number]).map(([name]) => name);
    if (bounded && (!dates[number] || dates[number] < low || dates[number] > high)) misses.push("date");
    if (!misses.length) kept.push(number);
    if (misses.length < 2) all.push([number, misses[0]]);
  }
  return { numbers: kept, all };
};

const SHOWN = 20;

const counted = (found, all, name, fold, chosen = [], fragment = "") => {
  if (!found) return { values: [], more: 0 };
  const there = new Uint8Array(found.documents);
  for (const [number, missed] of all) if (!missed || missed === name) there[number] = 1;
  const counts = found.lists.map((list) => list.reduce((sum, number) => sum + there[number], 0));
  const part = fold(fragment);
  const fits = [...counts.keys()].filter((at) => counts[at] && (!part || fold(found.values[at]).includes(part)));
  fits.sort((a, b) => counts[b] - counts[a] || a - b);
  const shown = fits.slice(0, SHOWN);
  for (const value of chosen) {
    const at = found.values.indexOf(value);
    if (at >= 0 && !shown.includes(at)) shown.unshift(at);
  }
  return { values: shown.map((at) => [found.values[at], counts[at]]), more: Math.max(0, fits.length - shown.length) };
};

const years = (dates, all) => {
  const counts = new Map();
  for (const [number, missed] of all) {
    const year = Math.floor(dates[number] / 10000);
    if (year && (!missed || missed === "date")) counts.set(year, (counts.get(year) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => a[0] - b[0]);
};

/* Files over the network. What is there and is no such file is missing too: some hosts answer
   every address with a page. */
export const fetched = (root) => async (path, cache) => {
  const answer = await fetch(new URL(path, root), { cache });
  if (!answer.ok) throw new Missing(path);
  try {
    const unpacked = answer.body.pipeThrough(new DecompressionStream("deflate"));
    return new Uint8Array(await new Response(unpacked).arrayBuffer());
  } catch (error) {
    if (typeof DecompressionStream === "undefined") throw new Foreign("this browser is too old", { cause: error });
    throw new Missing(path, { cause: error });
  }
};

/* As a worker: answers every message, in whatever order the answers come. */
if (typeof WorkerGlobalScope !== "undefined" && globalThis instanceof WorkerGlobalScope) {
  const index = new Index(fetched(new URL("../search/", import.meta.url)));
  globalThis.addEventListener("message", async ({ data: { id, request } }) => {
    try {
      globalThis.postMessage({ id, answer: await (request ? index.find(request) : index.open()) });
    } catch (error) {
      globalThis.postMessage({ id, error: error instanceof Foreign ? "foreign" : error instanceof Missing ? "missing" : "offline" });
    }
  });
}
