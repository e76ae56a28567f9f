"""Search without a server: an index in small files, of which a query needs a few.

docs-site/docs/developers/search-format.md describes the files. The client that reads them is in the
theme.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain, groupby
from operator import attrgetter
from typing import NamedTuple

import msgspec
import numpy as np

from generator.model import OutputFile, PagePath
from generator.search import facets, file_encoding, shards, split_postings, stemming
from generator.search.entry_blocks import EntryBlock, entry_blocks
from generator.search.index_blocks import (
    Dictionary,
    EntryColumns,
    IndexBlock,
    UpdatedBlocks,
    join_blocks,
    update_blocks,
)
from generator.search.index_files import FOLDER, IndexFiles, Listed, content_name
from generator.search.saved_parts import SavedParts, digest
from generator.search.search_entries import OWN_KIND_PREFIX, SearchEntry
from generator.text import is_unspaced
from generator.text.term_counts import CorpusTerms, terms_in_memory

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
    entries: Iterable[SearchEntry],
    terms: CorpusTerms | None = None,
    divided_from: int = _DIVIDED_FROM,
) -> Iterator[OutputFile]:
    """Yield the files of the index, the manifest last.

    `entries` begin with the documents. `terms` has the words of the first entries; the texts of
    the entries themselves are indexed too. An index of at least `divided_from` entries has lists
    of files. Memory: 4 kB a document.
    """
    blocks = entry_blocks(entries, terms.keys if terms else ())
    files = update_index([*blocks], terms, LastIndex(), divided_from).files
    return (file for file in files if isinstance(file, OutputFile))


class LastIndex(msgspec.Struct, frozen=True):
    """What is left of the last index."""

    intact: Set[str] = frozenset()
    """The paths of its files."""
    blocks: Mapping[bytes, IndexBlock] = msgspec.field(default_factory=dict)
    """What was made of its entries, by the fingerprint of the block; the parts have its words."""
    parts: SavedParts = msgspec.field(default_factory=SavedParts)


class UpdatedIndex(NamedTuple):
    """A new index."""

    files: Iterator[OutputFile | PagePath]
    """Its files; of those that exist already the path alone."""
    blocks: UpdatedBlocks
    """What was made of its entries."""
    parts: SavedParts
    """Its parts, complete when all files were taken."""


def update_index(
    entries: Iterable[EntryBlock],
    terms: CorpusTerms | None,
    last: LastIndex,
    divided_from: int = _DIVIDED_FROM,
) -> UpdatedIndex:
    """Return the files of the index; what is left of the last one is not made again.

    A file is named by its content, so that a reader's cache never mixes a new index with an old
    one, and unchanged files are neither written nor fetched again.
    """
    terms = terms or terms_in_memory(())
    updated = update_blocks(entries, terms, last.blocks, last.parts.words)
    dictionary, parts = join_blocks(updated), SavedParts(updated.words)
    columns = [block.columns for block in updated.blocks]
    is_divided = sum(each.entries for each in columns) >= divided_from
    files = _files(columns, dictionary, last, parts, is_divided=is_divided)
    return UpdatedIndex(files, updated, parts)


def _files(
    columns: Sequence[EntryColumns],
    dictionary: Dictionary,
    last: LastIndex,
    parts: SavedParts,
    *,
    is_divided: bool,
) -> Iterator[OutputFile | PagePath]:
    with ThreadPoolExecutor(_THREADS) as threads:
        files = IndexFiles(threads, last.intact, last.parts, parts, is_divided)
        yield from _index(columns, dictionary, files)


def _index(
    columns: Sequence[EntryColumns], dictionary: Dictionary, files: IndexFiles
) -> Iterator[OutputFile | PagePath]:
    listed: dict[str, Listed[str] | Listed[int]] = {**_add_words(files, dictionary)}
    yield from files.drain()
    lines = [*chain.from_iterable(each.lines for each in columns)]
    listed["lines"] = files.add_shards("lines", shards.shard_results(lines))
    used_facets = _add_facets(files, columns)
    names = {folder: of_folder.names for folder, of_folder in listed.items()}
    manifest: dict[str, object] = {
        "schema": SCHEMA,
        "entries": len(lines),
        "kinds": _kinds(columns),
        "common": dictionary.common,
        "prefixes": stemming.attached_prefixes(dictionary.languages),
        **{folder: of_folder.bounds for folder, of_folder in listed.items()},
        "facets": used_facets,
        "files": {**names, "facets": list(files.names["facets"])},
    }
    if files.is_divided:
        manifest["firsts"] = {folder: of_folder.firsts for folder, of_folder in listed.items()}
    manifest["build"] = content_name(json.dumps(manifest).encode())
    yield from files.drain()
    yield OutputFile(MANIFEST, file_encoding.compress(file_encoding.with_header(manifest)))


def _add_words(files: IndexFiles, dictionary: Dictionary) -> dict[str, Listed[str]]:
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


def _add_facets(files: IndexFiles, columns: Sequence[EntryColumns]) -> list[str]:
    """Add the dates and a column for each facet that occurs; return the names of these facets."""
    dates = [each.dates for each in columns]
    files.add_made("facets", digest(dates), partial(facets.join_dates, dates))
    present = {name for each in columns for name in each.facets}
    used = [name for name in FACETS if name in present]
    used += sorted(name for name in present if name.startswith(OWN_KIND_PREFIX))
    for name in used:
        parts = [facets.ColumnPart(each.documents, each.facets.get(name)) for each in columns]
        files.add_made("facets", digest(parts), partial(facets.join_column, parts))
    return used


def _kinds(columns: Sequence[EntryColumns]) -> list[tuple[str, int]]:
    """Return the kinds of entries in their order, each with the number of its entries."""
    runs = chain.from_iterable(each.kinds for each in columns)
    return [
        (kind, sum(run.entries for run in group))
        for kind, group in groupby(runs, attrgetter("kind"))
    ]
