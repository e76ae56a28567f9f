"""Check the data files of a site: which of them must be read again, and by which process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from generator.checking.data_files import (
    CHECKS,
    Check,
    count_entities,
    problem_of,
)
from generator.checking.reference_data import ReferenceData
from generator.checking.shown_documents import ShownDocuments
from generator.checking.verified_data import PartReader, SavedFacts, VerifiedData
from generator.engine import workers
from generator.engine.cache_entries import Run
from generator.engine.fingerprint import fingerprint
from generator.engine.tasks import Item
from generator.files import numbered_files, sha256
from generator.model import Problem

_DOCUMENTS_PER_WORKER = 250
"""Fewest documents per worker: to read the data of one takes 0.5 ms, and workers of earlier stages
are waiting."""


def check_data_files(
    site: Path,
    documents: ShownDocuments,
    verified: VerifiedData | None = None,
    jobs: int = 1,
    changed_count: int | None = None,
) -> Iterator[Problem]:
    """Yield a problem for each data file that is missing, invalid, or differs from the pages.

    A file that is still valid in `verified` is not read again, nor are the parts that it knows.
    `jobs` processes read the files; 0 means one for each core. `changed_count` is the number of
    documents whose parts may be unknown, None for all: for few of them no process is started.
    """
    entities: Counter[str] = Counter()
    table = site / "data/entities.csv"
    if problem := problem_of(table, lambda path: entities.update(count_entities(path))):
        yield problem
    reference = ReferenceData(documents, entities, PartReader(None), sha256)
    pending = _pending_checks(site, reference, verified)
    groups = [[check.name for check in group if check.name in pending] for group in CHECKS]
    groups = [group for group in groups if group]
    saved = verified.saved_facts if verified else None
    digests = verified.digests if verified else {}
    unknown = documents.sums.count if changed_count is None else changed_count
    most = min(len(groups), unknown // _DOCUMENTS_PER_WORKER)
    used = max(1, min(jobs or workers.available_cores(), most))
    shown = documents.loaded() if used > 1 else documents
    prepare = partial(_group_checker, site, shown, entities, saved, digests)
    results = workers.map_ordered(prepare, groups, used)
    for group, result in zip(groups, results, strict=True):
        yield from filter(None, result.problems)
        if verified:
            found = zip(group, result.problems, strict=True)
            passed = [pending[name] for name, problem in found if not problem]
            _save(verified, passed, result.parts)


class _PendingCheck(NamedTuple):
    """A check that must be made: what is saved if the file passes."""

    item: Item
    run: Run


def _pending_checks(
    site: Path, reference: ReferenceData, verified: VerifiedData | None
) -> dict[str, _PendingCheck | None]:
    """Return the checks that must be made, by the name of the file; None if nothing is saved."""
    if verified is None:
        return {check.name: None for check in chain.from_iterable(CHECKS)}
    pending: dict[str, _PendingCheck | None] = {}
    fingerprint_of = cache(lambda get: fingerprint(get(reference)))  # several checks have the same
    for check in chain.from_iterable(CHECKS):
        item = verified.item(check.name, _paths(site, check), fingerprint_of(check.dependencies))
        if run := verified.why_outdated(item):
            pending[check.name] = _PendingCheck(item, run)
    verified.build.database.commit()  # what is saved of parts is read by other processes
    return pending


def _paths(site: Path, check: Check) -> list[str]:
    """Return the paths of the files that a check reads."""
    files = (numbered_files(site / "data" / name) for name in (check.name, *check.other_files))
    return [f"data/{file.name}" for file in chain.from_iterable(files)]


class _GroupResult(NamedTuple):
    """The results of the checks of a group, in order."""

    problems: tuple[Problem | None, ...]
    parts: Mapping[str, bytes | None]
    """What `PartReader` found changed."""


def _save(
    verified: VerifiedData,
    passed: Iterable[_PendingCheck | None],
    parts: Mapping[str, bytes | None],
) -> None:
    for check in filter(None, passed):
        verified.save(check.item, check.run)
    verified.save_facts(parts)


def _group_checker(
    site: Path,
    documents: ShownDocuments,
    entities: Mapping[str, int],
    saved: SavedFacts | None,
    digests: Mapping[str, str],
) -> Callable[[Sequence[str]], _GroupResult]:
    """Return the function that checks a group of files of a site, given by their names."""
    checks = {check.name: check for check in chain.from_iterable(CHECKS)}
    digest = cache(lambda path: digests.get(path.name) or sha256(path))

    def run(names: Sequence[str]) -> _GroupResult:
        parts = PartReader(saved)
        reference = ReferenceData(documents, entities, parts, digest)
        problems = tuple([checks[name].problem(site, reference) for name in names])
        return _GroupResult(problems, parts.changed)

    return run
