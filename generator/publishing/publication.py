"""The result of a build: what was published, and the check of it."""

from __future__ import annotations

from dataclasses import dataclass

from generator.checking.check_result import CheckResult
from generator.engine.tasks import TaskSummary
from generator.files.snapshot import Snapshot
from generator.model import PageCounts, Problem, Report


@dataclass(frozen=True, slots=True)
class Publication:
    """The result of a build."""

    proof: CheckResult
    pages: PageCounts
    site: Snapshot
    """The published site."""
    changed_files: frozenset[str] = frozenset()
    """Files of the site that this build wrote or removed, if known."""
    report: Report | None = None
    """The report of the last generation with fallbacks; None if no page needed one."""
    problems: tuple[Problem, ...] = ()
    """Warnings of MkDocs and plugins, and about the site's folder."""
    tasks: tuple[TaskSummary, ...] = ()
    """What was outdated when the site was built and checked."""
