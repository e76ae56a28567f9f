"""Which documents are shown: all that can be read, without those that people took back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator import store
from generator.decisions import Decided, left_out, read_corrections
from generator.linking import corrections
from generator.linking.nearcopies import Original, original_of
from generator.linking.withdrawals import Print, Withheld, as_problem, withdrawals, withheld
from generator.losses import Before, Losses, published, require_files
from generator.model import AnyDocument, LeftOut, Permalink, Problem, Record, SeedPath, Withdrawn
from generator.reading.study import study
from generator.settings import Settings
from generator.stages import Stages
from generator.writing import permalinks

Near = Mapping[SeedPath, Sequence[SeedPath]]
"""The withdrawn texts of which each document is a near copy."""


@dataclass(frozen=True, slots=True)
class Rulings:
    """What is known of all seeds before any is read: their addresses, and what people decided."""

    listed: store.Seeds
    """Every seed, and what is none."""
    known: tuple[Permalink, ...]
    decided: Decided
    withdrawn: tuple[Withdrawn, ...]
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
        return frozenset(path for path, said in self.decided.items() if said.withdrawn)

    def _is_withdrawn(self, path: SeedPath) -> bool:
        return path in self.decided and self.decided[path].withdrawn is not None

    def withheld(self, documents: Sequence[AnyDocument], near: Near) -> Withheld:
        """Tell which documents may not be shown; those that people released are."""
        held = [one for one in documents if not self._is_released(one.source)]
        return withheld(held, self.withdrawn, self.followed(documents), near)

    def followed(self, documents: Iterable[AnyDocument]) -> tuple[Permalink, ...]:
        """Return the table of addresses after the files that were renamed."""
        digests = {one.source: one.digest for one in (*documents, *self.withdrawn)}
        return permalinks.followed(self.known, digests)

    def _is_released(self, path: SeedPath) -> bool:
        return path in self.decided and self.decided[path].released is not None


@dataclass(frozen=True, slots=True)
class Admitted:
    """The documents that are shown, and all that is known of the others."""

    documents: tuple[Record, ...]
    withheld: Withheld
    known: tuple[Permalink, ...]
    problems: tuple[Problem, ...]
    before: Before
    """What the last run published, without what people took back."""
    left_out: tuple[LeftOut, ...]


def rulings(settings: Settings) -> Rulings:
    """Read the tables and `corrections.yml`, and the seeds that people withdrew.

    Raises SeedbedError when a table is damaged, or when it cannot be told what is withdrawn.
    """
    listed = store.list_seeds(settings.seeds)
    paths = listed.paths
    known = permalinks.load(store.read_addresses(settings.root), store.ADDRESSES)
    decided, slips = read_corrections(settings, paths, known)
    there = (*paths, *left_out(settings, decided, paths))
    taken = [path for path in there if path in decided and decided[path].withdrawn]
    prints = {link.seed: Print(link.digest, link.wording) for link in known}
    originals: list[Original] = []
    for path in taken:
        seed = store.read_seed(settings.seeds, path)
        if isinstance(seed, Problem):
            continue
        document, _ = study(seed)
        prints[path] = Print(seed.digest, document.wording if document else "")
        original = original_of(document) if document else None
        originals += [original] if original else []
    left = withdrawals(decided, prints)
    found = (*listed.problems, *slips)
    return Rulings(listed, known, decided, left, tuple(originals), found)


def admit(stages: Stages, losses: Losses) -> Admitted:
    """Read all seeds that may be shown, and correct them; forget the texts of all others.

    Raises SeedbedError when most of the seeds are missing, unless `losses` says to go on.
    """
    ruled = rulings(stages.settings)
    before = published(stages.shelves.kept, ruled.known).without(ruled.taken_back)
    require_files(losses, before, frozenset(ruled.readable))
    problems: list[Problem] = list(ruled.problems)
    documents: list[Record] = []
    for document, found in stages.read(ruled.readable):
        problems += corrections.still_open(found, ruled.decided)
        if document:
            correction = ruled.decided.get(document.source)
            documents.append(corrections.corrected(document, correction))
    held = ruled.withheld(documents, stages.near_copies(documents, ruled.originals))
    stages.forget(held.copies)
    shown = tuple(one for one in documents if one.source not in held.copies)
    told = [one for one in problems if one.source not in held.copies]
    told += map(as_problem, held.copies.values())
    before = before.without(held.copies.keys())
    known, left = ruled.followed(documents), ruled.listed.left_out
    return Admitted(shown, held, known, tuple(told), before, left)
