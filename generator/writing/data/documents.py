"""Tables of all documents for other programs, independent of the site."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from generator.model import AnyDocument, Document, Extracted, PagePath
from generator.model.block_records import dump_blocks
from generator.model.blocks import BLOCK_GAP
from generator.text.paragraph_ids import paragraph_ids
from generator.text.rights import parse_rights
from generator.writing.data.csv_safe import csv_file, csv_rows

DOCUMENTS_CSV = PagePath("data/documents.csv")
DOCUMENTS_JSONL = PagePath("data/documents.jsonl")

COLUMNS = (
    "path",
    "address",
    "title",
    "authors",
    "date",
    "language",
    "section",
    "publication",
    "words",
    "encoding",
    "sha256",
    "rights",
)
"""Columns of documents.csv."""

KEYS = (
    *COLUMNS,
    "standfirst",
    "dateline",
    "sender",
    "recipient",
    "place",
    "description",
    "text",
    "blocks",
)
"""Keys in a line of documents.jsonl. An unknown value is empty in the CSV and absent here."""


DOCUMENTS_HEADER = csv_file(COLUMNS, ())
"""The first line of documents.csv, which has no withdrawn documents."""


def document_row(document: AnyDocument, address: str) -> bytes:
    """Return a document's row in documents.csv."""
    record = _record(document, address)
    return csv_rows([[_cell(record.get(column, "")) for column in COLUMNS]])


def _record(document: AnyDocument, address: str) -> dict[str, Any]:
    metadata = document.metadata
    record = {
        "path": document.source,
        "address": address,
        "title": metadata.title.value,
        "authors": [author.value for author in metadata.authors],
        "date": _value(metadata.date),
        "language": _value(metadata.language),
        "section": _value(metadata.section),
        "publication": _value(metadata.publication),
        "standfirst": _value(metadata.standfirst),
        "dateline": _value(metadata.dateline),
        "sender": _value(metadata.sender),
        "recipient": _value(metadata.recipient),
        "place": _value(metadata.place),
        "description": metadata.description or "",
        "words": document.words,
        "encoding": document.encoding,
        "sha256": document.digest,
        "rights": _rights(metadata.rights),
    }
    return {key: value for key, value in record.items() if value not in ("", [])}


def document_line(document: Document, address: str) -> bytes:
    """Return a document with its full text as one line of JSON.

    Characters that JavaScript takes for line ends are escaped.
    """
    blocks = list(_blocks(document))
    record = {**_record(document, address), "text": document.text, "blocks": blocks}
    line = msgspec.json.encode(record)
    for character in "\u2028\u2029\x85":
        line = line.replace(character.encode(), f"\\u{ord(character):04x}".encode())
    return line + b"\n"


def _blocks(document: Document) -> Iterator[dict[str, Any]]:
    """Yield each block with its place in the text, and what is not the usual."""
    names = paragraph_ids(block.text for block in document.blocks)
    start = 0
    for name, block, record in zip(
        names, document.blocks, dump_blocks(document.shown_blocks), strict=True
    ):
        end = start + len(block.text)
        record.pop("rule", None)
        yield {"id": name, "start": start, "end": end, **record}
        start = end + BLOCK_GAP


def _value(value: Extracted[str] | None) -> str:
    return value.value if value else ""


def _rights(stated: Extracted[str] | None) -> str:
    """Return the address of the licence or statement, or the words if they have none."""
    rights = parse_rights(stated.value) if stated else None
    return (rights.url or rights.words) if rights else ""


def _cell(value: str | int | list[str]) -> str | int:
    """Join several authors with semicolons; documents.jsonl has a list instead."""
    return "; ".join(value) if isinstance(value, list) else value
