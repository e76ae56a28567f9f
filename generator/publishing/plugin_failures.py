"""Documents on whose pages a plugin or hook fails: first fully escaped, then left out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import msgspec
from msgspec import structs

from generator.checking.check_result import CheckResult
from generator.files import read_file
from generator.model import Problem, Report, SeedPath
from generator.model.ledger import LEDGER
from generator.model.problems import with_project_path
from generator.publishing.plugin_guards import PluginFailure
from generator.settings import Settings

CODE = "E031"
_LEFT_OUT = "E029"
"""The code of a document that is left out."""


class SortedFailures(msgspec.Struct, frozen=True):
    """The plugin failures of a build."""

    documents: tuple[tuple[SeedPath, Problem], ...]
    """Failures on pages of documents, each with the seed."""
    others: tuple[Problem, ...]
    """Failures on other pages, which are published without the changes of the plugin."""


def sort_failures(settings: Settings, failures: Iterable[PluginFailure]) -> SortedFailures:
    """Separate failures on pages of documents from failures on other pages."""
    documents: dict[SeedPath, Problem] = {}
    others: list[Problem] = []
    for failure in failures:
        seed = _seed(settings.docs / failure.page)
        if seed is None:
            page = f"{settings.docs.name}/{failure.page}"
            others.append(structs.replace(failure, page=page).problem())
        else:
            documents.setdefault(
                seed, with_project_path(_document_problem(seed, failure), settings.seeds.name)
            )
    return SortedFailures(tuple(documents.items()), tuple(dict.fromkeys(others)))


def add_failures(result: CheckResult, failures: SortedFailures) -> CheckResult:
    """Return a check result that counts documents with a plugin failure as unfaithful."""
    broken = (*(problem for _, problem in failures.documents), *result.broken)
    seeds = (*(seed for seed, _ in failures.documents), *result.unfaithful)
    return structs.replace(result, broken=broken, unfaithful=tuple(dict.fromkeys(seeds)))


def with_plugin_failures(
    report: Report | None, plugin_problems: Iterable[Problem]
) -> Report | None:
    """Return a report that names the failed plugin for documents that are left out."""
    by_seed = {problem.source: problem for problem in plugin_problems}
    if report is None:
        return None
    problems = (
        by_seed.get(problem.source, problem) if problem.code == _LEFT_OUT else problem
        for problem in report.problems
    )
    return replace(report, problems=tuple(problems))


def _document_problem(seed: SeedPath, failure: PluginFailure) -> Problem:
    message = f"{failure.owner} fails on its page: {failure.error}; not published"
    return Problem(CODE, seed, message, "Check its settings in mkdocs.yml, or the seed")


def _seed(page: Path) -> SeedPath | None:
    """Return the seed of a document's page; None for every other page."""
    ledger = page.with_name(LEDGER)
    if page.name != "index.md" or not ledger.is_file():
        return None
    return SeedPath(str(json.loads(read_file(ledger))["source"]))
