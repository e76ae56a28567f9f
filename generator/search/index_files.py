"""The files of a new index: compressed in the background, and named by their content."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Container, Iterable, Iterator, Sequence, Set
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import Generic, NamedTuple, TypeVar

import msgspec

from generator.model import OutputFile, PagePath
from generator.search import file_encoding as codec
from generator.search.saved_parts import SavedParts

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


class ScatteredFile(NamedTuple):
    """A file of some words, wherever they are in the order of all."""

    words: Sequence[int]
    """Their positions."""
    inputs: bytes
    """A digest of what it is made of."""
    make: Callable[[], bytes]


class IndexFiles(msgspec.Struct, frozen=True):
    """The files added so far, and the names of all."""

    threads: ThreadPoolExecutor
    intact: Set[str]
    """Paths of existing files, which need not be written again."""
    last: SavedParts = msgspec.field(default_factory=SavedParts)
    """The parts of the last index."""
    parts: SavedParts = msgspec.field(default_factory=SavedParts)
    """Those of this one, as far as it is made."""
    is_divided: bool = False
    """Whether there are so many that the manifest names lists of them, and that each folder has
    32 folders, one for each first character of a name."""
    names: dict[str, dict[str, None]] = msgspec.field(default_factory=dict)
    """By folder, in the order of their content."""
    _pending: list[tuple[PagePath, Future[bytes] | None]] = msgspec.field(default_factory=list)

    def add(self, folder: str, content: bytes) -> str:
        """Add a file and return its name."""
        return self._add(folder, content_digest(content), lambda: content)

    def add_made(self, folder: str, inputs: bytes, make: Callable[[], bytes]) -> str:
        """Add a file that is made of what `inputs` is a digest of, and return its name.

        It is not made if the last index had it and it is intact.
        """
        make_once = cache(make)
        digest = self.last.files.get(inputs) or content_digest(make_once())
        self.parts.files[inputs] = digest
        return self._add(folder, digest, make_once)

    def _add(self, folder: str, digest: str, make: Callable[[], bytes]) -> str:
        names = self.names.setdefault(folder, {})
        name = _shortest(digest, names)
        names[name] = None
        place = f"{folder}/{name[0]}" if self.is_divided else folder
        path = PagePath(f"{FOLDER}/{place}/{name}.bin")
        is_intact = path in self.intact
        compressed = None if is_intact else self.threads.submit(codec.compress, make())
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

    def add_scattered(self, folder: str, files: Iterable[ScatteredFile]) -> dict[int, str]:
        """Add files of some words each; return the name of the file for each word."""
        file_names: dict[int, str] = {}
        for words, inputs, make in files:
            file_names.update(dict.fromkeys(words, self.add_made(folder, inputs, make)))
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


def content_name(content: bytes) -> str:
    """Return a file name for content; compression does not change it."""
    return _shortest(content_digest(content), ())


def content_digest(content: bytes) -> str:
    """Return a digest whose beginning can be a file name.

    The letters are lower case, because some file systems do not tell `A` from `a`.
    """
    return base64.b32encode(hashlib.blake2b(content, digest_size=20).digest()).decode().lower()


def _shortest(digest: str, used: Container[str]) -> str:
    lengths = range(_NAME_LENGTH, len(digest) + 1)
    return next(digest[:length] for length in lengths if digest[:length] not in used)
