"""What the desk shows about the page on which it is opened."""

from __future__ import annotations

import json
import re
from pathlib import Path

from generator.desk.history import digest
from generator.desk.known_names import KnownNames
from generator.desk.tables import document_rows
from generator.files import read_file
from generator.files.editable_files import read_editable

_ADDRESS = re.compile(r"(?!/)[A-Za-z0-9_/-]*")


def find_record(
    known_names: KnownNames, address: str, ledger: bytes | None = None
) -> dict[str, object] | None:
    """Return what is known of the document or the name at an address; None for other pages.

    `ledger` is that of its document, if it is newer than the file.
    """
    if not _ADDRESS.fullmatch(address):
        return None
    record = _document(known_names.docs, address, ledger) or _name(known_names, address)
    if record is None:
        return None
    subject = str(record["subject"])
    note = read_editable(known_names.seeds, f"_notes/{subject}.md") or ""
    return {**record, "note": note, "noteVersion": digest(note)}


def find_address(docs: Path, seed: str) -> str | None:
    """Return the address of a seed's document in the last run; None if it had none."""
    return next((row["address"] for row in document_rows(docs) if row["path"] == seed), None)


def _document(docs: Path, address: str, newer: bytes | None) -> dict[str, object] | None:
    try:
        ledger = json.loads(newer or read_file(docs / address / "ledger.json"))
    except (OSError, ValueError):
        return None
    values: dict[str, list[str]] = {}
    for value in ledger["values"]:
        values.setdefault(_CORRECTION_FIELDS.get(value["field"], value["field"]), []).append(
            value["value"]
        )
    seed = ledger["source"]
    return {"type": "document", "seed": seed, "subject": seed, "values": values}


_CORRECTION_FIELDS = {"standfirst": "subtitle"}
"""Fields of the ledger that have another name in corrections.yml."""


def _name(known_names: KnownNames, address: str) -> dict[str, object] | None:
    record = known_names.name_at(address)
    if record is None:
        return None
    return {
        "type": "name",
        "subject": record.id,
        "forms": record.forms,
        **record.as_json,
        "facts": known_names.facts(record),
    }
