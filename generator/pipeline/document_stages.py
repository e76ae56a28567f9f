"""Stages that look at one document at a time, on all cores, and only at documents that changed.

Workers load the documents that they need from the database. The parent process holds records only,
so the texts of a corpus are never in memory together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from generator.corrections import (
    NO_CORRECTIONS,
    AuthorityRecord,
    MentionCorrection,
    NameCorrections,
)
from generator.corrections.withdrawn_near_duplicates import WithdrawnText, find_copied_texts
from generator.engine.batch_work import run_with_database
from generator.engine.database import Database
from generator.engine.encoding import decoder, encode, get_value
from generator.engine.file_digests import update_digests
from generator.engine.fingerprint import Fingerprint, environment_fingerprint
from generator.engine.incremental import Build
from generator.engine.stored_vocabulary import StoredVocabulary
from generator.engine.tasks import Item, Output, Work, WorkItem
from generator.engine.tesseract import recognition_key
from generator.engine.workers import batches as batch_items
from generator.files import read_seed
from generator.files.snapshot import Snapshot
from generator.linking import names
from generator.linking.authority.replace_mentions import with_authority_names
from generator.linking.corrected_mentions import by_document, correct_mentions
from generator.linking.entities.resolve import count_usages, without_footer
from generator.model import Document, DocumentRecord, Mention, Problem, SeedPath
from generator.model.structure_rules import StructureRules
from generator.pipeline.authority_names import find_authority_names
from generator.pipeline.build_tasks import (
    ALL_TERM_IDS,
    ASSIGN_TERM_IDS,
    CASE_COUNTS,
    CASE_COUNTS_BY_ID,
    CASE_IDS,
    CONTAINER_DIGESTS,
    FIND_COPIES,
    FIND_NAMES,
    FIND_PARTS,
    HINTS_FOR_NAMES,
    MENTIONS,
    NAME_HINTS,
    NAME_USAGES,
    READ,
    SEED_DIGESTS,
    TERM_IDS,
    TEXT_PROFILES,
    NameSummary,
    ReadResult,
    load_document,
)
from generator.pipeline.load_structure import load_structure_rules
from generator.pipeline.name_usages import NameUsages
from generator.pipeline.seed_reading import parts_worker, read_worker
from generator.pipeline.sources import seed_needs, with_parts
from generator.reading.formats.ocr import may_be_scan
from generator.reading.formats.parts import (
    FoundParts,
    container_of,
    containers_of,
    is_container,
)
from generator.settings import Settings
from generator.text.term_counts import EncodedText, encode_text
from generator.text.tokens import TextProfile


@dataclass(frozen=True, slots=True)
class DocumentStages:
    """The stages of one run."""

    settings: Settings
    build: Build
    seeds: Snapshot
    """The seeds folder before this run."""

    def read(self, paths: Sequence[SeedPath]) -> Iterator[ReadResult]:
        """Yield the result of reading each seed, in order; only new and changed seeds are read.

        All that is saved of other seeds is deleted, also if they were withdrawn.
        """
        files = [path for path in paths if not self._is_part(path)]
        digests = update_digests(
            self.build.database, SEED_DIGESTS, files, self.seeds.files, self._digests
        )
        rules = load_structure_rules(self.settings, paths)
        recognition = recognition_key(self.settings.ocr)
        items = (
            Item(
                path,
                self._fingerprint_of(
                    digests.get(self._file_of(path)),
                    rules.get(path),
                    recognition if may_be_scan(path) else "",
                ),
                make_needs=partial(seed_needs, self.settings.seeds, path),
            )
            for path in paths
        )
        worker = partial(read_worker, self.settings, rules, recognition)
        for completed in self.build.run_outdated(READ, worker, items):
            yield completed.result

    def with_parts(self, paths: Sequence[SeedPath]) -> FoundParts:
        """Return the seeds with the parts of containers; only changed containers are opened."""
        containers = [path for path in paths if is_container(path)]
        digests = update_digests(
            self.build.database, CONTAINER_DIGESTS, containers, self.seeds.files, self._digests
        )
        items = (
            Item(
                path,
                self._fingerprint_of(digests.get(path), None),
                make_needs=partial(seed_needs, self.settings.seeds, path),
            )
            for path in containers
        )
        worker = partial(parts_worker, self.settings.seeds)
        parts = {
            SeedPath(completed.key): completed.result
            for completed in self.build.run_outdated(FIND_PARTS, worker, items)
        }
        return with_parts(paths, parts.__getitem__)

    def _is_part(self, path: SeedPath) -> bool:
        """Whether a path leads into a container: no file has it, although one is above it."""
        return path not in self.seeds.files and container_of(path) is not None

    def _file_of(self, path: SeedPath) -> SeedPath:
        """Return the file that a part is in, or the seed itself."""
        if not self._is_part(path):
            return path
        *_, outermost = containers_of(path)
        around = (SeedPath(container) for container in containers_of(path))
        return next((found for found in around if found in self.seeds.files), SeedPath(outermost))

    def _digests(self, paths: Sequence[str]) -> Iterator[str | None]:
        """Yield the digest of each seed; None if it cannot be read."""
        for path in paths:
            seed = read_seed(self.settings.seeds, SeedPath(path))
            yield None if isinstance(seed, Problem) else seed.digest

    def _fingerprint_of(
        self, digest: str | None, rules: StructureRules | None, recognition: str = ""
    ) -> Fingerprint | None:
        decided = rules.digest if rules else ""
        return self.build.fingerprint(digest, decided, recognition) if digest else None

    def near_copies(
        self, documents: Sequence[DocumentRecord], originals: Sequence[WithdrawnText]
    ) -> dict[SeedPath, tuple[SeedPath, ...]]:
        """Return the withdrawn texts of which each document is a near copy."""
        withdrawn = [(original.source, original.digest) for original in originals]
        items = [
            Item(
                document.source,
                self.build.fingerprint(document.digest, withdrawn),
                partial(encode, document),
            )
            for document in documents
            if originals
        ]
        worker = partial(_copies_worker, self.build.database.path, tuple(originals))
        return {
            SeedPath(completed.key): completed.result
            for completed in self.build.run_outdated(FIND_COPIES, worker, items)
        }

    def forget(self, sources: Iterable[SeedPath]) -> None:
        """Delete all that is saved of documents which may not be shown, after they were read."""
        self.build.forget(READ, sources)

    def find_names(
        self, documents: Sequence[DocumentRecord], decided: NameCorrections = NO_CORRECTIONS
    ) -> NameUsages:
        """Find the names in documents that were read: by rules, names.csv and corrections."""
        present = find_authority_names(self.build, documents, decided.authority_records)
        corrected = by_document(decided.mentions)
        if "spacy" in self.settings.names:
            name = self.settings.names["spacy"]
            load: _FinderFactory = partial(_spacy_finder, name)
            digest = f"{names.load_pipeline(name).digest} {environment_fingerprint()}".encode()
            inputs: Iterable[tuple[DocumentRecord, bytes]] = (
                (record, digest) for record in documents
            )
        else:
            load, inputs = builtin_finder, self._name_inputs(documents)
        items = (
            _name_item(
                self.build,
                NameInputs(
                    record,
                    hints,
                    present.for_document(record.source),
                    corrected.get(record.source, ()),
                ),
            )
            for record, hints in inputs
        )
        worker = partial(_names_worker, self.build.database.path, load)
        found = self.build.run_outdated(FIND_NAMES, worker, items)
        problems = tuple(problem for item in found for problem in item.result)
        sources = frozenset(document.source for document in documents)
        return NameUsages(self.build, sources, problems)

    def assign_term_ids(self, documents: Sequence[DocumentRecord]) -> None:
        """Encode the words of documents that were read as ids, so that they can be compared."""
        update = partial(self._update_term_ids, documents)
        self.build.refresh(ALL_TERM_IDS, self._texts_of(documents), update)

    def _texts_of(self, documents: Iterable[DocumentRecord]) -> Fingerprint:
        """Return a fingerprint of the texts of documents, in any order."""
        texts = [(document.source, document.digest, document.rules) for document in documents]
        return self.build.fingerprint(sorted(texts))

    def _update_term_ids(self, documents: Iterable[DocumentRecord]) -> None:
        vocabulary = StoredVocabulary(self.build.database, TERM_IDS)
        tables = TEXT_PROFILES, TERM_IDS
        work = _encode_terms(self.build.database, *tables, vocabulary, _encode_profile)
        self.build.update(ASSIGN_TERM_IDS, lambda: work, self._items_by_digest(documents))

    def _name_inputs(
        self, documents: Sequence[DocumentRecord]
    ) -> Iterator[tuple[DocumentRecord, bytes]]:
        """Yield each document with what its names depend on in the rest of the corpus."""
        records = sorted(documents, key=lambda document: document.source)  # as in the database
        update = partial(self._update_hints, records)
        self.build.refresh(HINTS_FOR_NAMES, self._texts_of(records), update)
        return zip(records, saved_hints(self.build.database), strict=True)

    def _update_hints(self, records: Sequence[DocumentRecord]) -> None:
        """Save the hints for all documents, many in a value, in the order of their seeds."""
        database = self.build.database
        vocabulary = StoredVocabulary(database, CASE_COUNTS_BY_ID)
        tables = CASE_COUNTS, CASE_COUNTS_BY_ID
        work = _encode_terms(database, *tables, vocabulary, _encode_case_counts)
        self.build.update(CASE_IDS, lambda: work, self._items_by_digest(records))
        model = names.CaseModel.fit(self._packed_case_counts())
        vocabulary.retain(np.flatnonzero(model.used))
        batches = map(encode, batch_items(self._hints(model), _HINTS_IN_A_VALUE))
        values = [(f"{number:06}", batch) for number, batch in enumerate(batches)]
        database.drop(NAME_HINTS, database.keys(NAME_HINTS))
        database.put(NAME_HINTS, values)

    def _hints(self, model: names.CaseModel) -> Iterator[bytes]:
        for counts in self._packed_case_counts():
            language = "" if counts.language else model.language
            yield encode((model.of_document(counts), language))

    def _packed_case_counts(self) -> Iterator[names.Packed]:
        """Yield the counts of all documents: 4 kB each, which are read twice and never held."""
        decode = decoder(names.Packed).decode
        return (decode(data) for _, data in self.build.database.items(CASE_COUNTS_BY_ID))

    def _items_by_digest(self, documents: Iterable[DocumentRecord]) -> Iterator[Item]:
        """Yield an item for each document that depends on nothing but its seed and its rules."""
        for document in documents:
            fingerprint = self.build.fingerprint(document.digest, document.rules)
            yield Item(document.source, fingerprint)


class NameInputs(NamedTuple):
    """What the names of a document depend on."""

    record: DocumentRecord
    hints: bytes
    """What is known of the corpus."""
    records: tuple[AuthorityRecord, ...]
    """The authority names that it has a form of."""
    corrections: tuple[MentionCorrection, ...]


def _name_item(build: Build, inputs: NameInputs) -> Item:
    parts = [*map(encode, inputs)]
    extra = encode([*map(msgspec.Raw, parts)])
    return Item(inputs.record.source, build.fingerprint(*parts), lambda: extra)


_HINTS_IN_A_VALUE = 1_024
"""Documents whose hints are one value: half a megabyte."""

_CACHED_NAMES = 65_536
"""Names for which a worker caches the rules that match their words."""

_Encode = Callable[[bytes, StoredVocabulary], object]
"""Returns the words of a saved document as ids."""

Find = Callable[[Database, Document, bytes], Iterable[Mention]]
"""Finds the names in a document, with hints from the corpus."""

_FinderFactory = Callable[[], Find]


def _copies_worker(path: Path, originals: tuple[WithdrawnText, ...]) -> Work:
    """Return the function that compares documents with withdrawn texts."""

    def compare(database: Database, item: WorkItem) -> Output:
        document = load_document(database, decoder(DocumentRecord).decode(item.extra))
        return Output(item.key, find_copied_texts(document, originals))

    return run_with_database(path, compare)


def saved_hints(database: Database) -> Iterator[bytes]:
    """Yield what is known of the corpus for each document, in the order of their seeds."""
    decode = decoder(list[bytes]).decode
    return chain.from_iterable(decode(data) for _, data in database.items(NAME_HINTS))


def _names_worker(path: Path, load: _FinderFactory) -> Work:
    """Return the function that finds the names in documents."""
    find = load()

    def name(database: Database, item: WorkItem) -> Output:
        return name_document(database, decoder(NameInputs).decode(item.extra), find)

    return run_with_database(path, name)


def name_document(database: Database, inputs: NameInputs, find: Find) -> Output:
    """Return the names in a document, as values to be saved."""
    document = load_document(database, inputs.record)
    found = with_authority_names(document, find(database, document, inputs.hints), inputs.records)
    corrected = correct_mentions(document, found, inputs.corrections)
    mentions = without_footer(document, corrected.mentions)
    data = encode(mentions)
    summary = NameSummary(hashlib.sha256(data).hexdigest(), count_usages(mentions))
    values = ((MENTIONS, data), (NAME_USAGES, encode(summary)))
    return Output(document.source, corrected.unmatched, values=values)


def _encode_terms(
    database: Database, source: str, table: str, vocabulary: StoredVocabulary, encode_words: _Encode
) -> Work:
    """Return the function that encodes the words of documents, from one table into another.

    It adds them to the vocabulary.
    """

    def work(items: Sequence[WorkItem]) -> list[Output]:
        saved = database.get_many(source, [key for key, _ in items])
        outputs = [
            Output(key, values=((table, encode(encode_words(data, vocabulary))),))
            for (key, _), data in zip(items, saved, strict=True)
        ]
        vocabulary.save()
        return outputs

    return work


def builtin_finder() -> Find:
    """Return what finds names by rules; it caches which rules match the words of a name."""
    match_words = lru_cache(_CACHED_NAMES)(names.matching_word_rules)

    def find(database: Database, document: Document, extra: bytes) -> Iterable[Mention]:
        hints, language = decoder(tuple[bytes, str]).decode(extra)
        corpus_hints = names.corpus_hints(_case_counts(database, document.source), hints, language)
        return names.find_names(document, corpus_hints, match_words)

    return find


def _spacy_finder(name: str) -> Find:
    """Load a pipeline: each worker has its own."""
    finder = names.load_pipeline(name)
    return lambda _database, document, _hints: finder.find_names(document)


def _case_counts(database: Database, source: SeedPath) -> names.CaseCounts:
    counts: names.CaseCounts = get_value(database, CASE_COUNTS, source, names.CaseCounts)
    return counts


def _encode_case_counts(data: bytes, vocabulary: StoredVocabulary) -> names.Packed:
    return names.encode_counts(decoder(names.CaseCounts).decode(data), vocabulary.ids)


def _encode_profile(data: bytes, vocabulary: StoredVocabulary) -> EncodedText:
    return encode_text(decoder(TextProfile).decode(data), vocabulary.ids)
