"""Documents without a date or a title of their own, for a person to go through."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import msgspec

from generator.corrections import parse_corrections
from generator.desk.tables import document_rows
from generator.files import read_corrections, read_file
from generator.model import FIRST_WORDS

_SHOWN = 600
"""Characters of the beginning and of the end of a source that are shown."""


def list_unsettled(docs: Path, seeds: Path, field: str) -> list[dict[str, str]]:
    """Return the documents that have no date, or no title of their own.

    Those are left out of which a person decided that it is unknown.
    """
    is_open = _IS_OPEN.get(field)
    corrections = parse_corrections(read_corrections(seeds)).value
    settled = {entry.source for entry in corrections.documents if getattr(entry, field, None)}
    rows = (
        row
        for row in document_rows(docs)
        if is_open and row["path"] not in settled and is_open(docs, row)
    )
    return [{name: row[name] for name in ("path", "address", "title", "date")} for row in rows]


def source_text(docs: Path, seed: str) -> str | None:
    """Return the source of a document; None if it is not plain text, or there is no document."""
    row = next((row for row in document_rows(docs) if row["path"] == seed), None)
    try:
        return (
            read_file(docs / row["address"] / "source.txt").decode(row["encoding"], "replace")
            if row
            else None
        )
    except (OSError, LookupError):
        return None


def read_source(docs: Path, seed: str) -> Iterator[str]:
    """Yield the beginning of a source and, if it is longer, its end."""
    text = source_text(docs, seed) or ""
    yield text[:_SHOWN]
    if len(text) > 2 * _SHOWN:
        yield text[-_SHOWN:]


def _is_undated(_: Path, row: Mapping[str, str]) -> bool:
    return not row["date"]


def _is_untitled(docs: Path, row: Mapping[str, str]) -> bool:
    """Whether a document has no title of its own, by the rule of the title in its ledger."""
    try:
        ledger = msgspec.json.decode(read_file(docs / row["address"] / "ledger.json"), type=_Ledger)
    except (OSError, msgspec.DecodeError):  # its page is being moved
        return False
    return any(value.field == "title" and value.rule in _NO_TITLE for value in ledger.values)


class _Value(msgspec.Struct, frozen=True):
    field: str
    rule: str


class _Ledger(msgspec.Struct, frozen=True):
    values: tuple[_Value, ...]


_NO_TITLE = frozenset({"file name", FIRST_WORDS})
"""Rules that give a title where neither the text nor a person does."""

_IS_OPEN: Mapping[str, Callable[[Path, Mapping[str, str]], bool]] = {
    "date": _is_undated,
    "title": _is_untitled,
}
