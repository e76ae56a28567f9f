"""The result of a build: what was published, and the check of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.checking.check_result import CheckResult
from generator.engine.tasks import TaskSummary
from generator.files.known_folders import ListedFolder
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
    listed: Mapping[str, ListedFolder] = field(default_factory=dict)
    """The folders of the site whose files were looked at after they were written."""
    named_folders: frozenset[str] = frozenset()
    """The folders of the site with files that do not come from one folder of documents."""
