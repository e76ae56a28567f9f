"""What a person should know of the corpus as a whole, once every document is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.model import Corpus, Problem, SeedPath
from generator.settings import Settings
from generator.writing import colours


def located(settings: Settings, problem: Problem) -> Problem:
    """Name a problem's seed as people and editors find it: from the project's folder on."""
    return replace(problem, source=f"{settings.seeds.name}/{problem.source}")


def changed(path: SeedPath) -> Problem:
    """Say that a page is not published, since the site changes its words."""
    told = "something in the site changes its words, however they are written; not published"
    return Problem("E029", path, told, "Look which hook, plugin or extension in mkdocs.yml does it")


def overall(settings: Settings, corpus: Corpus, kept: Iterable[str]) -> Iterator[Problem]:
    """Say that there is nothing to show, or that a page of the person's own is kept."""
    if not corpus.documents and not corpus.withdrawn:
        yield Problem(
            "W001",
            settings.seeds.name,
            "no document in this folder",
            "Put plain-text files in",
            severity="warning",
        )
    for path in kept:
        yield Problem(
            "W002",
            f"docs/{path}",
            "this page is yours and is kept",
            "Remove it to get the generated one",
            severity="warning",
        )
    for one in colours.faint(settings.colours):
        yield Problem(
            "W060",
            "mkdocs.yml",
            f"extra.seedbed.colours.{one.scheme}: {one.name} {one.colour} on paper {one.paper} has"
            f" a contrast of {one.contrast:.1f}",
            f"Choose colours with {colours.LEAST} or more, which everybody can read (WCAG 2.2 AA)",
            severity="warning",
        )


def strays(settings: Settings, paths: Iterable[str]) -> Iterator[Problem]:
    """Say which files in folders of generated pages are not ours."""
    for path in paths:
        yield Problem(
            "W072",
            f"{settings.docs.name}/{path}",
            "Seedbed did not write this in a folder of generated pages; it stays",
            "Move it to a folder of your own beside that one, or remove it",
            severity="warning",
        )


def twins(corpus: Corpus) -> Iterator[Problem]:
    """Say which documents have the same bytes, or the same title and date."""
    same: dict[str, SeedPath] = {}
    alike: dict[tuple[str, str], SeedPath] = {}
    for document in sorted(corpus.documents, key=lambda document: document.source):
        source, said = document.source, document.metadata
        copied = same.setdefault(document.digest, source)
        called = (said.title.value, said.date.value if said.date else "")
        twin = alike.setdefault(called, source)
        if copied != source:
            told = f"the very same bytes as {copied}; both have a page"
            yield _twin(source, told, "Remove one of them")
        elif twin != source:
            told = f'same title and date as {twin}: "{said.title.value}"; both have a page'
            yield _twin(source, told, "Remove one if they are the same document")


def _twin(source: SeedPath, message: str, hint: str) -> Problem:
    return Problem("W014", source, message, hint, severity="warning")
