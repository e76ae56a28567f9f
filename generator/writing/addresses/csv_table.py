"""Tables of addresses: CSV files with one line for each item, which people may edit.

The lines are sorted, so that a version control system shows who changed what and merges two
branches line by line.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Container, Iterable, Sequence
from typing import TypeVar

from generator.model import Address, SeedbedError

T = TypeVar("T")

_MAX_ADDRESS = 200
"""Characters of an address; the longest that Seedbed assigns has 110."""


def load_table(
    text: str,
    name: str,
    headers: Sequence[Sequence[str]],
    parse_row: Callable[[Sequence[str]], T],
    key: Callable[[T], tuple[str, ...]],
) -> tuple[T, ...]:
    """Parse the rows of a table that are not one of the `headers`; `name` is the file's name.

    `key` must differ for all rows; its last part is shown in messages. Raises SeedbedError, with
    the line, for a row that `parse_row` rejects with a ValueError: a table is read as a whole or
    not at all, because a lost address breaks the links of everyone who cited it.
    """
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    items: dict[tuple[str, ...], T] = {}
    try:
        for row in rows:
            if row and row not in headers:
                item = parse_row(row)
                _require_new(key(item), items)
                items[key(item)] = item
    except (ValueError, csv.Error) as error:
        hint = "Correct the line, or restore the file from your last commit"
        raise SeedbedError(f"{name}:{rows.line_num}: {error}", hint) from error
    return tuple(items.values())


def _require_new(key: tuple[str, ...], items: Container[tuple[str, ...]]) -> None:
    if key in items:
        raise ValueError(f'"{key[-1]}" is listed twice; keep one of the lines')


def dump_table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Write a table that `load_table` reads back unchanged."""
    target = io.StringIO(newline="")
    table = csv.writer(target, lineterminator="\n")
    table.writerow(header)
    table.writerows(rows)
    return target.getvalue().encode()


def require_columns(row: Sequence[str], columns: Sequence[str]) -> None:
    """Raise ValueError unless the row has a value for each column."""
    if len(row) != len(columns):
        raise ValueError(f"expected {len(columns)} values, not {len(row)}")


def parse_address(text: str, pattern: re.Pattern[str], example: str) -> Address:
    """Return a valid address of one kind of page; raise ValueError for any other text."""
    if not pattern.fullmatch(text) or len(text) > _MAX_ADDRESS:
        raise ValueError(
            f'"{text[:_MAX_ADDRESS]}" is not a valid address; use lower-case letters, digits and'
            f" hyphens, as in {example}"
        )
    return Address(text)
