"""`metadata.csv` in the seeds folder: what people know about documents, one file in a row.

A damaged row is left out; of a row with a damaged value, only the value. An empty cell means
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import msgspec
from msgspec.structs import fields as fields_of
from msgspec.structs import replace

from generator.corrections import fields
from generator.corrections.csv_records import Record, read_records
from generator.corrections.fields import FieldValue, InvalidValueError, by_field, separate
from generator.corrections.table_rows import Fault, cells_of, column_faults, column_of
from generator.corrections.unmatched import report_unmatched
from generator.corrections.values import METADATA_FILE, DocumentCorrection
from generator.corrections.yaml_tree import Node, ScalarNode
from generator.model import Extracted, Parsed, Problem, SeedPath

_FILE = "file"
_AS_IN_DOCUMENTS_TABLE = "path"
"""The name of that column in the site's own table of documents, which people edit and put here."""

_AUTHOR_SEPARATOR = re.compile("[;|]")
"""What separates several authors in a cell."""


class _Column(msgspec.Struct, frozen=True):
    field: str
    """The field of a document's correction."""
    read: Callable[[Node], str | None]


COLUMNS = MappingProxyType(
    {
        "title": _Column("title", fields.one_line),
        "subtitle": _Column("subtitle", fields.one_line),
        "authors": _Column("authors", fields.one_line),
        "date": _Column("date", fields.edtf_date),
        "from": _Column("sender", fields.one_line),
        "to": _Column("recipient", fields.one_line),
        "place": _Column("place", fields.one_line),
        "language": _Column("language", fields.language),
        "section": _Column("section", fields.one_line),
        "genre": _Column("genre", fields.genre),
        "collection": _Column("collection", fields.one_line),
        "rights": _Column("rights", fields.one_line),
    }
)
"""The columns of the file besides `file`, in any order; other columns are a person's own."""


def parse_metadata_table(text: str) -> Parsed[tuple[DocumentCorrection, ...]]:
    """Return the values of each file in a text, in its order, and what is wrong in it.

    No text raises an error. Of two rows about one file, the first one counts.
    """
    records = read_records(text)
    header = next(records, None)
    if header is None:
        return Parsed(())
    columns = [column_of(cell) for cell in header.cells]
    if _FILE not in columns:
        columns = [_FILE if name == _AS_IN_DOCUMENTS_TABLE else name for name in columns]
    if _FILE not in columns:
        message = "the first line must name the columns, one of them `file`; no row is read"
        hint = f"Begin the file with the line {_FILE},{','.join(COLUMNS)}; only file is needed"
        return Parsed((), (_problem(header.line, "W136", Fault(message, hint)),))
    results: list[DocumentCorrection | Problem] = [
        _problem(header.line, "W137", fault)
        for fault in column_faults(header, (_FILE, _AS_IN_DOCUMENTS_TABLE, *COLUMNS))
    ]
    for record in records:
        results += _read_row(record, columns)
    rows, problems = separate(results)
    first, duplicates = separate(_without_duplicates(rows))
    return Parsed(first, (*problems, *duplicates))


def _read_row(record: Record, columns: list[str]) -> Iterator[DocumentCorrection | Problem]:
    cells = cells_of(record, columns)
    if isinstance(cells, Fault):
        yield _problem(record.line, "W136", cells)
        return
    path = cells[_FILE].replace("\\", "/").removeprefix("./")
    if not path:
        fault = Fault("there is no file; the row is left out", "Write its path below seeds/")
        yield _problem(record.line, "W136", fault)
        return
    values, problems = separate(_values(record.line, cells))
    yield DocumentCorrection(SeedPath(path), record.line, **by_field(values))
    yield from problems


def _values(line: int, cells: Mapping[str, str]) -> Iterator[FieldValue | Problem]:
    """Yield the value of each field that a row gives, and what is wrong with the others."""
    for name, column in COLUMNS.items():
        cell = cells.get(name, "")
        if not cell:
            continue
        parts = (
            [part.strip() for part in _AUTHOR_SEPARATOR.split(cell)]
            if name == "authors"
            else [cell]
        )
        try:
            texts = [column.read(ScalarNode(line, part, is_empty=False)) for part in parts if part]
        except InvalidValueError as error:
            message = f"{name}: {error.message}; the value is left out"
            yield _problem(line, "W137", Fault(message, error.hint))
            continue
        found = tuple(Extracted(text, METADATA_FILE, line) for text in dict.fromkeys(texts))
        yield FieldValue(column.field, found if name == "authors" else found[0])


def _without_duplicates(
    rows: Iterable[DocumentCorrection],
) -> Iterator[DocumentCorrection | Problem]:
    lines: dict[SeedPath, int] = {}
    for row in rows:
        first = lines.setdefault(row.source, row.line)
        if first == row.line:
            yield row
        else:
            message = f'"{row.source}" is also in line {first}; this row is left out'
            yield _problem(row.line, "W136", Fault(message, "Join the two rows"))


def unmatched_rows(
    rows: Mapping[SeedPath, DocumentCorrection], seeds: Iterable[SeedPath]
) -> Iterator[Problem]:
    """Report the rows about files that are not seeds, each with the most similar path."""
    entries = sorted((row.line, path) for path, row in rows.items())
    for problem in report_unmatched("seed", ((path, line) for line, path in entries), tuple(seeds)):
        yield replace(problem, code="W138", source=METADATA_FILE)


def with_metadata_table(
    corrections: Mapping[SeedPath, DocumentCorrection],
    rows: Mapping[SeedPath, DocumentCorrection],
) -> dict[SeedPath, DocumentCorrection]:
    """Return the corrections, with values of the table for fields that they do not correct.

    A withdrawn document gets no values: they are about its text, which may not be shown.
    """
    result = dict(corrections)
    for path, row in rows.items():
        own = corrections.get(path)
        if own is None or not own.withdrawn:
            result[path] = _with_missing_values(own, row) if own else row
    return result


def _with_missing_values(own: DocumentCorrection, row: DocumentCorrection) -> DocumentCorrection:
    values: dict[str, Any] = {
        field.name: getattr(row, field.name)
        for field in fields_of(row)
        if getattr(own, field.name) is None
    }
    return replace(own, **values)


def _problem(line: int, code: str, fault: Fault) -> Problem:
    return Problem(code, METADATA_FILE, fault.message, fault.hint, line, "warning")
