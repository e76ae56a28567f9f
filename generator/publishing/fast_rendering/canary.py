"""Canary: a sample of pages, rendered both by this program and by MkDocs.

A theme, an extension or a new version of MkDocs may change what this program knows of them. Then
the pages differ, and MkDocs renders all of them until the program or the settings change.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

import msgspec

from generator.engine.database import Database
from generator.model import Problem

_TABLE = "pages rendered in two ways"

_AGREED, _LAST = "settings with which pages agreed", "last"

_SHARE = 16
"""One page of this many is compared, and at least one in each build that renders any."""

_OF_A_KIND = 3
"""Most pages that are compared of each folder at the top of the docs folder."""


class Canary(msgspec.Struct, frozen=True):
    """What is known of the pages of a site with certain settings and a certain program."""

    database: Database
    settings: str
    """Digest of what all pages depend on; empty if that is not known."""

    @property
    def fingerprint(self) -> str:
        """The digest of the settings, marked if MkDocs renders all pages."""
        return f"{self.settings} MkDocs" if self.different_page else self.settings

    @property
    def different_page(self) -> str | None:
        """The page that differed in this build or an earlier one."""
        found = self.database.get(_TABLE, self.settings)
        return found.decode() if found else None

    def compare_and_record(
        self, pages: Iterable[str], direct: Callable[[str], str], mkdocs: Callable[[str], str]
    ) -> bool:
        """Render pages in both ways, and record the result; return whether all are the same."""
        compared = list(pages)
        different = [page for page in compared if differs(page, direct, mkdocs)][:1]
        return self.record(compared, different)

    def record(self, compared: Collection[str], different: Sequence[str]) -> bool:
        """Record which pages were compared and which of them differed; return whether none did."""
        if different:
            self.database.put(_TABLE, [(self.settings, different[0].encode())])
        elif compared:
            self.database.put(_AGREED, [(_LAST, self.settings.encode())])
        return not different

    @property
    def has_agreed(self) -> bool:
        """Whether the last pages that were compared were the same, with the same settings."""
        return bool(self.settings) and self.database.get(_AGREED, _LAST) == self.settings.encode()

    def problems(self) -> tuple[Problem, ...]:
        """Return a warning if pages differ."""
        page = self.different_page
        return () if page is None else (_problem(page),)


def sample(pages: Sequence[str]) -> Iterator[str]:
    """Yield the pages to compare, some of each kind; the same for the same pages."""
    kinds: Counter[str] = Counter()
    for page in sorted(pages, key=_digest)[: max(1, len(pages) // _SHARE)]:
        kind = page.partition("/")[0]
        kinds[kind] += 1
        if kinds[kind] <= _OF_A_KIND:
            yield page


def differs(page: str, direct: Callable[[str], str], mkdocs: Callable[[str], str]) -> bool:
    """Whether the two functions render a page differently."""
    try:
        return direct(page) != mkdocs(page)
    except Exception:  # it fails again when it is rendered, and then the error names the page
        return False


def _problem(page: str) -> Problem:
    message = "MkDocs renders this page differently from this program, so MkDocs renders all pages"
    hint = "The site is right, and building takes longer; please report this"
    return Problem("W145", page, message, hint, severity="warning")


def _digest(page: str) -> str:
    return hashlib.sha256(page.encode()).hexdigest()
