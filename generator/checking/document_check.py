"""The check of one document: whether its page keeps what Seedbed promises.

The page and the ledger must restore the text of the seed, each value needs evidence, and what the
source shows (verse, tables, pictures) must be shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import frontmatter
import msgspec
from msgspec.structs import replace

from generator.checking.built_page import BuiltPage, parse_page
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
from generator.checking.joins import unproven_joins
from generator.checking.lossless_steps import vanished_words
from generator.checking.pictures import (
    file_faults,
    is_of_file,
    picture_faults,
)
from generator.checking.source_text import SourceText, read_source_text
from generator.checking.structure import lost_indents, structure_differences
from generator.files import read_file
from generator.model import Problem, Seed, SeedbedError, SeedPath
from generator.model.furniture import furniture_lines
from generator.model.ledger import LEDGER, RecordedDocument, load_ledger
from generator.model.pages import EXTERNAL_LINK_REL, WRAPPER_CLASS
from generator.reading.formats.parts import SeedSource
from generator.text import web_links
from generator.text.page_furniture import is_too_much, unproven_lines


class DocumentFaults(NamedTuple):
    """What is wrong with the page of a document."""

    problems: tuple[Problem, ...]
    are_in_docs: bool
    """Whether the page is already wrong in the docs folder."""


class DescribedDocument(msgspec.Struct, frozen=True):
    """A document as the docs folder describes it."""

    page: str
    """The path of its page below the site folder."""
    meta: Mapping[str, Any]
    record: RecordedDocument
    body: str
    """The page below its front matter."""

    @classmethod
    def load(cls, page: str, path: Path) -> DescribedDocument | None:
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
        """The number of words that the page states."""
        return int(self.meta["words"])

    @property
    def changes(self) -> int:
        """The number of entries in the ledger."""
        return sum(len(step.changes) for step in self.record.steps)

    def find_faults(
        self, source: SeedSource, page: BuiltPage | None, decisions: Decisions, site: Path
    ) -> DocumentFaults:
        """Compare this document's page in a site with its seed; None is a page that is missing."""
        problems = tuple(self._broken_promises(source, page, decisions, site))
        if not (problems and self._is_wrong_in_docs(source, decisions)):
            return DocumentFaults(problems, are_in_docs=False)
        return DocumentFaults(tuple(map(_as_fault_of_seedbed, problems)), are_in_docs=True)

    def _broken_promises(
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

    def _is_wrong_in_docs(self, source: SeedSource, decisions: Decisions) -> bool:
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
        codes = frozenset(_ALWAYS_OURS | ({"E023", "E060"} if self._is_html else set()))
        text = read_source_text(seed, source.read_file)
        broken = {problem.code for problem in self._source_differences(page, text, decisions)}
        return bool(broken & codes) or (self._is_html and bool(page.foreign_elements))

    @property
    def _is_html(self) -> bool:
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


def _as_fault_of_seedbed(problem: Problem) -> Problem:
    """Return the problem of a page that is already wrong in docs/, with the hint that says so."""
    return replace(problem, hint=_REPORT_SEEDBED) if problem.hint == _REPORT else problem


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


def _page_source(text: str) -> PageSource:
    """Return a page's front matter and its Markdown, by YAML where the front matter is unusual."""
    try:
        return read_page(text)
    except OtherFrontMatterError:
        post = frontmatter.loads(text)
        return PageSource(post.metadata, post.content)
