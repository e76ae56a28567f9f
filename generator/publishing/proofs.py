"""What was proved before: a page that is as it was, with sources that are, holds as it did."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator import cache
from generator.publishing.html import Page
from generator.publishing.sheet import Sheet

_SHELF = "proofs"


@dataclass(frozen=True, slots=True)
class Proofs:
    """The sheets of pages that kept every promise."""

    kept: cache.Cache
    root: Path
    """The project's folder."""
    site: Path
    common: str
    """Digest of all that proofs depend on besides the files: the program, the corrections."""

    def known(self, names: Iterable[str]) -> dict[str, Sheet]:
        """Give the sheets that still hold, and forget all others."""
        wanted = set(names)
        found = {
            name: sheet
            for name, value in self.kept.items(_SHELF)
            if name in wanted and (sheet := self._holding(name, json.loads(value)))
        }
        self.kept.keep_only(_SHELF, found)
        return found

    def keep(self, sheets: Iterable[Sheet]) -> None:
        """Remember the sheets on which nothing is broken."""
        self.kept.put(
            _SHELF,
            ((sheet.name, self._value(sheet, sheet.page)) for sheet in sheets if sheet.page),
        )

    def _value(self, sheet: Sheet, page: Page) -> bytes:
        # A sheet with problems has no signature that a file could have.
        common = "" if sheet.problems else self.common
        figures = (sheet.document, sheet.words, sheet.changes)
        found = (page.links, page.in_paragraphs, sorted(page.ids))
        files = {path: cache.signature(self.root / path) for path in sheet.made_of}
        own = cache.signature(self.site / sheet.name)
        return json.dumps((common, own, files, figures, found)).encode()

    def _holding(self, name: str, value: Any) -> Sheet | None:
        common, own, files, figures, (links, in_paragraphs, ids) = value
        places = [
            (self.site / name, own),
            *((self.root / path, was) for path, was in files.items()),
        ]
        if common != self.common or any(_differs(path, was) for path, was in places):
            return None
        document, words, changes = figures
        pairs = tuple((paragraph, link) for paragraph, link in in_paragraphs)
        page = Page("", "", (), (), (), tuple(links), pairs, frozenset(ids))
        return Sheet(name, page, document, words, changes, tuple(files))


def _differs(path: Path, was: list[int] | None) -> bool:
    now = cache.signature(path)
    return now is None or list(now) != was
