"""Which documents are shown: all that can be read, without those that people took back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator import corrections
from generator.corrections.near_copies import Original, original_of
from generator.corrections.withdrawals import (
    Print,
    Withheld,
    copy_problem,
    find_withdrawn,
    withheld,
)
from generator.files import DOCUMENT_ADDRESSES, Seeds, list_seeds, read_addresses, read_seed
from generator.model import (
    AnyDocument,
    DocumentAddress,
    DocumentRecord,
    LeftOut,
    Problem,
    SeedPath,
    WithdrawnDocument,
)
from generator.pipeline.document_stages import DocumentStages
from generator.pipeline.load_corrections import Decided, left_out, load_document_corrections
from generator.pipeline.losses import Before, Losses, published, require_files
from generator.reading.read import read_document
from generator.settings import Settings
from generator.writing.addresses import documents as document_addresses

Near = Mapping[SeedPath, Sequence[SeedPath]]
"""The withdrawn texts of which each document is a near copy."""


@dataclass(frozen=True, slots=True)
class Rulings:
    """What is known of all seeds before any is read: their addresses, and what people decided."""

    listed: Seeds
    """Every seed, and what is none."""
    known: tuple[DocumentAddress, ...]
    decided: Decided
    withdrawn: tuple[WithdrawnDocument, ...]
    originals: tuple[Original, ...]
    """The withdrawn texts that lie in the seeds folder."""
    problems: tuple[Problem, ...]

    @property
    def paths(self) -> Sequence[SeedPath]:
        """Return every seed."""
        return self.listed.paths

    @property
    def readable(self) -> list[SeedPath]:
        """Return the seeds that people did not withdraw."""
        return [path for path in self.paths if not self._is_withdrawn(path)]

    @property
    def taken_back(self) -> frozenset[SeedPath]:
        """Return the seeds that people withdrew, also those that are no longer in the folder."""
        return frozenset(path for path, correction in self.decided.items() if correction.withdrawn)

    def _is_withdrawn(self, path: SeedPath) -> bool:
        return path in self.decided and self.decided[path].withdrawn is not None

    def withheld(self, documents: Sequence[AnyDocument], near: Near) -> Withheld:
        """Tell which documents may not be shown; those that people released are."""
        held = [document for document in documents if not self._is_released(document.source)]
        return withheld(held, self.withdrawn, self.followed(documents), near)

    def followed(self, documents: Iterable[AnyDocument]) -> tuple[DocumentAddress, ...]:
        """Return the table of addresses after the files that were renamed."""
        digests = {one.source: one.digest for one in (*documents, *self.withdrawn)}
        return document_addresses.followed(self.known, digests)

    def _is_released(self, path: SeedPath) -> bool:
        return path in self.decided and self.decided[path].released is not None


@dataclass(frozen=True, slots=True)
class Admitted:
    """The documents that are shown, and all that is known of the others."""

    documents: tuple[DocumentRecord, ...]
    withheld: Withheld
    known: tuple[DocumentAddress, ...]
    problems: tuple[Problem, ...]
    before: Before
    """What the last run published, without what people took back."""
    left_out: tuple[LeftOut, ...]


def rulings(settings: Settings) -> Rulings:
    """Read the tables and `corrections.yml`, and the seeds that people withdrew.

    Raises SeedbedError when a table is damaged, or when it cannot be told what is withdrawn.
    """
    listed = list_seeds(settings.seeds)
    paths = listed.paths
    addresses = document_addresses.load(read_addresses(settings.root), DOCUMENT_ADDRESSES)
    decided, slips = load_document_corrections(settings, paths, addresses)
    there = (*paths, *left_out(settings, decided, paths))
    taken = [path for path in there if path in decided and decided[path].withdrawn]
    prints = {link.seed: Print(link.digest, link.wording) for link in addresses}
    originals: list[Original] = []
    for path in taken:
        seed = read_seed(settings.seeds, path)
        if isinstance(seed, Problem):
            continue
        document, _ = read_document(seed)
        prints[path] = Print(seed.digest, document.wording if document else "")
        original = original_of(document) if document else None
        originals += [original] if original else []
    left = find_withdrawn(decided, prints)
    found = (*listed.problems, *slips)
    return Rulings(listed, addresses, decided, left, tuple(originals), found)


def admit(stages: DocumentStages, losses: Losses) -> Admitted:
    """Read all seeds that may be shown, and correct them; forget the texts of all others.

    Raises SeedbedError when most of the seeds are missing, unless `losses` says to go on.
    """
    ruled = rulings(stages.settings)
    before = published(stages.build.database, ruled.known).without(ruled.taken_back)
    require_files(losses, before, frozenset(ruled.readable))
    problems: list[Problem] = list(ruled.problems)
    documents: list[DocumentRecord] = []
    for document, found in stages.read(ruled.readable):
        problems += corrections.without_settled(found, ruled.decided)
        if document:
            correction = ruled.decided.get(document.source)
            documents.append(corrections.apply_to(document, correction))
    held = ruled.withheld(documents, stages.near_copies(documents, ruled.originals))
    stages.forget(held.copies)
    shown = tuple(one for one in documents if one.source not in held.copies)
    told = [problem for problem in problems if problem.source not in held.copies]
    told += map(copy_problem, held.copies.values())
    before = before.without(held.copies.keys())
    addresses, left = ruled.followed(documents), ruled.listed.left_out
    return Admitted(shown, held, addresses, tuple(told), before, left)
