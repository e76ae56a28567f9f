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

from generator.corrections.near_copies import WithdrawnText, find_copied_texts
from generator.engine import workers
from generator.engine.database import Database, open_readonly
from generator.engine.entries import decode_result, decoder, encode, encode_entry, get_value
from generator.engine.incremental import NEAR, Build, Item, Output
from generator.engine.stored_vocabulary import StoredVocabulary
from generator.files import read_seed
from generator.files.snapshot import Snapshot, file_stat
from generator.linking import names
from generator.linking.entities.resolve import DocumentUsages, count_usages, without_footer
from generator.model import Document, DocumentRecord, Mention, NameUsage, Problem, SeedPath
from generator.pipeline.tables import (
    CASE_COUNTS,
    CASE_COUNTS_BY_ID,
    DOCUMENTS,
    MENTIONS,
    NAME_USAGES,
    PER_DOCUMENT_TABLES,
    READING_TABLES,
    RECORDS,
    TERM_IDS,
    TEXT_PROFILES,
    load_document,
)
from generator.reading.read import read_document
from generator.settings import Settings
from generator.text import EncodedText, encode_text, profile_text
from generator.text.tokens import TextProfile

Read = tuple[DocumentRecord | None, tuple[Problem, ...]]
"""What reading a seed gives: its record, if it has one, and what a person should know."""

NameSummary = tuple[str, tuple[NameUsage, ...]]
"""A digest of the mentions in a document, and how its names are used."""

_Paths = tuple[SeedPath, ...]

_NUMBERED = 4_096
"""Documents whose words are numbered before they are kept: 40 MB."""

_WORTH = 150
"""Documents; a worker takes half a second to start, and a document some 4 milliseconds."""


@dataclass(frozen=True, slots=True)
class NameUsages:
    """The names in documents, from the shelf: it can be walked through as often as one likes.

    The order is that of the paths.
    """

    shelves: Build
    sources: frozenset[SeedPath]

    def __iter__(self) -> Iterator[DocumentUsages]:
        """Give each document with its names."""
        for source, (_, found) in self.items():
            yield source, found

    def items(self) -> Iterator[tuple[SeedPath, NameSummary]]:
        """Give each document with its names and a digest of its mentions."""
        used = decoder(NameSummary)
        for path, entry in self.shelves.entries(NAME_USAGES):
            if (source := SeedPath(path)) in self.sources:
                yield source, used.decode(entry.result)

    def for_document(self, source: SeedPath) -> NameSummary:
        """Give the names of one document, and a digest of its mentions."""
        used: NameSummary = self.shelves.result(NAME_USAGES, source, NameSummary)
        return used

    def mentions(self, source: SeedPath) -> tuple[Mention, ...]:
        """Give every mention in a document."""
        shape = tuple[Mention, ...]
        found: tuple[Mention, ...] = get_value(self.shelves.kept, MENTIONS, source, shape)
        return found


@dataclass(frozen=True, slots=True)
class DocumentStages:
    """The stages of one run."""

    settings: Settings
    shelves: Build
    program: str
    """Digest of the program: another one may make something else of the same document."""
    seeds: Snapshot
    """The seeds folder before this run."""

    def read(self, paths: Sequence[SeedPath]) -> Iterator[Read]:
        """Read seeds, in the order of their paths; forget all others, withdrawn ones too."""
        removed = set(self.shelves.kept.keys(RECORDS)).difference(paths)
        for table in PER_DOCUMENT_TABLES:
            self.shelves.kept.drop(table, sorted(removed))
        found = self._known()
        unread = [path for path in paths if path not in found]
        for table in READING_TABLES:
            self.shelves.kept.drop(table, unread)
        work = partial(_read_worker, self.settings, self.program)
        items = ((path, "", b"") for path in unread)
        for path, made in self.shelves.run_outdated("reading", work, items, len(unread), _WORTH):
            found[SeedPath(path)] = decode_result(made[-1][1], Read)
        for path in paths:
            yield found.pop(path)

    def near_copies(
        self, documents: Sequence[DocumentRecord], originals: Sequence[WithdrawnText]
    ) -> dict[SeedPath, tuple[SeedPath, ...]]:
        """Tell of which withdrawn texts each document that was read is a near copy."""
        database = self.shelves.kept
        database.retain(NEAR, [one.source for one in documents] if originals else [])
        if not originals:
            return {}
        against = [(one.source, one.digest) for one in originals]
        keys = {
            document.source: f"{self.program} {document.digest} {against}" for document in documents
        }
        rows = dict(self.shelves.entries(NEAR))
        found: dict[SeedPath, tuple[SeedPath, ...]] = {}
        anew: list[Item] = []
        for record in documents:
            entry = rows.get(record.source)
            key = hashlib.sha256(keys[record.source].encode()).hexdigest()
            if entry and entry.fingerprint == key:
                found[record.source] = decoder(_Paths).decode(entry.result)
            else:
                anew.append((record.source, key, encode(record)))
        work = partial(_comparer, database.path, tuple(originals))
        for source, made in self.shelves.run_outdated("reading", work, anew, len(anew), _WORTH):
            found[SeedPath(source)] = decode_result(made[-1][1], _Paths)
        return found

    def forget(self, sources: Iterable[SeedPath]) -> None:
        """Forget all that is known of documents which may not be shown, after they were read."""
        for table in PER_DOCUMENT_TABLES:
            self.shelves.kept.drop(table, sorted(sources))

    def find_names(self, documents: Sequence[DocumentRecord]) -> NameUsages:
        """Find the names in documents that were read."""
        if "spacy" in self.settings.names:
            name = self.settings.names["spacy"]
            ready: _Ready = partial(_spacy_finder, name)
            known = names.load_pipeline(name).digest.encode()
            told: Iterable[tuple[DocumentRecord, bytes]] = ((record, known) for record in documents)
        else:
            ready, told = _builtin_finder, self._signs(documents)
        anew: list[Item] = []
        made_of = {path: entry.fingerprint for path, entry in self.shelves.entries(NAME_USAGES)}
        for record, more in told:
            read = encode((record, more))
            key = hashlib.sha256(self.program.encode() + read).hexdigest()
            if made_of.get(record.source) != key:
                anew.append((record.source, key, read))
        work = partial(_names_worker, self.shelves.kept.path, ready)
        for _ in self.shelves.run_outdated("finding names", work, anew, len(anew), _WORTH):
            pass
        return NameUsages(self.shelves, frozenset(document.source for document in documents))

    def assign_term_ids(self, documents: Sequence[DocumentRecord]) -> None:
        """Number the words of documents that were read, so that they can be gathered."""
        self._numbered(documents, TERM_IDS, _tokens)

    def _signs(self, documents: Sequence[DocumentRecord]) -> Iterator[tuple[DocumentRecord, bytes]]:
        """Tell of each document what its names depend on in the corpus."""
        lexicon = self._numbered(documents, CASE_COUNTS_BY_ID, _capitals)
        packed = decoder(names.Packed)
        rows = self.shelves.kept.items(CASE_COUNTS_BY_ID)
        capitals = names.CaseColumns.stack(packed.decode(row) for _, row in rows)
        found = names.CaseModel.fit(capitals)
        lexicon.retain(np.flatnonzero(found.used))
        records = sorted(documents, key=lambda document: document.source)  # as the rows are
        signs = found.per_document(capitals)
        for record, own, said in zip(records, signs, capitals.languages, strict=True):
            yield record, encode((own, "" if said else found.language))

    def _numbered(
        self, documents: Sequence[DocumentRecord], table: str, make: _Number
    ) -> StoredVocabulary:
        """Keep each document's words as numbers, where they are not; forget all other documents."""
        database = self.shelves.kept
        lexicon = StoredVocabulary(database, table)
        sources = [document.source for document in documents]
        database.retain(table, sources)
        there = frozenset(database.keys(table))
        anew = (source for source in sources if source not in there)
        for some in workers.batches(anew, _NUMBERED):
            rows = [(source, encode(make(database, source, lexicon))) for source in some]
            lexicon.save()
            database.put(table, rows)
        return lexicon

    def _known(self) -> dict[SeedPath, Read]:
        """Give what this program read in seeds that are as they were."""
        found: dict[SeedPath, Read] = {}
        touched: list[tuple[str, bytes]] = []
        for path, entry in self.shelves.entries(RECORDS):
            now = self.seeds.files.get(path)
            if now is None or not entry.fingerprint.startswith(self.program):
                continue  # another program read it, or nobody could
            if now != entry.stat:
                seed = read_seed(self.settings.seeds, SeedPath(path))
                if (
                    isinstance(seed, Problem)
                    or entry.fingerprint != f"{self.program} {seed.digest}"
                ):
                    continue
                entry.stat = now
                touched.append((path, encode(entry)))
            found[SeedPath(path)] = decoder(Read).decode(entry.result)
        self.shelves.kept.put(RECORDS, touched)
        return found


_Number = Callable[[Database, SeedPath, StoredVocabulary], object]
"""Makes of the words of a document a row of numbers."""

_Find = Callable[[Database, Document, bytes], Iterable[Mention]]
"""Finds the names in a document, with what was told of the corpus."""

_Ready = Callable[[], _Find]


def read_seed_document(
    settings: Settings, path: SeedPath
) -> tuple[Document | None, tuple[Problem, ...]]:
    """Read one seed from disk."""
    seed = read_seed(settings.seeds, path)
    return (None, (seed,)) if isinstance(seed, Problem) else read_document(seed)


def _read_worker(settings: Settings, program: str) -> Callable[[Sequence[Item]], list[Output]]:
    """Get a worker ready to read seeds and to count their words."""

    def read(path: SeedPath) -> Output:
        # The stat is taken before the bytes are read, so it cannot belong to a later version.
        status = file_stat(settings.seeds / path, follow_symlinks=False)
        seed = read_seed(settings.seeds, path)
        document, problems = (None, (seed,)) if isinstance(seed, Problem) else read_document(seed)
        made_of = "" if isinstance(seed, Problem) else f"{program} {seed.digest}"
        record = document.record if document else None
        made = []
        if document:
            made.append((DOCUMENTS, encode(document)))
            made.append((CASE_COUNTS, encode(names.count_case(document))))
            made.append((TEXT_PROFILES, encode(profile_text(document.text))))
        made.append((RECORDS, encode_entry(made_of, (record, problems), status)))
        return path, tuple(made)

    return lambda items: [read(SeedPath(path)) for path, _, _ in items]


def _comparer(
    path: Path, originals: tuple[WithdrawnText, ...]
) -> Callable[[Sequence[Item]], list[Output]]:
    """Get a worker ready to hold documents, which it finds in the cache, against others."""

    def compare(kept: Database, source: str, key: str, told: bytes) -> Output:
        document = load_document(kept, decoder(DocumentRecord).decode(told))
        found = find_copied_texts(document, originals)
        return source, ((NEAR, encode_entry(key, found)),)

    def work(items: Sequence[Item]) -> list[Output]:
        with open_readonly(path) as database:
            return [compare(database, *item) for item in items]

    return work


def _names_worker(path: Path, ready: _Ready) -> Callable[[Sequence[Item]], list[Output]]:
    """Get a worker ready to find the names in documents, which it finds in the cache."""
    find = ready()

    def name(kept: Database, source: str, key: str, told: bytes) -> Output:
        record, more = decoder(tuple[DocumentRecord, bytes]).decode(told)
        document = load_document(kept, record)
        mentions = encode(spoken := without_footer(document, find(kept, document, more)))
        used: NameSummary = (hashlib.sha256(mentions).hexdigest(), count_usages(spoken))
        return source, ((MENTIONS, mentions), (NAME_USAGES, encode_entry(key, used)))

    def work(items: Sequence[Item]) -> list[Output]:
        with open_readonly(path) as database:
            return [name(database, *item) for item in items]

    return work


def _builtin_finder() -> _Find:
    def find(database: Database, document: Document, told: bytes) -> Iterable[Mention]:
        signs, language = decoder(tuple[bytes, str]).decode(told)
        table = names.corpus_hints(_counts(database, document.source), signs, language)
        return names.find_names(document, table)

    return find


def _spacy_finder(name: str) -> _Find:
    """Load a pipeline: each worker does so for itself."""
    finder = names.load_pipeline(name)
    return lambda _kept, document, _told: finder.find_names(document)


def _counts(database: Database, source: SeedPath) -> names.CaseCounts:
    counts: names.CaseCounts = get_value(database, CASE_COUNTS, source, names.CaseCounts)
    return counts


def _capitals(database: Database, source: SeedPath, lexicon: StoredVocabulary) -> names.Packed:
    return names.encode_counts(_counts(database, source), lexicon.numbers)


def _tokens(database: Database, source: SeedPath, lexicon: StoredVocabulary) -> EncodedText:
    text: TextProfile = get_value(database, TEXT_PROFILES, source, TextProfile)
    return encode_text(text, lexicon.numbers)
