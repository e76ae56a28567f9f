"""Which items of a task are outdated, found by comparing rows of entries.

Items mostly have the order that they had when their entries were saved: so a row is compared with
as many items as it has entries. Items for which this fails are made and compared one by one, and
the entries of those that are up to date are put into new rows, in the order of the items.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import TypeVar

from generator.engine.cache_entries import Entry, EntryRow, Run
from generator.engine.database import Database
from generator.engine.entry_rows import FEWEST_IN_ROW, SavedEntries, put_entries
from generator.engine.outdated import Paths
from generator.engine.tasks import CurrentRow, ItemResult, Items, Task

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class MatchedItems:
    """The items of a task, matched with its rows."""

    items: Items
    parts: list[EntryRow | list[int]]
    """All items in order: rows whose items are up to date, and the positions of those between."""
    labels: list[str]
    """The keys of all other rows."""
    entries: dict[str, Entry]
    """The entries of these."""

    @property
    def others(self) -> Iterator[list[int]]:
        """The positions of all other items: in each list those between two of these rows."""
        return (part for part in self.parts if isinstance(part, list))

    def put_in_new_rows(self, database: Database, table: str, outdated: Container[str]) -> None:
        """Replace the other rows with rows of those items that are up to date, in order."""
        database.drop(table, self.labels)
        for positions in self.others:
            keys = self.items.keys
            current = [position for position in positions if keys[position] not in outdated]
            items = self.items.at(current)
            put_entries(database, table, items, map(self.entries.__getitem__, items.keys))


def match_items(items: Items, saved: SavedEntries, intact: Paths) -> MatchedItems:
    """Compare items with the saved rows."""
    parts: list[EntryRow | list[int]] = []
    others: list[int] = []
    rest = dict(saved.rows)
    start, end = 0, len(items.keys)
    while start < end:
        row = rest.get(items.keys[start])
        stop = min(start + row.count, end) if row else start + 1
        if row and _is_current(row, items.digest(start, stop), intact):
            parts += [others, row] if others else [row]
            others = []
            del rest[items.keys[start]]
        else:
            others += range(start, stop)
        start = stop
    entries = chain.from_iterable(row.entries().items() for row in rest.values() if row)
    return MatchedItems(items, [*parts, others], [*rest], dict(entries))


def _is_current(row: EntryRow, digest: bytes, intact: Paths) -> bool:
    """Whether a row was saved for these inputs, its outputs are intact, and it is not small."""
    return (
        row.count >= FEWEST_IN_ROW and row.digest == digest != b"" and intact.issuperset(row.paths)
    )


@dataclass(frozen=True, slots=True)
class OutdatedItems:
    """Which items of a task are outdated, and why; and the entries of all others."""

    matched: MatchedItems
    items: Items
    """The outdated items."""
    runs: dict[str, Run]
    """Why each of them is outdated."""
    deleted: dict[str, Entry]
    """The entries that outdated and removed items had."""

    def parts(self, task: Task[T]) -> Iterator[CurrentRow[T] | ItemResult[T] | str]:
        """Yield the saved results in order, and between them the keys of outdated items.

        This can be called once, because a row is no longer held after it was yielded.
        """
        keys, parts = iter(self.matched.items.keys), self.matched.parts
        parts.reverse()
        while parts:
            part = parts.pop()
            if isinstance(part, EntryRow):
                yield CurrentRow([*islice(keys, part.count)], task, part)
                continue
            for key in islice(keys, len(part)):
                yield key if key in self.runs else self._result(task, key)

    def _result(self, task: Task[T], key: str) -> ItemResult[T]:
        entry = self.matched.entries[key]
        return ItemResult(key, task.decode(entry), entry.outputs, None)

    def current(self, task: Task[T]) -> Iterator[ItemResult[T]]:
        """Yield the saved results of all other items, in order; this too can be called once."""
        for part in self.parts(task):
            if isinstance(part, CurrentRow):
                yield from part
            elif isinstance(part, ItemResult):
                yield part
