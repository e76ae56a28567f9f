"""Data files that passed an earlier check, and parts of them: what is unchanged is not read again.

A file is compared with the pages again if it changed, or what it is compared with. The texts and
the mentions of the corpus are in long files of many parts; what such a part says is saved with a
digest of its bytes, so that after an edit only the files that changed are read, and of these only
the part of the edited document is parsed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec

from generator.engine.cache_entries import Run, decode_entry, decode_result
from generator.engine.database import open_readonly
from generator.engine.encoding import encode
from generator.engine.fingerprint import FINGERPRINT_SIZE, Fingerprint
from generator.engine.incremental import Build
from generator.engine.outdated import CHANGED
from generator.engine.tasks import PROGRAM, Item, Task
from generator.files.snapshot import FileStat, Snapshot

T = TypeVar("T")


Parse = Callable[[bytes], bytes]
"""Returns what a part of a file says, encoded; raises an error if it is damaged."""

Split = Callable[[Path], Iterable[bytes]]
"""Yields the parts of a file; raises an error if what is around them is damaged."""

ReadParts = Callable[[str, Iterable[Path], Split, Parse], Iterator[bytes]]
"""Yields what each part of a data file says, by its name, the paths of its files, and how a file
is split and a part is read."""


class FileParts(NamedTuple):
    """What the parts of a file say."""

    stat: FileStat | None
    """Of the file when it was read."""
    digests: list[bytes]
    """Of the bytes of each part."""
    facts: list[bytes]
    """What each part says, encoded."""


_Parts = dict[str, FileParts]
"""What the parts of a data file say, by the names of its files."""

_FOLDER = "data/"
"""The folder of data files in a site."""

VERIFY_DATA: Task[None] = Task(
    "verified data files",
    "checking",
    None,
    (PROGRAM, "the file or one beside it", "the documents or names that it lists"),
)

_READ_PARTS: Task[Any] = Task("parts of data files", "checking", _Parts)


@dataclass(frozen=True, slots=True)
class VerifiedData:
    """What earlier checks found about the data files of a site."""

    build: Build
    site: Snapshot
    """The site that is checked."""
    digests: Mapping[str, str] = field(default_factory=dict)
    """The SHA-256 of files of the site, where it is known."""

    def why_outdated(self, item: Item) -> Run | None:
        """Return why a file must be checked; None if it passed when it was last compared."""
        entry = self.build.entry(VERIFY_DATA, item.key)
        return self.build.why_outdated(VERIFY_DATA, entry, item.fingerprint)

    def save(self, item: Item, run: Run) -> None:
        """Save that a file passed."""
        self.build.save(VERIFY_DATA, item, None, run)

    def item(self, name: str, paths: Sequence[str], listed: object) -> Item:
        """Return the item of a data file by its name; the files at `paths` are read for it.

        `listed` is what they are compared with.
        """
        stats = [(path, self.site.files.get(path)) for path in paths]
        return Item(name, self.build.fingerprint(stats, listed))

    @property
    def saved_parts(self) -> SavedParts:
        """What this program found in parts of files."""
        stats = _data_files(self.site.files)
        return SavedParts(self.build.database.path, self.build.fingerprint(), stats)

    @property
    def data_digests(self) -> dict[str, str]:
        """The SHA-256 of data files by their names, where it is known."""
        return _data_files(self.digests)

    def save_parts(self, parts: Mapping[str, bytes]) -> None:
        """Save what the parts of files say, encoded by `PartReader`."""
        for name, data in parts.items():
            item = Item(name, self.build.fingerprint())
            run = Run(self.build.number, CHANGED)
            self.build.save(_READ_PARTS, item, msgspec.Raw(data), run)


def _data_files(by_path: Mapping[str, T]) -> dict[str, T]:
    """Return what is known of data files, by their names."""
    paths = (path for path in by_path if path.startswith(_FOLDER))
    return {path.removeprefix(_FOLDER): by_path[path] for path in paths}


class SavedParts(NamedTuple):
    """What earlier checks found in parts of files, in a database that another process writes."""

    database: Path
    program: Fingerprint
    stats: Mapping[str, FileStat]
    """The data files as they are now, by their names."""

    def load(self, name: str) -> _Parts | None:
        """Return what the parts of a data file said; None if that is not known."""
        with open_readonly(self.database) as database:
            entry = decode_entry(database.get(_READ_PARTS.name, name))
        parts: _Parts | None = decode_result(entry, self.program, _READ_PARTS.result_type)
        return parts


@dataclass(frozen=True, slots=True)
class PartReader:
    """Reads the parts of files; only those that are new are parsed."""

    saved: SavedParts | None
    """None if nothing is known."""
    changed: dict[str, bytes] = field(default_factory=dict)
    """What the parts of a data file say, encoded, by its name; filled by `read` if it changed."""

    def read(self, name: str, files: Iterable[Path], split: Split, parse: Parse) -> Iterator[bytes]:
        """Yield what each part of a data file says; files that are unchanged are not read."""
        saved = (self.saved.load(name) if self.saved else None) or {}
        found: _Parts = {}
        for file in files:
            stat = self.saved.stats.get(file.name) if self.saved else None
            known = saved.get(file.name)
            if known is None or stat is None or known.stat != stat:
                known = _read_file(known, stat, split(file), parse)
            found[file.name] = known
            yield from known.facts
        if found != saved:
            self.changed[name] = encode(found)


def _read_file(
    before: FileParts | None, stat: FileStat | None, parts: Iterable[bytes], parse: Parse
) -> FileParts:
    """Return what the parts of a file say; those that it had before are not parsed."""
    saved = dict(zip(before.digests, before.facts, strict=True)) if before else {}
    read = FileParts(stat, [], [])
    for part in parts:
        digest = hashlib.blake2b(part, digest_size=FINGERPRINT_SIZE).digest()
        read.digests.append(digest)
        read.facts.append(saved.get(digest) or parse(part))
    return read
