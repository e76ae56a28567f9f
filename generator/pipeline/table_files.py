"""Table files: long files with a part for each document. Parts that did not change are copied.

A part depends on what the document's page depends on, so it has the same fingerprint. The layout of
a table is saved: which documents are in which of its files, with which fingerprints, and how long
each part is. Which parts are in a file follows from their lengths alone, so a build after a change
divides a table as one from scratch does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, groupby
from pathlib import Path
from typing import NamedTuple

from generator.engine import workers
from generator.engine.cache_entries import Run, decode_entry
from generator.engine.database import Database, open_readonly
from generator.engine.encoding import decoder
from generator.engine.fingerprint import Fingerprint
from generator.engine.incremental import Build
from generator.engine.tasks import Item
from generator.files import ExistingFiles, FileSlice, write_numbered_files
from generator.model import PagePath, SeedPath
from generator.model.numbered_files import divide
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
from generator.writing.data.data_file_list import DATA_FILES
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
    limit: int | None = None
    """The bytes of a file, after which the table goes on in another one; None for no limit."""


def table_files(site_info: SiteInfo, limit: int | None) -> tuple[TableFile, ...]:
    """Return all files with a part for each document; `limit` is the size of the largest."""
    files = (
        TableFile(DOCUMENTS_CSV, DOCUMENT_ROWS, DOCUMENTS_HEADER),
        TableFile(DOCUMENTS_JSONL, JSONL_LINES),
        TableFile(MENTIONS_CSV, MENTION_ROWS, MENTIONS_HEADER),
        TableFile(BIBTEX, BIBTEX_ENTRIES),
        TableFile(RIS, RIS_RECORDS),
        TableFile(CSL_JSON, CSL_ITEMS, b"[\n", b",\n", b"\n]\n"),
        TableFile(CORPUS_TEI, TEI_TEXTS, corpus_head(site_info), tail=CORPUS_TAIL),
    )
    return tuple(replace(file, limit=limit) for file in files)


_Key = tuple[SeedPath, str]
"""A document, and the fingerprint of its part."""

_FileLayout = list[tuple[SeedPath, str, int]]
"""The parts of a file in their order, each with its length."""

_Layout = dict[str, _FileLayout]
"""The files of a table in their order, by name."""


class _Part(NamedTuple):
    """What a table has of a document."""

    source: SeedPath
    fingerprint: str
    data: bytes | FileSlice


class _WrittenTable(NamedTuple):
    """A table that was outdated and was written."""

    path: PagePath
    files: dict[PagePath, bool]
    """Whether the bytes of each of its files changed."""
    layout: _Layout


@dataclass(frozen=True, slots=True)
class WantedTables:
    """The files with a part for each document that a docs folder should have."""

    docs: Path
    files: tuple[TableFile, ...]


def write_tables_in_background(
    build: Build,
    wanted: WantedTables,
    intact: frozenset[str],
    fingerprints: Mapping[SeedPath, str],
    submit: workers.Submit,
) -> Callable[[], Iterator[ExistingFiles]]:
    """Write every outdated table file in the background; its parts must be saved.

    `intact` are the files that are as the last run left them, `fingerprints` those of the pages of
    all documents, in the order of the tables.
    """
    build.database.commit()
    files = wanted.files
    now = build.fingerprint(list(fingerprints.values()), files)
    entries = {file.path: build.entry(TABLE_FILES, file.path) for file in files}
    outdated = {
        path: run
        for path, entry in entries.items()
        if (run := build.why_outdated(TABLE_FILES, entry, now, intact))
    }
    outputs = {path: entry.outputs if entry else () for path, entry in entries.items()}
    reusable = frozenset(path for path in outdated if intact.issuperset(outputs[path]))
    outdated_files = tuple(file for file in files if file.path in outdated)
    path = build.database.path
    written = submit(
        partial(_write_tables, path, wanted.docs, outdated_files, reusable, fingerprints)
    )
    current = chain.from_iterable(outputs[path] for path in outputs.keys() - outdated.keys())
    existing = ExistingFiles(tuple(map(PagePath, sorted(current))))
    return lambda: chain([existing], _save_layouts(build, now, outdated, written()))


def table_paths(build: Build) -> Iterator[PagePath]:
    """Yield the paths of all files with a part for each document, as they were last written."""
    for file in DATA_FILES:
        if entry := build.entry(TABLE_FILES, file.path):
            yield from map(PagePath, entry.outputs)


def _save_layouts(
    build: Build,
    now: Fingerprint,
    outdated: Mapping[PagePath, Run],
    written: Iterable[_WrittenTable],
) -> Iterator[ExistingFiles]:
    for table in written:
        item, run = Item(table.path, now), outdated[table.path]
        paths = tuple(table.files)
        build.save(TABLE_FILES, item, table.layout, run, paths)
        yield ExistingFiles(paths, tuple(path for path in paths if table.files[path]))


def _write_tables(
    path: Path,
    docs: Path,
    outdated: Sequence[TableFile],
    reusable: Set[str],
    fingerprints: Mapping[SeedPath, str],
) -> list[_WrittenTable]:
    with open_readonly(path) as database:
        tables = _TableFiles(database, docs, reusable, fingerprints)
        return list(map(tables.write, outdated))


@dataclass(frozen=True, slots=True)
class _TableFiles:
    """The table files of one run."""

    database: Database
    docs: Path
    reusable: Set[str]
    """Tables whose files are as the last run left them: their parts can be copied."""
    fingerprints: Mapping[SeedPath, str]

    def write(self, file: TableFile) -> _WrittenTable:
        """Write a table; copy the parts that did not change."""
        layouts: list[_FileLayout] = []
        room = None if file.limit is None else file.limit - len(file.head) - len(file.tail)
        parts = self._parts(file.table, _slices(self._old_layout(file.path), file))
        files = divide(parts, lambda part: len(part.data) + len(file.separator), room)
        target = self.docs / file.path
        contents = (_content(file, parts, layouts) for parts in _at_least_one(files))
        changed = write_numbered_files(target, contents)
        folder = file.path.removesuffix(target.name)
        paths = {PagePath(f"{folder}{name}"): value for name, value in changed.items()}
        return _WrittenTable(file.path, paths, dict(zip(changed, layouts, strict=True)))

    def _old_layout(self, path: PagePath) -> _Layout:
        """Return where in the existing files the parts are; empty if none can be copied."""
        data = self.database.get(TABLE_FILES.name, path) if path in self.reusable else None
        entry = decode_entry(data)
        layout: _Layout = decoder(_Layout).decode(entry.result) if entry else {}
        return layout

    def _parts(self, table: str, existing: Mapping[_Key, FileSlice]) -> Iterator[_Part]:
        """Yield the part of each document."""
        for exists, group in groupby(self.fingerprints.items(), lambda key: key in existing):
            keys = list(group)
            data: Iterable[bytes | FileSlice] = (
                (existing[key] for key in keys)
                if exists
                else self.database.get_many(table, [source for source, _ in keys])
            )
            yield from (
                _Part(source, key, part) for (source, key), part in zip(keys, data, strict=True)
            )


def _at_least_one(files: Iterator[Iterable[_Part]]) -> Iterator[Iterable[_Part]]:
    """Yield the parts of each file; a table without documents has one file without parts."""
    yield next(files, ())
    yield from files


def _content(
    file: TableFile, parts: Iterable[_Part], layouts: list[_FileLayout]
) -> Iterator[bytes | FileSlice]:
    """Yield what a file consists of, and add its layout."""
    layout: _FileLayout = []
    layouts.append(layout)

    def data() -> Iterator[bytes | FileSlice]:
        for part in parts:
            layout.append((part.source, part.fingerprint, len(part.data)))
            yield part.data

    separated = _separate(data(), file.separator) if file.separator else data()
    return chain([file.head], _merge_slices(separated), [file.tail])


def _slices(layout: _Layout, file: TableFile) -> dict[_Key, FileSlice]:
    """Return where in the existing files each part is."""
    slices: dict[_Key, FileSlice] = {}
    for name, parts in layout.items():
        start = len(file.head)
        for source, key, length in parts:
            slices[source, key] = FileSlice(name, start, start + length)
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
    last = nothing = FileSlice("", 0, 0)
    for part in parts:
        if isinstance(part, FileSlice) and (part.name, part.start) == (last.name, last.end):
            last = FileSlice(last.name, last.start, part.end)
            continue
        if last:
            yield last
        last = part if isinstance(part, FileSlice) else nothing
        if isinstance(part, bytes):
            yield part
    if last:
        yield last
