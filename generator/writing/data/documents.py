"""The corpus as data: what other programs need to work with it, without the site."""

from __future__ import annotations

import json
from typing import Any

from generator.model import AnyDocument, Document, Extracted, PagePath
from generator.writing.data.csv_safe import csv_rows

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
)
"""Columns of documents.csv."""

KEYS = (*COLUMNS, "standfirst", "dateline", "description", "text")
"""Keys in a line of documents.jsonl. What is unknown is empty there and absent here."""


DOCUMENTS_HEADER = csv_rows([COLUMNS])
"""The first line of the list of documents; withdrawn ones are not in it."""


def document_row(document: AnyDocument, address: str) -> bytes:
    """Write a document's row in the list of documents."""
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
        "description": metadata.description,
        "words": document.words,
        "encoding": document.encoding,
        "sha256": document.digest,
    }
    return {key: value for key, value in record.items() if value not in ("", [])}


def document_line(document: Document, address: str) -> bytes:
    """Write a document with its full text as one line of JSON.

    Signs that JavaScript takes for line ends are escaped.
    """
    record = {**_record(document, address), "text": document.text}
    written = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    return (
        written.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", "\\u0085")
        + "\n"
    ).encode()


def _value(value: Extracted[str] | None) -> str:
    return value.value if value else ""


def _cell(value: str | int | list[str]) -> str | int:
    """Several authors stand in one cell with a semicolon between; documents.jsonl has a list."""
    return "; ".join(value) if isinstance(value, list) else value
