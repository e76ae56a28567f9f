"""Search without a server: an index in small files, of which a query needs a few.

docs-site/docs/developers/search-format.md describes the files. The client that reads them is in the
theme.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from typing import NamedTuple

import msgspec
import numpy as np

from generator.model import OutputFile, PagePath
from generator.search import (
    facets,
    file_encoding,
    shards,
    split_postings,
    stemming,
    title_postings,
)
from generator.search.index_files import FOLDER, IndexFiles, Listed, content_name
from generator.search.postings import Postings
from generator.search.postings_blocks import (
    BLOCK_SIZE,
    IndexInput,
    PostingsBlock,
    UpdatedBlocks,
    update_blocks,
)
from generator.search.saved_parts import SavedParts, digest
from generator.search.search_entries import OWN_KIND_PREFIX, SearchEntry
from generator.text import is_unspaced, split_words
from generator.text.term_counts import CorpusTerms, terms_in_memory
from generator.text.vocabulary import Vocabulary

SCHEMA = 6
"""The version of the format; a client refuses an unknown one."""

MANIFEST = PagePath(f"{FOLDER}/manifest.bin")
"""The only file of the index with a constant name: it names all others."""

FACETS = (
    *("author", "person", "organization", "place"),
    *("language", "section", "collection", "genre"),
)
_REMAINDERS = "rests"
"""The folder of remainders. The manifest does not list its files: the top part of a list has the
name of the file with its remainder."""
_DIVIDED_FROM = 200_000
"""Entries from which on the manifest names lists of files. It has some 14 bytes for each of its
names, 40 kB for 100,000 entries; a list costs a reader one more round of requests."""
_THREADS = 2
"""Threads that compress files, a third of the time, while the next files are built."""
CORRECTABLE_LENGTHS = range(4, 33)
"""Lengths of words that a client suggests for a mistyped one."""


def build_index(
    entries: Sequence[SearchEntry],
    terms: CorpusTerms | None = None,
    divided_from: int = _DIVIDED_FROM,
) -> Iterator[OutputFile]:
    """Yield the files of the index, the manifest last.

    `entries` begin with the documents. `terms` has the words of the first entries; the texts of
    the entries themselves are indexed too. An index of at least `divided_from` entries has lists
    of files. Memory: 4 kB a document.
    """
    files = update_index(entries, terms, LastIndex(), divided_from).files
    return (file for file in files if isinstance(file, OutputFile))


@dataclass(frozen=True, slots=True)
class LastIndex:
    """What is left of the last index."""

    intact: Set[str] = frozenset()
    """The paths of its files."""
    blocks: Mapping[int, PostingsBlock] = field(default_factory=dict)
    """The words of its entries, by the number of the block."""
    parts: SavedParts = field(default_factory=SavedParts)


class UpdatedIndex(NamedTuple):
    """A new index."""

    files: Iterator[OutputFile | PagePath]
    """Its files; of those that exist already the path alone."""
    texts: UpdatedBlocks
    """The words of its entries."""
    parts: SavedParts
    """Its parts, complete when all files were taken."""


def update_index(
    entries: Sequence[SearchEntry],
    terms: CorpusTerms | None,
    last: LastIndex,
    divided_from: int = _DIVIDED_FROM,
    block_size: int = BLOCK_SIZE,
) -> UpdatedIndex:
    """Return the files of the index; what is left of the last one is not made again.

    The last one must have had blocks of as many entries.

    A file is named by its content, so that a reader's cache never mixes a new index with an old
    one, and unchanged files are neither written nor fetched again.
    """
    languages = stemming.languages_by_frequency(
        entry.language for entry in entries if entry.language
    )
    terms = terms_in_memory(()) if terms is None else terms
    texts = update_blocks(_index_input(entries, terms, languages), last.blocks, block_size)
    dictionary = _dictionary(entries, texts, list(languages) or [""])
    parts = SavedParts()
    files = _files(entries, dictionary, last, parts, is_divided=len(entries) >= divided_from)
    return UpdatedIndex(files, texts, parts)


def _files(
    entries: Sequence[SearchEntry],
    dictionary: _Dictionary,
    last: LastIndex,
    parts: SavedParts,
    *,
    is_divided: bool,
) -> Iterator[OutputFile | PagePath]:
    with ThreadPoolExecutor(_THREADS) as threads:
        files = IndexFiles(threads, last.intact, last.parts, parts, is_divided)
        yield from _index(entries, dictionary, files)


def _index(
    entries: Sequence[SearchEntry], dictionary: _Dictionary, files: IndexFiles
) -> Iterator[OutputFile | PagePath]:
    listed: dict[str, Listed[str] | Listed[int]] = {**_add_words(files, dictionary)}
    yield from files.drain()
    lines = [_result_line(entry) for entry in entries]
    listed["lines"] = files.add_shards("lines", shards.shard_results(lines))
    documents = [entry for entry in entries if entry.kind == "document"]
    columns = _add_columns(files, documents)
    names = {folder: of_folder.names for folder, of_folder in listed.items()}
    manifest: dict[str, object] = {
        "schema": SCHEMA,
        "entries": len(entries),
        "kinds": [[kind, len(list(group))] for kind, group in groupby(entries, _kind)],
        "common": dictionary.common,
        "prefixes": stemming.attached_prefixes(dictionary.languages),
        **{folder: of_folder.bounds for folder, of_folder in listed.items()},
        "facets": columns,
        "files": {**names, "facets": list(files.names["facets"])},
    }
    if files.is_divided:
        manifest["firsts"] = {folder: of_folder.firsts for folder, of_folder in listed.items()}
    manifest["build"] = content_name(json.dumps(manifest).encode())
    yield from files.drain()
    yield OutputFile(MANIFEST, file_encoding.compress(file_encoding.with_header(manifest)))


class _Dictionary(msgspec.Struct, frozen=True):
    """All words of an index, sorted, with their postings."""

    words: list[str]
    texts: Postings
    titles: Postings
    common: tuple[str, ...]
    languages: Sequence[str]
    """By their ranks."""


def _dictionary(
    entries: Sequence[SearchEntry], texts: UpdatedBlocks, languages: Sequence[str]
) -> _Dictionary:
    """Return all words of texts and of titles with their postings."""
    vocabulary = Vocabulary()
    in_blocks = texts.word_ids(vocabulary)
    names = title_postings.split_titles(entries, vocabulary)
    in_order = shards.sort_utf16(vocabulary.words)
    positions = np.empty(len(in_order), np.int64)
    positions[vocabulary.ids(in_order)] = np.arange(len(in_order))
    in_texts = texts.merged([positions[ids] for ids in in_blocks], len(in_order))
    common = shards.near_universal(in_texts.entry_counts, len(entries))
    in_titles = title_postings.build_title_postings(names, common, positions)
    common_words = tuple(in_order[position] for position in common.tolist())
    return _Dictionary(in_order, in_texts, in_titles, common_words, languages)


def _index_input(
    entries: Sequence[SearchEntry], terms: CorpusTerms, languages: Mapping[str, int]
) -> IndexInput:
    """Return the words of all entries, authors included.

    An entry without a language has the most frequent one.
    """
    return IndexInput(
        terms=terms,
        extra=[split_words("\n".join((*entry.texts, *entry.authors))) for entry in entries],
        lengths=[entry.length for entry in entries],
        language_ranks=[languages.get(entry.language or "", 0) for entry in entries],
    )


def _add_words(files: IndexFiles, dictionary: _Dictionary) -> dict[str, Listed[str]]:
    """Add the words with their postings, and the vocabularies for prefixes and for mistakes."""
    words, texts, titles = dictionary.words, dictionary.texts, dictionary.titles
    entry_counts = np.where(texts.entry_counts > 0, texts.entry_counts, titles.entry_counts)
    counts = dict(zip(words, entry_counts.tolist(), strict=True))
    ranks = zip(words, texts.language_ranks.tolist(), strict=True)
    groups = stemming.stem_groups({word: dictionary.languages[rank] for word, rank in ranks})
    forms = shards.related_forms(groups.values(), counts)
    split = split_postings.split_long_postings(texts, titles, files.last, files.parts)
    file_names = files.add_scattered(_REMAINDERS, shards.shard_remainders(words, split))
    top = {
        word: shards.TopPostings(split.lists[word].top, name) for word, name in file_names.items()
    }
    spaced = {
        word: count for word, count in counts.items() if word.isascii() or not is_unspaced(word)
    }
    reversed_ = {
        word[::-1]: count for word, count in spaced.items() if len(word) in CORRECTABLE_LENGTHS
    }
    return {
        "words": files.add_shards("words", shards.shard_postings(words, texts, titles, top, forms)),
        "beginnings": files.add_shards("beginnings", shards.shard_vocabulary(spaced)),
        "endings": files.add_shards("endings", shards.shard_vocabulary(reversed_)),
    }


def _add_columns(files: IndexFiles, documents: Sequence[SearchEntry]) -> list[str]:
    """Add the dates and a column for each facet that occurs; return the names of these facets."""
    dates = [document.date for document in documents]
    files.add_made("facets", digest(dates), partial(facets.encode_dates, dates))
    present = {name for document in documents for name, values in document.facets.items() if values}
    used = [name for name in FACETS if name in present]
    used += sorted(name for name in present if name.startswith(OWN_KIND_PREFIX))
    for name in used:
        values = [document.facets.get(name, ()) for document in documents]
        files.add_made("facets", digest(values), partial(facets.encode_column, values))
    return used


def _kind(entry: SearchEntry) -> str:
    return entry.kind


def _result_line(entry: SearchEntry) -> bytes:
    """Return what a result shows.

    Address, title, date, authors, kind of document, collection, number of documents.
    """
    fields = [
        entry.address,
        entry.title,
        entry.date or "",
        list(entry.authors),
        entry.genre or "",
        entry.collection or "",
        entry.documents,
    ]
    while len(fields) > 1 and not fields[-1]:
        fields.pop()
    return msgspec.json.encode(fields)
