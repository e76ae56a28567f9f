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

from generator.engine import workers
from generator.engine.database import Database, open_readonly
from generator.engine.entries import Entry, decode_entry, decoder, encode_entry
from generator.files import ExistingFiles, FileSlice, write_parts
from generator.model import PagePath, SeedPath
from generator.pipeline.tables import DOCUMENT_ROWS, JSONL_LINES, MENTION_ROWS
from generator.writing.data.documents import DOCUMENTS_CSV, DOCUMENTS_HEADER, DOCUMENTS_JSONL
from generator.writing.data.names import MENTIONS_CSV, MENTIONS_HEADER

_SHELF = "streams"
"""What is noted of each file."""

_FILES: tuple[tuple[PagePath, Sequence[bytes], str], ...] = (
    (DOCUMENTS_CSV, [DOCUMENTS_HEADER], DOCUMENT_ROWS),
    (DOCUMENTS_JSONL, [], JSONL_LINES),
    (MENTIONS_CSV, [MENTIONS_HEADER], MENTION_ROWS),
)
"""What stands above, and the shelf of the parts."""

_Key = tuple[SeedPath, str]
"""A document, and of what its part is made."""

_Layout = list[tuple[SeedPath, str, int]]
"""The parts of a file in their order, each with its length."""


_Written = tuple[PagePath, bool, bytes | None]
"""A file, whether it has changed, and the row that tells of it, where that has."""


def write_tables_in_background(
    database: Database,
    docs: Path,
    intact: Set[str],
    keys: Mapping[SeedPath, str],
    begin: workers.Submit,
) -> Callable[[], Iterator[ExistingFiles]]:
    """Have every long file written aside that would be another one; what is in them must be kept.

    `lying` are the files that are as the last run left them, `keys` all documents in their order,
    with the keys of their pages.
    """
    database.commit()
    there = intact & {path for path, _, _ in _FILES}
    written = begin(partial(_written, database.path, docs, there, keys))
    return lambda: _save_layouts(database, written())


def _save_layouts(database: Database, written: Iterable[_Written]) -> Iterator[ExistingFiles]:
    for path, changed, row in written:
        database.put(_SHELF, [(path, row)] if row else [])
        yield ExistingFiles((path,), (path,) if changed else ())


def _written(
    path: Path, docs: Path, intact: Set[str], keys: Mapping[SeedPath, str]
) -> list[_Written]:
    with open_readonly(path) as database:
        return list(_TableFiles(database, docs, intact, keys).written())


@dataclass(frozen=True, slots=True)
class _TableFiles:
    """The long files of one run."""

    kept: Database
    docs: Path
    lying: Set[str]
    keys: Mapping[SeedPath, str]

    def written(self) -> Iterator[_Written]:
        """Write every file that would be another one."""
        made_of = sha256("".join(self.keys.values()).encode()).hexdigest()
        for path, head, table in _FILES:
            entry = self._row(path)
            if entry and entry.fingerprint == made_of:
                yield path, False, None
                continue
            before: _Layout = decoder(_Layout).decode(entry.result) if entry else []
            layout: _Layout = []
            parts = self._parts(table, _slices(before, sum(map(len, head))), layout)
            changed = write_parts(self.docs / path, chain(head, _merge_slices(parts)))
            yield path, changed, encode_entry(made_of, layout)

    def _row(self, path: PagePath) -> Entry | None:
        """What is noted of a file that is as the last run left it."""
        row = self.kept.get(_SHELF, path) if path in self.lying else None
        return decode_entry(row) if row else None

    def _parts(
        self, table: str, there: Mapping[_Key, FileSlice], layout: _Layout
    ) -> Iterator[bytes | FileSlice]:
        """Give the part of each document, and note it in the layout."""
        for lies, some in groupby(self.keys.items(), there.__contains__):
            keys = list(some)
            sources = (source for source, _ in keys)
            parts: Iterable[bytes | FileSlice] = (
                map(there.__getitem__, keys) if lies else self.kept.get_many(table, sources)
            )
            for (source, key), part in zip(keys, parts, strict=True):
                layout.append((source, key, len(part)))
                yield part


def _slices(layout: _Layout, start: int) -> dict[_Key, FileSlice]:
    """Tell where in the file that lies there each part is."""
    found: dict[_Key, FileSlice] = {}
    for source, key, length in layout:
        found[source, key] = FileSlice(start, start + length)
        start += length
    return found


def _merge_slices(parts: Iterable[bytes | FileSlice]) -> Iterator[bytes | FileSlice]:
    """Make one stretch of those that follow one upon the other."""
    last = FileSlice(0, 0)
    for part in parts:
        if isinstance(part, FileSlice) and part.start == last.end:
            last = FileSlice(last.start, part.end)
            continue
        if last:
            yield last
        last = part if isinstance(part, FileSlice) else FileSlice(0, 0)
        if isinstance(part, bytes):
            yield part
    if last:
        yield last
