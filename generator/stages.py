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
from pathlib import Path

import numpy as np

from generator import cache, shelves, store, workers
from generator.lexicon import Lexicon
from generator.linking import names
from generator.linking.entities import Naming, spoken_of, usages
from generator.linking.nearcopies import Original, near_originals
from generator.model import Document, Mention, Problem, Record, SeedPath, Tokens, Usage
from generator.reading.study import study
from generator.settings import Settings
from generator.shelves import Item, Made, Shelves
from generator.words import Numbered, numbered, tokens

Read = tuple[Record | None, tuple[Problem, ...]]
"""What reading a seed gives: its record, if it has one, and what a person should know."""

Used = tuple[str, tuple[Usage, ...]]
"""A digest of the mentions in a document, and how its names are used."""

_Paths = tuple[SeedPath, ...]

_NUMBERED = 4_096
"""Documents whose words are numbered before they are kept: 40 MB."""

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
        for source, (_, found) in self.used():
            yield source, found

    def used(self) -> Iterator[tuple[SeedPath, Used]]:
        """Give each document with its names and a digest of its mentions."""
        used = shelves.decoder(Used)
        for path, row in self.shelves.rows(shelves.USAGES):
            if (source := SeedPath(path)) in self.sources:
                yield source, used.decode(row.result)

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
        gone = set(self.shelves.kept.keys(shelves.RECORDS)).difference(paths)
        for shelf in shelves.OF_DOCUMENTS:
            self.shelves.kept.drop(shelf, sorted(gone))
        found = self._known()
        unread = [path for path in paths if path not in found]
        for shelf in shelves.OF_READING:
            self.shelves.kept.drop(shelf, unread)
        work = partial(_reader, self.settings, self.program)
        items = ((path, "", b"") for path in unread)
        for path, made in self.shelves.fill("reading", work, items, len(unread), _WORTH):
            found[SeedPath(path)] = shelves.result(made[-1][1], Read)
        for path in paths:
            yield found.pop(path)

    def near_copies(
        self, documents: Sequence[Record], originals: Sequence[Original]
    ) -> dict[SeedPath, tuple[SeedPath, ...]]:
        """Tell of which withdrawn texts each document that was read is a near copy."""
        kept = self.shelves.kept
        kept.keep_only(shelves.NEAR, [one.source for one in documents] if originals else [])
        if not originals:
            return {}
        against = [(one.source, one.digest) for one in originals]
        keys = {one.source: f"{self.program} {one.digest} {against}" for one in documents}
        rows = dict(self.shelves.rows(shelves.NEAR))
        found: dict[SeedPath, tuple[SeedPath, ...]] = {}
        anew: list[Item] = []
        for record in documents:
            row = rows.get(record.source)
            key = hashlib.sha256(keys[record.source].encode()).hexdigest()
            if row and row.made_of == key:
                found[record.source] = shelves.decoder(_Paths).decode(row.result)
            else:
                anew.append((record.source, key, shelves.encode(record)))
        work = partial(_comparer, kept.path, tuple(originals))
        for source, made in self.shelves.fill("reading", work, anew, len(anew), _WORTH):
            found[SeedPath(source)] = shelves.result(made[-1][1], _Paths)
        return found

    def forget(self, sources: Iterable[SeedPath]) -> None:
        """Forget all that is known of documents which may not be shown, after they were read."""
        for shelf in shelves.OF_DOCUMENTS:
            self.shelves.kept.drop(shelf, sorted(sources))

    def namings(self, documents: Sequence[Record]) -> Namings:
        """Find the names in documents that were read."""
        if "spacy" in self.settings.names:
            name = self.settings.names["spacy"]
            ready: _Ready = partial(_foreign, name)
            known = names.load(name).digest.encode()
            told: Iterable[tuple[Record, bytes]] = ((record, known) for record in documents)
        else:
            ready, told = _own, self._signs(documents)
        anew: list[Item] = []
        made_of = {path: row.made_of for path, row in self.shelves.rows(shelves.USAGES)}
        for record, more in told:
            read = shelves.encode((record, more))
            key = hashlib.sha256(self.program.encode() + read).hexdigest()
            if made_of.get(record.source) != key:
                anew.append((record.source, key, read))
        work = partial(_namer, self.shelves.kept.path, ready)
        for _ in self.shelves.fill("finding names", work, anew, len(anew), _WORTH):
            pass
        return Namings(self.shelves, frozenset(one.source for one in documents))

    def number(self, documents: Sequence[Record]) -> None:
        """Number the words of documents that were read, so that they can be gathered."""
        self._numbered(documents, shelves.NUMBERED, _tokens)

    def _signs(self, documents: Sequence[Record]) -> Iterator[tuple[Record, bytes]]:
        """Tell of each document what its names depend on in the corpus."""
        lexicon = self._numbered(documents, shelves.CAPITALS, _capitals)
        packed = shelves.decoder(names.Packed)
        rows = self.shelves.kept.items(shelves.CAPITALS)
        capitals = names.Capitals.of(packed.decode(row) for _, row in rows)
        found = names.Tendencies.of(capitals)
        lexicon.forget(np.flatnonzero(found.used))
        records = sorted(documents, key=lambda one: one.source)  # as the rows are
        signs = found.within(capitals)
        for record, own, said in zip(records, signs, capitals.languages, strict=True):
            yield record, shelves.encode((own, "" if said else found.language))

    def _numbered(self, documents: Sequence[Record], shelf: str, make: _Number) -> Lexicon:
        """Keep each document's words as numbers, where they are not; forget all other documents."""
        kept = self.shelves.kept
        lexicon = Lexicon(kept, shelf)
        sources = [one.source for one in documents]
        kept.keep_only(shelf, sources)
        there = frozenset(kept.keys(shelf))
        anew = (source for source in sources if source not in there)
        for some in workers.chunks(anew, _NUMBERED):
            rows = [(source, shelves.encode(make(kept, source, lexicon))) for source in some]
            lexicon.keep()
            kept.put(shelf, rows)
        return lexicon

    def _known(self) -> dict[SeedPath, Read]:
        """Give what this program read in seeds that are as they were."""
        found: dict[SeedPath, Read] = {}
        touched: list[tuple[str, bytes]] = []
        for path, row in self.shelves.rows(shelves.RECORDS):
            now = self.seeds.files.get(path)
            if now is None or not row.made_of.startswith(self.program):
                continue  # another program read it, or nobody could
            if now != row.mark:
                seed = store.read_seed(self.settings.seeds, SeedPath(path))
                if isinstance(seed, Problem) or row.made_of != f"{self.program} {seed.digest}":
                    continue
                row.mark = now
                touched.append((path, shelves.encode(row)))
            found[SeedPath(path)] = shelves.decoder(Read).decode(row.result)
        self.shelves.kept.put(shelves.RECORDS, touched)
        return found


_Number = Callable[[cache.Cache, SeedPath, Lexicon], object]
"""Makes of the words of a document a row of numbers."""

_Find = Callable[[cache.Cache, Document, bytes], Iterable[Mention]]
"""Finds the names in a document, with what was told of the corpus."""

_Ready = Callable[[], _Find]


def read_document(
    settings: Settings, path: SeedPath
) -> tuple[Document | None, tuple[Problem, ...]]:
    """Read one seed from disk."""
    seed = store.read_seed(settings.seeds, path)
    return (None, (seed,)) if isinstance(seed, Problem) else study(seed)


def _reader(settings: Settings, program: str) -> Callable[[Sequence[Item]], list[Made]]:
    """Get a worker ready to read seeds and to count their words."""

    def read(path: SeedPath) -> Made:
        mark = cache.mark(settings.seeds / path)  # before the bytes: never too young
        seed = store.read_seed(settings.seeds, path)
        document, problems = (None, (seed,)) if isinstance(seed, Problem) else study(seed)
        made_of = "" if isinstance(seed, Problem) else f"{program} {seed.digest}"
        record = document.record if document else None
        made = []
        if document:
            made.append((shelves.DOCUMENTS, shelves.encode(document)))
            made.append((shelves.COUNTS, shelves.encode(names.count(document))))
            made.append((shelves.TOKENS, shelves.encode(tokens(document.text))))
        made.append((shelves.RECORDS, shelves.row(made_of, (record, problems), mark)))
        return path, tuple(made)

    return lambda items: [read(SeedPath(path)) for path, _, _ in items]


def _comparer(
    path: Path, originals: tuple[Original, ...]
) -> Callable[[Sequence[Item]], list[Made]]:
    """Get a worker ready to hold documents, which it finds in the cache, against others."""

    def compare(kept: cache.Cache, source: str, key: str, told: bytes) -> Made:
        document = shelves.document(kept, shelves.decoder(Record).decode(told))
        found = near_originals(document, originals)
        return source, ((shelves.NEAR, shelves.row(key, found)),)

    def work(items: Sequence[Item]) -> list[Made]:
        with cache.looked_into(path) as kept:
            return [compare(kept, *item) for item in items]

    return work


def _namer(path: Path, ready: _Ready) -> Callable[[Sequence[Item]], list[Made]]:
    """Get a worker ready to find the names in documents, which it finds in the cache."""
    find = ready()

    def name(kept: cache.Cache, source: str, key: str, told: bytes) -> Made:
        record, more = shelves.decoder(tuple[Record, bytes]).decode(told)
        document = shelves.document(kept, record)
        mentions = shelves.encode(spoken := spoken_of(document, find(kept, document, more)))
        used: Used = (hashlib.sha256(mentions).hexdigest(), usages(spoken))
        return source, ((shelves.MENTIONS, mentions), (shelves.USAGES, shelves.row(key, used)))

    def work(items: Sequence[Item]) -> list[Made]:
        with cache.looked_into(path) as kept:
            return [name(kept, *item) for item in items]

    return work


def _own() -> _Find:
    def find(kept: cache.Cache, document: Document, told: bytes) -> Iterable[Mention]:
        signs, language = shelves.decoder(tuple[bytes, str]).decode(told)
        table = names.table(_counts(kept, document.source), signs, language)
        return names.find(document, table)

    return find


def _foreign(name: str) -> _Find:
    """Load a pipeline: each worker does so for itself."""
    finder = names.load(name)
    return lambda _kept, document, _told: finder.find(document)


def _counts(kept: cache.Cache, source: SeedPath) -> names.NameCounts:
    counts: names.NameCounts = shelves.fetch(kept, shelves.COUNTS, source, names.NameCounts)
    return counts


def _capitals(kept: cache.Cache, source: SeedPath, lexicon: Lexicon) -> names.Packed:
    return names.numbered(_counts(kept, source), lexicon.numbers)


def _tokens(kept: cache.Cache, source: SeedPath, lexicon: Lexicon) -> Numbered:
    text: Tokens = shelves.fetch(kept, shelves.TOKENS, source, Tokens)
    return numbered(text, lexicon.numbers)
