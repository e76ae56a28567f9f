"""Documents on whose pages a plugin or hook fails: first written sign by sign, then left out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from generator.checking.check import Proof
from generator.files import read_file
from generator.model import Problem, Report, SeedPath
from generator.model.ledger import LEDGER
from generator.model.problems import with_project_path
from generator.publishing.plugin_guards import PluginFailure
from generator.settings import Settings

CODE = "E031"
_CHANGED = "E029"
"""What the generator says of a document that is left out."""


@dataclass(frozen=True, slots=True)
class SortedFailures:
    """The failures of a build."""

    documents: tuple[tuple[SeedPath, Problem], ...]
    """Those on pages of documents, each with the seed."""
    others: tuple[Problem, ...]
    """Those on other pages, which are published without the work of the plugin."""


def sort_failures(settings: Settings, failures: Iterable[PluginFailure]) -> SortedFailures:
    """Tell on pages of which documents plugins failed, and on which other pages."""
    documents: dict[SeedPath, Problem] = {}
    others: list[Problem] = []
    for failure in failures:
        seed = _seed(settings.docs / failure.page)
        if seed is None:
            page = f"{settings.docs.name}/{failure.page}"
            others.append(replace(failure, page=page).problem())
        else:
            documents.setdefault(
                seed, with_project_path(_failed(seed, failure), settings.seeds.name)
            )
    return SortedFailures(tuple(documents.items()), tuple(dict.fromkeys(others)))


def add_failures(proof: Proof, found: SortedFailures) -> Proof:
    """Count a document on whose page a plugin failed as one whose page is not as it should be."""
    broken = (*(problem for _, problem in found.documents), *proof.broken)
    seeds = (*(seed for seed, _ in found.documents), *proof.unfaithful)
    return replace(proof, broken=broken, doubtful=tuple(dict.fromkeys(seeds)))


def with_plugin_failures(report: Report | None, why: Iterable[Problem]) -> Report | None:
    """Say of documents that are left out which plugin failed, where one did."""
    known = {problem.source: problem for problem in why}
    if report is None:
        return None
    problems = (
        known.get(one.source, one) if one.code == _CHANGED else one for one in report.problems
    )
    return replace(report, problems=tuple(problems))


def _failed(seed: SeedPath, failure: PluginFailure) -> Problem:
    message = f"{failure.owner} fails on its page: {failure.error}; not published"
    return Problem(CODE, seed, message, "Look at its settings in mkdocs.yml, or at the seed")


def _seed(page: Path) -> SeedPath | None:
    """Give the seed of a document's page; None for every other page."""
    ledger = page.with_name(LEDGER)
    if page.name != "index.md" or not ledger.is_file():
        return None
    return SeedPath(str(json.loads(read_file(ledger))["source"]))
