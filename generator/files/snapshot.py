"""A folder as it was at one moment: every file with its time, size and mode."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import msgspec

_TOGETHER = 256
"""Files described at once."""

Mark = tuple[int, int, int]
"""A file's time in nanoseconds, its size and its rights."""


class Signature(NamedTuple):
    """By what a file is known to be as it was without reading it, as git's index does it."""

    modified: int
    """In nanoseconds."""
    size: int


@dataclass(frozen=True)
class Snapshot:
    """A folder as it lay there when it was walked."""

    files: Mapping[str, Mark]
    """Every file's path below the folder; links are not followed."""
    folders: frozenset[str]
    """Every folder's path below it."""
    place: str = ""
    """Where the folder lies."""

    def signature(self, path: str) -> Signature | None:
        """Give a file's signature; None when there is no such file to be read."""
        found = self.files.get(path)
        return Signature(found[0], found[1]) if found and found[2] & stat.S_IRUSR else None

    def refreshed(self, paths: Iterable[str]) -> Snapshot:
        """Look once more at these files; all others are as they were."""
        files, below = dict(self.files), set(self.folders)
        for path in paths:
            above = [folder.as_posix() for folder in Path(path).parents][:-1]
            try:
                files[path] = _mark(os.lstat(Path(self.place, path)))
                below.update(above)
            except (FileNotFoundError, NotADirectoryError):
                files.pop(path, None)
                below -= {one for one in above if not Path(self.place, one).is_dir()}
        return Snapshot(files, frozenset(below), self.place)

    def only(self, paths: Collection[str]) -> Snapshot:
        """Return these files of the folder, with the folders in which they are."""
        files = {path: file_stat for path, file_stat in self.files.items() if path in paths}
        level, above = set(files), set[str]()
        while level := {path.rpartition("/")[0] for path in level} - {""}:
            above |= level
        return Snapshot(files, frozenset(above), self.place)

    @cached_property
    def fingerprint(self) -> str:
        """The same for the same folder, another one when anything in it was touched."""
        found, paths = hashlib.sha256(), iter(sorted(self.files))
        while some := tuple(islice(paths, _TOGETHER)):
            told = os.fsencode("\0".join(some)), [self.files[path] for path in some]
            found.update(msgspec.msgpack.encode(told))
        found.update(msgspec.msgpack.encode(os.fsencode("\0".join(sorted(self.folders)))))
        return found.hexdigest()


UNSEEN = Snapshot({}, frozenset())
"""A folder of which nothing is known."""


def take_snapshot(folder: Path, seen: Snapshot = UNSEEN) -> Snapshot:
    """Look at every file below a folder, without reading any; no folder is an empty one.

    A folder that was `seen` already is not looked at again. Raises PermissionError where nobody
    may look.
    """
    if seen.place == str(folder):
        return seen
    tree, closed = _walked(folder)
    for error in closed.values():
        raise error
    return tree


def _walked(folder: Path) -> tuple[Snapshot, dict[str, PermissionError]]:
    """Give the folders into which nobody may look, too."""
    files: dict[str, Mark] = {}
    below: set[str] = set()
    closed: dict[str, PermissionError] = {}
    waiting = [(str(folder), "")]
    while waiting:
        place, prefix = waiting.pop()
        try:
            entries = os.scandir(place)
        except FileNotFoundError:
            continue
        except PermissionError as error:
            closed[prefix.rstrip("/")] = error
            continue
        for entry in entries:
            path = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                below.add(path)
                waiting.append((entry.path, f"{path}/"))
                continue
            try:
                files[path] = _mark(entry.stat(follow_symlinks=False))
            except FileNotFoundError:  # it went while we walked
                continue
            except PermissionError as error:
                closed[path] = error
    return Snapshot(files, frozenset(below), str(folder)), closed


def _mark(status: os.stat_result) -> Mark:
    return status.st_mtime_ns, status.st_size, status.st_mode


def folder_fingerprint(folder: Path) -> str:
    """Give a digest of a folder: every file's path, signature and rights; links not followed."""
    return take_snapshot(folder).fingerprint


def signature(path: Path | str) -> Signature | None:
    """Give a file's signature; None when there is no such file to be read."""
    try:
        status = os.stat(path)  # noqa: PTH116  (a path made of text costs a tenth)
    except (FileNotFoundError, NotADirectoryError):
        return None
    readable = status.st_mode & stat.S_IRUSR
    return Signature(status.st_mtime_ns, status.st_size) if readable else None


def mark(path: Path) -> Mark | None:
    """Give a file's mark; None when there is no such file, or nobody may look at it."""
    try:
        return _mark(os.lstat(path))
    except OSError:
        return None
