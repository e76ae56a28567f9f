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

from generator.checking.hashes import hash_texts, rows_with
from generator.engine.database import Database
from generator.files import sha256
from generator.files.snapshot import FileStat, Snapshot, file_stat, is_same_version
from generator.publishing.rendering.renderer import RenderedPage
from generator.publishing.rendering.sync import remove_unwanted


class Entry(msgspec.Struct, array_like=True):
    """A rendered page, and what it was made of."""

    common: str
    digest: str
    source: FileStat | None
    page: FileStat | None


_ROW = msgspec.msgpack.Decoder(Entry)


def _row(value: bytes) -> Entry | None:
    try:
        return _ROW.decode(value)
    except msgspec.DecodeError:  # another version of the program wrote it
        return None


def _joined(paths: Iterable[str]) -> bytes:
    return os.fsencode("\0".join(paths))


@dataclass(frozen=True, slots=True)
class RenderedPages:
    """The pages that stand in a folder, and what they were made of."""

    kept: Database
    shelf: str
    """The pages of a preview and those of the site differ in their addresses: two shelves."""
    docs: Snapshot
    standing: Path
    """Where rendered pages stand between builds."""
    common: str
    """Digest of what all pages have in common; empty where pages depend on more than that."""

    def outdated(
        self, pages: Mapping[str, str], table: Iterable[str], snapshot: Snapshot
    ) -> list[str]:
        """Give the pages that must be rendered, of all (each with its place in the site).

        `there` is what stands there.
        """
        known = dict(self.kept.items(self.shelf))
        uprooted = self._uprooted(table)
        return [
            path
            for path, place in pages.items()
            if path in uprooted or not self._holds(path, snapshot.files.get(place), known.get(path))
        ]

    def save(self, pages: Iterable[RenderedPage]) -> None:
        """Remember pages of which MkDocs had nothing to say; of others it must say it again."""
        for page in pages:
            if self.common and not page.messages:
                self.kept.put(self.shelf, [(page.path, self._value(page))])
                self.kept.put(f"{self.shelf} links", [(page.path, hash_texts(page.links))])

    def prune(self, pages: Mapping[str, str], table: Iterable[str], before: Snapshot) -> int:
        """Forget the pages that are gone, count them, and remember where links could lead."""
        removed = [path for path in self.kept.keys(self.shelf) if path not in pages]
        for shelf in (self.shelf, f"{self.shelf} links"):
            self.kept.drop(shelf, removed)
        there = _joined(sorted(table))
        if there != self._table():
            self.kept.put("tables", [(self.shelf, zlib.compress(there, 1))])
        return len(remove_unwanted(self.standing, before, set(pages.values())))

    def _holds(self, path: str, standing: FileStat | None, value: bytes | None) -> bool:
        if value is None or not self.common:
            return False
        entry = _row(value)
        if entry is None or entry.common != self.common:
            return False
        if not is_same_version(entry.page, standing):
            return False
        is_current = is_same_version(entry.source, self.docs.files.get(path))
        return is_current or entry.digest == sha256(Path(self.docs.root, path))

    def _value(self, page: RenderedPage) -> bytes:
        lies = file_stat(self.standing / page.place)
        return msgspec.msgpack.encode(Entry(self.common, page.digest, page.source, lies))

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
        return {
            rows[index][0] for index in rows_with(hash_texts(gone), (links for _, links in rows))
        }
