"""The files of a new index: compressed in the background, and named by their content."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence, Set
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from generator.model import OutputFile, PagePath
from generator.search import file_encoding as codec
from generator.search.shards import Shard

FOLDER = "search"

_NAME_LENGTH = 8
"""Characters of a file name, five bits each. A browser may keep files for years, so a later file
must not get the name of another one; within a folder, equal names are made longer."""


@dataclass(frozen=True, slots=True)
class IndexFiles:
    """The files added so far, and the names of all."""

    threads: ThreadPoolExecutor
    intact: Set[str]
    """Paths of existing files, which need not be written again."""
    names: dict[str, dict[str, None]] = field(default_factory=dict)
    """By folder, in the order of their content."""
    _pending: list[tuple[PagePath, Future[bytes] | None]] = field(default_factory=list)

    def add(self, folder: str, content: bytes) -> str:
        """Add a file and return its name."""
        names = self.names.setdefault(folder, {})
        name = content_name(content, names)
        names[name] = None
        path = PagePath(f"{FOLDER}/{folder}/{name}.bin")
        is_intact = path in self.intact
        compressed = None if is_intact else self.threads.submit(codec.compress, content)
        self._pending.append((path, compressed))
        return name

    def add_shards(self, folder: str, shards: Iterable[Shard]) -> list[str]:
        """Add files of words; return their bounds, by which a client finds the right file."""
        bounds = []
        for shard in shards:
            self.add(folder, shard.data)
            bounds.append(shard.bound)
        return bounds

    def add_blocks(self, folder: str, blocks: Iterable[tuple[int, bytes]]) -> list[int]:
        """Add files of lines; return the number of the first line of each."""
        first_lines = []
        for first_line, data in blocks:
            self.add(folder, data)
            first_lines.append(first_line)
        return first_lines

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


def content_name(content: bytes, used: Iterable[str] = ()) -> str:
    """Return a file name for content that is not in `used`; compression does not change it.

    The letters are lower case, because some file systems do not tell `A` from `a`.
    """
    name = base64.b32encode(hashlib.blake2b(content, digest_size=20).digest()).decode().lower()
    lengths = range(_NAME_LENGTH, len(name) + 1)
    return next(name[:length] for length in lengths if name[:length] not in used)
