"""Stages that work on one document at a time, on all cores, and only on documents that changed.

Workers load the documents that they need from the database. The parent process holds records only,
so the texts of a corpus are never in memory together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

import msgspec

from generator.corrections import (
    NO_CORRECTIONS,
    AuthorityRecord,
    MentionCorrection,
    NameCorrections,
)
from generator.corrections.withdrawn_near_duplicates import WithdrawnText, find_copied_texts
from generator.engine.batch_work import run_with_database
from generator.engine.database import Database
from generator.engine.encoding import decoder, encode, encode_sorted
from generator.engine.file_digests import update_digests
from generator.engine.fingerprint import (
    FINGERPRINT_SIZE,
    environment_fingerprint,
    fingerprint,
)
from generator.engine.incremental import Build
from generator.engine.parallel_digests import compute_digests
from generator.engine.tasks import CurrentRow, Item, ItemResult, Items, Output, Work, WorkItem
from generator.engine.tesseract import recognition_key
from generator.files import read_seed
from generator.files.file_stats import FileStat
from generator.linking import names
from generator.linking.authority.replace_mentions import with_authority_names
from generator.linking.corrected_mentions import by_document, correct_mentions
from generator.linking.entities.origins import Origins
from generator.linking.entities.resolve import count_usages, without_footer
from generator.model import Document, DocumentRecord, Mention, Problem, SeedPath
from generator.model.structure_rules import StructureRules
from generator.pipeline.authority_names import find_authority_names
from generator.pipeline.build_tasks import (
    CONTAINER_DIGESTS,
    FIND_COPIES,
    FIND_NAMES,
    FIND_PARTS,
    MENTIONS,
    NAME_USAGES,
    READ,
    SEED_DIGESTS,
    NamesResult,
    NameSummary,
    ReadResult,
    load_document,
)
from generator.pipeline.load_structure import load_structure_rules
from generator.pipeline.name_hints import EncodedHints, NameHints, case_counts, update_name_hints
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

_DIGITS = 2 * FINGERPRINT_SIZE
"""Of the digest of a seed, as many as a fingerprint has."""


class ReadSeeds(NamedTuple):
    """The results of reading seeds."""

    results: Iterator[ReadResult]
    """In the order of the seeds, which are read while this is iterated."""
    inputs: Mapping[SeedPath, bytes]
    """A fingerprint of the bytes of each seed whose record follows from these, from its path and
    from the program alone; complete when all results were taken."""


_ReadRow = CurrentRow[ReadResult] | ItemResult[ReadResult]


class DocumentStages(msgspec.Struct, frozen=True):
    """The stages of one run."""

    settings: Settings
    build: Build
    files: Mapping[str, FileStat]
    """The files of the seeds folder before this run that no rule ignores."""

    def read(self, paths: Sequence[SeedPath]) -> ReadSeeds:
        """Return the results of reading seeds; only new and changed seeds are read.

        All that is saved of other seeds is deleted, also if they were withdrawn.
        """
        parts = self._parts_among(paths)
        found = self._digests(SEED_DIGESTS, [path for path in paths if path not in parts])
        digests = [found.get(self._file_of(path) if path in parts else path) for path in paths]
        rules = load_structure_rules(self.settings, paths)
        recognition = recognition_key(self.settings.ocr)
        others = _other_inputs(paths, rules, recognition)
        worker = partial(read_worker, self.settings, rules, recognition)
        rows = self.build.run_by_row(READ, worker, self._seed_items(paths, digests, others))
        # All parts have the digest of their file, and mostly one of them changes.
        special = parts | others.keys()
        inputs = {
            path: bytes.fromhex(digest[:_DIGITS])
            for path, digest in zip(paths, digests, strict=True)
            if digest and path not in special
        }
        certain = map(partial(_without_changed, inputs), rows)
        return ReadSeeds(chain.from_iterable(row.results for row in certain), inputs)

    def _seed_items(
        self,
        paths: Sequence[SeedPath],
        digests: Sequence[str | None],
        others: Mapping[SeedPath, _OtherInputs],
    ) -> Items:
        """Return seeds to be read; one without a digest is read each time."""

        def item(position: int) -> Item:
            path, digest = paths[position], digests[position]
            inputs = self.build.fingerprint(digest, *others.get(path, _OtherInputs()))
            needs = partial(seed_needs, self.settings.seeds, path)
            return Item(path, inputs if digest else None, (digest or "").encode, needs)

        columns = digests, [*map(others.get, paths)]
        return Items(paths, self.build.fingerprint(), columns, item)

    def _digests(self, table: str, files: Sequence[SeedPath]) -> dict[str, str]:
        """Return the digests of seeds; only those that changed are read."""
        compute = partial(
            compute_digests, partial(_seed_digest, self.settings.seeds), self.build.jobs
        )
        return update_digests(self.build.database, table, files, self.files, compute)

    def with_parts(self, paths: Sequence[SeedPath]) -> FoundParts:
        """Return the seeds with the parts of containers; only changed containers are opened."""
        containers = [path for path in paths if is_container(path)]
        digests = self._digests(CONTAINER_DIGESTS, containers)
        inputs = {path: self.build.fingerprint(digest) for path, digest in digests.items()}
        items = (
            Item(
                path,
                inputs.get(path),
                digests.get(path, "").encode,
                partial(seed_needs, self.settings.seeds, path),
            )
            for path in containers
        )
        worker = partial(parts_worker, self.settings.seeds)
        parts = {
            SeedPath(completed.key): completed.result
            for completed in self.build.run_outdated(FIND_PARTS, worker, Items.of(items))
        }
        return with_parts(paths, parts.get)

    def _parts_among(self, paths: Iterable[SeedPath]) -> frozenset[SeedPath]:
        """Return the paths into containers: no file has them, although one is above them."""
        folders = {path.rpartition("/")[0] for path in paths}
        inside = {folder for folder in folders if container_of(f"{folder}/")}
        below = (path for path in paths if inside and path.rpartition("/")[0] in inside)
        return frozenset(path for path in below if path not in self.files)

    def _file_of(self, path: SeedPath) -> SeedPath:
        """Return the file that a part is in."""
        *_, outermost = containers_of(path)
        around = (SeedPath(container) for container in containers_of(path))
        return next((found for found in around if found in self.files), SeedPath(outermost))

    def near_copies(
        self, documents: Sequence[DocumentRecord], originals: Sequence[WithdrawnText]
    ) -> dict[SeedPath, tuple[SeedPath, ...]]:
        """Return the withdrawn texts of which each document is a near copy."""
        compared = documents if originals else ()
        withdrawn = [(original.source, original.digest) for original in originals]
        common = self.build.fingerprint(withdrawn)

        def item(position: int) -> Item:
            document = compared[position]
            inputs = common.extended(document.digest)
            return Item(document.source, inputs, partial(encode, document))

        sources, digests = ([*map(attrgetter(name), compared)] for name in ("source", "digest"))
        items = Items(sources, common, (digests,), item)
        worker = partial(_copies_worker, self.build.database.path, tuple(originals))
        return {
            SeedPath(completed.key): completed.result
            for completed in self.build.run_outdated(FIND_COPIES, worker, items)
        }

    def forget(self, sources: Iterable[SeedPath]) -> None:
        """Delete all that is saved of documents which may not be shown, after they were read."""
        self.build.forget(READ, sources)

    def find_names(
        self,
        documents: Sequence[DocumentRecord],
        fingerprints: Mapping[SeedPath, bytes],
        decided: NameCorrections = NO_CORRECTIONS,
    ) -> NameUsages:
        """Find the names in documents that were read: by rules, names.csv and corrections.

        `fingerprints` are those of the records.
        """
        records = sorted(documents, key=attrgetter("source"))  # as in the database
        present = find_authority_names(self.build, records, decided.authority_records)
        corrected = by_document(decided.mentions)
        decisions = {
            source: _NameDecisions(present.for_document(source), corrected.get(source, ()))
            for source in present.documents | corrected.keys()
        }
        load, hints = self._name_finder(records)
        items = self._name_items(records, fingerprints, hints, decisions)
        worker = partial(_names_worker, self.build.database.path, load)
        rows = self.build.run_by_row(FIND_NAMES, worker, items)
        results = chain.from_iterable(row.results for row in rows)
        sources = [record.source for record in records]
        by_source = dict(zip(sources, results, strict=True))
        return NameUsages(self.build, frozenset(sources), by_source)

    def _name_items(
        self,
        records: Sequence[DocumentRecord],
        fingerprints: Mapping[SeedPath, bytes],
        hints: NameHints,
        decisions: Mapping[SeedPath, _NameDecisions],
    ) -> Items:
        """Return documents with all that their names depend on."""
        common = self.build.fingerprint()
        sources = [record.source for record in records]
        own = [*map(fingerprints.__getitem__, sources)]

        def item(position: int) -> Item:
            decided = decisions.get(sources[position], _NameDecisions())
            inputs = common.extended(own[position], hints.digests[position], *decided)
            own_hints = partial(hints.encoded, position)
            extra = partial(_encode_inputs, records[position], own_hints, decided)
            return Item(sources[position], inputs, extra)

        columns = own, hints.digests, [*map(decisions.get, sources)]
        return Items(sources, common, columns, item)

    def _name_finder(self, records: Sequence[DocumentRecord]) -> _NameFinder:
        if "spacy" not in self.settings.names:
            return _NameFinder(builtin_finder, update_name_hints(self.build, records))
        name = self.settings.names["spacy"]
        digest = f"{names.load_pipeline(name).digest} {environment_fingerprint()}".encode()
        hints = NameHints([digest] * len(records), lambda _: digest)
        return _NameFinder(partial(_spacy_finder, name), hints)


def _without_changed(inputs: dict[SeedPath, bytes], row: _ReadRow) -> _ReadRow:
    """Delete the input of a seed that was read now, and was not the same any more."""
    if isinstance(row, ItemResult) and row.result.record:
        path, digest = SeedPath(row.key), row.result.record.digest
        if inputs.get(path) != bytes.fromhex(digest[:_DIGITS]):
            inputs.pop(path, None)
    return row


class _OtherInputs(NamedTuple):
    """What reading some seeds depends on besides their bytes."""

    rules: str | None = None
    """The digest of the decisions about its structure, if there are any."""
    recognition: str | None = None
    """What recognizes the words of a scan, if it may be one."""


def _other_inputs(
    paths: Iterable[SeedPath], rules: Mapping[SeedPath, StructureRules], recognition: str
) -> dict[SeedPath, _OtherInputs]:
    """Return the other inputs of those seeds that have any; most have none."""
    scanned = {path for path in paths if may_be_scan(path)} if recognition else set()
    return {
        path: _OtherInputs(
            rules[path].digest if path in rules else None, recognition if path in scanned else None
        )
        for path in scanned | rules.keys()
    }


def _seed_digest(seeds: Path, path: str) -> str | None:
    """Return the digest of a seed; None if it cannot be read."""
    seed = read_seed(seeds, SeedPath(path))
    return None if isinstance(seed, Problem) else seed.digest


class NameInputs(NamedTuple):
    """What the names of a document depend on."""

    record: DocumentRecord
    hints: bytes
    """Its `EncodedHints`."""
    records: tuple[AuthorityRecord, ...]
    """The authority names that it has a form of."""
    corrections: tuple[MentionCorrection, ...]


class _NameDecisions(NamedTuple):
    """What people decided about the names of a document: the last fields of `NameInputs`."""

    records: tuple[AuthorityRecord, ...] = ()
    corrections: tuple[MentionCorrection, ...] = ()


def _encode_inputs(
    record: DocumentRecord, hints: Callable[[], bytes], decisions: _NameDecisions
) -> bytes:
    return encode(NameInputs(record, hints(), *decisions))


Find = Callable[[Database, Document, bytes], Iterable[Mention]]
"""Finds the names in a document, with its hints."""

_FinderFactory = Callable[[], Find]


class _NameFinder(NamedTuple):
    """What finds names, and what it knows of the corpus."""

    load: _FinderFactory
    hints: NameHints


def _copies_worker(path: Path, originals: tuple[WithdrawnText, ...]) -> Work:
    """Return the function that compares documents with withdrawn texts."""

    def compare(database: Database, item: WorkItem) -> Output:
        document = load_document(database, decoder(DocumentRecord).decode(item.extra))
        return Output(item.key, find_copied_texts(document, originals))

    return run_with_database(path, compare)


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
    usages, origin = fingerprint(summary.usages), encode_sorted(Origins.of([inputs.record]))
    result = NamesResult(corrected.unmatched, usages, fingerprint(summary), fingerprint(origin))
    return Output(document.source, result, values=values)


def builtin_finder() -> Find:
    """Return the function that finds names by rules; it remembers words of earlier documents."""
    lookup = names.WordLookup.cached()

    def find(database: Database, document: Document, encoded: bytes) -> Iterable[Mention]:
        hints: EncodedHints = decoder(EncodedHints).decode(encoded)
        corpus_hints = names.corpus_hints(case_counts(database, document.source), *hints)
        return names.find_names(document, corpus_hints, lookup)

    return find


def _spacy_finder(name: str) -> Find:
    """Load a pipeline: each worker has its own."""
    finder = names.load_pipeline(name)
    return lambda _database, document, _hints: finder.find_names(document)
