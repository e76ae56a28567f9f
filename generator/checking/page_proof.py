"""The check of one page. It needs no other page, so any process can do it, and it can be saved.

A report contains the page's links and anchors, with which all pages are compared afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from generator.checking.backlinks import entity_links, hash_links
from generator.checking.built_page import BuiltPage, parse_page
from generator.checking.dead_links import canonical_of, link_targets, page_links
from generator.checking.document_check import DescribedDocument
from generator.checking.evidence import Decisions
from generator.checking.hashes import hash_words
from generator.checking.source_text import seed_source
from generator.files import read_file
from generator.model import Problem, SeedPath
from generator.model.ledger import LEDGER
from generator.model.problems import with_project_path
from generator.reading.formats.parts import SeedSource
from generator.settings import Settings


class PageReport(msgspec.Struct, frozen=True):
    """The result for one page of the site, or for a document without a page."""

    name: str
    """The page's path below the site folder."""
    links: int = 0
    encoded_links: bytes = b""
    """The page's `PageLinks`, encoded; empty if there is no page."""
    encoded_entity_links: bytes = b""
    """The page's `HashedLinks`, encoded."""
    source: SeedPath | None = None
    """The seed, if the page is a document's."""
    words: int = 0
    changes: int = 0
    """Entries of the document's ledger that were undone."""
    problems: tuple[Problem, ...] = ()
    is_wrong_in_docs: bool = False
    """Whether the page is already wrong in the docs folder."""
    text: bytes = b""
    """The hash of the words of the article, if the page is a document's."""
    decided_in: tuple[str, ...] = ()
    """The files in which people decided some of its values."""


class PageChecker(msgspec.Struct, frozen=True):
    """Checks pages against their sources."""

    settings: Settings
    site: Path
    decisions: Decisions
    source: SeedSource

    def __call__(self, names: Iterable[str]) -> tuple[PageReport, ...]:
        """Check pages, given by their paths below the site folder."""
        return tuple(map(self._check_page, names))

    def _check_page(self, name: str) -> PageReport:
        path = self.site / name
        data = read_file(path) if path.is_file() else None
        page = parse_page(data) if data is not None else None
        report = PageReport(name, problems=tuple(_desk_problems(name, data or b"")))
        if page:
            report = self._with_links(report, page)
        document = self._document(name)
        return self._with_document(report, page, document) if document else report

    def _with_links(self, report: PageReport, page: BuiltPage) -> PageReport:
        name, site = report.name, self.settings.site
        targets = link_targets(name, page, site)
        links = page_links(name, page, targets, canonical_of(site))
        linked_entities = hash_links(name, entity_links(name, page, targets))
        return replace(
            report,
            links=len(page.links),
            encoded_links=msgspec.msgpack.encode(links),
            encoded_entity_links=msgspec.msgpack.encode(linked_entities),
        )

    def _with_document(
        self, report: PageReport, page: BuiltPage | None, document: DescribedDocument
    ) -> PageReport:
        found = document.find_faults(self.source, page, self.decisions, self.site)
        own = (with_project_path(each, self.settings.seeds.name) for each in found.problems)
        return replace(
            report,
            source=document.record.source,
            words=document.words,
            changes=document.changes,
            text=hash_words("".join(page.paragraphs)) if page else b"",
            problems=(*report.problems, *own),
            is_wrong_in_docs=found.are_in_docs,
            decided_in=self.decisions.named_by(document.record.values),
        )

    def _document(self, name: str) -> DescribedDocument | None:
        path = (self.settings.docs / name).with_suffix(".md")
        exists = is_document(f"{name.removesuffix('.html')}.md") and path.is_file()
        return DescribedDocument.load(name, path) if exists else None


_DESK = b' id="sb-desk"></script>'
"""The end of the element by which the desk is in a page; in a text its characters are escaped."""


def _desk_problems(name: str, page: bytes) -> Iterator[Problem]:
    """Yield a problem if a page has the desk: then it was saved from a preview."""
    if _DESK in page:
        hint = "Publish the folder that `seedbed build` writes, never pages of a preview"
        yield Problem("E066", name, "this page contains the desk of the preview", hint)


def page_checker(settings: Settings, site: Path) -> PageChecker:
    """Return a checker for the pages of a site."""
    return PageChecker(
        settings, site, Decisions.read(settings.seeds), seed_source(settings.seeds, settings.ocr)
    )


def is_document(path: str) -> bool:
    """Whether a file of the docs folder is the page of a document, withdrawn or not."""
    return path.startswith("documents/") and path.endswith("/index.md")


class CompanionPaths(NamedTuple):
    """The files below the docs folder that the page of a document is compared with."""

    page: str
    ledger: str


def companion_paths(name: str) -> CompanionPaths:
    """Return the files that a page of the site is compared with."""
    page = name.removesuffix(".html") + ".md"
    return CompanionPaths(page, f"{page.rpartition('/')[0]}/{LEDGER}")
