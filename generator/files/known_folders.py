"""Scans of a folder that list again only those folders in it whose own state changed.

Adding, removing or replacing a file changes the time of its folder. So a folder that has the inode
and the times that it had when its files were listed still has these files, unless one was edited in
place. Where people do that with pages, the stat of each page is compared too.
"""

from __future__ import annotations

import os
import stat
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from contextlib import suppress
from functools import cache, partial
from itertools import chain
from pathlib import Path
from struct import Struct
from typing import NamedTuple, Protocol

from generator.files.file_stats import STAT_SIZE, pack_stat
from generator.files.folders import parent_folders, recreate, remove
from generator.files.listings import EMPTY_LISTING, decode_listing, encode_listing, listed_names
from generator.files.names_by_folder import encode_path, in_folder, paths_by_folder, split_names
from generator.files.snapshot import Snapshot, list_folder

_STATE = Struct("<QQQ")
"""The state of a folder: its inode, and the times when its content and its attributes changed."""

_INODE_SIZE = 8

_LIMIT = 2**64
"""Inodes and times are saved modulo this."""

_MAX_STATES = 4
"""A site and its staging folder have one each; two more are of folders that were replaced."""

SCANS_PER_CYCLE = 15
"""Scans in which every folder is listed at least once, so that any file edited in place is noticed.

It is odd, because a site and its staging folder change places with each build: so both are listed
in as many builds."""

_MARGIN = 2 * 10**9
"""Nanoseconds. Changes within one step of a disk's clock have the same time; on FAT that is 2 s."""

_LONG_AGO = 10**18
"""Nanoseconds: the year 2001."""


class KnownFolder(Protocol):
    """What is known of a folder."""

    @property
    def listing(self) -> bytes:
        """Its files, as a `Snapshot` lists them."""

    @property
    def states(self) -> bytes:
        """The states in which it was found with these files, as `add_state` returns them."""


class ListedFolder(NamedTuple):
    """A folder whose files were listed."""

    listing: bytes
    folders: tuple[str, ...]
    """The paths of the folders in it."""
    state: bytes
    """Empty if the folder could change again and have the same state."""


ListFolders = Callable[[Path, Sequence[str]], Iterable[ListedFolder | None]]
"""Lists folders below another one, in order; None stands for a missing one."""


class FolderScan(NamedTuple):
    """A folder with all folders below it at one moment."""

    snapshot: Snapshot
    listed: dict[str, ListedFolder]
    """The folders whose files were listed; all others were as known."""


def disk_time(folder: Path) -> int | None:
    """Return the time by which the disk of an existing folder dates changes, in nanoseconds.

    None if its folders keep their times when a file is added; then a state says nothing.
    """
    probe = folder / f".seedbed-time-{os.getpid()}"
    with suppress(OSError):
        os.utime(recreate(probe), ns=(_LONG_AGO, _LONG_AGO))
        (probe / "file").touch()
        modified = probe.stat().st_mtime_ns
        remove(probe)
        return modified if modified > _LONG_AGO else None
    return None


def add_state(states: bytes, state: bytes) -> bytes:
    """Return states and one more, which replaces an earlier one of the same folder."""
    if not state or _has_state(states, state):
        return states
    size = _STATE.size
    saved = [states[start : start + size] for start in range(0, len(states), size)]
    others = [other for other in saved if other[:_INODE_SIZE] != state[:_INODE_SIZE]]
    return b"".join([state, *others][:_MAX_STATES])


def scan_folders(
    root: Path,
    known: Mapping[str, KnownFolder],
    now: int | None,
    scan_number: int | None = None,
    pages: str | None = None,
) -> FolderScan:
    """Return what is in a folder; only folders are listed that are not as `known`.

    `now` is the `disk_time` before the scan. With a `scan_number`, the folders that are due in it
    are listed too, and all folders if a file in one of these was edited in place. `pages` is the
    end of the names of files whose stats are compared in every folder. Raises PermissionError if a
    folder or file cannot be accessed.
    """
    same = _same_folders(root, known, pages) if now is not None else {}
    due = set[str]()
    if scan_number is not None:
        due = {folder for folder in same if _is_due(folder, scan_number)}
    listed = _list_all(root, {"", *known} - (same.keys() - due), known, partial(list_folders, now))
    if any(folder in listed and listed[folder].listing != same[folder] for folder in due):
        return scan_all_files(root, now)
    listings = {**same, **{folder: each.listing for folder, each in listed.items()}}
    if links := _links(root, known.keys() - listings.keys()):
        listings = {path: files for path, files in listings.items() if not path.startswith(links)}
    return FolderScan(Snapshot({"": EMPTY_LISTING, **listings}, str(root)), listed)


def scan_all_files(root: Path, now: int | None, list_all: ListFolders | None = None) -> FolderScan:
    """Return what is in a folder, as `scan_folders` does, with every folder listed.

    `list_all` lists folders as `list_folders` does, at the time `now`.
    """
    listed = _list_all(root, {""}, {}, list_all or partial(list_folders, now))
    listings = {folder: each.listing for folder, each in listed.items()}
    return FolderScan(Snapshot({"": EMPTY_LISTING, **listings}, str(root)), listed)


def rescan_files(
    before: Snapshot,
    paths: Iterable[str],
    now: int | None = None,
    list_all: ListFolders | None = None,
) -> FolderScan:
    """Return a snapshot in which only these files are as they are now.

    `listed` has those of their folders in which nothing else changed since the snapshot was taken.
    `list_all` lists folders as `list_folders` does, at the time `now`.
    """
    names_by_folder, root = paths_by_folder(paths), Path(before.root)
    listings, listed = dict(before.listings), dict[str, ListedFolder]()
    parents = parent_folders(f"{below}/" for below in names_by_folder) | {*names_by_folder}
    to_list = [folder for folder in parents if folder in names_by_folder or folder not in listings]
    found_in = dict(
        zip(to_list, (list_all or partial(list_folders, now))(root, to_list), strict=True)
    )
    for folder in parents:
        names, found = names_by_folder.get(folder), found_in.get(folder)
        if found:
            earlier = listings.get(folder, EMPTY_LISTING)
            listings[folder] = _with_files(earlier, found.listing, names or set())
            if listings[folder] == found.listing:
                listed[folder] = found
        elif _state(f"{root}{os.sep}{folder}") is None:
            listings.pop(folder, None)
    return FolderScan(Snapshot({"": EMPTY_LISTING, **listings}, before.root), listed)


def _with_files(listing: bytes, current: bytes, names: Set[str]) -> bytes:
    """Return a listing in which the files of these names are as in the current one."""
    if listing == EMPTY_LISTING and names == {*listed_names(current)}:
        return current
    files, found = decode_listing(listing), decode_listing(current)
    for name in names:
        files.pop(name, None)
    return encode_listing(files | {name: found[name] for name in names if name in found})


def _is_due(folder: str, scan_number: int) -> bool:
    return zlib.crc32(encode_path(folder)) % SCANS_PER_CYCLE == scan_number % SCANS_PER_CYCLE


def _same_folders(
    root: Path, known: Mapping[str, KnownFolder], pages: str | None
) -> dict[str, bytes]:
    """Return the listings of the folders that are in a known state, and whose pages are too."""
    same, base = dict[str, bytes](), f"{root}{os.sep}"
    has_same_pages = _page_comparison(pages) if pages else None
    for folder, each in known.items():
        state = each.states and _state(base + folder)
        if (
            state
            and _has_state(each.states, state)
            and (has_same_pages is None or has_same_pages(base + folder, each.listing))
        ):
            same[folder] = each.listing
    return same


def _page_comparison(end: str) -> Callable[[str, bytes], bool]:
    """Return a function that tells whether the pages in a folder are as its listing has them."""

    @cache  # most folders have the same names
    def stat_positions(names: bytes) -> list[tuple[str, int]]:
        start = len(names) + 1
        return [
            (os.sep + name, start + index * STAT_SIZE)
            for index, name in enumerate(split_names(names))
            if name.endswith(end)
        ]

    def has_same_pages(path: str, listing: bytes) -> bool:
        for name, start in stat_positions(listing[: listing.index(b"/")]):
            try:
                status = os.lstat(path + name)
            except FileNotFoundError:
                return False
            if pack_stat(status) != listing[start : start + STAT_SIZE]:
                return False
        return True

    return has_same_pages


def _state(path: str) -> bytes | None:
    """Return the state of a folder; None if there is none."""
    try:
        status = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    if not stat.S_ISDIR(status.st_mode):
        return None
    times = status.st_mtime_ns % _LIMIT, status.st_ctime_ns % _LIMIT
    return _STATE.pack(status.st_ino % _LIMIT, *times)


def _has_state(states: bytes, state: bytes) -> bool:
    return states.find(state) % _STATE.size == 0


def _list_all(
    root: Path, folders: Set[str], known: Mapping[str, KnownFolder], list_all: ListFolders
) -> dict[str, ListedFolder]:
    """Return folders by path with their files, and the folders in them that are not known."""
    listed: dict[str, ListedFolder] = {}
    waiting = [*folders]
    while waiting:
        found = {
            folder: each
            for folder, each in zip(waiting, list_all(root, waiting), strict=True)
            if each
        }
        inside = chain.from_iterable(each.folders for each in found.values())
        waiting = [folder for folder in inside if folder not in known]
        listed |= found
    return listed


def list_folders(now: int | None, root: Path, folders: Iterable[str]) -> list[ListedFolder | None]:
    """Return folders below another one with their files, in order; None for a missing one.

    `now` is the `disk_time` before that, or None if a state says nothing.
    """
    return [_list_folder(root, below, now) for below in folders]


def _list_folder(root: Path, below: str, now: int | None) -> ListedFolder | None:
    """Return a folder with its files; None if there is none."""
    path = f"{root}{os.sep}{below}"
    state = _state(path)  # before the files, so a later change gives the folder another one
    content = list_folder(path) if state else None
    if state is None or content is None:
        return None
    inside = tuple([in_folder(below, name) for name in content.folders])
    is_certain = now is not None and _STATE.unpack(state)[1] <= now - _MARGIN
    return ListedFolder(content.listing, inside, state if is_certain else b"")


def _links(root: Path, folders: Iterable[str]) -> tuple[str, ...]:
    """Return the start of each path that leads through a link in place of one of these folders."""
    return tuple(f"{folder}/" for folder in folders if (root / folder).is_symlink())
