"""Table files: long files with a part for each document. Parts that did not change are copied.

A part depends on what the document's page depends on, so it has the same fingerprint, which no
other document has. The layout of a table is saved: the fingerprints of the parts in each of its
files, and how long each part is. Which parts are in a file follows from their lengths alone, so a
build after a change divides a table as one from scratch does. While a table has as many documents
as before, and most have the fingerprints that they had, only files with a changed part are written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate, chain, groupby, pairwise
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from generator.engine.cache_entries import decode_entry
from generator.engine.database import Database, open_readonly
from generator.engine.encoding import decoder
from generator.engine.entry_rows import need_outputs
from generator.engine.fingerprint import FINGERPRINT_SIZE, fingerprint
from generator.files import FileSlice, read_file, read_slice, write_numbered_files
from generator.model import PagePath, SeedPath
from generator.model.numbered_files import divide
from generator.pipeline.background_tasks import DOCUMENT_PARTS, TABLE_FILES


class DocumentParts(msgspec.Struct, array_like=True, frozen=True):
    """A document's short parts of table files: one value, as most are shorter than its key."""

    document_row: bytes
    mention_rows: bytes
    bibtex: bytes
    ris: bytes
    csl_json: bytes


class PartField(msgspec.Struct, array_like=True, frozen=True):
    """The field of `DocumentParts` that has each document's part of a table file."""

    name: str


class PartTable(msgspec.Struct, array_like=True, frozen=True):
    """The table of the database that has each document's part of a table file."""

    name: str


class PartFile(msgspec.Struct, array_like=True, frozen=True):
    """A file of each document that is its part of a table file, but for the first bytes."""

    task: str
    """The task that writes it, for each document."""
    name: str
    start: bytes
    """The first bytes of the file."""
    start_of_part: bytes
    """The first bytes of the part instead."""


@dataclass(frozen=True, slots=True)
class TableFile:
    """A file with a part for each document."""

    path: PagePath
    parts: PartField | PartTable | PartFile
    """Where the parts are saved."""
    head: bytes = b""
    separator: bytes = b""
    """Between two parts."""
    tail: bytes = b""
    limit: int | None = None
    """The bytes of a file, after which the table goes on in another one; None for no limit."""
    is_read_by_desk: bool = False
    """Whether the desk of a preview reads it, so that it is never older than the last change."""


_FEW_CHANGED, _SHARE_OF_CHANGED = 16, 8
"""Changed parts that are held in memory: so many, or one in so many. With more, for example if
documents moved, a table is written as a whole."""


class PageFingerprints(NamedTuple):
    """The fingerprints of the pages of all documents, in their order."""

    sources: Sequence[SeedPath]
    joined: bytes
    """The fingerprint of the page of each."""

    @property
    def values(self) -> Iterator[bytes]:
        """The fingerprint of each page."""
        ends = range(0, len(self.joined), FINGERPRINT_SIZE)
        return (self.joined[start : start + FINGERPRINT_SIZE] for start in ends)


class _FileLayout(msgspec.Struct, array_like=True, frozen=True):
    """The parts of a file in their order: columns of equal length."""

    fingerprints: bytearray
    """Of each part, joined."""
    lengths: list[int]


class _Layout(msgspec.Struct, array_like=True, frozen=True):
    """The parts of a table."""

    frame: bytes = b""
    """A fingerprint of all that is around the parts, and of the limit."""
    files: dict[str, _FileLayout] = {}
    """Its files in their order, by name."""


class _Part(NamedTuple):
    """What a table has of a document."""

    fingerprint: bytes
    data: bytes | FileSlice


class WrittenTable(NamedTuple):
    """A table that was outdated and was written."""

    path: PagePath
    files: dict[PagePath, bool]
    """Whether the bytes of each of its files changed."""
    layout: _Layout


def write_tables(
    path: Path,
    docs: Path,
    outdated: Sequence[TableFile],
    reusable: Set[str],
    pages: PageFingerprints,
) -> list[WrittenTable]:
    """Write every outdated table file; `reusable` are those whose parts can be copied."""
    with open_readonly(path) as database:
        tables = _TableFiles(database, docs, reusable, pages)
        return list(map(tables.write, outdated))


class _TableFiles(msgspec.Struct, frozen=True):
    """The table files of one run."""

    database: Database
    docs: Path
    reusable: Set[str]
    """Tables whose files are as the last run left them: their parts can be copied."""
    pages: PageFingerprints

    def write(self, file: TableFile) -> WrittenTable:
        """Write a table; copy the parts that did not change."""
        old = self._old_layout(file.path)
        return self._update(file, old) or self._write_whole(file, old)

    def _update(self, file: TableFile, old: _Layout) -> WrittenTable | None:
        """Write the files with changed parts.

        None if all files must be written: the frame changed, the number of documents or many
        parts did, or parts would be divided otherwise.
        """
        fingerprints = self.pages.joined
        if old.frame != fingerprint(file) or not _is_similar(old, fingerprints):
            return None
        start = 0
        layouts: dict[str, _FileLayout] = {}
        contents: list[Iterable[bytes | FileSlice] | None] = []
        for name, layout in old.files.items():
            stop = start + len(layout.fingerprints)
            current = fingerprints[start:stop]
            is_same = current == layout.fingerprints
            first = start // FINGERPRINT_SIZE
            changed = {} if is_same else self._changed_parts(file, layout, current, first)
            layouts[name] = _with_parts(layout, current, changed)
            differs = changed and self._differs(file, name, layout, changed)
            contents.append(_replaced(file, name, layout, changed) if differs else None)
            start = stop
        if not _are_divided(file, [*layouts.values()]):
            return None
        return _write_files(self.docs, file, contents, [*layouts.values()])

    def _changed_parts(
        self, file: TableFile, layout: _FileLayout, current: bytes, first: int
    ) -> dict[int, bytes]:
        """Return the parts of a file with other fingerprints now, by their indices.

        `first` is the number of documents in the files before it.
        """
        changed = np.flatnonzero(_column(layout.fingerprints) != _column(current)).tolist()
        parts = self._load(file, [self.pages.sources[first + index] for index in changed])
        return dict(zip(changed, parts, strict=True))

    def _differs(
        self, file: TableFile, name: str, layout: _FileLayout, changed: Mapping[int, bytes]
    ) -> bool:
        """Whether any of these parts has other bytes than the existing file."""
        if any(len(part) != layout.lengths[index] for index, part in changed.items()):
            return True
        folder, starts = (self.docs / file.path).parent, _starts(file, layout)
        return any(
            read_slice(folder, FileSlice(name, starts[index], starts[index] + len(part))) != part
            for index, part in changed.items()
        )

    def _write_whole(self, file: TableFile, old: _Layout) -> WrittenTable:
        layouts: list[_FileLayout] = []
        known = old if old.frame == fingerprint(file) else _Layout()
        parts = self._parts(file, _slices(known, file))
        files = divide(parts, lambda part: len(part.data) + len(file.separator), _room(file))
        contents = (_content(file, parts, layouts) for parts in _at_least_one(files))
        return _write_files(self.docs, file, contents, layouts)

    def _old_layout(self, path: PagePath) -> _Layout:
        """Return where in the existing files the parts are; empty if none can be copied."""
        data = self.database.get(TABLE_FILES.name, path) if path in self.reusable else None
        layout = _Layout()
        if entry := decode_entry(data):
            with suppress(msgspec.DecodeError):  # another version saved something else
                layout = decoder(_Layout).decode(entry.result)
        return layout

    def _parts(self, file: TableFile, existing: Mapping[bytes, FileSlice]) -> Iterator[_Part]:
        """Yield the part of each document."""
        pages = zip(self.pages.sources, self.pages.values, strict=True)
        for exists, group in groupby(pages, lambda each: each[1] in existing):
            part_of = dict(group)
            data: Iterable[bytes | FileSlice] = (
                map(existing.__getitem__, part_of.values())
                if exists
                else self._load(file, [*part_of])
            )
            yield from map(_Part, part_of.values(), data)

    def _load(self, file: TableFile, sources: Sequence[SeedPath]) -> Iterator[bytes]:
        """Yield the parts of documents as they are now."""
        parts = file.parts
        if isinstance(parts, PartFile):
            return self._read(parts, sources)
        if isinstance(parts, PartTable):
            return self.database.get_many(parts.name, sources)
        decode = decoder(DocumentParts).decode
        values = self.database.get_many(DOCUMENT_PARTS, sources)
        return (getattr(decode(value), parts.name) for value in values)

    def _read(self, part: PartFile, sources: Sequence[SeedPath]) -> Iterator[bytes]:
        for outputs in need_outputs(self.database, part.task, sources):
            (path,) = (path for path in outputs if path.endswith(f"/{part.name}"))
            data = read_file(self.docs / path)
            yield part.start_of_part + data.removeprefix(part.start)


def _at_least_one(files: Iterator[Iterable[_Part]]) -> Iterator[Iterable[_Part]]:
    """Yield the parts of each file; a table without documents has one file without parts."""
    yield next(files, ())
    yield from files


def _content(
    file: TableFile, parts: Iterable[_Part], layouts: list[_FileLayout]
) -> Iterator[bytes | FileSlice]:
    """Yield what a file consists of, and add its layout."""
    layout = _FileLayout(bytearray(), [])
    layouts.append(layout)

    def data() -> Iterator[bytes | FileSlice]:
        for part in parts:
            layout.fingerprints.extend(part.fingerprint)
            layout.lengths.append(len(part.data))
            yield part.data

    separated = _separate(data(), file.separator) if file.separator else data()
    return chain([file.head], _merge_slices(separated), [file.tail])


def _is_similar(layout: _Layout, fingerprints: bytes) -> bool:
    """Whether a table has as many parts as there are documents now, and most are the same."""
    before = b"".join([file.fingerprints for file in layout.files.values()])
    if len(before) != len(fingerprints):
        return False
    changed = np.count_nonzero(_column(before) != _column(fingerprints))
    documents = len(fingerprints) // FINGERPRINT_SIZE
    return bool(changed <= max(_FEW_CHANGED, documents // _SHARE_OF_CHANGED))


def _column(fingerprints: bytes | bytearray) -> npt.NDArray[np.void]:
    return np.frombuffer(fingerprints, f"V{FINGERPRINT_SIZE}")


def _slices(layout: _Layout, file: TableFile) -> dict[bytes, FileSlice]:
    """Return where in the existing files each part is, by its fingerprint."""
    slices: dict[bytes, FileSlice] = {}
    for name, parts in layout.files.items():
        starts = _starts(file, parts)
        keys = _column(parts.fingerprints).tolist()
        for key, start, length in zip(keys, starts, parts.lengths, strict=False):
            slices[key] = FileSlice(name, start, start + length)
    return slices


def _starts(file: TableFile, layout: _FileLayout) -> list[int]:
    """Return the offset of each part in its file, and the offset after the last."""
    sizes = (length + len(file.separator) for length in layout.lengths)
    return [*accumulate(sizes, initial=len(file.head))]


def _room(file: TableFile) -> int | None:
    """Return how many bytes the parts of a file may have; None if there is no limit."""
    return None if file.limit is None else file.limit - len(file.head) - len(file.tail)


def _are_divided(file: TableFile, layouts: Sequence[_FileLayout]) -> bool:
    """Whether `divide` would put the parts into these files."""
    room, separator = _room(file), len(file.separator)
    if room is None:
        return len(layouts) == 1
    sizes = [sum(layout.lengths) + separator * len(layout.lengths) for layout in layouts]
    fits = (
        size <= room or len(layout.lengths) == 1
        for size, layout in zip(sizes, layouts, strict=True)
    )
    is_full = (
        size + following.lengths[0] + separator > room
        for size, (_, following) in zip(sizes, pairwise(layouts), strict=False)
    )
    return all(fits) and all(is_full)


def _with_parts(layout: _FileLayout, current: bytes, changed: Mapping[int, bytes]) -> _FileLayout:
    """Return the layout of a file with these fingerprints and changed parts."""
    lengths = [*layout.lengths]
    for index, part in changed.items():
        lengths[index] = len(part)
    return _FileLayout(bytearray(current), lengths)


def _replaced(
    file: TableFile, name: str, layout: _FileLayout, changed: Mapping[int, bytes]
) -> Iterator[bytes | FileSlice]:
    """Yield a file with other parts at these indices; all between them is copied."""
    starts = _starts(file, layout)
    copied = 0
    for index, part in changed.items():
        yield FileSlice(name, copied, starts[index])
        yield part
        copied = starts[index] + layout.lengths[index]
    yield FileSlice(name, copied, starts[-1] - len(file.separator) + len(file.tail))


def _write_files(
    docs: Path,
    file: TableFile,
    contents: Iterable[Iterable[bytes | FileSlice] | None],
    layouts: Sequence[_FileLayout],
) -> WrittenTable:
    """Write the files of a table; `layouts` are complete when all `contents` were taken."""
    target = docs / file.path
    changed = write_numbered_files(target, contents)
    folder = file.path.removesuffix(target.name)
    paths = {PagePath(f"{folder}{name}"): value for name, value in changed.items()}
    by_name = dict(zip(changed, layouts, strict=True))
    return WrittenTable(file.path, paths, _Layout(fingerprint(file), by_name))


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
