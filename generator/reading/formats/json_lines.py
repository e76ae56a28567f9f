"""JSON lines (.jsonl): a document for each line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from generator.model.readings import Part, Reading, ReadWarning
from generator.reading.decode import decode
from generator.reading.formats import refusals
from generator.reading.formats.records import Record, Value, field_of, record_part

READER = "json lines 1"

_MAX_LINE = 20_000_000
_MAX_WARNINGS = 20


def read_json_lines(data: bytes) -> Reading:
    """Return the records of a file as parts; a line that is none is reported."""
    decoding = decode(data)
    if decoding is None:
        raise refusals.is_damaged("it is no text")
    warnings: list[ReadWarning] = []
    parts = tuple(_parts(decoding.text.lstrip("\ufeff"), warnings))
    if not parts:
        raise refusals.has_no_text('Each line needs a key "text": {"text": "...", "title": "..."}')
    return Reading(READER, parts=parts, warnings=tuple(warnings[:_MAX_WARNINGS]))


def _parts(text: str, warnings: list[ReadWarning]) -> Iterator[Part]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        record = _record(line, number) if len(line) <= _MAX_LINE else None
        if record is None:
            message = f"line {number} is no record with a text; left out"
            hint = 'Write {"text": "..."} with quotation marks, in one line'
            warnings.append(ReadWarning("W095", message, hint, number))
        else:
            yield record_part(number, record)


def _record(line: str, number: int) -> Record | None:
    try:
        value: Any = json.loads(line)
        line.encode()  # a pair of letters may be broken, also by an escape
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict):
        return None
    fields: dict[str, Value] = {}
    text = ""
    for key, content in value.items():
        field, words = field_of(key), _words(content)
        if field == "text" and not text:
            text = words
        elif field and field not in fields and words.strip():
            fields[field] = Value(words, f"line {number}, key {key}")
    return Record(text, fields) if text.strip() else None


def _words(content: Any) -> str:
    if isinstance(content, list):
        return ", ".join(filter(None, map(_words, content)))
    return content if isinstance(content, str) else str(content) if _is_number(content) else ""


def _is_number(content: Any) -> bool:
    return isinstance(content, int | float) and not isinstance(content, bool)
