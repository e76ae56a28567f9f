"""Rows of tables and lines of JSON as documents: a container hands them on in this form."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from generator.model.readings import Part, Reading, Statement
from generator.reading.formats.plain_blocks import plain_blocks

READER = "record 1"

FIELDS: Mapping[str, frozenset[str]] = {
    "text": frozenset(
        "text body content transcript transcription texte texto inhalt transkription".split()
    ),
    "title": frozenset("title titel titre título titulo subject betreff headline name".split()),
    "authors": frozenset(
        "author authors autor autorin auteur auteurs autores creator from sender verfasser".split()
    ),
    "date": frozenset("date datum fecha data day created".split()),
    "language": frozenset("language lang sprache langue idioma".split()),
}
"""Names of columns and keys, in small letters, and the field that each states."""


class Value(msgspec.Struct, frozen=True):
    """A value of a record, and where it stands."""

    value: str
    place: str


class Record(msgspec.Struct, frozen=True):
    """One document of a table."""

    text: str
    fields: dict[str, Value]


def field_of(name: str) -> str:
    """Return the field that a column or a key states; empty if it is none."""
    words = name.strip().lower()
    return next((field for field, names in FIELDS.items() if words in names), "")


def record_part(number: int, record: Record) -> Part:
    """Return a record as a part; its number is that of its row."""
    return Part(f"row-{number}", msgspec.msgpack.encode(record))


def read_record(data: bytes) -> Reading:
    """Return the reading of a record."""
    record = msgspec.msgpack.decode(data, type=Record)
    statements = (
        Statement(field, " ".join(found.value.split())[:1_000], found.place)
        for field, found in record.fields.items()
        if found.value.strip()
    )
    return Reading(READER, plain_blocks(record.text), tuple(statements))
