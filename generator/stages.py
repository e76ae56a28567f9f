"""The stages that look at one document at a time: in several processes, and only at what changed.

What a stage makes of a document is kept, under the document's path, with a digest of all that it
was made of: the program, the seed's bytes, and for names what the corpus says of its words.
Workers fetch the documents that they look at for themselves. The process of the run has records
only, so that nobody ever holds the texts of a corpus.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import repeat
from pathlib import Path
from typing import Any

from generator import cache, shelves, store
from generator.linking import names
from generator.linking.entities import Naming, spoken_of, usages
from generator.model import Document, Mention, Problem, Record, SeedPath, Tokens, Usage
from generator.reading.study import study
from generator.settings import Settings
from generator.shelves import Item, Made, Shelves
from generator.words import tokens

Read = tuple[Record | None, tuple[Problem, ...]]
"""What reading a seed gives: its record, if it has one, and what a person should know."""

Used = tuple[str, tuple[Usage, ...]]
"""A digest of the mentions in a document, and how its names are used."""

_WORTH = 150
"""Documents; a worker takes half a second to start, and a document some 4 milliseconds."""


@dataclass(frozen=True, slots=True)
class Namings:
    """The names in documents, from the shelf: it can be walked through as often as one likes.

    The order is that of the paths.
    """

    shelves: Shelves
    sources: frozenset[SeedPath]

    def __iter__(self) -> Iterator[Naming]:
        """Give each document with its names."""
        used = shelves.decoder(Used)
        for path, row in self.shelves.rows(shelves.USAGES):
            if (source := SeedPath(path)) in self.sources:
                yield source, used.decode(row.result)[1]

    def of(self, source: SeedPath) -> Used:
        """Give the names of one document, and a digest of its mentions."""
        used: Used = self.shelves.value(shelves.USAGES, source, Used)
        return used

    def mentions(self, source: SeedPath) -> tuple[Mention, ...]:
        """Give every mention in a document."""
        shape = tuple[Mention, ...]
        found: tuple[Mention, ...] = shelves.fetch(
            self.shelves.kept, shelves.MENTIONS, source, shape
        )
        return found


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages of one run."""

    settings: Settings
    shelves: Shelves
    program: str
    """Digest of the program: another one may make something else of the same document."""
    seeds: cache.Tree
    """The seeds folder before this run."""

    def read(self, paths: Sequence[SeedPath]) -> Iterator[Read]:
        """Read seeds, in the order of their paths; forget all others, withdrawn ones too."""
        for shelf in shelves.OF_DOCUMENTS:
            self.shelves.kept.keep_only(shelf, paths)
        found = self._known()
        unread = [(path, "", b"") for path in paths if path not in found]
        work = partial(_reader, self.settings, self.program)
        for path, made in self.shelves.fill("reading", work, unread, len(unread), _WORTH):
            found[SeedPath(path)] = shelves.result(made[0][1], Read)
        for path in paths:
            yield found.pop(path)

    def namings(self, documents: Sequence[Record]) -> Namings:
        """Find the names in documents that were read."""
        if "spacy" in self.settings.names:
            name = self.settings.names["spacy"]
            spoken: Iterable[str] = repeat(names.load(name).digest)
            ready: _Ready = partial(_foreign, name)
        else:
            table = names.tabulate(self._counts(one.source) for one in documents)
            spoken = (table.digest_for(self._counts(one.source)) for one in documents)
            ready = partial(_own, table)
        pairs = zip(documents, spoken, strict=False)
        self._make("finding names", shelves.USAGES, pairs, partial(_namer, ready))
        return Namings(self.shelves, frozenset(one.source for one in documents))

    def tokens(self, documents: Iterable[Record]) -> Iterator[Tokens]:
        """Give the words of documents that were read, counted, in their order."""
        for one in documents:
            found: Tokens = shelves.fetch(self.shelves.kept, shelves.TOKENS, one.source, Tokens)
            yield found

    def _make(
        self, stage: str, shelf: str, documents: Iterable[tuple[Record, str]], ready: _Ready
    ) -> None:
        """Have something made of each document whose row was made of something else.

        A row is made of a record, and of what else is told with it.
        """
        anew: list[tuple[Record, str]] = []
        made_of = {path: row.made_of for path, row in self.shelves.rows(shelf)}
        for record, more in documents:
            read = f"{self.program} {more} ".encode() + shelves.encode(record)
            key = hashlib.sha256(read).hexdigest()
            if made_of.get(record.source) != key:
                anew.append((record, key))
        items = ((record.source, key, shelves.encode(record)) for record, key in anew)
        work = partial(_each, self.shelves.kept.path, ready)
        for _ in self.shelves.fill(stage, work, items, len(anew), _WORTH):
            pass

    def _known(self) -> dict[SeedPath, Read]:
        """Give what this program read in seeds that are as they were."""
        found: dict[SeedPath, Read] = {}
        touched: list[tuple[str, bytes]] = []
        for path, row in self.shelves.rows(shelves.RECORDS):
            now = self.seeds.signature(path)
            if now is None or not row.made_of.startswith(self.program):
                continue  # another program read it, or nobody could
            if now != row.signature:
                if row.made_of != f"{self.program} {store.digest(self.settings.seeds / path)}":
                    continue
                row.signature = now
                touched.append((path, shelves.encode(row)))
            found[SeedPath(path)] = shelves.decoder(Read).decode(row.result)
        self.shelves.kept.put(shelves.RECORDS, touched)
        return found

    def _counts(self, path: SeedPath) -> names.NameCounts:
        counts: names.NameCounts = shelves.fetch(
            self.shelves.kept, shelves.COUNTS, path, names.NameCounts
        )
        return counts


_Make = Callable[[Document, str], tuple[tuple[str, bytes], ...]]
"""Makes the rows of a document; the string says of what they are made."""

_Ready = Callable[[], Any]


def read_document(
    settings: Settings, path: SeedPath
) -> tuple[Document | None, tuple[Problem, ...]]:
    """Read one seed from disk."""
    seed = store.read_seed(settings.seeds, path)
    return (None, (seed,)) if isinstance(seed, Problem) else study(seed)


def _reader(settings: Settings, program: str) -> Callable[[Sequence[Item]], list[Made]]:
    """Get a worker ready to read seeds and to count their words."""

    def read(path: SeedPath) -> Made:
        signature = cache.signature(settings.seeds / path)  # before the bytes: never too young
        seed = store.read_seed(settings.seeds, path)
        document, problems = (None, (seed,)) if isinstance(seed, Problem) else study(seed)
        made_of = "" if isinstance(seed, Problem) else f"{program} {seed.digest}"
        record = document.record if document else None
        made = [(shelves.RECORDS, shelves.row(made_of, (record, problems), signature))]
        if document:
            made.append((shelves.DOCUMENTS, shelves.encode(document)))
            made.append((shelves.COUNTS, shelves.encode(names.count(document))))
            made.append((shelves.TOKENS, shelves.encode(tokens(document.text))))
        return path, tuple(made)

    return lambda items: [read(SeedPath(path)) for path, _, _ in items]


def _each(path: Path, ready: Callable[[], _Make]) -> Callable[[Sequence[Item]], list[Made]]:
    """Get a worker ready to make something of documents, which it finds in the cache."""
    make = ready()

    def work(items: Sequence[Item]) -> list[Made]:
        with cache.looked_into(path) as kept:
            return [
                (source, make(shelves.document(kept, _record(told)), key))
                for source, key, told in items
            ]

    return work


def _record(told: bytes) -> Record:
    record: Record = shelves.decoder(Record).decode(told)
    return record


def _namer(ready: Callable[[], Callable[[Document], Iterable[Mention]]]) -> _Make:
    find = ready()

    def name(document: Document, key: str) -> tuple[tuple[str, bytes], ...]:
        mentions = spoken_of(document, find(document))
        told = shelves.encode(mentions)
        used: Used = (hashlib.sha256(told).hexdigest(), usages(mentions))
        return (shelves.USAGES, shelves.row(key, used)), (shelves.MENTIONS, told)

    return name


def _own(table: names.NameTable) -> Callable[[Document], Iterable[Mention]]:
    return partial(names.find, table=table)


def _foreign(name: str) -> Callable[[Document], Iterable[Mention]]:
    """Load a pipeline: each worker does so for itself."""
    return names.load(name).find
