"""Files inside of files: every part of a container is a document with a path below it.

An archive, a mailbox, a letter with attachments and a table whose rows are documents are
containers. A part is found again by opening its container, so nothing is ever written to the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from generator.model import Problem, Seed, SeedPath
from generator.reading.formats.detect import CONTAINER_SUFFIXES, MAX_DEPTH
from generator.reading.formats.open_reading import OpenReading

ReadSeed = Callable[[SeedPath], "Seed | Problem"]
"""Reads a file of the seeds folder."""


def is_container(path: str) -> bool:
    """Whether a file of this name may have parts."""
    return PurePosixPath(path).suffix.lower() in CONTAINER_SUFFIXES


def container_of(path: str) -> str | None:
    """Return the path of the innermost container around a part; None if there is none."""
    parents = (str(parent) for parent in PurePosixPath(path).parents)
    return next((parent for parent in parents if is_container(parent)), None)


def containers_of(path: str) -> Iterator[str]:
    """Yield the containers around a part, from the innermost on."""
    container = container_of(path)
    while container is not None:
        yield container
        container = container_of(container)


@dataclass(slots=True)
class SeedSource:
    """Reads seeds and parts of seeds; it holds the parts of the containers that it opened last."""

    read_seed: ReadSeed
    read_file: OpenReading
    _opened: dict[str, dict[str, bytes]] = field(default_factory=dict)

    def __call__(self, path: SeedPath) -> Seed | Problem:
        """Return a seed, or a part as if it were one."""
        container = container_of(path)
        if container is None:
            return self.read_seed(path)
        data = self._parts(container).get(path.removeprefix(f"{container}/"))
        return self.read_seed(path) if data is None else Seed(path, data)

    def part_paths(self, path: SeedPath) -> tuple[SeedPath, ...]:
        """Return the paths of all parts of a container, of their parts too."""
        if not is_container(path) or sum(1 for _ in containers_of(path)) >= MAX_DEPTH:
            return ()
        found: list[SeedPath] = []
        for name in self._parts(path):
            part = SeedPath(f"{path}/{name}")
            found += (part, *self.part_paths(part))
        return tuple(found)

    def _parts(self, container: str) -> dict[str, bytes]:
        if container not in self._opened:
            seed = self(SeedPath(container))
            around = {*containers_of(container)}
            for other in self._opened.keys() - around:
                del self._opened[other]
            self._opened[container] = {} if isinstance(seed, Problem) else self._open(seed)
        return self._opened[container]

    def _open(self, seed: Seed) -> dict[str, bytes]:
        reading = self.read_file(seed.path, seed.data).reading
        return {part.name: part.data for part in reading.parts} if reading else {}
