"""Snapshots of folders: the time, size and mode of every file, without its content.

A snapshot has one listing for each folder. Two snapshots are compared listing by listing, so the
files of a folder in which nothing changed are never compared one by one.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import ItemsView, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, Self

from generator.files.file_stats import STAT_SIZE, FileStat, has_link, pack_stat, unpack_stat
from generator.files.folders import parent_folders
from generator.files.listings import (
    EMPTY_LISTING,
    changed_listings,
    decode_listing,
    encode_listing,
    file_count,
    join_listing,
    listed_names,
)
from generator.files.names_by_folder import (
    JoinedPaths,
    NamesByFolder,
    encode_path,
    in_folder,
    split_names,
)

_SMALL = 32
"""Most files of a folder that are found by a search of its listing, which takes no memory."""


@dataclass(frozen=True, slots=True)
class SnapshotFiles(Mapping[str, FileStat]):
    """The files of a snapshot by path; a file's listing is read when it is asked for."""

    listings: Mapping[str, bytes]
    """By the path of the folder."""
    _decoded: dict[str, dict[str, FileStat]] = field(default_factory=dict, compare=False)
    """The large folders that were asked for."""
    _positions: dict[bytes, dict[str, int]] = field(default_factory=dict, compare=False)
    """The positions of files in other folders, by the names of all, which are often the same."""

    def __getitem__(self, path: str) -> FileStat:
        folder, _, name = path.rpartition("/")
        if folder in self._decoded:
            return self._decoded[folder][name]
        listing = self.listings[folder]
        end = listing.index(b"/")
        if len(listing) - end > _SMALL * STAT_SIZE:
            self._decoded[folder] = decode_listing(listing)
            return self._decoded[folder][name]
        positions = self._positions.get(listing[:end])
        if positions is None:
            names = enumerate(split_names(listing[:end]))
            positions = self._positions[listing[:end]] = {name: index for index, name in names}
        return unpack_stat(listing, end + 1 + positions[name] * STAT_SIZE)

    def __iter__(self) -> Iterator[str]:
        for folder, listing in self.listings.items():
            prefix = f"{folder}/" if folder else ""
            yield from [prefix + name for name in listed_names(listing)]

    def __len__(self) -> int:
        return sum(map(file_count, self.listings.values()))

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

    @cached_property
    def has_links(self) -> bool:
        """Whether any file is a symbolic link."""
        stats = b"".join(listing[listing.index(b"/") + 1 :] for listing in self.listings.values())
        return has_link(stats)

    @cached_property
    def names(self) -> NamesByFolder:
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
    return FolderContent(join_listing(files), tuple(folders))


def folder_fingerprint(folder: Path) -> str:
    """Return the fingerprint of a folder's snapshot."""
    return take_snapshot(folder).fingerprint
