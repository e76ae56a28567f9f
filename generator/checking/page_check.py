"""The proof of one page, which needs no other page: it can be made in any process, and kept.

What it says of the page's links and anchors is enough to hold all pages against each other.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

import frontmatter
import msgspec

from generator.checking.backlinks import entity_links, hash_links
from generator.checking.built_page import BuiltPage, parse_page
from generator.checking.dead_links import canonical_of, link_targets, page_links
from generator.checking.evidence import (
    EvidenceSources,
    RecordedValue,
    above_in,
    dropped_lines,
    undo_steps,
    unsupported_values,
    values_missing_on_page,
)
from generator.files import read_corrections, read_file, read_seed
from generator.model import Ledger, Problem, Seed, SeedbedError, SeedPath
from generator.model.ledger import LEDGER, load_ledger
from generator.model.pages import EXTERNAL_LINK_REL, WRAPPER_CLASS
from generator.model.problems import with_project_path
from generator.reading.decode import decode
from generator.settings import Settings
from generator.text import web_links


@dataclass(frozen=True, slots=True)
class PageReport:
    """What was found on one page of the site, or of a document that has none there."""

    name: str
    """The page's path below the site folder."""
    links: int = 0
    ends: bytes = b""
    """What the links of all pages need to know of this one (`Ends`), encoded; empty: no page."""
    ties: bytes = b""
    """What it says of who is spoken of where (`Numbered`), encoded."""
    source: SeedPath | None = None
    """The seed, where the page is a document's."""
    words: int = 0
    changes: int = 0
    """Entries of the document's ledger that were taken back."""
    problems: tuple[Problem, ...] = ()
    ours: bool = False
    """Whether the page in the docs folder does not show the document's words already."""


@dataclass(frozen=True, slots=True)
class PageChecker:
    """Where pages and their sources lie."""

    settings: Settings
    site: Path
    corrections: str

    def __call__(self, names: Iterable[str]) -> tuple[PageReport, ...]:
        """Prove pages, by their paths below the site folder."""
        return tuple(map(self._sheet, names))

    def _sheet(self, name: str) -> PageReport:
        path = self.site / name
        page = parse_page(read_file(path)) if path.is_file() else None
        document = self._document(name)
        report = PageReport(name)
        if page:
            site = self.settings.site
            meant = link_targets(name, page, site)
            report = replace(
                report,
                links=len(page.links),
                ends=msgspec.msgpack.encode(page_links(name, page, meant, canonical_of(site))),
                ties=msgspec.msgpack.encode(hash_links(name, entity_links(name, page, meant))),
            )
        if document is None:
            return report
        broken = document.broken_promises(self.settings, page, self.corrections)
        found, ours = tuple(broken), False
        if found:
            ours = document.is_wrong_itself(self.settings, self.corrections)
            found = tuple(_hinted(problem, ours=ours) for problem in found)
        return replace(
            report,
            source=document.source,
            words=document.words,
            changes=document.changes,
            problems=tuple(
                with_project_path(problem, self.settings.seeds.name) for problem in found
            ),
            ours=ours,
        )

    def _document(self, name: str) -> _PublishedDocument | None:
        path = (self.settings.docs / name).with_suffix(".md")
        ours = is_document(f"{name.removesuffix('.html')}.md") and path.is_file()
        return _PublishedDocument.load(path, self.settings.docs) if ours else None


def page_checker(settings: Settings, site: Path) -> PageChecker:
    """Get ready to prove pages."""
    return PageChecker(settings, site, read_corrections(settings.seeds))


def is_document(path: str) -> bool:
    """Tell whether a file of the docs folder is a document's page, or a withdrawn one's."""
    return path.startswith("documents/") and path.endswith("/index.md")


def companion_paths(name: str) -> tuple[str, str]:
    """Give the files below the docs folder that a document's page is held against."""
    page = name.removesuffix(".html") + ".md"
    return page, f"{page.rpartition('/')[0]}/{LEDGER}"


@dataclass(frozen=True, slots=True)
class _PublishedDocument:
    """A document as the docs folder describes it."""

    page: str
    source: SeedPath
    sha256: str
    meta: Mapping[str, Any]
    values: tuple[RecordedValue, ...]
    ledger: Ledger
    body: str
    """The page below its front matter."""

    @classmethod
    def load(cls, path: Path, docs: Path) -> _PublishedDocument | None:
        """Read what its page says; None for what is left of a withdrawn document."""
        post = frontmatter.loads(read_file(path).decode())
        meta = post.metadata
        if meta["kind"] == "withdrawn":
            return None
        ledger = read_file(path.with_name(LEDGER))
        # From the ledger, not from the front matter, whose strings are made for HTML.
        record = json.loads(ledger)
        return cls(
            page=path.relative_to(docs).with_suffix(".html").as_posix(),
            source=SeedPath(str(record["source"])),
            sha256=str(record["sha256"]),
            meta=meta,
            values=tuple(_value(value) for value in record["values"]),
            ledger=load_ledger(ledger),
            body=post.content,
        )

    @property
    def words(self) -> int:
        return int(self.meta["words"])

    @property
    def changes(self) -> int:
        return sum(len(step.changes) for step in self.ledger)

    def broken_promises(
        self, settings: Settings, page: BuiltPage | None, corrections: str
    ) -> Iterator[Problem]:
        """Give the promises that this document's page breaks."""
        seed = read_seed(settings.seeds, self.source)
        if page is None:
            yield self._problem(
                "E021", "the document has no page in the site", "Build the site again"
            )
        elif isinstance(seed, Problem) or seed.digest != self.sha256:
            yield self._problem(
                "E022", "the seed has changed since the page was made", "Build the site again"
            )
        else:
            yield from self._unfaithful(page, seed, corrections)
            for words in (
                *values_missing_on_page(self.meta, page),
                *self._lost(page.above, corrections),
            ):
                message = f'"{words}" was taken out of the article and is not shown above it'
                yield self._problem("E027", message, _REPORT)
            for thing in (*page.foreign, *_strange_links(page)):
                yield self._problem(
                    "E024", f"the article holds {thing}, which is more than words", _REPORT
                )

    def is_wrong_itself(self, settings: Settings, corrections: str) -> bool:
        """Tell whether the page as Seedbed wrote it has lost words or evidence already.

        Then no theme, plugin or hook is at fault. Paragraphs in Markdown cannot be judged here;
        those of a page that is written sign by sign are HTML, and are read as such.
        """
        seed = read_seed(settings.seeds, self.source)
        if isinstance(seed, Problem) or seed.digest != self.sha256:
            return False
        if self._lost(above_in(self.meta), corrections):
            return True
        page = parse_page(f'<div class="sb-text">{self.body}</div>'.encode())
        judged = frozenset({"E023", "E028"} if self.is_html else {"E028"})
        found = {problem.code for problem in self._unfaithful(page, seed, corrections)}
        return bool(found & judged) or (self.is_html and bool(page.foreign))

    @property
    def is_html(self) -> bool:
        """Whether the page is written sign by sign."""
        return self.body.startswith(f'<div class="{WRAPPER_CLASS}">')

    def _lost(self, above: str, corrections: str) -> tuple[str, ...]:
        found = tuple(dropped_lines(self.values, self.ledger, above))
        if not found:
            return ()
        # Here, because few pages ask, and a run that has nothing to do loads this module.
        from generator.corrections.apply import mentioned_seeds

        path = unicodedata.normalize("NFC", self.source)
        return () if path in mentioned_seeds(corrections) else found

    def _unfaithful(self, page: BuiltPage, seed: Seed, corrections: str) -> Iterator[Problem]:
        decoding = decode(seed.data)
        decoded = decoding.text if decoding else ""
        try:
            texts = tuple(undo_steps("\n\n".join(page.paragraphs), self.ledger))
        except SeedbedError as error:
            yield self._problem(
                "E023", f"page and ledger do not rebuild the source: {error}", _REPORT
            )
            return
        if texts[-1] != decoded:
            index = _first_difference(texts[-1], decoded)
            yield self._problem(
                "E023",
                f"page and ledger do not rebuild the source, from character {index} on",
                _REPORT,
            )
        sources = EvidenceSources(self.source, texts, corrections)
        for field, value in unsupported_values(self.values, self.meta, sources):
            yield self._problem("E028", f'nothing says that its {field} is "{value}"', _REPORT)

    def _problem(self, code: str, message: str, hint: str) -> Problem:
        return Problem(code, self.source, message, hint)


_REPORT = "This is a fault of Seedbed, of the theme or of a plugin: please report it with the seed"
_OURS = "This is a fault of Seedbed, and not of your site: please report it with the seed"


def _hinted(problem: Problem, *, ours: bool) -> Problem:
    """Name Seedbed alone where its own page is wrong already."""
    return replace(problem, hint=_OURS) if ours and problem.hint == _REPORT else problem


def _value(record: dict[str, Any]) -> RecordedValue:
    return RecordedValue(record["field"], record["value"], record["rule"], record["quote"])


def _strange_links(page: BuiltPage) -> Iterator[str]:
    """Links that leave the site, but for those to addresses that the paragraph itself prints."""
    for number, links in groupby(page.outward, key=lambda link: link.paragraph):
        words = page.paragraphs[number]
        printed = {(words[at.start : at.end], at.href) for at in web_links.find_links(words)}
        for link in links:
            if (link.words, link.href) not in printed or link.rel != EXTERNAL_LINK_REL:
                yield f'a link to "{link.href}"'


def _first_difference(one: str, other: str) -> int:
    return next(
        (index for index, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]),
        min(len(one), len(other)),
    )
