"""Long files with a part for each document; what would be the same in them is copied.

A part is made of what the document's page is made of, and known by the same key. So it is noted of
each file which documents are in it, by which keys, and how long the part of each is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain, groupby

from generator import shelves
from generator.model import PagePath, SeedPath
from generator.shelves import Shelves
from generator.store import Lying, Stream, Stretch
from generator.writing import datasets, namesets

_SHELF = "streams"
"""What is noted of each file."""

_FILES: tuple[tuple[PagePath, Sequence[bytes], str], ...] = (
    (datasets.DOCUMENTS_CSV, [datasets.DOCUMENTS_HEAD], shelves.CELLS),
    (datasets.DOCUMENTS_JSONL, [], shelves.LINES),
    (namesets.MENTIONS_CSV, [namesets.MENTIONS_HEAD], shelves.ROWS),
)
"""What stands above, and the shelf of the parts."""

_Key = tuple[SeedPath, str]
"""A document, and of what its part is made."""

_Layout = list[tuple[SeedPath, str, int]]
"""The parts of a file in their order, each with its length."""


@dataclass(frozen=True, slots=True)
class Streams:
    """The long files of one run."""

    shelves: Shelves
    lying: Set[str]
    """The files that are as the last run left them."""
    keys: Mapping[SeedPath, str]
    """All documents in their order, with the keys of their pages."""

    def files(self) -> Iterator[Lying | Stream]:
        """Have every file written that would be another one."""
        made_of = sha256("".join(self.keys.values()).encode()).hexdigest()
        for path, head, shelf in _FILES:
            row = self.shelves.row(_SHELF, path) if path in self.lying else None
            if row and row.made_of == made_of:
                yield Lying((path,))
                continue
            before: _Layout = shelves.decoder(_Layout).decode(row.result) if row else []
            layout: _Layout = []
            parts = self._parts(shelf, _stretches(before, sum(map(len, head))), layout)
            yield Stream(path, chain(head, _joined(parts)))
            self.shelves.kept.put(_SHELF, [(path, shelves.row(made_of, layout))])

    def _parts(
        self, shelf: str, there: Mapping[_Key, Stretch], layout: _Layout
    ) -> Iterator[bytes | Stretch]:
        """Give the part of each document, and note it in the layout."""
        for lies, some in groupby(self.keys.items(), there.__contains__):
            keys = list(some)
            sources = (source for source, _ in keys)
            parts: Iterable[bytes | Stretch] = (
                map(there.__getitem__, keys) if lies else self.shelves.kept.several(shelf, sources)
            )
            for (source, key), part in zip(keys, parts, strict=True):
                layout.append((source, key, len(part)))
                yield part


def _stretches(layout: _Layout, start: int) -> dict[_Key, Stretch]:
    """Tell where in the file that lies there each part is."""
    found: dict[_Key, Stretch] = {}
    for source, key, length in layout:
        found[source, key] = Stretch(start, start + length)
        start += length
    return found


def _joined(parts: Iterable[bytes | Stretch]) -> Iterator[bytes | Stretch]:
    """Make one stretch of those that follow one upon the other."""
    last = Stretch(0, 0)
    for part in parts:
        if isinstance(part, Stretch) and part.start == last.end:
            last = Stretch(last.start, part.end)
            continue
        if last:
            yield last
        last = part if isinstance(part, Stretch) else Stretch(0, 0)
        if isinstance(part, bytes):
            yield part
    if last:
        yield last
