"""Search without a server: an index in small files, of which a query needs a few.

docs/about/search-format.md describes the files; the client that reads them lies in the theme.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from generator.model import OutputFile, PagePath
from generator.search import codec, facets, postings, shards, stemming, title_postings, top_postings
from generator.search.entries import SearchEntry
from generator.search.index_files import FOLDER, IndexFiles, content_name
from generator.text import TermMatrix, build_matrix, is_unspaced, split_words

SCHEMA = 4
"""The version of the format; a client refuses one that it does not know."""

MANIFEST = PagePath(f"{FOLDER}/manifest.bin")
"""The one file of the index whose name stays: it names all others."""

NOTHING = build_matrix(())
"""A corpus without a text."""

FACETS = ("author", "person", "organization", "place", "language", "section")
_RESTS = "rests"
"""What is left of long lists: who has the best of one knows the name of the file with its rest."""
_THREADS = 2
"""That compress files, a third of the time, while others are made."""
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
TYPED_LENGTHS = range(4, 33)
"""Lengths of words among which a mistyped one is looked for."""


def build_index(
    entries: Sequence[SearchEntry], counted: TermMatrix = NOTHING
) -> Iterator[OutputFile]:
    """Make the files of the index, documents first among the entries, the manifest last.

    `counted` has the words of the first entries; what the entries have of texts themselves is
    listed too. Memory: 2 kB a document.
    """
    files = update_index(entries, counted, frozenset())
    return (file for file in files if isinstance(file, OutputFile))


def update_index(
    entries: Sequence[SearchEntry], counted: TermMatrix, lying: Set[str]
) -> Iterator[OutputFile | PagePath]:
    """Make the index, but of files that are `lying` there give the name alone.

    A file is named by what is in it, so that a new index never mixes with an old one in a reader's
    cache, and what did not change is neither made nor fetched again.
    """
    with ThreadPoolExecutor(_THREADS) as threads:
        yield from _index(entries, counted, IndexFiles(threads, lying))


def _index(
    entries: Sequence[SearchEntry], counted: TermMatrix, made: IndexFiles
) -> Iterator[OutputFile | PagePath]:
    known = _known(entries, counted)
    manifest: dict[str, object] = {
        "schema": SCHEMA,
        "entries": len(entries),
        "kinds": [[kind, len(list(same))] for kind, same in groupby(entries, _kind)],
        "common": known.common,
        "prefixes": stemming.joined(known.languages),
        **_words(made, known),
    }
    yield from made.drain()
    manifest["lines"] = made.add_blocks(
        "lines", shards.shard_results([_line(entry) for entry in entries])
    )
    manifest["facets"] = _columns(made, [entry for entry in entries if entry.kind == "document"])
    names = {folder: list(names) for folder, names in made.names.items() if folder != _RESTS}
    manifest["files"] = names
    manifest["build"] = content_name(json.dumps(manifest).encode())
    yield from made.drain()
    yield OutputFile(MANIFEST, codec.compress(codec.with_header(manifest)))


@dataclass(frozen=True, slots=True)
class _Dictionary:
    """The words of an index in their order, and where they stand."""

    words: list[str]
    texts: postings.Postings
    titles: postings.Postings
    common: tuple[str, ...]
    languages: Sequence[str]
    """By their ranks."""


def _known(entries: Sequence[SearchEntry], counted: TermMatrix) -> _Dictionary:
    """List all words, those of texts and those of names."""
    languages = stemming.languages_by_frequency(
        entry.language for entry in entries if entry.language
    )
    texts = _texts(entries, counted, languages)
    folded = texts.folded()
    known = dict(zip(folded, folded, strict=True))
    for _, more in texts.more:
        known.update(zip(more, more, strict=True))
    names = title_postings.split_titles(entries, known)
    in_order = shards.sort_utf16(known)
    places = {word: place for place, word in enumerate(in_order)}
    in_texts = postings.build_postings(texts, folded, places)
    common = shards.near_universal_words(in_order, in_texts.entries, len(entries))
    in_titles = title_postings.build_title_postings(names, frozenset(common), places)
    return _Dictionary(in_order, in_texts, in_titles, common, list(languages) or [""])


def _texts(
    entries: Sequence[SearchEntry], counted: TermMatrix, languages: Mapping[str, int]
) -> postings.IndexInput:
    """Tell what is to be listed: authors too; whoever has no language has the main one."""
    besides = (split_words("\n".join((*entry.texts, *entry.authors))) for entry in entries)
    lengths = np.array([entry.length for entry in entries], dtype=np.int64)
    lengths[: len(counted)] += counted.lengths
    return postings.IndexInput(
        counted=counted,
        more=[(number, found) for number, found in enumerate(besides) if found],
        lengths=lengths,
        ranks=np.array([languages.get(entry.language, 0) for entry in entries], dtype=np.int64),
    )


def _words(made: IndexFiles, known: _Dictionary) -> dict[str, list[str]]:
    """Add the words with their lists, and the lists of words for beginnings and for mistakes."""
    many = np.where(known.texts.entries > 0, known.texts.entries, known.titles.entries)
    counts = dict(zip(known.words, many.tolist(), strict=True))
    spoken = zip(known.words, known.texts.spoken.tolist(), strict=True)
    families = stemming.stem_groups({word: known.languages[rank] for word, rank in spoken})
    forms = shards.related_forms(families.values(), counts)
    parted = top_postings.split_long_postings(known.texts, known.titles)
    rests = made.add_scattered(_RESTS, shards.shard_remainders(known.words, parted.rests))
    best = {word: (parted.best[word], name) for word, name in rests.items()}
    listed = shards.shard_postings(known.words, known.texts, known.titles, best, forms)
    spelled = {
        word: often for word, often in counts.items() if word.isascii() or not is_unspaced(word)
    }
    typed = {word[::-1]: often for word, often in spelled.items() if len(word) in TYPED_LENGTHS}
    return {
        "words": made.add_shards("words", listed),
        "beginnings": made.add_shards("beginnings", shards.shard_vocabulary(spelled)),
        "endings": made.add_shards("endings", shards.shard_vocabulary(typed)),
    }


def _columns(made: IndexFiles, documents: Sequence[SearchEntry]) -> list[str]:
    """Add a column for each thing that documents can be chosen by, and name them."""
    made.add("facets", facets.encode_dates(document.date for document in documents))
    chosen = [name for name in FACETS if any(document.facets.get(name) for document in documents)]
    for name in chosen:
        made.add("facets", facets.encode_column([one.facets.get(name, ()) for one in documents]))
    return chosen


def _kind(entry: SearchEntry) -> str:
    return entry.kind


def _line(entry: SearchEntry) -> bytes:
    """What a result shows: address, title, date, authors, source, number of documents."""
    fields = [
        entry.address,
        entry.title,
        entry.date,
        list(entry.authors),
        entry.source,
        entry.documents,
    ]
    while not fields[-1]:
        fields.pop()
    return _JSON.encode(fields).encode()
