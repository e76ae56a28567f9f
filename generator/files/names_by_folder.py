"""Sets of paths as the names of the files in each folder, so that two are compared by folder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache, partial
from typing import NamedTuple

NamesByFolder = Mapping[str, bytes]
"""For each folder, by its path, the sorted names of its files, joined by NUL."""


def encode_path(path: str) -> bytes:
    """Return any path, or several, as bytes; in half the time of `os.fsencode`."""
    return path.encode("utf-8", "surrogatepass")


def decode_path(data: bytes) -> str:
    """Return what `encode_path` was given; raises UnicodeDecodeError for other bytes."""
    return data.decode("utf-8", "surrogatepass")


def join_names(names: Iterable[str]) -> bytes:
    """Return names as `NamesByFolder` has them."""
    return encode_path("\0".join(sorted(names)))


def split_names(names: bytes) -> list[str]:
    """Return the names of the files of a folder, sorted."""
    return decode_path(names).split("\0") if names else []


def encode_names(names: NamesByFolder) -> bytes:
    """Return names as bytes; no folder or file has two slashes in its path."""
    return b"//".join(
        encode_path(folder) + b"/" + joined for folder, joined in names.items() if joined
    )


def decode_names(data: bytes) -> NamesByFolder:
    """Return what `encode_names` was given; raises UnicodeDecodeError for paths of other bytes."""
    blocks = [block.rpartition(b"/") for block in data.split(b"//") if block]
    if not blocks:
        return {}
    folders = decode_path(b"\0".join([folder for folder, _, _ in blocks])).split("\0")
    return dict(zip(folders, [joined for _, _, joined in blocks], strict=True))


class PathChanges(NamedTuple):
    """The paths of files that were added, and of those that were removed."""

    added: set[str]
    removed: set[str]


def compare_names(before: bytes, now: bytes) -> PathChanges:
    """Return the differences of encoded names; only those of folders that differ are decoded."""
    old, new = before.split(b"//"), now.split(b"//")
    if len(old) == len(new):  # mostly, and in the same order: to compare pairs makes no sets of all
        pairs = [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]]
        old, new = [first for first, _ in pairs], [second for _, second in pairs]
    first, second = (
        decode_names(b"//".join(blocks)) for blocks in ({*old} - {*new}, {*new} - {*old})
    )
    return PathChanges(missing_paths(second, first), missing_paths(first, second))


def in_folder(folder: str, name: str) -> str:
    """Return the path of a file in a folder; an empty path is that of the topmost folder."""
    return f"{folder}/{name}" if folder else name


def paths_by_folder(paths: Iterable[str]) -> dict[str, set[str]]:
    """Return the names of files by folder."""
    by_folder = defaultdict[str, set[str]](set)
    for path in paths:
        folder, _, name = path.rpartition("/")
        by_folder[folder].add(name)
    return by_folder


def names_of(paths: Iterable[str]) -> NamesByFolder:
    """Return these paths by folder."""
    return {folder: join_names(names) for folder, names in paths_by_folder(paths).items()}


def paths_of(names: NamesByFolder) -> Iterator[str]:
    """Yield the paths of all files."""
    for folder, joined in names.items():
        prefix = f"{folder}/" if folder else ""
        yield from [prefix + name for name in split_names(joined)]


def paths_ending(names: NamesByFolder, end: str) -> Iterator[str]:
    """Yield the files whose paths end with the end of a name."""
    ending = cache(partial(_names_ending, end))  # most folders have the same names
    for folder, joined in names.items():
        for name in ending(joined):
            yield f"{folder}/{name}" if folder else name


def _names_ending(end: str, joined: bytes) -> list[str]:
    return [name for name in split_names(joined) if name.endswith(end)]


def missing_paths(names: NamesByFolder, others: NamesByFolder) -> set[str]:
    """Return the files that are not among `others`."""
    if names == others:  # mostly, and without a comparison of each folder in Python
        return set()
    different = {folder: joined for folder, joined in names.items() if joined != others.get(folder)}
    if not different:
        return set()
    return set(paths_of(different)).difference(
        paths_of({folder: others[folder] for folder in different.keys() & others.keys()})
    )


def changed_names(
    names: NamesByFolder, added: Iterable[str], removed: Iterable[str]
) -> NamesByFolder:
    """Return the same files with some added, and then some removed."""
    new, old = paths_by_folder(added), paths_by_folder(removed)
    changed = {
        folder: join_names(
            {*split_names(names.get(folder, b"")), *new.get(folder, ())} - old.get(folder, set())
        )
        for folder in new.keys() | old.keys()
    }
    if not changed:
        return names
    every = {**names, **changed}
    return {folder: joined for folder, joined in every.items() if joined}


@dataclass(frozen=True, slots=True)
class JoinedPaths:
    """Paths with the names of those of a folder joined, so that a folder is compared as bytes."""

    names: NamesByFolder

    @classmethod
    def of(cls, paths: Iterable[str]) -> JoinedPaths:
        """Return any paths in this form."""
        return paths if isinstance(paths, JoinedPaths) else cls(names_of(paths))

    def __iter__(self) -> Iterator[str]:
        """Yield each path."""
        return paths_of(self.names)


class _OpenFolder(NamedTuple):
    """A folder whose files are taken one by one."""

    names: frozenset[str]
    """Of all its files."""
    left: set[str]
    """The names of those that were not taken."""


class RemainingPaths:
    """The paths that are left while others are taken: at once if they are a whole folder."""

    def __init__(self, names: NamesByFolder) -> None:
        self._names = names
        self._whole = dict(names)
        self._open: dict[str, _OpenFolder] = {}
        self._new_folders: dict[str, bytes] = {}
        """Folders that are not there, each with the files that were first taken together."""
        self._new = set[str]()
        """All other paths that were taken although they are not there."""

    def take(self, paths: Iterable[str]) -> Set[str]:
        """Take paths and return their folders; together those of a folder cost least."""
        taken = JoinedPaths.of(paths).names
        for folder, joined in taken.items():
            if self._whole.get(folder) == joined:
                del self._whole[folder]
                continue
            if folder not in self._names:
                if self._new_folders.setdefault(folder, joined) != joined:
                    self._new.update(paths_of({folder: joined}))
                continue
            names, left = self._open.get(folder) or self._opened(folder)
            found = {*split_names(joined)}
            left -= found
            self._new.update([in_folder(folder, name) for name in found - names])
        return taken.keys()

    def _opened(self, folder: str) -> _OpenFolder:
        names = frozenset(split_names(self._names.get(folder, b"")))
        left = set(names) if self._whole.pop(folder, None) else set[str]()
        self._open[folder] = _OpenFolder(names, left)
        return self._open[folder]

    def with_new(self) -> NamesByFolder:
        """Return all paths, and those that were taken although they are not there."""
        return changed_names({**self._names, **self._new_folders}, self._new, ())

    def __iter__(self) -> Iterator[str]:
        """Yield the paths that were not taken."""
        yield from paths_of(self._whole)
        for folder, (_, left) in self._open.items():
            yield from (in_folder(folder, name) for name in left)


def count_paths(names: NamesByFolder) -> int:
    """Return the number of files."""
    return b"\0".join(names.values()).count(b"\0") + 1 if names else 0
