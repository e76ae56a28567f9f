"""Check the data files of a site: which of them must be read again, and by which process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from generator.checking.compared_data import Compared
from generator.checking.data_files import (
    CHECKS,
    Check,
    count_entities,
    problem_of,
)
from generator.checking.shown_documents import ShownDocuments
from generator.checking.verified_data import PartReader, SavedParts, VerifiedData
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
    changed: int | None = None,
) -> Iterator[Problem]:
    """Yield a problem for each data file that is missing, invalid, or differs from the pages.

    A file that is still valid in `verified` is not read again, nor are the parts that it knows.
    `jobs` processes read the files; 0 means one for each core. `changed` is the number of
    documents whose parts may be unknown, None for all: for few of them no process is started.
    """
    entities: Counter[str] = Counter()
    table = site / "data/entities.csv"
    if problem := problem_of(table, lambda path: entities.update(count_entities(path))):
        yield problem
    due = _due(site, Compared(documents, entities, PartReader(None), sha256), verified)
    groups = [[check.name for check in group if check.name in due] for group in CHECKS]
    groups = [group for group in groups if group]
    saved = verified.saved_parts if verified else None
    digests = verified.digests if verified else {}
    unknown = documents.sums.count if changed is None else changed
    most = min(len(groups), unknown // _DOCUMENTS_PER_WORKER)
    used = max(1, min(jobs or workers.available_cores(), most))
    shown = documents.loaded() if used > 1 else documents
    prepare = partial(_checker, site, shown, entities, saved, digests)
    results = workers.map_ordered(prepare, groups, used)
    for group, checked in zip(groups, results, strict=True):
        yield from filter(None, checked.problems)
        if verified:
            found = zip(group, checked.problems, strict=True)
            _save(verified, [due[name] for name, problem in found if not problem], checked.parts)


class _Due(NamedTuple):
    """A check that must be made, and what is saved if the file passes."""

    item: Item
    run: Run


def _due(site: Path, compared: Compared, verified: VerifiedData | None) -> dict[str, _Due | None]:
    """Return the checks that must be made, by the name of the file."""
    due: dict[str, _Due | None] = {}
    listed = cache(lambda get: fingerprint(get(compared)))
    for check in chain.from_iterable(CHECKS):
        if verified is None:
            due[check.name] = None
            continue
        item = verified.item(check.name, _paths(site, check), listed(check.listed))
        if run := verified.why_outdated(item):
            due[check.name] = _Due(item, run)
    if verified:
        verified.build.database.commit()  # what is saved of parts is read by other processes
    return due


def _paths(site: Path, check: Check) -> list[str]:
    """Return the paths of the files that a check reads."""
    files = (numbered_files(site / "data" / name) for name in (check.name, *check.beside))
    return [f"data/{file.name}" for file in chain.from_iterable(files)]


class _Checked(NamedTuple):
    """The results of checks, in order."""

    problems: tuple[Problem | None, ...]
    parts: Mapping[str, bytes | None]
    """What `PartReader` found changed."""


def _save(
    verified: VerifiedData, passed: Iterable[_Due | None], parts: Mapping[str, bytes | None]
) -> None:
    for due in filter(None, passed):
        verified.save(due.item, due.run)
    verified.save_parts(parts)


def _checker(
    site: Path,
    documents: ShownDocuments,
    entities: Mapping[str, int],
    saved: SavedParts | None,
    digests: Mapping[str, str],
) -> Callable[[Sequence[str]], _Checked]:
    """Return what checks some files of a site."""
    checks = {check.name: check for check in chain.from_iterable(CHECKS)}
    digest = cache(lambda path: digests.get(path.name) or sha256(path))

    def run(names: Sequence[str]) -> _Checked:
        parts = PartReader(saved)
        compared = Compared(documents, entities, parts, digest)
        problems = tuple([checks[name].problem(site, compared) for name in names])
        return _Checked(problems, parts.changed)

    return run
