"""What a site must not lack when it is published, and one line about it for the end of a build."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.files import read_file, table_rows
from generator.model import Problem, Report
from generator.publishing.placeholder_url import is_placeholder
from generator.settings import Settings
from generator.starter.words import is_unwritten

_ABOUT = "about.md"
_DOCUMENTS = "data/documents.csv"

_SHORT = {
    "E070": "its address",
    "E071": "a page about it",
    "E072": "its description",
    "E073": "who may use the documents",
}
"""What each message is about, for one line."""


def missing_from_site(settings: Settings) -> Iterator[Problem]:
    """Yield an error for each thing that readers expect and that nobody has written yet."""
    if not settings.site.url or is_placeholder(settings.site.url):
        what = "is a placeholder" if settings.site.url else "is not set"
        message = f"site_url {what}: citations, feeds and the sitemap need the address"
        yield _missing("E070", "mkdocs.yml", message, "Write the public address of the site")
    about = settings.docs / _ABOUT
    if about.is_file() and is_unwritten(read_file(about).decode("utf-8", "replace")):
        message = "the page about the site still asks you to write it"
        hint = "Write where the documents come from and who chose them"
        yield _missing("E071", f"{settings.docs.name}/{_ABOUT}", message, hint)
    if not (settings.site.description or "").strip():
        message = "site_description is empty; search engines and feeds show it"
        yield _missing("E072", "mkdocs.yml", message, "Describe the site in a sentence")


def missing_from_documents(settings: Settings) -> Iterator[Problem]:
    """Yield what documents must not lack, as the last build wrote them: who may use them."""
    rows = table_rows(settings.docs / _DOCUMENTS)
    without_rights = [row["path"] for row in rows if not row.get("rights")]
    if without_rights:
        message = f"nobody has said who may use {documents_in_words(without_rights)}"
        hint = "Set `rights` below extra.seedbed in mkdocs.yml, or state them for a folder or file"
        yield _missing("E073", "mkdocs.yml", message, hint)


def reminder(settings: Settings, report: Report) -> str | None:
    """Return one line about what the site still lacks, for the end of a build; None if nothing."""
    missing = [_SHORT[problem.code] for problem in missing_from_site(settings)]
    missing += [_SHORT["E073"]] if report.without_rights else []
    if not missing:
        return None
    return f"Before you publish, the site needs {', '.join(missing)}: `seedbed check --publish`."


def documents_in_words(paths: Sequence[str]) -> str:
    """Return how many documents there are, with the first as an example."""
    if len(paths) == 1:
        return f"1 document ({paths[0]})"
    return f"{len(paths):,} documents ({paths[0]} and others)"


def _missing(code: str, source: str, message: str, hint: str) -> Problem:
    return Problem(code, source, message, hint)
