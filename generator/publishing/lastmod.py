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

from generator.files import read_addresses, read_file

_DOCUMENTS = "data/documents.csv"
_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")
"""Dates that are valid in sitemaps (W3C date and time formats) and in EDTF: year, month or day."""


def last_modified_days(root: Path, docs: Path) -> dict[str, str]:
    """Return the day of each document's page, by the page's path below the docs folder.

    A document without a date and without a change has no day. Neither has a page that lists others,
    because it changes with each of them.
    """
    table = docs / _DOCUMENTS
    if not table.is_file():
        return {}
    changed = dict(_column(read_addresses(root), "changed"))
    dates = _column(read_file(table).decode(), "date")
    days = ((address, max(changed.get(address, ""), date)) for address, date in dates)
    return {f"{address}index.md": day for address, day in days if day}


def _column(table: str, name: str) -> Iterator[tuple[str, str]]:
    """Yield each address in a table with its day, or with an empty string."""
    rows = csv.reader(io.StringIO(table, newline=""))
    header = next(rows, [])
    if name not in header:  # a table of an older version has no days of changes
        return
    address, day = header.index("address"), header.index(name)
    for row in rows:
        if len(row) == len(header):
            yield row[address], row[day] if _DATE.fullmatch(row[day]) else ""
