"""The check of one page. It needs no other page, so any process can do it, and it can be saved.

A report contains the page's links and anchors, with which all pages are compared afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import frontmatter
import msgspec
from msgspec.structs import replace

from generator.checking.backlinks import entity_links, hash_links
from generator.checking.built_page import BuiltPage, parse_page
from generator.checking.dead_links import canonical_of, link_targets, page_links
from generator.checking.evidence import (
    Decisions,
    EvidenceSources,
    dropped_lines,
    text_above_article,
    undo_steps,
    unsupported_values,
    values_missing_on_page,
)
from generator.checking.front_matter import OtherFrontMatterError, PageSource, read_page
from generator.checking.hashes import hash_words
from generator.checking.joins import unproven_joins
from generator.checking.lossless_steps import vanished_words
from generator.checking.pictures import (
    file_faults,
    is_of_file,
    picture_faults,
)
from generator.checking.source_text import SourceText, read_source_text, seed_source
from generator.checking.structure import lost_indents, structure_differences
from generator.files import read_file
from generator.model import Problem, Seed, SeedbedError, SeedPath
from generator.model.furniture import furniture_lines
from generator.model.ledger import LEDGER, RecordedDocument, load_ledger
from generator.model.pages import EXTERNAL_LINK_REL, WRAPPER_CLASS
from generator.model.problems import with_project_path
from generator.reading.formats.parts import SeedSource
from generator.settings import Settings
from generator.text import web_links
from generator.text.page_furniture import is_too_much, unproven_lines


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
        document = self._document(name)
        report = PageReport(name, problems=tuple(_desk_problems(name, data or b"")))
        if page:
            site = self.settings.site
            targets = link_targets(name, page, site)
            report = replace(
                report,
                links=len(page.links),
                encoded_links=msgspec.msgpack.encode(
                    page_links(name, page, targets, canonical_of(site))
                ),
                encoded_entity_links=msgspec.msgpack.encode(
                    hash_links(name, entity_links(name, page, targets))
                ),
            )
        if document is None:
            return report
        problems = tuple(document.broken_promises(self.source, page, self.decisions, self.site))
        is_wrong = False
        if problems:
            is_wrong = document.is_wrong_in_docs(self.source, self.decisions)
            problems = tuple(_with_hint(problem, by_seedbed=is_wrong) for problem in problems)
        return replace(
            report,
            source=document.record.source,
            words=document.words,
            changes=document.changes,
            text=hash_words("".join(page.paragraphs)) if page else b"",
            problems=(
                *report.problems,
                *(with_project_path(problem, self.settings.seeds.name) for problem in problems),
            ),
            is_wrong_in_docs=is_wrong,
            decided_in=self.decisions.named_by(document.record.values),
        )

    def _document(self, name: str) -> _PublishedDocument | None:
        path = (self.settings.docs / name).with_suffix(".md")
        exists = is_document(f"{name.removesuffix('.html')}.md") and path.is_file()
        return _PublishedDocument.load(name, path) if exists else None


def _page_source(text: str) -> PageSource:
    """Return a page's front matter and its Markdown, by YAML where the front matter is unusual."""
    try:
        return read_page(text)
    except OtherFrontMatterError:
        post = frontmatter.loads(text)
        return PageSource(post.metadata, post.content)


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


class _PublishedDocument(msgspec.Struct, frozen=True):
    """A document as the docs folder describes it."""

    page: str
    meta: Mapping[str, Any]
    record: RecordedDocument
    body: str
    """The page below its front matter."""

    @classmethod
    def load(cls, page: str, path: Path) -> _PublishedDocument | None:
        """Read a document's page at a path and its ledger; None if the document is withdrawn.

        `page` is the path of its page in the site.
        """
        source = _page_source(read_file(path).decode())
        if source.meta["kind"] == "withdrawn":
            return None
        # From the ledger: strings in the front matter are escaped for HTML.
        record = load_ledger(read_file(path.with_name(LEDGER)))
        return cls(page, source.meta, record, source.markdown.strip())

    @property
    def words(self) -> int:
        return int(self.meta["words"])

    @property
    def changes(self) -> int:
        return sum(len(step.changes) for step in self.record.steps)

    def broken_promises(
        self, source: SeedSource, page: BuiltPage | None, decisions: Decisions, site: Path
    ) -> Iterator[Problem]:
        """Yield a problem for each promise that this document's page breaks."""
        seed = source(self.record.source)
        if page is None:
            yield self._problem(
                "E021", "the document has no page in the site", "Build the site again"
            )
        elif isinstance(seed, Problem) or seed.digest != self.record.sha256:
            yield self._problem(
                "E022", "the seed has changed since the page was written", "Build the site again"
            )
        else:
            text = read_source_text(seed, source.read_file)
            yield from self._source_differences(page, text, decisions)
            yield from self._picture_problems(page, source, text.pictures, site)
            for words in (
                *values_missing_on_page(self.meta, page),
                *self._dropped_lines(page.text_above, decisions),
            ):
                message = f'"{words}" was taken out of the article and is not shown above it'
                yield self._problem("E027", message, _REPORT)
            for element in (*page.foreign_elements, *_unknown_links(page, text.links)):
                message = f"the article contains {element}, which the check does not allow"
                yield self._problem("E024", message, _REPORT)

    def is_wrong_in_docs(self, source: SeedSource, decisions: Decisions) -> bool:
        """Whether the page as Seedbed wrote it has already lost words or evidence.

        Then no theme, plugin or hook is at fault. Paragraphs in Markdown cannot be compared before
        they are rendered; those of a fully escaped page are HTML, and are parsed as such.
        """
        seed = source(self.record.source)
        if isinstance(seed, Problem) or seed.digest != self.record.sha256:
            return False
        if self._dropped_lines(text_above_article(self.meta), decisions):
            return True
        page = parse_page(f'<div class="sb-text">{self.body}</div>'.encode())
        codes = frozenset(_ALWAYS_OURS | ({"E023", "E060"} if self.is_html else set()))
        text = read_source_text(seed, source.read_file)
        broken = {problem.code for problem in self._source_differences(page, text, decisions)}
        return bool(broken & codes) or (self.is_html and bool(page.foreign_elements))

    @property
    def is_html(self) -> bool:
        """Whether the page is fully escaped."""
        return self.body.startswith(f'<div class="{WRAPPER_CLASS}">')

    def _dropped_lines(self, above: str, decisions: Decisions) -> tuple[str, ...]:
        lines = tuple(dropped_lines(self.record.values, self.record.steps, above))
        if not lines:
            return ()
        return () if decisions.seeds.has_values(self.record.source) else lines

    def _source_differences(
        self, page: BuiltPage, source: SourceText, decisions: Decisions
    ) -> Iterator[Problem]:
        try:
            texts = tuple(undo_steps("\n\n".join(page.paragraphs), self.record.steps))
        except SeedbedError as error:
            yield self._problem(
                "E023", f"page and ledger do not restore the source: {error}", _REPORT
            )
            return
        if texts[-1] != source.text:
            index = _first_difference(texts[-1], source.text)
            yield self._problem(
                "E023",
                f"page and ledger do not restore the source, from character {index} on",
                _REPORT,
            )
        sources = EvidenceSources(self.record.source, texts, decisions, source.statements)
        for found in unsupported_values(self.record.values, self.meta, sources):
            message = f'there is no evidence that its {found.field} is "{found.value}"'
            yield self._problem("E028", message, _REPORT)
        yield from self._structure_problems(page, texts)
        yield from self._furniture_problems(texts[-1], decisions)

    def _structure_problems(self, page: BuiltPage, texts: Sequence[str]) -> Iterator[Problem]:
        """Yield a problem for each difference between what the page and the source look like.

        `texts` are the text of the page and the texts after undoing each step.
        """
        for difference in structure_differences(page.blocks, self.record.blocks):
            yield self._problem("E060", f"the page shows {difference}", _REPORT)
        for line in lost_indents(page.blocks, self.record.steps, texts[-1]):
            message = f'the line "{line}" is indented in the source, and not on the page'
            yield self._problem("E060", message, _REPORT)
        for words in unproven_joins(page.blocks, self.record.steps, texts[:0:-1]):
            message = f'two lines were joined without evidence: "{words}"'
            yield self._problem("E062", message, _REPORT)

    def _furniture_problems(self, source: str, decisions: Decisions) -> Iterator[Problem]:
        """Yield a problem for words that were left out without evidence, and for too many."""
        for words in vanished_words(self.record.steps):
            yield self._problem("E061", f'"{words}" was left out for no reason', _REPORT)
        left_out = furniture_lines(self.record.steps)
        for line in unproven_lines(left_out, source):
            message = f'"{line}" was left out as a running head or page number without evidence'
            yield self._problem("E061", message, _REPORT)
        is_unusual = is_too_much(left_out, source)
        if is_unusual and not decisions.seeds.leave_out_furniture(self.record.source):
            message = "running heads and page numbers with more than 3 % of the words were left out"
            yield self._problem("E061", message, "Build the site again")

    def _picture_problems(
        self, page: BuiltPage, source: SeedSource, found: Sequence[str], site: Path
    ) -> Iterator[Problem]:
        """Yield a problem for each picture that is not on the page or not in the site."""
        folder = (site / self.page).parent
        faults = [*picture_faults(page.pictures, self.record.pictures, found)]
        for picture in dict.fromkeys(self.record.pictures):
            path = folder / picture.file_name
            faults += file_faults(picture, read_file(path) if path.is_file() else None)
            file = source(SeedPath(picture.file)) if picture.file else None
            if picture.file and not (isinstance(file, Seed) and is_of_file(picture, file.data)):
                faults.append(f"{picture.file} has changed since the page was written")
        for fault in faults:
            yield self._problem("E059", fault, "Build the site again")

    def _problem(self, code: str, message: str, hint: str) -> Problem:
        return Problem(code, self.record.source, message, hint)


_ALWAYS_OURS = {"E028", "E061", "E062"}
"""Faults of a page that no theme or plugin can cause."""

_REPORT = "This is a fault of Seedbed, of the theme or of a plugin: please report it with the seed"
_REPORT_SEEDBED = "This is a fault of Seedbed, and not of your site: please report it with the seed"


def _with_hint(problem: Problem, *, by_seedbed: bool) -> Problem:
    """Replace the hint if Seedbed's own page is already wrong: then nothing else is at fault."""
    return (
        replace(problem, hint=_REPORT_SEEDBED)
        if by_seedbed and problem.hint == _REPORT
        else problem
    )


def _unknown_links(page: BuiltPage, stated: Set[str]) -> Iterator[str]:
    """Yield the links that leave the site to an address that neither text nor file has."""
    for index, links in groupby(page.external_links, key=lambda link: link.paragraph):
        words = page.blocks[index].text
        printed = {
            (words[link.start : link.end], link.href) for link in web_links.find_links(words)
        }
        for link in links:
            is_known = link.href in stated if link.is_stated else (link.text, link.href) in printed
            if not is_known or link.rel != EXTERNAL_LINK_REL:
                yield f'a link to "{link.href}"'


def _first_difference(first: str, second: str) -> int:
    return next(
        (
            index
            for index, pair in enumerate(zip(first, second, strict=False))
            if pair[0] != pair[1]
        ),
        min(len(first), len(second)),
    )
