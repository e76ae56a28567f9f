"""Which documents are shown: all that can be read, without withdrawn ones and copies of these."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from generator import corrections
from generator.corrections.withdrawals import (
    HiddenDocuments,
    TextDigests,
    certain_copies,
    copy_problems,
    find_hidden,
    find_withdrawn,
)
from generator.corrections.withdrawn_near_duplicates import WithdrawnText, prepare_withdrawn_text
from generator.engine.fingerprint import fingerprint
from generator.files import Seeds
from generator.model import (
    AnyDocument,
    DocumentAddress,
    DocumentRecord,
    LeftOut,
    Problem,
    SeedPath,
    WithdrawnDocument,
)
from generator.pipeline.address_table import AddressTable, load_address_table
from generator.pipeline.document_stages import DocumentStages
from generator.pipeline.large_loss import (
    LastPublished,
    LossPolicy,
    load_last_published,
    require_files,
)
from generator.pipeline.load_corrections import (
    DocumentCorrections,
    left_out,
    load_document_corrections,
    with_withdrawn_parts,
)
from generator.pipeline.load_structure import unmatched_structure
from generator.pipeline.picture_files import named_files, sheets_of
from generator.pipeline.shared_values import SharedValues
from generator.pipeline.sources import ExpandParts, seed_source
from generator.reading.formats.parts import FoundParts, is_picture
from generator.reading.read import read_document
from generator.settings import Settings
from generator.writing.addresses import document_permalinks as document_addresses

NearCopies = Mapping[SeedPath, Sequence[SeedPath]]
"""Documents, each with the withdrawn texts of which it is a near copy."""


class SeedInventory(msgspec.Struct, frozen=True):
    """What is known of all seeds before any is read: their addresses and corrections."""

    listed: Seeds
    """Every seed, and every file that is not a seed."""
    addresses: tuple[DocumentAddress, ...]
    corrections: DocumentCorrections
    withdrawn: tuple[WithdrawnDocument, ...]
    originals: tuple[WithdrawnText, ...]
    """The withdrawn texts that are still in the seeds folder."""
    named_pictures: frozenset[SeedPath]
    """The files that withdrawn texts name as their pictures."""
    problems: tuple[Problem, ...]

    @property
    def paths(self) -> Sequence[SeedPath]:
        """Every seed."""
        return self.listed.paths

    @property
    def readable(self) -> list[SeedPath]:
        """The seeds that are not withdrawn.

        Pictures of withdrawn texts are none: a recognised facsimile would have the same words.
        """
        withdrawn = self.withdrawn_seeds
        pictures = self._sheets_of(withdrawn) | self.named_pictures
        return [
            path
            for path in self.paths
            if path not in withdrawn and (path not in pictures or self._is_released(path))
        ]

    @property
    def picture_files(self) -> frozenset[SeedPath]:
        """The files of pictures that are not withdrawn, also with their texts."""
        pictures = filter(is_picture, (*self.paths, *self.listed.page_pictures))
        return frozenset(pictures) - self.withdrawn_seeds - self._sheets_of(self.withdrawn_seeds)

    @property
    def withdrawn_seeds(self) -> frozenset[SeedPath]:
        """The withdrawn seeds, also those that are no longer in the folder."""
        return frozenset(
            path for path, correction in self.corrections.items() if correction.withdrawn
        )

    def hidden_sheets(self, copies: Iterable[SeedPath]) -> frozenset[SeedPath]:
        """Return the facsimiles of hidden copies, without those that people released."""
        sheets = self._sheets_of(copies)
        return frozenset(path for path in sheets if not self._is_released(path))

    def _sheets_of(self, seeds: Iterable[SeedPath]) -> frozenset[SeedPath]:
        return sheets_of(seeds, (*self.paths, *self.listed.page_pictures))

    def find_hidden(
        self,
        documents: Sequence[AnyDocument],
        near_copies: NearCopies,
        addresses: Iterable[DocumentAddress],
    ) -> HiddenDocuments:
        """Return which documents may not be shown; those that people released may."""
        if not self.withdrawn:
            return HiddenDocuments()
        candidates = [document for document in documents if not self._is_released(document.source)]
        by_pattern = {path for path, entry in self.corrections.items() if entry.release_pattern}
        return find_hidden(candidates, self.withdrawn, addresses, near_copies, by_pattern)

    def current_addresses(self, documents: Iterable[AnyDocument]) -> tuple[DocumentAddress, ...]:
        """Return the table of addresses, with the new names of files that were renamed."""
        documents = tuple(documents)
        sources = [document.source for document in documents]
        if [row.seed for row in self.addresses] == sources:  # mostly, and then none was renamed
            return self.addresses
        digests = {document.source: document.digest for document in (*documents, *self.withdrawn)}
        return document_addresses.follow_renames(self.addresses, digests)

    def _is_released(self, path: SeedPath) -> bool:
        return path in self.corrections and self.corrections[path].release_line is not None


class SelectedDocuments(msgspec.Struct, frozen=True):
    """The documents that are shown, and what is known of the others."""

    documents: tuple[DocumentRecord, ...]
    hidden: HiddenDocuments
    addresses: tuple[DocumentAddress, ...]
    """With the new names of files that were renamed."""
    table: AddressTable
    problems: tuple[Problem, ...]
    last_published: LastPublished
    """What the last run published, without withdrawn documents."""
    left_out: tuple[LeftOut, ...]
    picture_files: frozenset[SeedPath] = frozenset()
    """The files that pages may show as pictures: those that are not withdrawn."""
    as_read: Mapping[SeedPath, bytes] = {}
    """Of each record without corrections, a fingerprint of all that it follows from besides the
    program and its path."""

    def record_fingerprints(self, records: Iterable[DocumentRecord]) -> dict[SeedPath, bytes]:
        """Return the fingerprint of each document without its text.

        To encode a record takes long, so one that is still as it was read has that of its seed.
        """
        selected, as_read = {*map(id, self.documents)}, self.as_read
        return {
            record.source: (id(record) in selected and as_read.get(record.source))
            or fingerprint(record)
            for record in records
        }


def load_inventory(
    settings: Settings,
    listed: Seeds,
    addresses: tuple[DocumentAddress, ...],
    expand: ExpandParts,
) -> SeedInventory:
    """Read `corrections.yml`, the table of metadata, and the seeds that people withdrew.

    `expand` adds the parts of containers. Raises SeedbedError if it is unclear what is withdrawn.
    """
    expanded = expand(listed.paths)
    listed = _with_parts(listed, expanded)
    paths = listed.paths
    matched, problems = load_document_corrections(settings, paths, addresses)
    former = (link.seed for link in addresses)
    matched = with_withdrawn_parts(matched, (*paths, *expanded.pictures, *former))
    existing = (*paths, *left_out(settings, matched, paths))
    withdrawn_paths = [path for path in existing if path in matched and matched[path].withdrawn]
    digests = {
        link.seed: TextDigests(link.digest, link.wording)
        for link in addresses
        if link.seed in matched
    }
    texts = _read_withdrawn(settings, withdrawn_paths)
    withdrawn = find_withdrawn(matched, digests | texts.digests)
    problems = (*listed.problems, *problems, *unmatched_structure(settings, paths))
    return SeedInventory(
        listed,
        addresses,
        matched,
        withdrawn,
        tuple(texts.originals),
        frozenset(texts.named_pictures),
        problems,
    )


def _with_parts(listed: Seeds, expanded: FoundParts) -> Seeds:
    """Return the seeds with the parts of containers."""
    return replace(
        listed,
        paths=expanded.paths,
        problems=(*listed.problems, *expanded.problems),
        page_pictures=listed.page_pictures | {*expanded.pictures},
    )


class _WithdrawnTexts(NamedTuple):
    """What is known of the withdrawn texts that are still in the seeds folder."""

    digests: dict[SeedPath, TextDigests]
    originals: list[WithdrawnText]
    named_pictures: set[SeedPath]


def _read_withdrawn(settings: Settings, paths: Iterable[SeedPath]) -> _WithdrawnTexts:
    texts = _WithdrawnTexts({}, [], set())
    source = seed_source(settings.seeds, settings.ocr)
    for path in paths:
        seed = source(path)
        if isinstance(seed, Problem):
            continue
        document = read_document(seed, read_file=source.read_file).value
        texts.digests[path] = TextDigests(seed.digest, document.wording if document else None)
        if document:
            texts.originals.extend(filter(None, [prepare_withdrawn_text(document)]))
            texts.named_pictures.update(named_files(document))
    return texts


class _ReadDocuments(NamedTuple):
    """All seeds that were read, with their corrections."""

    documents: list[DocumentRecord]
    problems: list[Problem]
    as_read: dict[SeedPath, bytes]


def _read(
    stages: DocumentStages, readable: Sequence[SeedPath], decided: DocumentCorrections
) -> _ReadDocuments:
    (results, inputs), shared = stages.read(readable), SharedValues()
    read = _ReadDocuments([], [], {})
    for result in results:
        if result.problems:
            read.problems.extend(corrections.without_settled(result.problems, decided))
        if document := result.record:
            shared.share_parts(document)
            read.documents.append(corrections.apply_to(document, decided.get(document.source)))
    read.as_read.update((path, own) for path, own in inputs.items() if path not in decided)
    return read


def select_documents(
    stages: DocumentStages, listed: Seeds, policy: LossPolicy
) -> SelectedDocuments:
    """Read all seeds that may be shown, and correct them; delete what is saved of all others.

    Raises SeedbedError if most of the seeds are missing, unless `policy` says to go on.
    """
    table = load_address_table(stages.build, stages.settings)
    inventory = load_inventory(stages.settings, listed, table.rows, stages.with_parts)
    last = load_last_published(stages.build.database, inventory.addresses)
    last = last.without(inventory.withdrawn_seeds)
    readable = inventory.readable
    require_files(policy, last, frozenset(readable))
    documents, problems, as_read = _read(stages, readable, inventory.corrections)
    addresses = inventory.current_addresses(documents)
    near_copies = stages.near_copies(documents, inventory.originals)
    hidden = inventory.find_hidden(documents, near_copies, addresses)
    copies = hidden.copies
    sheets = inventory.hidden_sheets(copies)
    not_shown = copies.keys() | sheets
    stages.forget(not_shown)
    return SelectedDocuments(
        tuple([document for document in documents if document.source not in not_shown]),
        hidden,
        addresses,
        table,
        (
            *(it for it in (*inventory.problems, *problems) if it.source not in not_shown),
            *copy_problems(copies.values()),
        ),
        last.without(certain_copies(hidden, addresses)),
        inventory.listed.left_out,
        inventory.picture_files - sheets,
        as_read,
    )
