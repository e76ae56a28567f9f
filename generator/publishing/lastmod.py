"""When the page of a document last changed, for the sitemap.

The day of a build says nothing of a page. What is known is the day on which a seed was found
changed, and otherwise the day of which its document is: it was last written then.
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
"""What sitemaps and EDTF have in common: a year, a month or a day (W3C date and time formats)."""


def last_modified_days(root: Path, docs: Path) -> dict[str, str]:
    """Give the day of each document's page, by the page's place in the docs folder.

    A document without a date and without a change has none; nor has any page that lists others,
    because it changes with each of them.
    """
    table = docs / _DOCUMENTS
    if not table.is_file():
        return {}
    changed = dict(_column(read_addresses(root), "changed"))
    dates = _column(read_file(table).decode(), "date")
    told = ((address, max(changed.get(address, ""), date)) for address, date in dates)
    return {f"{address}index.md": day for address, day in told if day}


def _column(table: str, name: str) -> Iterator[tuple[str, str]]:
    """Give each address with a day from a table, or with nothing."""
    rows = csv.reader(io.StringIO(table, newline=""))
    header = next(rows, [])
    if name not in header:  # an older table knows no days of changes
        return
    address, day = header.index("address"), header.index(name)
    for row in rows:
        if len(row) == len(header):
            yield row[address], row[day] if _DATE.fullmatch(row[day]) else ""
