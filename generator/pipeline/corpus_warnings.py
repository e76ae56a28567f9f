"""Problems of the corpus as a whole, found once every document was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from operator import attrgetter

from generator.files import LINK_MESSAGE
from generator.model import Corpus, Problem, SeedbedError, SeedPath
from generator.settings import Settings
from generator.writing import theme_colours


def unfaithful_page(path: SeedPath) -> Problem:
    """Return the problem of a page that is not published because the site changes its words."""
    message = "the page in docs/ shows its words, and the built site others; not published"
    hint = "Look which theme, hook, plugin or extension in mkdocs.yml changes them"
    return Problem("E029", path, message, hint)


def damaged_page(path: SeedPath) -> Problem:
    """Return the problem of a page that is not published because Seedbed changed its words."""
    message = "Seedbed did not keep all its words, on the page in docs/ already; not published"
    hint = "Nothing in mkdocs.yml is to blame: please report it with the seed"
    return Problem("E030", path, message, hint)


def corpus_warnings(
    settings: Settings, corpus: Corpus, handwritten: Iterable[str]
) -> Iterator[Problem]:
    """Yield a problem if nothing can be shown, for each handwritten page, and for faint colours."""
    if not corpus.documents and not corpus.withdrawn:
        yield Problem(
            "W001",
            settings.seeds.name,
            "no document in this folder",
            "Put plain-text files in",
            severity="warning",
        )
    for path in handwritten:
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
    """Raise SeedbedError if there is no document, and all files are links or pointers to others.

    The message lists them, because the run ends here and reports nothing else.
    """
    refused = [problem for problem in problems if problem.severity == "error"]
    if not refused or not all(map(_leads_elsewhere, refused)):
        return
    lines = [str(problem) for problem in refused[:_SHOWN]]
    lines += [f"and {len(refused) - _SHOWN:,} more"] * (len(refused) > _SHOWN)
    kinds = Counter(problem.message for problem in refused)
    causes = ", ".join(f"{count:,} times {message}" for message, count in kinds.most_common())
    lines.append(f"there is no text in the seeds folder: {causes}; nothing is published")
    raise SeedbedError(
        "\n".join(lines), " ".join(sorted({f"{problem.hint}." for problem in refused}))
    )


def _leads_elsewhere(problem: Problem) -> bool:
    """Whether a file was refused because it is a link or a pointer."""
    return problem.code == "E005" or problem.message == LINK_MESSAGE


_SHOWN = 10
"""Files that a message lists."""


def foreign_file_warnings(settings: Settings, paths: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each file in a folder of generated pages that Seedbed did not write."""
    for path in paths:
        yield Problem(
            "W072",
            f"{settings.docs.name}/{path}",
            "Seedbed did not write this in a folder of generated pages; it stays",
            "Move it to a folder of your own beside that one, or remove it",
            severity="warning",
        )


def duplicate_documents(corpus: Corpus) -> Iterator[Problem]:
    """Yield a problem for each document with the bytes, or the title and date, of another one."""
    by_digest: dict[str, SeedPath] = {}
    by_title: dict[tuple[str, str], SeedPath] = {}
    for document in sorted(corpus.by_source.values(), key=attrgetter("source")):
        source, title, date = document.source, document.metadata.title, document.metadata.date
        original = by_digest.setdefault(document.digest, source)
        same_title = by_title.setdefault((title.value, date.value if date else ""), source)
        if original != source:
            message = f"the very same bytes as {original}; both have a page"
            yield _duplicate(source, message, "Remove one of them")
        elif same_title != source:
            message = f'same title and date as {same_title}: "{title.value}"; both have a page'
            yield _duplicate(source, message, "Remove one if they are the same document")


def _duplicate(source: SeedPath, message: str, hint: str) -> Problem:
    return Problem("W014", source, message, hint, severity="warning")
