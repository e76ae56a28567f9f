"""Tables in plain text (.csv, .tsv): one table, or a document for each row with a text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from generator.model.readings import Part, Reading
from generator.reading.decode import decode
from generator.reading.formats import refusals
from generator.reading.formats.records import Record, Value, field_of, record_part
from generator.reading.formats.tables import plain_table

READER = "csv 1"

_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 200_000
"""Characters in which the delimiter is found."""

_MAX_FIELD = 1_000_000


def read_csv(data: bytes) -> Reading:
    """Return the reading of a table."""
    decoding = decode(data)
    if decoding is None:
        raise refusals.is_damaged("it is no text")
    text, delimiter = _without_hint(decoding.text.lstrip("\ufeff"))
    rows = _rows(text, delimiter or find_delimiter(text[:_SAMPLE]))
    reason = f"{decoding.encoding}: {decoding.reason}"
    return table_reading(READER, rows, reason)


def table_reading(reader: str, rows: Sequence[Sequence[str]], reason: str | None = None) -> Reading:
    """Return a table as a block, or its rows as parts if one column has texts."""
    filled = [(number, row) for number, row in enumerate(rows, 1) if any(map(str.strip, row))]
    if not filled:
        raise refusals.has_no_text()
    parts = tuple(_documents(filled))
    if parts:
        return Reading(reader, parts=parts, reason=reason)
    block = plain_table([row for _, row in filled])
    return Reading(reader, (block,) if block else (), reason=reason, has_head=False)


def find_delimiter(text: str) -> str:
    """Return the delimiter that gives most rows the same number of fields, more than one."""

    def score(delimiter: str) -> tuple[float, int]:
        lengths = [len(row) for row in _rows(text, delimiter) if any(row)]
        usual = max(set(lengths), key=lambda n: (lengths.count(n), n), default=1)
        return (lengths.count(usual) / max(1, len(lengths)) if usual > 1 else 0.0, usual)

    return max(_DELIMITERS, key=score)


def _without_hint(text: str) -> tuple[str, str]:
    """Return the text without a first line such as `sep=;`, and the delimiter that it names."""
    first, _, rest = text.partition("\n")
    words = first.strip().lower()
    is_hint = words.startswith("sep=") and len(words) == 5
    return (rest, words[-1]) if is_hint else (text, "")


def _rows(text: str, delimiter: str) -> list[list[str]]:
    csv.field_size_limit(_MAX_FIELD)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise refusals.is_damaged("a quotation mark of the table is never closed") from error


def _documents(rows: Sequence[tuple[int, Sequence[str]]]) -> Iterator[Part]:
    """Yield a document for each row, if exactly one column has a name such as "text"."""
    _, header = rows[0]
    fields = [field_of(name) for name in header]
    if fields.count("text") != 1:
        return
    column = fields.index("text")
    for number, row in rows[1:]:
        text = row[column] if column < len(row) else ""
        if text.strip():
            yield record_part(number, Record(text, dict(_values(number, header, fields, row))))


def _values(
    number: int, header: Sequence[str], fields: Sequence[str], row: Sequence[str]
) -> Iterator[tuple[str, Value]]:
    seen: set[str] = set()
    for name, field, words in zip(header, fields, row, strict=False):
        if field and field != "text" and field not in seen and words.strip():
            seen.add(field)
            yield field, Value(words, f"row {number}, column {name.strip()}")
