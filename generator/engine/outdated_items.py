"""Which items of a task are outdated, found by comparing rows of entries.

Items mostly have the order that they had when their entries were saved: so a row is compared with
as many items as it has entries. Items for which this fails are looked at one by one, and the
entries of those that are up to date are put into rows anew, in the order of the items.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import TypeVar

from generator.engine.cache_entries import Entry, EntryRow, KeyedEntry, Run
from generator.engine.database import Database
from generator.engine.encoding import decoder
from generator.engine.entry_rows import FEWEST_IN_ROW, SavedEntries, put_entries
from generator.engine.outdated import Paths
from generator.engine.tasks import Item, ItemResult, Task

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class MatchedItems:
    """The items of a task, matched with its rows."""

    order: list[str]
    """The keys of all items."""
    rows: dict[str, EntryRow]
    """The rows whose items are up to date, by the first of their keys."""
    others: list[list[Item]]
    """All other items: in each list those between two of these rows."""
    labels: list[str]
    """The keys of all other rows."""
    entries: dict[str, Entry]
    """The entries of these."""

    def put_anew(self, database: Database, table: str, runs: Mapping[str, Run]) -> None:
        """Replace the other rows with rows of those items that are up to date, in order."""
        database.drop(table, self.labels)
        for items in self.others:
            current = (item for item in items if item.key not in runs)
            put_entries(
                database,
                table,
                (
                    KeyedEntry(item.key, self.entries[item.key], item.fingerprint)
                    for item in current
                ),
            )


def match_items(items: Iterable[Item], saved: SavedEntries, intact: Paths) -> MatchedItems:
    """Compare items with the saved rows."""
    rows = {label: row for label, row in saved.rows.items() if row}
    order: list[str] = []
    current: dict[str, EntryRow] = {}
    others: list[list[Item]] = [[]]
    stream = iter(items)
    for item in stream:
        row = rows.get(item.key)
        if not row:
            order.append(item.key)
            others[-1].append(item)
            continue
        group = [item, *islice(stream, row.count - 1)]
        keys = [each.key for each in group]
        order += keys
        if _is_current(row, keys, group, intact):
            current[item.key] = row
            others.append([])
        else:
            others[-1] += group
    labels = [label for label in saved.rows if label not in current]
    entries = (rows[label].entries() for label in labels if label in rows)
    by_key = dict(chain.from_iterable(each.items() for each in entries))
    return MatchedItems(order, current, [*filter(None, others)], labels, by_key)


def _is_current(row: EntryRow, keys: list[str], items: Iterable[Item], intact: Paths) -> bool:
    """Whether a row has exactly these items, they are up to date, and it is not small."""
    return (
        row.count >= FEWEST_IN_ROW
        and row.has(keys, [item.fingerprint for item in items])
        and all(map(intact.issuperset, row.all_outputs()))
    )


@dataclass(frozen=True, slots=True)
class OutdatedItems:
    """Which items of a task are outdated, and why; and the entries of all others."""

    matched: MatchedItems
    items: tuple[Item, ...]
    """The outdated items."""
    runs: dict[str, Run]
    """Why each of them is outdated."""
    deleted: dict[str, Entry]
    """The entries that outdated and removed items had."""

    @property
    def order(self) -> list[str]:
        """The keys of all items."""
        return self.matched.order

    def current(self, task: Task[T]) -> Iterator[ItemResult[T]]:
        """Yield the saved results of all other items, in order; they can be had once."""
        decode = decoder(list[task.result_type]).decode  # type: ignore[name-defined]
        rows, entries = self.matched.rows, self.matched.entries
        of_row: Iterator[ItemResult[T]] = iter(())
        for key in self.order:
            if key in self.runs:
                continue
            if key in rows:
                row = rows.pop(key)
                parts = zip(row.all_keys(), decode(row.results), row.all_outputs(), strict=True)
                of_row = (ItemResult(*part, None) for part in parts)
            if entry := entries.get(key):
                yield ItemResult(key, task.decode(entry), entry.outputs, None)
            else:
                yield next(of_row)
