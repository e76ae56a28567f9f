"""The day on which a document's page last changed, for the sitemap.

The day of a build says nothing about a page. The day is that of the last recorded change of the
seed or, without one, the date of the document.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from generator.files import read_addresses, table_rows

_DOCUMENTS = "data/documents.csv"
_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")
"""Dates that are valid in sitemaps (W3C date and time formats) and in EDTF: year, month or day."""


def last_modified_days(root: Path, docs: Path) -> dict[str, str]:
    """Return the day of each document's page, by the page's path below the docs folder.

    A document without a date and without a change has no day. Neither has a page that lists others,
    because it changes with each of them.
    """
    dates = [(row["address"], _day(row["date"] or "")) for row in table_rows(docs / _DOCUMENTS)]
    changed = dict(_changes(read_addresses(root))) if dates else {}
    days = ((address, max(changed.get(address, ""), date)) for address, date in dates)
    return {f"{address}index.md": day for address, day in days if day}


def _changes(addresses: str) -> Iterator[tuple[str, str]]:
    """Yield the address of each document with the day of its last change; empty if unknown."""
    for row in csv.DictReader(io.StringIO(addresses, newline="")):
        # A table of an older version has no days of changes.
        yield row["address"], _day(row.get("changed") or "")


def _day(value: str) -> str:
    return value if _DATE.fullmatch(value) else ""
