"""`PublishedDocuments.days` for the sitemap, read from the files of a build before this one."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from generator.files import read_addresses, table_rows
from generator.model import PagePath
from generator.model.edtf import latest_plain

_DOCUMENTS = "data/documents.csv"


def last_modified_days(root: Path, docs: Path) -> dict[PagePath, str]:
    """Return the day of each document's page, by the page's path below the docs folder.

    A document without a date and without a change has no day. Neither has a page that lists others,
    because it changes with each of them.
    """
    rows = table_rows(docs / _DOCUMENTS)
    # With `use_directory_urls: false`, the table has the file of each page.
    dates = [(row["address"].removesuffix("index.html"), row["date"]) for row in rows]
    changed = dict(_changes(read_addresses(root))) if dates else {}
    days = ((address, latest_plain(changed.get(address), date)) for address, date in dates)
    return {PagePath(f"{address}index.md"): day for address, day in days if day}


def _changes(addresses: str) -> Iterator[tuple[str, str | None]]:
    """Yield the address of each document with the day of its last change, if it is known."""
    for row in csv.DictReader(io.StringIO(addresses, newline="")):
        # A table of an older version has no days of changes.
        yield row["address"], row.get("changed")
