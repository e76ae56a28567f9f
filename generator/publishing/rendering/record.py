"""What was rendered before, and whether it would come out the same today.

A page is a function of its Markdown, of the addresses that its links lead to, and of what all
pages have in common: configuration, theme, titles in the navigation, versions of every package.
While none of that changes, the page that lies in the standing folder is the page.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from generator import cache, store
from generator.publishing.numbers import holding, numbers
from generator.publishing.rendering.parts import take_out
from generator.publishing.rendering.renderer import Rendered


class _Row(msgspec.Struct, array_like=True):
    """A rendered page, and what it was made of."""

    common: str
    digest: str
    source: cache.Signature | None
    page: cache.Signature | None


_ROW = msgspec.msgpack.Decoder(_Row)


def _row(value: bytes) -> _Row | None:
    try:
        return _ROW.decode(value)
    except msgspec.DecodeError:  # another version of the program wrote it
        return None


def _joined(paths: Iterable[str]) -> bytes:
    return os.fsencode("\0".join(paths))


@dataclass(frozen=True, slots=True)
class Record:
    """The pages that stand in a folder, and what they were made of."""

    kept: cache.Cache
    shelf: str
    """The pages of a preview and those of the site differ in their addresses: two shelves."""
    docs: cache.Tree
    standing: Path
    """Where rendered pages stand between builds."""
    common: str
    """Digest of what all pages have in common; empty where pages depend on more than that."""

    def changed(
        self, pages: Mapping[str, str], table: Iterable[str], there: cache.Tree
    ) -> list[str]:
        """Give the pages that must be rendered, of all (each with its place in the site).

        `there` is what stands there.
        """
        known = dict(self.kept.items(self.shelf))
        uprooted = self._uprooted(table)
        return [
            path
            for path, place in pages.items()
            if path in uprooted or not self._holds(path, there.signature(place), known.get(path))
        ]

    def keep(self, pages: Iterable[Rendered]) -> None:
        """Remember pages of which MkDocs had nothing to say; of others it must say it again."""
        for page in pages:
            if self.common and not page.messages:
                self.kept.put(self.shelf, [(page.path, self._value(page))])
                self.kept.put(f"{self.shelf} links", [(page.path, numbers(page.links))])

    def finish(self, pages: Mapping[str, str], table: Iterable[str], before: cache.Tree) -> int:
        """Forget the pages that are gone, count them, and remember where links could lead."""
        gone = [path for path in self.kept.keys(self.shelf) if path not in pages]
        for shelf in (self.shelf, f"{self.shelf} links"):
            self.kept.drop(shelf, gone)
        there = _joined(sorted(table))
        if there != self._table():
            self.kept.put("tables", [(self.shelf, zlib.compress(there, 1))])
        return len(take_out(self.standing, before, set(pages.values())))

    def _holds(self, path: str, standing: cache.Signature | None, value: bytes | None) -> bool:
        if value is None or not self.common:
            return False
        row = _row(value)
        if row is None or row.common != self.common or row.page != standing:
            return False
        now = self.docs.signature(path)
        return row.source == now or row.digest == store.digest(Path(self.docs.place, path))

    def _value(self, page: Rendered) -> bytes:
        lies = cache.signature(self.standing / page.place)
        return msgspec.msgpack.encode(_Row(self.common, page.digest, page.source, lies))

    def _table(self) -> bytes:
        """Give where links could lead before."""
        before = self.kept.get("tables", self.shelf)
        return zlib.decompress(before) if before else b""

    def _uprooted(self, table: Iterable[str]) -> set[str]:
        """Give the pages with a link to a file that is not there any more."""
        before, now = self._table(), sorted(table)
        same = before == _joined(now)
        gone = set() if same else {*os.fsdecode(before).split("\0")} - {"", *now}
        if not gone:
            return set()
        rows = list(self.kept.items(f"{self.shelf} links"))
        return {rows[at][0] for at in holding(numbers(gone), (links for _, links in rows))}
