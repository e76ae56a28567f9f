"""The proof: re-reads what was built, as a browser would, and holds it against the sources.

It knows nothing of how pages are made. What it finds on a page, with the ledger that lies beside
the page, must rebuild the seed's text to the letter; nothing but words may stand in an article,
and no link but to addresses that its words print; every value above it has its evidence, every
internal link and anchor leads somewhere, and links between documents and names go both ways.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import frontmatter

from generator import store
from generator.model import Ledger, Problem, Seed, SeedbedError, SeedPath
from generator.pipeline import located
from generator.publishing.evidence import Sources, Value, stages, unproved, unshown
from generator.publishing.html import Page, read_page, site_path
from generator.publishing.symmetry import one_way_links
from generator.reading.decode import decode
from generator.settings import Settings
from generator.writing import weblinks
from generator.writing.exports import LEDGER, load_ledger
from generator.writing.markup import OUTWARD


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proved, in figures, and what was not."""

    documents: int
    words: int
    changes: int
    """Entries of all ledgers that were taken back."""
    pages: int
    links: int
    broken: tuple[Problem, ...]


def check(settings: Settings, site: Path) -> Proof:
    """Prove a built site against its seeds; a site that is not there raises SeedbedError."""
    if not (site / "index.html").is_file():
        raise SeedbedError(f"there is no site in {site}", "Build it with `seedbed build`")
    pages = {
        path.relative_to(site).as_posix(): read_page(store.read_file(path))
        for path in store.files_below(site, "*.html")
    }
    found = (
        _Published.find(path, settings.docs)
        for path in store.files_below(settings.docs / "documents", "index.md")
    )
    documents = [document for document in found if document]
    broken = [
        located(settings, problem)
        for document in documents
        for problem in document.broken(settings, pages)
    ]
    broken += (*_dead_links(site, pages), *_dead_redirects(site), *one_way_links(pages))
    return Proof(
        documents=len(documents),
        words=sum(document.words for document in documents),
        changes=sum(document.changes for document in documents),
        pages=len(pages),
        links=sum(len(page.links) for page in pages.values()),
        broken=tuple(broken),
    )


@dataclass(frozen=True, slots=True)
class _Published:
    """A document as the docs folder describes it."""

    page: str
    source: SeedPath
    sha256: str
    meta: Mapping[str, Any]
    values: tuple[Value, ...]
    ledger: Ledger

    @classmethod
    def find(cls, path: Path, docs: Path) -> _Published | None:
        """Read what its page says; None for what is left of a withdrawn document."""
        meta = frontmatter.loads(store.read_file(path).decode()).metadata
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
        )

    @property
    def words(self) -> int:
        return int(self.meta["words"])

    @property
    def changes(self) -> int:
        return sum(len(step.changes) for step in self.ledger)

    def broken(self, settings: Settings, pages: dict[str, Page]) -> Iterator[Problem]:
        """Give the promises that this document's page breaks."""
        page = pages.get(self.page)
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
            yield from self._unfaithful(page, seed, store.read_corrections(settings.seeds))
            for words in unshown(self.values, self.meta, self.ledger, page):
                told = f'"{words}" was taken out of the article and is not shown above it'
                yield self._problem("E027", told, _REPORT)
            for thing in (*page.foreign, *_strange_links(page)):
                yield self._problem(
                    "E024", f"the article holds {thing}, which is more than words", _REPORT
                )

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


_REPORT = "This is a fault of Seedbed or of the theme: please report it with the seed"


def _value(record: dict[str, Any]) -> Value:
    return Value(record["field"], record["value"], record["rule"], record["quote"])


def _strange_links(page: Page) -> Iterator[str]:
    """Links that leave the site, but for those to addresses that the paragraph itself prints."""
    for link in page.outward:
        words = page.paragraphs[link.paragraph]
        printed = {(words[at.start : at.end], at.href) for at in weblinks.find(words)}
        if (link.words, link.href) not in printed or link.rel != OUTWARD:
            yield f'a link to "{link.href}"'


def _first_difference(one: str, other: str) -> int:
    return next(
        (at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]),
        min(len(one), len(other)),
    )


def _dead_links(site: Path, pages: dict[str, Page]) -> Iterator[Problem]:
    """Every internal link must lead to a file, and to an element of it where it names one."""
    for name, page in pages.items():
        for link in page.links:
            target, _, anchor = link.partition("#")
            path = _resolve(site, name, target)
            if path is None:
                continue
            if not (site / path).is_file():
                yield Problem(
                    "E025",
                    name,
                    f'the link "{link}" leads nowhere',
                    "Mend it, or build the site again",
                )
            elif anchor and path in pages and unescape(anchor) not in pages[path].ids:
                yield Problem(
                    "E025",
                    name,
                    f'the link "{link}" names no place on its page',
                    "Mend it, or build the site again",
                )


def _dead_redirects(site: Path) -> Iterator[Problem]:
    """Every line for servers must lead to a page; those with placeholders are people's own."""
    for path in store.files_below(site, "_redirects"):
        for line in store.read_file(path).decode().splitlines():
            target = ([*line.split(), "", ""])[1]
            if target.startswith("/") and not set(target) & set("*:?#"):
                page = site / target.strip("/")
                if not (page.is_file() or (page / "index.html").is_file()):
                    hint = "Mend the address in addresses.csv, or build the site again"
                    yield Problem("E025", "_redirects", f'"{line}" leads nowhere', hint)


def _resolve(site: Path, page: str, target: str) -> str | None:
    """Give the file of the site that a link means; None for a link that leaves the site."""
    path = site_path(page, target)
    if path is None:
        return None
    return f"{path}/index.html".lstrip("/") if (site / path).is_dir() else path
