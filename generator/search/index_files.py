"""The files of an index while it is made: compressed at the side, and named by what is in them."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence, Set
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from generator.model import OutputFile, PagePath
from generator.search import codec
from generator.search.shards import Shard

FOLDER = "search"

_LETTERS = 8
"""Of a file's name, five bits each: in a folder no two are alike, and no browser that kept a file
for years will take another one for it."""


@dataclass(frozen=True, slots=True)
class IndexFiles:
    """The files so far, and the names of all."""

    threads: ThreadPoolExecutor
    intact: Set[str]
    names: dict[str, dict[str, None]] = field(default_factory=dict)
    """By folder, in the order of what is in them."""
    _waiting: list[tuple[PagePath, Future[bytes] | None]] = field(default_factory=list)

    def add(self, folder: str, content: bytes) -> str:
        """Add a file, and give its name."""
        names = self.names.setdefault(folder, {})
        name = content_name(content, names)
        names[name] = None
        path = PagePath(f"{FOLDER}/{folder}/{name}.bin")
        lies = path in self.intact
        coming = None if lies else self.threads.submit(codec.compress, content)
        self._waiting.append((path, coming))
        return name

    def add_shards(self, folder: str, parts: Iterable[Shard]) -> list[str]:
        """Add files of words, and give what is needed to find the right one."""
        bounds = []
        for part in parts:
            self.add(folder, part.data)
            bounds.append(part.bound)
        return bounds

    def add_blocks(self, folder: str, parts: Iterable[tuple[int, bytes]]) -> list[int]:
        """Add files of lines, and give the number of the first in each."""
        firsts = []
        for first, data in parts:
            self.add(folder, data)
            firsts.append(first)
        return firsts

    def add_scattered(
        self, folder: str, parts: Iterable[tuple[Sequence[int], bytes]]
    ) -> dict[int, str]:
        """Add files that have some words each, and give the name of the file for each word."""
        found: dict[int, str] = {}
        for words, data in parts:
            found.update(dict.fromkeys(words, self.add(folder, data)))
        return found

    def drain(self) -> Iterator[OutputFile | PagePath]:
        """Hand over what was added since the last time; of what lies there only the name."""
        for path, data in self._waiting:
            yield OutputFile(path, data.result()) if data else path
        self._waiting.clear()


def content_name(content: bytes, others: Iterable[str] = ()) -> str:
    """Give a name for what is in a file; it does not depend on how that is compressed.

    Some file systems take `A` for `a`, so the letters are small.
    """
    whole = base64.b32encode(hashlib.blake2b(content, digest_size=20).digest()).decode().lower()
    return next(whole[:length] for length in range(_LETTERS, 33) if whole[:length] not in others)
