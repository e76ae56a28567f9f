"""Rows of entries: those of a batch are one value of the database, and are loaded at once.

The key of a row is that of its first entry. An item has an entry in one row at most.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from itertools import islice

from generator.engine.cache_entries import Entry, decode_entries
from generator.engine.database import Database
from generator.engine.encoding import encode

_MOST_IN_ROW = 64
"""One edit writes a row anew."""

_FEWEST_IN_ROW = 16
"""Smaller rows, which single edits leave, are put together with others by the next deletion."""


@dataclass(frozen=True, slots=True)
class SavedEntries:
    """The entries of a task, and the rows that they are in."""

    by_key: dict[str, Entry]
    rows: Mapping[str, tuple[str, ...]]
    """The keys of the entries in each row; none if another version saved it."""


def load_entries(database: Database, table: str) -> SavedEntries:
    """Return all entries of a task."""
    by_key: dict[str, Entry] = {}
    rows: dict[str, tuple[str, ...]] = {}
    for key, data in database.items(table):
        entries = decode_entries(data)
        by_key |= entries
        rows[key] = tuple(entries)
    return SavedEntries(by_key, rows)


def find_entry(database: Database, table: str, key: str) -> Entry | None:
    """Return the entry of an item, whatever row it is in, if there is one."""
    rows = sorted(database.keys(table))
    place = bisect_right(rows, key)
    # Items are run in the order of their keys, mostly: so the nearest row before is the first.
    for row in (*reversed(rows[:place]), *rows[place:]):
        if entry := decode_entries(database.get(table, row)).get(key):
            return entry
    return None


def put_entries(database: Database, table: str, entries: Iterable[tuple[str, Entry]]) -> None:
    """Save entries of items that have none, as few rows."""
    stream = iter(entries)
    while row := dict(islice(stream, _MOST_IN_ROW)):
        database.put(table, [(next(iter(row)), encode(row))])


def delete_entries(database: Database, table: str, saved: SavedEntries, keys: Set[str]) -> None:
    """Delete the entries of items, and rows of another version.

    The other entries of the rows are put together with those of small rows.
    """
    rows = saved.rows.items()
    touched = [row for row, entries in rows if not entries or not keys.isdisjoint(entries)]
    if touched:
        small = (row for row, entries in rows if len(entries) < _FEWEST_IN_ROW)
        replaced = dict.fromkeys([*touched, *small])
        others = (key for row in replaced for key in saved.rows[row] if key not in keys)
        database.drop(table, replaced)
        put_entries(database, table, ((key, saved.by_key[key]) for key in others))
