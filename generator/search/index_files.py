"""The files of a new index: compressed in the background, and named by their content."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence, Set
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from generator.model import OutputFile, PagePath
from generator.search import file_encoding as codec

FOLDER = "search"

_NAME_LENGTH = 8
"""Characters of a file name, five bits each. A browser may keep files for years, so a later file
must not get the name of another one; within a folder, equal names are made longer."""


_LAST_IN_LIST = tuple(f"{first}{second}" for first in "abcd" for second in "bc")
"""What the names of files begin with that end a list: one in 128."""

_MAX_LISTED = 512
"""Files of a list at most: 6 kB."""

LISTS = "files"
"""The folder of the lists of files in a divided index."""

Bound = TypeVar("Bound", str, int)


class Listed(NamedTuple, Generic[Bound]):
    """What a manifest says of the files of a folder, or of the lists of them."""

    bounds: list[Bound]
    """What each begins with."""
    names: list[str]
    firsts: list[int]
    """The number of the first file of each list; empty if there are no lists."""


@dataclass(frozen=True, slots=True)
class IndexFiles:
    """The files added so far, and the names of all."""

    threads: ThreadPoolExecutor
    intact: Set[str]
    """Paths of existing files, which need not be written again."""
    is_divided: bool = False
    """Whether there are so many that the manifest names lists of them, and that each folder has
    32 folders, one for each first character of a name."""
    names: dict[str, dict[str, None]] = field(default_factory=dict)
    """By folder, in the order of their content."""
    _pending: list[tuple[PagePath, Future[bytes] | None]] = field(default_factory=list)

    def add(self, folder: str, content: bytes) -> str:
        """Add a file and return its name."""
        names = self.names.setdefault(folder, {})
        name = content_name(content, names)
        names[name] = None
        place = f"{folder}/{name[0]}" if self.is_divided else folder
        path = PagePath(f"{FOLDER}/{place}/{name}.bin")
        is_intact = path in self.intact
        compressed = None if is_intact else self.threads.submit(codec.compress, content)
        self._pending.append((path, compressed))
        return name

    def add_shards(self, folder: str, shards: Iterable[tuple[Bound, bytes]]) -> Listed[Bound]:
        """Add files, and return by what a client finds the right one; in a divided index, lists.

        A list has the files up to one whose name decides that it is the last, 128 of them on
        average: so a file more changes one list, as a word more changes one file.
        """
        files = [(bound, self.add(folder, data)) for bound, data in shards]
        if not self.is_divided:
            return Listed([bound for bound, _ in files], [name for _, name in files], [])
        listed = Listed[Bound]([], [], [])
        first = 0
        for group in _grouped(files):
            bounds, names = [bound for bound, _ in group], [name for _, name in group]
            listed.bounds.append(bounds[0])
            listed.firsts.append(first)
            content = codec.with_header({"bounds": bounds, "files": names})
            listed.names.append(self.add(LISTS, content))
            first += len(group)
        return listed

    def add_scattered(
        self, folder: str, blocks: Iterable[tuple[Sequence[int], bytes]]
    ) -> dict[int, str]:
        """Add files of some words each; return the name of the file for each word."""
        file_names: dict[int, str] = {}
        for words, data in blocks:
            file_names.update(dict.fromkeys(words, self.add(folder, data)))
        return file_names

    def drain(self) -> Iterator[OutputFile | PagePath]:
        """Yield the files added since the last call; of an intact file only its path."""
        for path, data in self._pending:
            yield OutputFile(path, data.result()) if data else path
        self._pending.clear()


def _grouped(files: Iterable[tuple[Bound, str]]) -> Iterator[list[tuple[Bound, str]]]:
    group: list[tuple[Bound, str]] = []
    for bound, name in files:
        group.append((bound, name))
        if name.startswith(_LAST_IN_LIST) or len(group) == _MAX_LISTED:
            yield group
            group = []
    if group:
        yield group


def content_name(content: bytes, used: Iterable[str] = ()) -> str:
    """Return a file name for content that is not in `used`; compression does not change it.

    The letters are lower case, because some file systems do not tell `A` from `a`.
    """
    name = base64.b32encode(hashlib.blake2b(content, digest_size=20).digest()).decode().lower()
    lengths = range(_NAME_LENGTH, len(name) + 1)
    return next(name[:length] for length in lengths if name[:length] not in used)
