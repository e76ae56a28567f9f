"""Search without a server: an index in small files, of which a query needs a few.

docs/about/search-format.md describes the files; the client that reads them lies in the theme.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np

from generator.model import OutputFile, PagePath
from generator.words import Counted, gather, spaceless, words
from generator.writing.search import facets, lists, numbers, shards, stems
from generator.writing.search.cutting import cut
from generator.writing.search.entries import Entry
from generator.writing.search.postings import Postings, of_names

SCHEMA = 2
"""The version of the format; a client refuses one that it does not know."""

FOLDER = "search"
MANIFEST = PagePath(f"{FOLDER}/manifest.bin")
"""The one file of the index whose name stays: it names the folder of all others."""

NOTHING = gather(())
"""A corpus without a text."""

_FACETS = ("author", "person", "organization", "place", "language", "section")
_THREADS = 2
"""That compress files, a third of the time, while others are made."""
_TYPED = range(4, 33)
"""Lengths of words among which a mistyped one is looked for."""


def digest(entries: Iterable[Entry], counted: Counted = NOTHING) -> str:
    """Give a digest of all that an index depends on: every entry, and every word."""
    found = hashlib.blake2b(counted.digest.encode(), digest_size=16)
    for entry in entries:
        fields = [getattr(entry, name) for name in Entry.__slots__ if name != "texts"]
        found.update(repr(fields).encode())
        found.update("\0".join(entry.texts).encode())
    return found.hexdigest()


def index(entries: Sequence[Entry], counted: Counted = NOTHING) -> Iterator[OutputFile]:
    """Make the files of the index, documents first among the entries, the manifest last.

    `counted` has the words of the first entries; what the entries have of texts themselves is
    listed too. The folder's name is made of what is in the files, so that a new index never mixes
    with an old one in a reader's cache. Memory: 2 kB a document, and the compressed files (0.8 kB).
    """
    with ThreadPoolExecutor(_THREADS) as threads:
        yield from _index(entries, counted, _Made(threads))


def _index(entries: Sequence[Entry], counted: Counted, made: _Made) -> Iterator[OutputFile]:
    languages = stems.ranked(entry.language for entry in entries if entry.language)
    texts = lists.listed(_texts(entries, counted, languages))
    common = shards.common(texts.entries, len(entries))
    titles = _titles(entries, frozenset(common))
    manifest = {
        "schema": SCHEMA,
        "entries": len(entries),
        "kinds": [[kind, len(list(same))] for kind, same in groupby(entries, _kind)],
        "common": common,
        **_words(made, texts, titles, list(languages) or [""]),
        "lines": made.blocks("lines", shards.of_lines([_line(entry) for entry in entries])),
        "facets": _columns(made, [entry for entry in entries if entry.kind == "document"]),
    }
    folder = made.digest(manifest)
    for name, data in made.files:
        yield OutputFile(PagePath(f"{FOLDER}/{folder}/{name}"), data.result())
    named = {**manifest, "folder": folder}
    yield OutputFile(MANIFEST, numbers.compressed(numbers.framed(named)))


@dataclass(frozen=True, slots=True)
class _Made:
    """The files so far, being compressed, and what is in them."""

    threads: ThreadPoolExecutor
    files: list[tuple[str, Future[bytes]]] = field(default_factory=list)
    _contents: list[bytes] = field(default_factory=list)

    def add(self, name: str, content: bytes) -> None:
        self.files.append((f"{name}.bin", self.threads.submit(numbers.compressed, content)))
        self._contents.append(hashlib.blake2b(content, digest_size=16).digest())

    def shards(self, name: str, parts: Iterable[shards.Shard]) -> list[str]:
        """Add files that are numbered, and give what is needed to find the right one."""
        bounds = []
        for number, part in enumerate(parts):
            self.add(f"{name}/{number}", part.data)
            bounds.append(part.bound)
        return bounds

    def blocks(self, name: str, parts: Iterable[tuple[int, bytes]]) -> list[int]:
        """Add files of lines, and give the number of the first in each."""
        firsts = []
        for number, (first, data) in enumerate(parts):
            self.add(f"{name}/{number}", data)
            firsts.append(first)
        return firsts

    def digest(self, manifest: object) -> str:
        """A name for all that is in the files; it does not depend on how they are compressed."""
        whole = json.dumps(manifest).encode() + b"".join(self._contents)
        return hashlib.blake2b(whole, digest_size=8).hexdigest()


def _texts(entries: Sequence[Entry], counted: Counted, languages: dict[str, int]) -> lists.Texts:
    """Tell what is to be listed: authors too; whoever has no language has the main one."""
    besides = (words("\n".join((*entry.texts, *entry.authors))) for entry in entries)
    lengths = np.array([entry.length for entry in entries], dtype=np.int64)
    lengths[: len(counted)] += counted.lengths
    return lists.Texts(
        counted=counted,
        more=[(number, Counter(found)) for number, found in enumerate(besides) if found],
        lengths=lengths,
        ranks=np.array([languages.get(entry.language, 0) for entry in entries], dtype=np.int64),
    )


def _titles(entries: Sequence[Entry], common: frozenset[str]) -> dict[str, bytearray]:
    titles = Postings()
    for number, entry in enumerate(entries):
        names = (words(name) for name in (entry.title, *entry.names))
        titles.add(number, of_names(names, common))
    return titles.lists


def _words(
    made: _Made, texts: lists.Lists, titles: dict[str, bytearray], languages: Sequence[str]
) -> dict[str, list[str]]:
    """Add the words with their lists, and the lists of words for beginnings and for mistakes."""
    spoken = {word: languages[rank] for word, rank in texts.spoken.items()}
    everyone = dict.fromkeys(titles, languages[0]) | spoken
    families = shards.relatives(stems.families(everyone).values(), texts.entries)
    counts = {
        word: texts.entries.get(word) or numbers.count(titles[word])
        for word in everyone
        if not spaceless(word)
    }
    typed = {word[::-1]: many for word, many in counts.items() if len(word) in _TYPED}
    parted = cut(texts, titles)
    whole = {word: texts.entries[word] for word in parted.rests}
    return {
        "words": made.shards("words", shards.of_postings(parted.lists, titles, families, whole)),
        "rests": made.shards("rests", shards.of_rests(parted.rests)),
        "beginnings": made.shards("beginnings", shards.of_words(counts)),
        "endings": made.shards("endings", shards.of_words(typed)),
    }


def _columns(made: _Made, documents: Sequence[Entry]) -> list[str]:
    """Add a column for each thing that documents can be chosen by, and name them."""
    made.add("facets/date", facets.dates(document.date for document in documents))
    named = [name for name in _FACETS if any(document.facets.get(name) for document in documents)]
    for name in named:
        values = [document.facets.get(name, ()) for document in documents]
        made.add(f"facets/{name}", facets.column(values))
    return named


def _kind(entry: Entry) -> str:
    return entry.kind


def _line(entry: Entry) -> bytes:
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
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
