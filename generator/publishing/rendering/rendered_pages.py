"""Rendered pages of earlier builds, and which of them are outdated.

A page depends on its Markdown, on the addresses that its links lead to, and on the inputs that all
pages share: configuration, theme, titles in the navigation, versions of every package. While none
of these changes, the rendered page in the folder is valid.
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
    """The fingerprints of a rendered page and of its inputs."""

    shared_fingerprint: str
    digest: str
    source: FileStat | None
    page: FileStat | None


_DECODER = msgspec.msgpack.Decoder(Entry)


def _decode(value: bytes) -> Entry | None:
    try:
        return _DECODER.decode(value)
    except msgspec.DecodeError:  # another version of the program wrote it
        return None


def _join_paths(paths: Iterable[str]) -> bytes:
    return os.fsencode("\0".join(paths))


@dataclass(frozen=True, slots=True)
class RenderedPages:
    """The rendered pages in a folder, and the fingerprints of their inputs."""

    database: Database
    table: str
    """Pages of a preview and of the site contain different addresses, so each has a table."""
    docs: Snapshot
    folder: Path
    """The folder that keeps rendered pages between builds."""
    shared_fingerprint: str
    """Digest of the inputs that all pages share; empty if pages may have other inputs."""

    def outdated(
        self, pages: Mapping[str, str], files: Iterable[str], snapshot: Snapshot
    ) -> list[str]:
        """Return the pages that must be rendered.

        `pages` maps Markdown paths to output paths, `files` are all files that links can lead to,
        and `snapshot` is that of the folder.
        """
        entries = dict(self.database.items(self.table))
        with_dead_links = self._pages_with_removed_targets(files)
        return [
            path
            for path, output_path in pages.items()
            if path in with_dead_links
            or not self._is_valid(path, snapshot.files.get(output_path), entries.get(path))
        ]

    def save(self, pages: Iterable[RenderedPage]) -> None:
        """Save pages without messages; others are rendered again, to repeat their messages."""
        for page in pages:
            if self.shared_fingerprint and not page.messages:
                self.database.put(self.table, [(page.path, self._value(page))])
                self.database.put(f"{self.table} links", [(page.path, hash_texts(page.links))])

    def prune(self, pages: Mapping[str, str], files: Iterable[str], snapshot: Snapshot) -> int:
        """Delete removed pages, save the targets of links, and count the deleted files."""
        removed = [path for path in self.database.keys(self.table) if path not in pages]
        for table in (self.table, f"{self.table} links"):
            self.database.drop(table, removed)
        targets = _join_paths(sorted(files))
        if targets != self._last_targets():
            self.database.put("tables", [(self.table, zlib.compress(targets, 1))])
        return len(remove_unwanted(self.folder, snapshot, set(pages.values())))

    def _is_valid(self, path: str, current: FileStat | None, value: bytes | None) -> bool:
        if value is None or not self.shared_fingerprint:
            return False
        entry = _decode(value)
        if entry is None or entry.shared_fingerprint != self.shared_fingerprint:
            return False
        if not is_same_version(entry.page, current):
            return False
        is_current = is_same_version(entry.source, self.docs.files.get(path))
        return is_current or entry.digest == sha256(Path(self.docs.root, path))

    def _value(self, page: RenderedPage) -> bytes:
        output = file_stat(self.folder / page.output_path)
        return msgspec.msgpack.encode(
            Entry(self.shared_fingerprint, page.digest, page.source, output)
        )

    def _last_targets(self) -> bytes:
        """Return the files that links could lead to in the last build."""
        data = self.database.get("tables", self.table)
        return zlib.decompress(data) if data else b""

    def _pages_with_removed_targets(self, files: Iterable[str]) -> set[str]:
        """Return the pages with a link to a file that was removed."""
        previous, current = self._last_targets(), sorted(files)
        if previous == _join_paths(current):
            return set()
        removed = {*os.fsdecode(previous).split("\0")} - {"", *current}
        if not removed:
            return set()
        rows = list(self.database.items(f"{self.table} links"))
        return {
            rows[index][0] for index in rows_with(hash_texts(removed), (links for _, links in rows))
        }
