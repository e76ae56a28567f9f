"""The files of the folders of a snapshot, as a build left them, and states to know them by."""

from __future__ import annotations

import hashlib
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from generator.engine.database import Database, open_existing
from generator.engine.encoding import decoder, encode
from generator.files.names_by_folder import decode_path, encode_path

_GROUPS = 256
"""Values of a table. Only the groups that have a changed folder are written again."""

_VERSIONS = "versions of folders"
"""Table of the version of the tree in each other table, and of how often it was saved."""


class SavedFolder(NamedTuple):
    """A folder when it was saved."""

    listing: bytes
    """Its files, as `files.snapshot.Snapshot` lists them."""
    states: bytes = b""
    """The states in which it had them, as `files.known_folders.add_state` returns them."""


class _SavedVersion(NamedTuple):
    """The version of a tree; the defaults are those of a tree that is not saved."""

    version: str | None = None
    save_count: int = 0


@dataclass(frozen=True, slots=True)
class SavedTree:
    """A folder with all folders below it, as a build left it."""

    folders: Mapping[str, SavedFolder]
    version: str | None
    """Changes whenever any file does; None if nothing is saved."""
    save_count: int
    """How many builds saved it; this decides which folders the next one lists in any case."""

    @classmethod
    def load(cls, database: Database, table: str) -> SavedTree:
        """Return what is saved in a table."""
        return cls(load_folders(database, table), *_saved_version(database, table))

    @classmethod
    def peek(cls, database_file: Path, table: str) -> SavedTree:
        """Return the same; nothing if the database is missing or damaged."""
        try:
            with open_existing(database_file) as database:
                return cls.load(database, table)
        except OSError:
            return cls({}, *_SavedVersion())

    @property
    def listings(self) -> dict[str, bytes]:
        """The files of each folder."""
        return {folder: saved.listing for folder, saved in self.folders.items()}


def next_version(
    version: str | None, listings: Mapping[str, bytes], different: Collection[str]
) -> str:
    """Return the version of a tree, which had another one before some folders became different.

    `listings` are those of all folders now; a folder that was removed has none.
    """
    if version and not different:
        return version
    changed = [(encode_path(folder), listings.get(folder)) for folder in sorted(different)]
    return hashlib.sha256(encode((version, changed))).hexdigest()


def load_folders(database: Database, table: str) -> dict[str, SavedFolder]:
    """Return the folders of a table by path."""
    decode = decoder(dict[bytes, SavedFolder]).decode
    return {
        decode_path(folder): saved
        for _, data in database.items(table)
        for folder, saved in decode(data).items()
    }


def save_tree(
    database: Database,
    table: str,
    version: str,
    changed: Mapping[str, SavedFolder],
    removed: Iterable[str],
) -> None:
    """Save the next version of a tree: its changed folders, and which were removed."""
    update_folders(database, table, changed, removed)
    saved = _SavedVersion(version, _saved_version(database, table).save_count + 1)
    database.put(_VERSIONS, [(table, encode(saved))])


def _saved_version(database: Database, table: str) -> _SavedVersion:
    saved = database.get(_VERSIONS, table)
    return decoder(_SavedVersion).decode(saved) if saved else _SavedVersion()


def update_folders(
    database: Database, table: str, changed: Mapping[str, SavedFolder], removed: Iterable[str] = ()
) -> None:
    """Save some folders in a table that may have others, and delete some."""
    groups = defaultdict[str, dict[bytes, SavedFolder | None]](dict)
    for folder, saved in (*dict.fromkeys(removed).items(), *changed.items()):
        groups[_group(folder)][encode_path(folder)] = saved
    decode = decoder(dict[bytes, SavedFolder]).decode
    for group, updates in groups.items():
        before = database.get(table, group)
        folders = {**(decode(before) if before else {}), **updates}
        now = {folder: saved for folder, saved in folders.items() if saved}
        if now:
            database.put(table, [(group, encode(now))])
        else:
            database.drop(table, [group])


def _group(folder: str) -> str:
    return str(zlib.crc32(encode_path(folder)) % _GROUPS)
