"""Data files that passed an earlier check, and parts of them: what is unchanged is not read again.

A file is compared with the pages again if it changed, or what it is compared with. The texts and
the mentions of the corpus are in long files of many parts; what such a part says is saved with a
digest of its bytes, so that after an edit only the files that changed are read, and of these only
the part of the edited document is parsed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from generator.checking.shown_documents import add_numbers
from generator.engine.cache_entries import Run, decode_entry, decode_result
from generator.engine.database import open_readonly
from generator.engine.encoding import decoder, encode
from generator.engine.fingerprint import FINGERPRINT_SIZE, Fingerprint
from generator.engine.incremental import Build
from generator.engine.outdated import CHANGED
from generator.engine.tasks import PROGRAM, Item, Task
from generator.files.file_stats import FileStat
from generator.files.listings import EMPTY_LISTING, decode_listing
from generator.files.snapshot import Snapshot


class Fact(NamedTuple):
    """What a part of a file says."""

    number: int
    """What it adds to the sum of the file."""
    data: bytes = b""


Parse = Callable[[bytes], Fact]
"""Returns what a part of a file says; raises an error if it is damaged."""

Split = Callable[[Path], Iterable[bytes]]
"""Yields the parts of a file; raises an error if what is around them is damaged."""


class _FileSum(NamedTuple):
    """What is known of a file without its parts."""

    stat: FileStat | None
    """Of the file when it was read."""
    number: int
    """The sum of its parts' numbers."""


class _FileParts(NamedTuple):
    """What the parts of a file say."""

    digests: list[bytes]
    """Of the bytes of each part."""
    facts: list[Fact]


_FileSums = dict[str, _FileSum]
"""What is known of the files of a data file, by their names."""

_FOLDER = "data"
"""The folder of data files in a site."""

VERIFY_DATA: Task[None] = Task(
    "verified data files",
    "checking",
    None,
    (PROGRAM, "the file or one beside it", "the documents or names that it lists"),
)

_READ_PARTS: Task[Any] = Task("parts of data files", "checking", Any)
"""By the name of a data file its `_FileSums`, and by that and the name of each its `_FileParts`."""


class VerifiedData(msgspec.Struct, frozen=True):
    """What earlier checks found about the data files of a site."""

    build: Build
    site: Snapshot
    """The site that is checked."""
    digests: Mapping[str, str] = msgspec.field(default_factory=dict)
    """The SHA-256 of data files by their names, where it is known."""

    def why_outdated(self, item: Item) -> Run | None:
        """Return why a file must be checked; None if it passed when it was last compared."""
        entry = self.build.entry(VERIFY_DATA, item.key)
        return self.build.why_outdated(VERIFY_DATA, entry, item.fingerprint)

    def save(self, item: Item, run: Run) -> None:
        """Save that a file passed."""
        self.build.save(VERIFY_DATA, item, None, run)

    def item(self, name: str, paths: Sequence[str], dependencies: object) -> Item:
        """Return the item of a data file by its name; the files at `paths` are read for it.

        `dependencies` is what else the result of the check depends on.
        """
        stats = [(path, self.site.files.get(path)) for path in paths]
        return Item(name, self.build.fingerprint(stats, dependencies))

    @property
    def saved_facts(self) -> SavedFacts:
        """What this program found in parts of files."""
        stats = decode_listing(self.site.listings.get(_FOLDER, EMPTY_LISTING))
        return SavedFacts(self.build.database.path, self.build.fingerprint(), stats)

    def save_facts(self, parts: Mapping[str, bytes | None]) -> None:
        """Save what `PartReader` found changed."""
        self.build.database.drop(_READ_PARTS.name, [key for key, data in parts.items() if not data])
        for key, data in parts.items():
            if data:
                item = Item(key, self.build.fingerprint())
                run = Run(self.build.number, CHANGED)
                self.build.save(_READ_PARTS, item, msgspec.Raw(data), run)


class SavedFacts(NamedTuple):
    """What earlier checks found in parts of files, in a database that another process writes."""

    database: Path
    program: Fingerprint
    stats: Mapping[str, FileStat]
    """The data files as they are now, by their names."""

    def load(self, key: str, value_type: Any) -> Any:
        """Return a value of the table of parts; None if there is none."""
        with open_readonly(self.database) as database:
            entry = decode_entry(database.get(_READ_PARTS.name, key))
        return decode_result(entry, self.program, value_type)


class PartReader(msgspec.Struct, frozen=True):
    """Reads the parts of files; only those that are new are parsed."""

    saved: SavedFacts | None
    """None if nothing is known."""
    changed: dict[str, bytes | None] = msgspec.field(default_factory=dict)
    """What is to be saved, encoded; None if it is to be deleted. Filled when files are read."""

    def total(self, name: str, files: Iterable[Path], split: Split, parse: Parse) -> int:
        """Return the sum of the numbers of all parts; files that are unchanged are not read."""
        saved: _FileSums = self._load(name, _FileSums) or {}
        found = {
            file.name: self._sum(name, file, saved.get(file.name), split, parse) for file in files
        }
        if found != saved:
            self.changed[name] = encode(found)
            self.changed.update((_key(name, file), None) for file in saved.keys() - found.keys())
        return add_numbers(known.number for known in found.values())

    def facts(
        self, name: str, files: Sequence[Path], split: Split, parse: Parse
    ) -> Iterator[bytes]:
        """Yield what each part says; files that are unchanged are not read."""
        self.total(name, files, split, parse)
        for file in files:
            parts = self._load(_key(name, file.name), _FileParts)
            yield from (fact.data for fact in parts.facts)

    def _sum(
        self, name: str, file: Path, known: _FileSum | None, split: Split, parse: Parse
    ) -> _FileSum:
        stat = self.saved.stats.get(file.name) if self.saved else None
        if known and stat and known.stat == stat:
            return known
        key = _key(name, file.name)
        before: _FileParts | None = self._load(key, _FileParts) if known else None
        parts = _read_file(before, split(file), parse)
        self.changed[key] = encode(parts)
        return _FileSum(stat, add_numbers(fact.number for fact in parts.facts))

    def _load(self, key: str, value_type: Any) -> Any:
        if data := self.changed.get(key):
            return decoder(value_type).decode(data)
        return self.saved.load(key, value_type) if self.saved else None


def _key(name: str, file: str) -> str:
    return f"{name}/{file}"


def _read_file(before: _FileParts | None, parts: Iterable[bytes], parse: Parse) -> _FileParts:
    """Return what the parts of a file say; those that it had before are not parsed."""
    saved = dict(zip(before.digests, before.facts, strict=True)) if before else {}
    read = _FileParts([], [])
    for part in parts:
        digest = hashlib.blake2b(part, digest_size=FINGERPRINT_SIZE).digest()
        read.digests.append(digest)
        read.facts.append(saved.get(digest) or parse(part))
    return read
