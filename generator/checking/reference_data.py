"""What data files are compared with, and what is wrong with one."""

from __future__ import annotations

import csv
from collections.abc import Callable, Container, Iterator, Mapping
from operator import itemgetter
from pathlib import Path

import msgspec

from generator.checking.shown_documents import ShownDocuments
from generator.checking.verified_data import PartReader
from generator.files import numbered_files, open_table
from generator.model import SeedPath


class WrongDataError(Exception):
    """What is wrong with a file, as the end of a sentence that begins with its name."""


class ReferenceData(msgspec.Struct, frozen=True):
    """What data files are compared with."""

    documents: ShownDocuments
    entities: Mapping[str, int]
    """How often each is mentioned."""
    parts: PartReader
    digest: Callable[[Path], str]
    """Returns the SHA-256 of a file."""


def table_cells(path: Path, *columns: str) -> Iterator[tuple[str, ...]]:
    """Yield the cells of each row in these columns, of which there are two or more."""
    for table in numbered_files(path):
        with open_table(table) as file:
            rows = csv.reader(file, strict=True)
            header = next(rows)
            yield from map(itemgetter(*map(header.index, columns)), rows)


def require_page(documents: Container[SeedPath], source: SeedPath) -> None:
    """Raise an error unless a document is among those that have a page."""
    if source not in documents:
        raise WrongDataError(f"has {source}, which has no page")
