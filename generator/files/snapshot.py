"""Snapshots of folders: the time, size and mode of every file, without its content.

A snapshot has one compact listing for each folder. Two snapshots are compared listing by listing,
so the files of a folder in which nothing changed are never looked at one by one.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import ItemsView, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from struct import Struct
from typing import NamedTuple, Self

from generator.files.folders import parent_folders
from generator.files.names import (
    JoinedPaths,
    Names,
    decode_path,
    encode_path,
    in_folder,
    split_names,
)

_STAT = Struct("<QQI")
"""A `FileStat` in a listing."""

STAT_SIZE = _STAT.size
"""In bytes."""

_TYPE = _STAT.size - 3
"""The place in it of the byte with the type of the file, in the four upper bits."""

_LINK = re.compile(rb"[\xa0-\xaf]")
"""That byte of a symbolic link."""

_LIMIT = 2**64
"""The time of a file is saved modulo this, so that any that a disk can store is accepted."""

_SMALL = 32
"""Most files of a folder that are found by a search of its listing, which takes no memory."""

EMPTY_LISTING = b"/"


class FileStat(NamedTuple):
    """What tells whether a file changed, without reading it; Git's index does the same."""

    modified: int
    """In nanoseconds, modulo 2**64."""
    size: int
    """In bytes."""
    mode: int
    """The type of the file and its permissions, as `os.stat_result.st_mode`."""

    @property
    def is_readable(self) -> bool:
        """Whether the owner of the file may read it."""
        return bool(self.mode & stat.S_IRUSR)


_as_stat = partial(tuple.__new__, FileStat)
"""Make a `FileStat` of a tuple, at a fifth of the cost of `FileStat._make`."""


def file_stat(path: Path | str) -> FileStat | None:
    """Return the stat of a file; None if it does not exist or cannot be accessed."""
    try:
        # A path as text takes a tenth less time than a Path.
        return convert_stat(os.stat(path))  # noqa: PTH116
    except OSError:
        return None


def is_same_version(first: FileStat | None, second: FileStat | None) -> bool:
    """Whether two files have the same time and size, as a file and its copy do.

    Permissions may differ. A file that its owner cannot read counts as missing, and two missing
    files are the same.
    """
    return _version(first) == _version(second)


def _version(status: FileStat | None) -> tuple[int, int] | None:
    return status[:2] if status and status.is_readable else None


def convert_stat(status: os.stat_result) -> FileStat:
    """Return what a snapshot has of the stat of a file."""
    return FileStat(status.st_mtime_ns % _LIMIT, status.st_size, status.st_mode)


def pack_stat(status: os.stat_result) -> bytes:
    """Return the stat of a file as a listing has it."""
    return _STAT.pack(status.st_mtime_ns % _LIMIT, status.st_size, status.st_mode)


def encode_listing(files: Mapping[str, FileStat]) -> bytes:
    """Return the listing of a folder with these files, by name: equal if the files are the same.

    It has the sorted names, a slash, which is in no name, and the stats in the same order.
    """
    return _join([(name, _STAT.pack(*stat)) for name, stat in files.items()])


def _join(entries: list[tuple[str, bytes]]) -> bytes:
    entries.sort()
    names, stats = zip(*entries, strict=True) if entries else ((), ())
    return encode_path("\0".join(names)) + b"/" + b"".join(stats)


def decode_listing(listing: bytes) -> dict[str, FileStat]:
    """Return the files of a folder by name."""
    stats = map(_as_stat, _STAT.iter_unpack(listing[listing.index(b"/") + 1 :]))
    return dict(zip(listed_names(listing), stats, strict=True))


def listed_names(listing: bytes) -> list[str]:
    """Return the names of the files of a folder, sorted."""
    end = listing.index(b"/")
    # A file without a name stands for a folder, so no names are not the same as no file.
    return decode_path(listing[:end]).split("\0") if end + 1 < len(listing) else []


@dataclass(frozen=True, slots=True)
class SnapshotFiles(Mapping[str, FileStat]):
    """The files of a snapshot by path; a file's listing is read when it is asked for."""

    listings: Mapping[str, bytes]
    """By the path of the folder."""
    _decoded: dict[str, dict[str, FileStat]] = field(default_factory=dict, compare=False)
    """The large folders that were asked for."""
    _places: dict[bytes, dict[str, int]] = field(default_factory=dict, compare=False)
    """The places of the files of other folders by their names, which are often the same."""

    def __getitem__(self, path: str) -> FileStat:
        folder, _, name = path.rpartition("/")
        if folder in self._decoded:
            return self._decoded[folder][name]
        listing = self.listings[folder]
        end = listing.index(b"/")
        if len(listing) - end > _SMALL * _STAT.size:
            self._decoded[folder] = decode_listing(listing)
            return self._decoded[folder][name]
        places = self._places.get(listing[:end])
        if places is None:
            names = split_names(listing[:end])
            places = self._places[listing[:end]] = {name: place for place, name in enumerate(names)}
        return _as_stat(_STAT.unpack_from(listing, end + 1 + places[name] * _STAT.size))

    def __iter__(self) -> Iterator[str]:
        for folder, listing in self.listings.items():
            prefix = f"{folder}/" if folder else ""
            yield from [prefix + name for name in listed_names(listing)]

    def __len__(self) -> int:
        return sum(map(_file_count, self.listings.values()))

    def items(self) -> ItemsView[str, FileStat]:
        """Return all files with their stats."""
        return _Items(self)

    def issuperset(self, paths: Iterable[str]) -> bool:
        """Whether all of these files are among the files; joined paths cost least."""
        listings = self.listings
        return all(
            # Mostly they are all files of the folder.
            (listing := listings.get(folder, EMPTY_LISTING)).startswith(names + b"/")
            or {*split_names(names)} <= {*listed_names(listing)}
            for folder, names in JoinedPaths.of(paths).names.items()
        )


class _Items(ItemsView[str, FileStat]):
    """The files of a snapshot, read folder by folder."""

    _mapping: SnapshotFiles

    def __iter__(self) -> Iterator[tuple[str, FileStat]]:
        for folder, listing in self._mapping.listings.items():
            prefix = f"{folder}/" if folder else ""
            for name, status in decode_listing(listing).items():
                yield prefix + name, status


def _file_count(listing: bytes) -> int:
    """Return the number of the files of a folder."""
    return (len(listing) - listing.index(b"/")) // _STAT.size


@dataclass(frozen=True)
class Snapshot:
    """The files and folders below a folder at one moment."""

    listings: Mapping[str, bytes]
    """The files of each folder, by its path below the folder, as `encode_listing` returns them.
    Links are not followed. An empty path is the folder itself."""
    root: str = ""
    """The path of the folder itself."""

    @classmethod
    def of(cls, files: Mapping[str, FileStat], folders: Iterable[str] = (), root: str = "") -> Self:
        """Return a snapshot with these files and folders, and the folders above them."""
        by_folder: dict[str, dict[str, FileStat]] = {"": {}}
        for path, status in files.items():
            folder, _, name = path.rpartition("/")
            by_folder.setdefault(folder, {})[name] = status
        listings = {folder: encode_listing(stats) for folder, stats in by_folder.items()}
        paths = parent_folders(files).union(folders, parent_folders(folders)) - {""}
        return cls({**dict.fromkeys(paths, EMPTY_LISTING), **listings}, root)

    def __reduce__(self) -> tuple[type[Snapshot], tuple[object, ...]]:
        """Return how it is pickled: without what is computed from it."""
        return Snapshot, (self.listings, self.root)

    @cached_property
    def files(self) -> SnapshotFiles:
        """The files by path below the folder."""
        return SnapshotFiles(self.listings)

    @property
    def folders(self) -> Set[str]:
        """The paths of all folders below it."""
        return self.listings.keys() - {""}

    @property
    def has_links(self) -> bool:
        """Whether any file is a symbolic link."""
        stats = b"".join(listing[listing.index(b"/") + 1 :] for listing in self.listings.values())
        return _LINK.search(stats[_TYPE :: _STAT.size]) is not None

    @cached_property
    def names(self) -> Names:
        """The names of all files by folder."""
        return {
            folder: names
            for folder, listing in self.listings.items()
            if (names := listing[: listing.index(b"/")])
        }

    def unchanged_since(self, earlier: Mapping[str, bytes]) -> Snapshot:
        """Return a snapshot of those files that are the same in `earlier` listings.

        `earlier` has the folders that changed since; that of a new folder is empty.
        """
        listings = dict(self.listings)
        for folder in earlier.keys() & listings.keys():
            before, now = decode_listing(earlier[folder]), decode_listing(listings[folder])
            listings[folder] = encode_listing(dict(before.items() & now.items()))
        return Snapshot(listings, self.root)

    def differences(self, other: Snapshot) -> Iterator[str]:
        """Yield the files that are not the same in another snapshot, or are in only one of them."""
        for folder, listing in changed_listings(self.listings, other.listings).items():
            both = map(decode_listing, (listing, other.listings.get(folder, EMPTY_LISTING)))
            first, second = (files.items() for files in both)
            yield from {in_folder(folder, name) for name, _ in first ^ second}

    @cached_property
    def fingerprint(self) -> str:
        """A digest that changes if any file or folder is added, removed or modified."""
        digest = hashlib.sha256()
        for folder in sorted(self.listings):
            for part in (encode_path(folder), self.listings[folder]):
                digest.update(len(part).to_bytes(8, "little"))
                digest.update(part)
        return digest.hexdigest()


def changed_listings(before: Mapping[str, bytes], now: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the listings `before` of the folders that have another one now, or are gone or new.

    That of a new folder is empty.
    """
    if before == now:
        return {}
    # Sets of all folders would take four times as long.
    changed = {
        folder: before.get(folder, EMPTY_LISTING)
        for folder, listing in now.items()
        if before.get(folder) != listing
    }
    return changed | {folder: files for folder, files in before.items() if folder not in now}


def take_snapshot(folder: Path, existing: Snapshot | None = None) -> Snapshot:
    """Return a snapshot of a folder; that of a missing folder is empty.

    An `existing` snapshot of the same folder is returned as it is. Raises PermissionError if a
    folder or file cannot be accessed.
    """
    if existing is not None and existing.root == str(folder):
        return existing
    listings, waiting = {"": EMPTY_LISTING}, [""]
    while waiting:
        below = waiting.pop()
        content = list_folder(f"{folder}{os.sep}{below}" if below else str(folder))
        if content:
            listings[below] = content.listing
            waiting += [in_folder(below, name) for name in content.folders]
    return Snapshot(listings, str(folder))


class FolderContent(NamedTuple):
    """What is in a folder."""

    listing: bytes
    """Its files, as `encode_listing` returns them."""
    folders: tuple[str, ...]
    """The names of the folders in it; links are files."""


def list_folder(path: str) -> FolderContent | None:
    """Return what is in a folder; None if it is missing.

    Raises PermissionError if the folder or a file in it cannot be accessed.
    """
    try:
        entries = os.scandir(path)
    except FileNotFoundError:
        return None
    files, folders = list[tuple[str, bytes]](), list[str]()
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            folders.append(entry.name)
            continue
        try:
            status = entry.stat(follow_symlinks=False)
        except FileNotFoundError:  # it was removed meanwhile
            continue
        files.append((entry.name, pack_stat(status)))
    return FolderContent(_join(files), tuple(folders))


def folder_fingerprint(folder: Path) -> str:
    """Return the fingerprint of a folder's snapshot."""
    return take_snapshot(folder).fingerprint
