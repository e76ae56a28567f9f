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

from generator import store
from generator.model import Ledger, Problem, Seed, SeedbedError, SeedPath
from generator.notices import located
from generator.publishing.evidence import (
    Sources,
    Value,
    above_in,
    lost_lines,
    stages,
    unproved,
    unshown,
)
from generator.publishing.html import Page, read_page
from generator.publishing.links import canonical_of, ends, places
from generator.publishing.symmetry import numbered, ties
from generator.reading.decode import decode
from generator.settings import Settings
from generator.writing import weblinks
from generator.writing.exports import LEDGER, load_ledger
from generator.writing.markup import OUTWARD, WHOLE


@dataclass(frozen=True, slots=True)
class Sheet:
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
class Prover:
    """Where pages and their sources lie."""

    settings: Settings
    site: Path
    corrections: str

    def __call__(self, names: Iterable[str]) -> tuple[Sheet, ...]:
        """Prove pages, by their paths below the site folder."""
        return tuple(map(self._sheet, names))

    def _sheet(self, name: str) -> Sheet:
        path = self.site / name
        page = read_page(store.read_file(path)) if path.is_file() else None
        document = self._document(name)
        sheet = Sheet(name)
        if page:
            site = self.settings.site
            meant = places(name, page, site)
            sheet = replace(
                sheet,
                links=len(page.links),
                ends=msgspec.msgpack.encode(ends(name, page, meant, canonical_of(site))),
                ties=msgspec.msgpack.encode(numbered(name, ties(name, page, meant))),
            )
        if document is None:
            return sheet
        broken = document.broken(self.settings, page, self.corrections)
        found, ours = tuple(broken), False
        if found:
            ours = document.is_wrong_itself(self.settings, self.corrections)
            found = tuple(_hinted(problem, ours=ours) for problem in found)
        return replace(
            sheet,
            source=document.source,
            words=document.words,
            changes=document.changes,
            problems=tuple(located(self.settings, problem) for problem in found),
            ours=ours,
        )

    def _document(self, name: str) -> _Published | None:
        path = (self.settings.docs / name).with_suffix(".md")
        ours = is_document(f"{name.removesuffix('.html')}.md") and path.is_file()
        return _Published.find(path, self.settings.docs) if ours else None


def prover(settings: Settings, site: Path) -> Prover:
    """Get ready to prove pages."""
    return Prover(settings, site, store.read_corrections(settings.seeds))


def is_document(path: str) -> bool:
    """Tell whether a file of the docs folder is a document's page, or a withdrawn one's."""
    return path.startswith("documents/") and path.endswith("/index.md")


def files_of(name: str) -> tuple[str, str]:
    """Give the files below the docs folder that a document's page is held against."""
    page = name.removesuffix(".html") + ".md"
    return page, f"{page.rpartition('/')[0]}/{LEDGER}"


@dataclass(frozen=True, slots=True)
class _Published:
    """A document as the docs folder describes it."""

    page: str
    source: SeedPath
    sha256: str
    meta: Mapping[str, Any]
    values: tuple[Value, ...]
    ledger: Ledger
    body: str
    """The page below its front matter."""

    @classmethod
    def find(cls, path: Path, docs: Path) -> _Published | None:
        """Read what its page says; None for what is left of a withdrawn document."""
        post = frontmatter.loads(store.read_file(path).decode())
        meta = post.metadata
        if meta["kind"] == "withdrawn":
            return None
        ledger = store.read_file(path.with_name(LEDGER))
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

    def broken(self, settings: Settings, page: Page | None, corrections: str) -> Iterator[Problem]:
        """Give the promises that this document's page breaks."""
        seed = store.read_seed(settings.seeds, self.source)
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
            for words in (*unshown(self.meta, page), *self._lost(page.above, corrections)):
                told = f'"{words}" was taken out of the article and is not shown above it'
                yield self._problem("E027", told, _REPORT)
            for thing in (*page.foreign, *_strange_links(page)):
                yield self._problem(
                    "E024", f"the article holds {thing}, which is more than words", _REPORT
                )

    def is_wrong_itself(self, settings: Settings, corrections: str) -> bool:
        """Tell whether the page as Seedbed wrote it has lost words or evidence already.

        Then no theme, plugin or hook is at fault. Paragraphs in Markdown cannot be judged here;
        those of a page that is written sign by sign are HTML, and are read as such.
        """
        seed = store.read_seed(settings.seeds, self.source)
        if isinstance(seed, Problem) or seed.digest != self.sha256:
            return False
        if self._lost(above_in(self.meta), corrections):
            return True
        page = read_page(f'<div class="sb-text">{self.body}</div>'.encode())
        judged = frozenset({"E023", "E028"} if self.is_html else {"E028"})
        found = {problem.code for problem in self._unfaithful(page, seed, corrections)}
        return bool(found & judged) or (self.is_html and bool(page.foreign))

    @property
    def is_html(self) -> bool:
        """Whether the page is written sign by sign."""
        return self.body.startswith(f'<div class="{WHOLE}">')

    def _lost(self, above: str, corrections: str) -> tuple[str, ...]:
        found = tuple(lost_lines(self.values, self.ledger, above))
        if not found:
            return ()
        # Here, because few pages ask, and a run that has nothing to do loads this module.
        from generator.decisions import speaks_of

        path = unicodedata.normalize("NFC", self.source)
        return () if path in speaks_of(corrections) else found

    def _unfaithful(self, page: Page, seed: Seed, corrections: str) -> Iterator[Problem]:
        decoding = decode(seed.data)
        decoded = decoding.text if decoding else ""
        try:
            texts = tuple(stages("\n\n".join(page.paragraphs), self.ledger))
        except SeedbedError as error:
            yield self._problem(
                "E023", f"page and ledger do not rebuild the source: {error}", _REPORT
            )
            return
        if texts[-1] != decoded:
            at = _first_difference(texts[-1], decoded)
            yield self._problem(
                "E023",
                f"page and ledger do not rebuild the source, from character {at} on",
                _REPORT,
            )
        sources = Sources(self.source, texts, corrections)
        for field, value in unproved(self.values, self.meta, sources):
            yield self._problem("E028", f'nothing says that its {field} is "{value}"', _REPORT)

    def _problem(self, code: str, message: str, hint: str) -> Problem:
        return Problem(code, self.source, message, hint)


_REPORT = "This is a fault of Seedbed, of the theme or of a plugin: please report it with the seed"
_OURS = "This is a fault of Seedbed, and not of your site: please report it with the seed"


def _hinted(problem: Problem, *, ours: bool) -> Problem:
    """Name Seedbed alone where its own page is wrong already."""
    return replace(problem, hint=_OURS) if ours and problem.hint == _REPORT else problem


def _value(record: dict[str, Any]) -> Value:
    return Value(record["field"], record["value"], record["rule"], record["quote"])


def _strange_links(page: Page) -> Iterator[str]:
    """Links that leave the site, but for those to addresses that the paragraph itself prints."""
    for number, links in groupby(page.outward, key=lambda link: link.paragraph):
        words = page.paragraphs[number]
        printed = {(words[at.start : at.end], at.href) for at in weblinks.find(words)}
        for link in links:
            if (link.words, link.href) not in printed or link.rel != OUTWARD:
                yield f'a link to "{link.href}"'


def _first_difference(one: str, other: str) -> int:
    return next(
        (at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]),
        min(len(one), len(other)),
    )
