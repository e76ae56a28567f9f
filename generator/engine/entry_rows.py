"""Rows of entries: those of a batch are one value of the database, and are compared at once.

The key of a row is that of its first entry. An item has an entry in one row at most.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any

import msgspec

from generator.engine.cache_entries import Entry, EntryRow, decode_row
from generator.engine.database import Database
from generator.engine.encoding import decoder, encode
from generator.engine.tasks import Items

_MOST_IN_ROW = 64
"""One edit writes a row again."""

FEWEST_IN_ROW = 16
"""Smaller rows, which single edits leave, are put together with the rows beside them."""


@dataclass(frozen=True)
class SavedEntries:
    """The rows of the entries of a task."""

    rows: Mapping[str, EntryRow | None]
    """By their keys; None if another version saved it."""

    def __len__(self) -> int:
        """Return the number of entries."""
        return sum(row.count for row in self.rows.values() if row)

    def entries(self) -> Iterator[tuple[str, Entry]]:
        """Yield all entries with their keys."""
        for row in self.rows.values():
            yield from row.entries().items() if row else ()

    def results(self, result_type: Any) -> dict[str, Any]:
        """Return the results by key, as values of a type; none of rows that have others."""
        results: dict[str, Any] = {}
        decode = decoder(list[result_type]).decode
        for row in self.rows.values():
            with suppress(msgspec.DecodeError):  # another version may have saved other results
                results.update(zip(row.all_keys(), decode(row.results), strict=True) if row else ())
        return results


def load_entries(database: Database, table: str) -> SavedEntries:
    """Return all entries of a task."""
    return SavedEntries({key: decode_row(data) for key, data in database.items(table)})


def find_entry(database: Database, table: str, key: str) -> Entry | None:
    """Return the entry of an item, whatever row it is in, if there is one."""
    row = _find_row(database, table, key)
    return row.entries()[key] if row else None


def _find_row(database: Database, table: str, key: str) -> EntryRow | None:
    rows = sorted(database.keys(table))
    place = bisect_right(rows, key)
    # Items are run in the order of their keys, mostly: so the nearest row before is the first.
    for label in (*reversed(rows[:place]), *rows[place:]):
        row = decode_row(database.get(table, label))
        if row and key in row.all_keys():
            return row
    return None


def need_outputs(database: Database, table: str, keys: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the outputs of items, in order; raises DamagedError if one has no entry."""
    known: dict[str, tuple[str, ...]] = {}
    rows: dict[str, EntryRow] = {}
    if len(keys) > _MOST_IN_ROW:
        saved = load_entries(database, table).rows.values()
        rows = {key: row for row in saved if row for key in row.all_keys()}
    for key in keys:
        if key not in known:
            row = rows.get(key) or _find_row(database, table, key)
            known.update(zip(row.all_keys(), row.all_outputs(), strict=True) if row else ())
        if key not in known:
            database.need(table, key)  # there is no row whose first entry it is either
        yield known.pop(key)


def put_entries(database: Database, table: str, items: Items, entries: Iterable[Entry]) -> None:
    """Save the entries of items that have none, in the order of the items, as few rows."""
    database.put(table, entry_rows(items, entries))


def entry_rows(items: Items, entries: Iterable[Entry]) -> Iterator[tuple[str, bytes]]:
    """Yield the entries of items, in the order of the items, as few rows by their keys."""
    stream = iter(entries)
    for start in range(0, len(items.keys), _MOST_IN_ROW):
        stop = min(start + _MOST_IN_ROW, len(items.keys))
        batch = [*islice(stream, stop - start)]
        row = EntryRow.of(items.keys[start:stop], batch, items.digest(start, stop))
        yield items.keys[start], encode(row)


def delete_entries(database: Database, table: str, keys: Set[str]) -> None:
    """Delete the entries of items; those of other items in their rows stay."""
    for label, row in load_entries(database, table).rows.items():
        if row and not keys.isdisjoint(row.all_keys()):
            database.drop(table, [label])
            others = {key: entry for key, entry in row.entries().items() if key not in keys}
            put_entries(database, table, Items.unknown([*others]), others.values())
