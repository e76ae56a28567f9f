"""Files inside of files: every part of a container is a document with a path below it.

An archive, a mailbox, a letter with attachments and a table whose rows are documents are
containers. A part is found again by opening its container, so nothing is ever written to the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from posixpath import splitext
from typing import NamedTuple

import msgspec

from generator.model import Problem, Seed, SeedPath
from generator.model.pictures import SUFFIXES
from generator.model.readings import Refusal
from generator.reading.formats.detect import CONTAINER_SUFFIXES, MAX_DEPTH
from generator.reading.formats.open_reading import OpenReading
from generator.reading.formats.refusals import is_too_large

_CONTAINERS, _PICTURES = tuple(CONTAINER_SUFFIXES), tuple(SUFFIXES)

ReadSeed = Callable[[SeedPath], "Seed | Problem"]
"""Reads a file of the seeds folder."""


def is_container(path: str) -> bool:
    """Whether a file of this name may have parts."""
    return _has_suffix(path, _CONTAINERS)


def is_picture(path: str) -> bool:
    """Whether a file of this name may be a picture that a page shows."""
    return _has_suffix(path, _PICTURES)


def _has_suffix(path: str, suffixes: tuple[str, ...]) -> bool:
    """Whether a path ends with one of these; a name of nothing else has none."""
    # Most paths end otherwise, which the first test tells in a fifth of the time.
    return path.lower().endswith(suffixes) and splitext(path)[1].lower() in suffixes


def container_of(path: str) -> str | None:
    """Return the path of the innermost container around a part; None if there is none."""
    parent = path.rpartition("/")[0]
    while parent and not is_container(parent):
        parent = parent.rpartition("/")[0]
    return parent or None


def containers_of(path: str) -> Iterator[str]:
    """Yield the containers around a part, from the innermost on."""
    container = container_of(path)
    while container is not None:
        yield container
        container = container_of(container)


def file_of(seeds: Path, path: str) -> Path:
    """Return the file of a seed, or the one around a part; the seed's path if neither exists."""
    files = [seeds / path, *(seeds / container for container in containers_of(path))]
    return next(filter(Path.is_file, files), files[0])


_MAX_PARTS = 100_000


class FoundParts(msgspec.Struct, frozen=True):
    """The parts of a container, or why it has none."""

    paths: tuple[SeedPath, ...] = ()
    problems: tuple[Problem, ...] = ()
    pictures: tuple[SeedPath, ...] = ()
    """Parts that are no documents, and that documents may show."""


class _OpenContainer(NamedTuple):
    """The parts of a container."""

    parts: dict[str, bytes]
    digest: str | None = None
    """Of the file that it is, or is in; None if it cannot be read."""


class SeedSource(msgspec.Struct):
    """Reads seeds and parts of seeds; it holds the parts of the containers that it opened last."""

    read_seed: ReadSeed
    read_file: OpenReading
    _opened: dict[str, _OpenContainer] = msgspec.field(default_factory=dict)

    def __call__(self, path: SeedPath) -> Seed | Problem:
        """Return a seed, or a part as if it were one."""
        container = container_of(path)
        if container is None:
            return self.read_seed(path)
        opened = self._open(container)
        data = opened.parts.get(path.removeprefix(f"{container}/"))
        return self.read_seed(path) if data is None else Seed(path, data, opened.digest)

    def is_same(self, container: SeedPath, digest: str) -> bool:
        """Whether a container had this digest when it was opened."""
        return self._open(container).digest == digest

    def parts_of(self, path: SeedPath) -> FoundParts:
        """Return the paths of all parts of a container, of their parts too."""
        found: list[SeedPath] = []
        refusal = self._collect(path, found)
        if refusal is None:
            pictures = tuple(path for path in found if is_picture(path))
            return FoundParts(tuple(path for path in found if not is_picture(path)), (), pictures)
        problem = Problem(refusal.code, path, refusal.message, refusal.hint)
        return FoundParts(problems=(problem,))

    def _collect(self, path: SeedPath, found: list[SeedPath]) -> Refusal | None:
        """Collect the parts of a container; return why the whole file is refused, if it is."""
        if not is_container(path):
            return None
        depth = sum(1 for _ in containers_of(path))
        if depth >= MAX_DEPTH:
            is_archive = path.lower().endswith(".zip")
            too_deep = is_too_large("has archives in archives in archives").refusal
            return too_deep if is_archive else None
        for name in self._open(path).parts:
            part = SeedPath(f"{path}/{name}")
            found.append(part)
            if len(found) > _MAX_PARTS:
                return is_too_large(f"has more than {_MAX_PARTS:,} files in it").refusal
            if refusal := self._collect(part, found):
                return refusal
        return None

    def _open(self, container: str) -> _OpenContainer:
        if container not in self._opened:
            seed = self(SeedPath(container))
            around = {*containers_of(container)}
            for other in self._opened.keys() - around:
                del self._opened[other]
            self._opened[container] = self._with_parts(seed)
        return self._opened[container]

    def _with_parts(self, seed: Seed | Problem) -> _OpenContainer:
        if isinstance(seed, Problem):
            return _OpenContainer({})
        reading = self.read_file(seed.path, seed.data).reading
        parts = {part.name: part.data for part in reading.parts} if reading else {}
        return _OpenContainer(parts, seed.file_digest)
