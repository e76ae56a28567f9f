"""What the desk shows: the values of a document, and the names of the corpus."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.files import read_file
from generator.text import fold

_ENTITIES = Path("data") / "entities.csv"
_DOCUMENTS = Path("data") / "documents.csv"
_SUGGESTIONS = 12
"""Names that a person is offered while typing."""

_ADDRESS = re.compile(r"(?!.*\.\.)[A-Za-z0-9_/-]*")


@dataclass(frozen=True, slots=True)
class NameRecord:
    """A name of the corpus with its counts."""

    id: str
    kind: str
    name: str
    other_names: str
    documents: int
    mentions: int


def find_record(docs: Path, address: str) -> dict[str, object] | None:
    """Return what is known of the document or the name at an address; None for other pages."""
    if not _ADDRESS.fullmatch(address):
        return None
    document = _document(docs, address)
    if document:
        return document
    own = (record for record in _names(docs) if record.id == address.strip("/"))
    record = next(own, None)
    return {"type": "name", **_as_json(record)} if record else None


def find_address(docs: Path, seed: str) -> str | None:
    """Return the address of a seed's document in the last run."""
    rows = (row["address"] for row in _rows(docs / _DOCUMENTS) if row["path"] == seed)
    return next(rows, None)


def suggest_names(docs: Path, words: str) -> list[dict[str, object]]:
    """Return the names that contain the words, those in most documents first."""
    wanted = fold(words).strip()
    fitting = (
        record
        for record in _names(docs)
        if wanted and wanted in fold(f"{record.name}; {record.other_names}")
    )
    ordered = sorted(fitting, key=lambda record: (-record.documents, record.name))
    return [_as_json(record) for record in ordered[:_SUGGESTIONS]]


def _as_json(record: NameRecord) -> dict[str, object]:
    return {
        "id": record.id,
        "kind": record.kind,
        "name": record.name,
        "documents": record.documents,
        "mentions": record.mentions,
    }


def _document(docs: Path, address: str) -> dict[str, object] | None:
    try:
        ledger = json.loads(read_file(docs / address / "ledger.json"))
    except (OSError, ValueError):
        return None
    values: dict[str, list[str]] = {}
    for value in ledger["values"]:
        values.setdefault(value["field"], []).append(value["value"])
    return {"type": "document", "seed": ledger["source"], "values": values}


def _names(docs: Path) -> Iterator[NameRecord]:
    for row in _rows(docs / _ENTITIES):
        yield NameRecord(
            row["id"],
            row["kind"],
            row["name"],
            row["other_names"],
            int(row["documents"]),
            int(row["mentions"]),
        )


def _rows(table: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a table of the site; none if it was not written yet."""
    try:
        text = read_file(table).decode("utf-8-sig")
    except OSError:
        return
    yield from csv.DictReader(io.StringIO(text, newline=""))
