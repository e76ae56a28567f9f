"""Long files with a part for each document; what would be the same in them is copied.

A part is made of what the document's page is made of, and known by the same key. So it is noted of
each file which documents are in it, by which keys, and how long the part of each is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from itertools import chain, groupby
from pathlib import Path

from generator import cache, shelves, store, workers
from generator.model import PagePath, SeedPath
from generator.shelves import Row
from generator.store import Lying, Stretch
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


_Written = tuple[PagePath, bool, bytes | None]
"""A file, whether it has changed, and the row that tells of it, where that has."""


def begin_streams(
    kept: cache.Cache,
    docs: Path,
    lying: Set[str],
    keys: Mapping[SeedPath, str],
    begin: workers.Begin,
) -> Callable[[], Iterator[Lying]]:
    """Have every long file written aside that would be another one; what is in them must be kept.

    `lying` are the files that are as the last run left them, `keys` all documents in their order,
    with the keys of their pages.
    """
    kept.commit()
    there = lying & {path for path, _, _ in _FILES}
    written = begin(partial(_written, kept.path, docs, there, keys))
    return lambda: _noted(kept, written())


def _noted(kept: cache.Cache, written: Iterable[_Written]) -> Iterator[Lying]:
    for path, changed, row in written:
        kept.put(_SHELF, [(path, row)] if row else [])
        yield Lying((path,), (path,) if changed else ())


def _written(
    place: Path, docs: Path, lying: Set[str], keys: Mapping[SeedPath, str]
) -> list[_Written]:
    with cache.looked_into(place) as kept:
        return list(_Streams(kept, docs, lying, keys).written())


@dataclass(frozen=True, slots=True)
class _Streams:
    """The long files of one run."""

    kept: cache.Cache
    docs: Path
    lying: Set[str]
    keys: Mapping[SeedPath, str]

    def written(self) -> Iterator[_Written]:
        """Write every file that would be another one."""
        made_of = sha256("".join(self.keys.values()).encode()).hexdigest()
        for path, head, shelf in _FILES:
            row = self._row(path)
            if row and row.made_of == made_of:
                yield path, False, None
                continue
            before: _Layout = shelves.decoder(_Layout).decode(row.result) if row else []
            layout: _Layout = []
            parts = self._parts(shelf, _stretches(before, sum(map(len, head))), layout)
            changed = store.write_parts(self.docs / path, chain(head, _joined(parts)))
            yield path, changed, shelves.row(made_of, layout)

    def _row(self, path: PagePath) -> Row | None:
        """What is noted of a file that is as the last run left it."""
        row = self.kept.get(_SHELF, path) if path in self.lying else None
        return shelves.read_row(row) if row else None

    def _parts(
        self, shelf: str, there: Mapping[_Key, Stretch], layout: _Layout
    ) -> Iterator[bytes | Stretch]:
        """Give the part of each document, and note it in the layout."""
        for lies, some in groupby(self.keys.items(), there.__contains__):
            keys = list(some)
            sources = (source for source, _ in keys)
            parts: Iterable[bytes | Stretch] = (
                map(there.__getitem__, keys) if lies else self.kept.several(shelf, sources)
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
