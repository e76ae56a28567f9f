"""What a person should know of the corpus as a whole, once every document is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from generator.files import LINK_MESSAGE
from generator.model import Corpus, Problem, SeedbedError, SeedPath
from generator.settings import Settings
from generator.writing import theme_colours


def unfaithful_page(path: SeedPath) -> Problem:
    """Say that a page is not published, since the site changes its words."""
    told = "the page in docs/ shows its words, and the built site others; not published"
    hint = "Look which theme, hook, plugin or extension in mkdocs.yml changes them"
    return Problem("E029", path, told, hint)


def lost(path: SeedPath) -> Problem:
    """Say that a page is not published, since Seedbed itself did not keep its words."""
    told = "Seedbed did not keep all its words, on the page in docs/ already; not published"
    hint = "Nothing in mkdocs.yml is to blame: please report it with the seed"
    return Problem("E030", path, told, hint)


def corpus_warnings(settings: Settings, corpus: Corpus, kept: Iterable[str]) -> Iterator[Problem]:
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
    for colour in theme_colours.find_low_contrast(settings.colours):
        yield Problem(
            "W060",
            "mkdocs.yml",
            f"extra.seedbed.colours.{colour.scheme}: {colour.name} {colour.colour}"
            f" on paper {colour.paper} has a contrast of {colour.contrast:.1f}",
            f"Choose colours with a contrast of {theme_colours.MIN_CONTRAST} or more (WCAG 2.2 AA)",
            severity="warning",
        )


def require_texts(problems: Iterable[Problem]) -> None:
    """Raise SeedbedError where all files of a corpus without a document only lead to others.

    It tells each of them, because nothing else will: no run goes on after it.
    """
    refused = [problem for problem in problems if problem.severity == "error"]
    if not refused or not all(map(_leads_elsewhere, refused)):
        return
    lines = [str(problem) for problem in refused[:_SHOWN]]
    lines += [f"and {len(refused) - _SHOWN:,} more"] * (len(refused) > _SHOWN)
    kinds = Counter(problem.message for problem in refused)
    told = ", ".join(f"{count:,} times {message}" for message, count in kinds.most_common())
    lines.append(f"there is no text in the seeds folder: {told}; nothing is published")
    raise SeedbedError("\n".join(lines), " ".join(sorted({f"{one.hint}." for one in refused})))


def _leads_elsewhere(problem: Problem) -> bool:
    """Whether a file was refused because it is a link or a pointer."""
    return problem.code == "E005" or problem.message == LINK_MESSAGE


_SHOWN = 10
"""Files that are named."""


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


def duplicate_documents(corpus: Corpus) -> Iterator[Problem]:
    """Say which documents have the same bytes, or the same title and date."""
    same: dict[str, SeedPath] = {}
    alike: dict[tuple[str, str], SeedPath] = {}
    for document in sorted(corpus.documents, key=lambda document: document.source):
        source, metadata = document.source, document.metadata
        copied = same.setdefault(document.digest, source)
        called = (metadata.title.value, metadata.date.value if metadata.date else "")
        twin = alike.setdefault(called, source)
        if copied != source:
            message = f"the very same bytes as {copied}; both have a page"
            yield _twin(source, message, "Remove one of them")
        elif twin != source:
            message = f'same title and date as {twin}: "{metadata.title.value}"; both have a page'
            yield _twin(source, message, "Remove one if they are the same document")


def _twin(source: SeedPath, message: str, hint: str) -> Problem:
    return Problem("W014", source, message, hint, severity="warning")
