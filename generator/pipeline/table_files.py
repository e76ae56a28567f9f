"""Table files: which there are, and which of them are outdated."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path

import msgspec

from generator.engine import workers
from generator.engine.cache_entries import Run
from generator.engine.fingerprint import Fingerprint, fingerprint
from generator.engine.incremental import Build
from generator.engine.outdated import Paths
from generator.engine.tasks import Item
from generator.files import ExistingFiles
from generator.model import PagePath
from generator.pipeline.background_tables import (
    PageFingerprints,
    PartField,
    PartFile,
    PartTable,
    TableFile,
    WrittenTable,
    write_tables,
)
from generator.pipeline.background_tasks import JSONL_LINES, TABLE_FILES
from generator.pipeline.build_tasks import DOCUMENT_PAGES
from generator.writing.data.bibliography import BIBTEX, CSL_JSON, RIS
from generator.writing.data.data_file_list import DATA_FILES
from generator.writing.data.documents import DOCUMENTS_CSV, DOCUMENTS_HEADER, DOCUMENTS_JSONL
from generator.writing.data.names import MENTIONS_CSV, MENTIONS_HEADER
from generator.writing.site_info import SiteInfo
from generator.writing.tei.document import (
    CORPUS_TAIL,
    CORPUS_TEI,
    FILE_START,
    PART_START,
    TEI_FILE,
    corpus_head,
)


def table_files(site_info: SiteInfo, limit: int | None) -> tuple[TableFile, ...]:
    """Return all files with a part for each document; `limit` is the size of the largest."""
    tei = PartFile(DOCUMENT_PAGES.name, TEI_FILE, FILE_START, PART_START)
    files = (
        TableFile(DOCUMENTS_CSV, PartField("document_row"), DOCUMENTS_HEADER, is_read_by_desk=True),
        TableFile(DOCUMENTS_JSONL, PartTable(JSONL_LINES), is_read_by_desk=True),
        TableFile(MENTIONS_CSV, PartField("mention_rows"), MENTIONS_HEADER, is_read_by_desk=True),
        TableFile(BIBTEX, PartField("bibtex")),
        TableFile(RIS, PartField("ris")),
        TableFile(CSL_JSON, PartField("csl_json"), b"[\n", b",\n", b"\n]\n"),
        TableFile(CORPUS_TEI, tei, corpus_head(site_info), tail=CORPUS_TAIL),
    )
    return tuple(replace(file, limit=limit) for file in files)


class WantedTables(msgspec.Struct, frozen=True):
    """The files with a part for each document that a docs folder should have."""

    docs: Path
    files: tuple[TableFile, ...]


def write_tables_in_background(
    build: Build,
    wanted: WantedTables,
    intact: Paths,
    pages: PageFingerprints,
    submit: workers.Submit,
) -> Callable[[], Iterator[ExistingFiles]]:
    """Write every outdated table file in the background; its parts must be saved.

    `intact` are the files that are as the last run left them, `pages` the fingerprints of the pages
    in the order of the tables.
    """
    build.database.commit()
    files = wanted.files
    parts = fingerprint(pages.joined)
    inputs = {file.path: build.fingerprint(parts, file) for file in files}
    entries = {file.path: build.entry(TABLE_FILES, file.path) for file in files}
    outdated = {
        path: run
        for path, entry in entries.items()
        if (run := build.why_outdated(TABLE_FILES, entry, inputs[path], intact))
    }
    outputs = {path: entry.outputs if entry else () for path, entry in entries.items()}
    reusable = frozenset(path for path in outdated if intact.issuperset(outputs[path]))
    outdated_files = tuple(file for file in files if file.path in outdated)
    path = build.database.path
    written = submit(partial(write_tables, path, wanted.docs, outdated_files, reusable, pages))
    current = chain.from_iterable(outputs[path] for path in outputs.keys() - outdated.keys())
    existing = ExistingFiles(tuple(map(PagePath, sorted(current))))
    return lambda: chain([existing], _save_layouts(build, inputs, outdated, written()))


def table_paths(build: Build) -> Iterator[PagePath]:
    """Yield the paths of all files with a part for each document, as they were last written."""
    for file in DATA_FILES:
        if entry := build.entry(TABLE_FILES, file.path):
            yield from map(PagePath, entry.outputs)


def _save_layouts(
    build: Build,
    inputs: Mapping[PagePath, Fingerprint],
    outdated: Mapping[PagePath, Run],
    written: Iterable[WrittenTable],
) -> Iterator[ExistingFiles]:
    for table in written:
        item, run = Item(table.path, inputs[table.path]), outdated[table.path]
        paths = tuple(table.files)
        build.save(TABLE_FILES, item, table.layout, run, paths)
        yield ExistingFiles(paths, tuple(path for path in paths if table.files[path]))
