"""Documents inside of documents: a letter and what it encloses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

import msgspec

from generator.model import SeedPath

MAX_PARTS = 100
"""Enclosed documents that a page lists."""


class Family(msgspec.Struct, frozen=True):
    """The document that encloses another one, and those that it encloses itself."""

    parent: SeedPath | None = None
    parts: tuple[SeedPath, ...] = ()

    @property
    def members(self) -> tuple[SeedPath, ...]:
        """The documents that a page links."""
        return (*((self.parent,) if self.parent else ()), *self.parts)


NO_FAMILY = Family()


def find_families(sources: Collection[SeedPath]) -> dict[SeedPath, Family]:
    """Return the families of all documents that have one, by the paths of their seeds."""
    known = frozenset(sources)
    enclosing = {
        folder: parent
        for folder in {source.rpartition("/")[0] for source in known}
        if (parent := next(filter(known.__contains__, folders_above(f"{folder}/")), None))
    }
    if not enclosing:  # as nearly always
        return {}
    folders = ((source, source.rpartition("/")[0]) for source in known)
    parents = {source: enclosing[folder] for source, folder in folders if folder in enclosing}
    parts: dict[SeedPath, list[SeedPath]] = defaultdict(list)
    for source, parent in parents.items():
        parts[parent].append(source)
    return {
        source: Family(parents.get(source), tuple(sorted(parts[source])[:MAX_PARTS]))
        for source in sorted({*parents, *parts})
    }


def folders_above(path: str) -> Iterator[SeedPath]:
    """Yield the paths above one, the deepest first."""
    folder = path.rpartition("/")[0]
    while folder:
        yield SeedPath(folder)
        folder = folder.rpartition("/")[0]
