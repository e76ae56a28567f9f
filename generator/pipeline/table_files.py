"""Table files: long files with a part for each document. Parts that did not change are copied.

A part depends on what the document's page depends on, so it has the same fingerprint. The layout of
a file is saved: which documents are in it, with which fingerprints, and how long each part is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial
from itertools import chain, groupby
from pathlib import Path
from typing import NamedTuple

from generator.engine import workers
from generator.engine.cache_entries import Run, decode_entry
from generator.engine.database import Database, open_readonly
from generator.engine.encoding import decoder
from generator.engine.fingerprint import Fingerprint, fingerprint
from generator.engine.incremental import Build
from generator.engine.tasks import Item
from generator.files import ExistingFiles, FileSlice, write_parts
from generator.model import PagePath, SeedPath
from generator.pipeline.build_tasks import (
    BIBTEX_ENTRIES,
    CSL_ITEMS,
    DOCUMENT_ROWS,
    JSONL_LINES,
    MENTION_ROWS,
    RIS_RECORDS,
    TABLE_FILES,
    TEI_TEXTS,
)
from generator.writing.data.bibliography import BIBTEX, CSL_JSON, RIS
from generator.writing.data.documents import DOCUMENTS_CSV, DOCUMENTS_HEADER, DOCUMENTS_JSONL
from generator.writing.data.names import MENTIONS_CSV, MENTIONS_HEADER
from generator.writing.site_info import SiteInfo
from generator.writing.tei.document import CORPUS_TAIL, CORPUS_TEI, corpus_head


@dataclass(frozen=True, slots=True)
class TableFile:
    """A file with a part for each document."""

    path: PagePath
    table: str
    """The table of the parts."""
    head: bytes = b""
    separator: bytes = b""
    """Between two parts."""
    tail: bytes = b""
    is_read_by_desk: bool = False
    """Whether the desk of a preview reads it, so that it is never older than the last change."""


def table_files(site_info: SiteInfo) -> tuple[TableFile, ...]:
    """Return all files with a part for each document."""
    return (
        TableFile(DOCUMENTS_CSV, DOCUMENT_ROWS, DOCUMENTS_HEADER, is_read_by_desk=True),
        TableFile(DOCUMENTS_JSONL, JSONL_LINES, is_read_by_desk=True),
        TableFile(MENTIONS_CSV, MENTION_ROWS, MENTIONS_HEADER, is_read_by_desk=True),
        TableFile(BIBTEX, BIBTEX_ENTRIES),
        TableFile(RIS, RIS_RECORDS),
        TableFile(CSL_JSON, CSL_ITEMS, b"[\n", b",\n", b"\n]\n"),
        TableFile(CORPUS_TEI, TEI_TEXTS, corpus_head(site_info), tail=CORPUS_TAIL),
    )


_Key = tuple[SeedPath, str]
"""A document, and the fingerprint of its part."""

_Layout = list[tuple[SeedPath, str, int]]
"""The parts of a file in their order, each with its length."""


class _WrittenTable(NamedTuple):
    """A file that was outdated and was written."""

    path: PagePath
    changed: bool
    """Whether its bytes changed."""
    layout: _Layout


@dataclass(frozen=True, slots=True)
class WantedTables:
    """The files with a part for each document that a docs folder should have."""

    docs: Path
    files: tuple[TableFile, ...]


def write_tables_in_background(
    build: Build,
    wanted: WantedTables,
    intact: Set[str],
    fingerprints: Mapping[SeedPath, str],
    submit: workers.Submit,
) -> Callable[[], Iterator[ExistingFiles]]:
    """Write every outdated table file in the background; its parts must be saved.

    `intact` are the files that are as the last run left them, `fingerprints` those of the pages of
    all documents, in the order of the tables.
    """
    build.database.commit()
    files = wanted.files
    parts = fingerprint(list(fingerprints.values()))
    now = {file.path: build.fingerprint(parts, file) for file in files}
    outdated = {
        file.path: run
        for file in files
        if (
            run := build.why_outdated(
                TABLE_FILES, build.entry(TABLE_FILES, file.path), now[file.path], intact
            )
        )
    }
    reusable = frozenset(path for path in outdated if path in intact)
    outdated_files = tuple(file for file in files if file.path in outdated)
    path = build.database.path
    written = submit(
        partial(_write_tables, path, wanted.docs, outdated_files, reusable, fingerprints)
    )
    current = tuple(file.path for file in files if file.path not in outdated)
    return lambda: chain([ExistingFiles(current)], _save_layouts(build, now, outdated, written()))


def _save_layouts(
    build: Build,
    now: Mapping[PagePath, Fingerprint],
    outdated: Mapping[PagePath, Run],
    written: Iterable[_WrittenTable],
) -> Iterator[ExistingFiles]:
    for table in written:
        item, run = Item(table.path, now[table.path]), outdated[table.path]
        build.save(TABLE_FILES, item, table.layout, run, (table.path,))
        yield ExistingFiles((table.path,), (table.path,) if table.changed else ())


def _write_tables(
    path: Path,
    docs: Path,
    outdated: Sequence[TableFile],
    intact: Set[str],
    fingerprints: Mapping[SeedPath, str],
) -> list[_WrittenTable]:
    with open_readonly(path) as database:
        tables = _TableFiles(database, docs, intact, fingerprints)
        return list(map(tables.write, outdated))


@dataclass(frozen=True, slots=True)
class _TableFiles:
    """The table files of one run."""

    database: Database
    docs: Path
    intact: Set[str]
    """Files whose parts can be copied."""
    fingerprints: Mapping[SeedPath, str]

    def write(self, file: TableFile) -> _WrittenTable:
        """Write a file; copy the parts that did not change."""
        layout: _Layout = []
        parts = self._parts(file.table, _slices(self._old_layout(file.path), file), layout)
        separated = _separate(parts, file.separator) if file.separator else parts
        whole = chain([file.head], _merge_slices(separated), [file.tail])
        return _WrittenTable(file.path, write_parts(self.docs / file.path, whole), layout)

    def _old_layout(self, path: PagePath) -> _Layout:
        """Return where in the existing file the parts are; empty if none can be copied."""
        data = self.database.get(TABLE_FILES.name, path) if path in self.intact else None
        entry = decode_entry(data)
        layout: _Layout = decoder(_Layout).decode(entry.result) if entry else []
        return layout

    def _parts(
        self, table: str, existing: Mapping[_Key, FileSlice], layout: _Layout
    ) -> Iterator[bytes | FileSlice]:
        """Yield the part of each document, and add it to the layout."""
        for exists, group in groupby(self.fingerprints.items(), lambda key: key in existing):
            keys = list(group)
            parts: Iterable[bytes | FileSlice] = (
                (existing[key] for key in keys)
                if exists
                else self.database.get_many(table, [source for source, _ in keys])
            )
            for (source, key), part in zip(keys, parts, strict=True):
                layout.append((source, key, len(part)))
                yield part


def _slices(layout: _Layout, file: TableFile) -> dict[_Key, FileSlice]:
    """Return where in the existing file each part is."""
    slices: dict[_Key, FileSlice] = {}
    start = len(file.head)
    for source, key, length in layout:
        slices[source, key] = FileSlice(start, start + length)
        start += length + len(file.separator)
    return slices


def _separate(parts: Iterable[bytes | FileSlice], separator: bytes) -> Iterator[bytes | FileSlice]:
    """Yield parts with a separator between two of them."""
    for number, part in enumerate(parts):
        if number:
            yield separator
        yield part


def _merge_slices(parts: Iterable[bytes | FileSlice]) -> Iterator[bytes | FileSlice]:
    """Merge adjacent slices, so that each run is copied at once."""
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
