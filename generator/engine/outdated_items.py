"""Which items of a task are outdated, found by comparing rows of entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from generator.engine.cache_entries import EntryRow, Run
from generator.engine.encoding import decoder
from generator.engine.fingerprint import combine_all
from generator.engine.tasks import Item, ItemResult, Task

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class OutdatedItems:
    """Which items of a task are outdated, and why; and the entries of all that have one."""

    order: tuple[str, ...]
    """The keys of all items."""
    rows: dict[str, EntryRow]
    """The row of each item that had an entry before this build."""
    items: tuple[Item, ...]
    """The outdated items."""
    runs: dict[str, Run]
    """Why each of them is outdated."""

    def current(self, task: Task[T]) -> Iterator[ItemResult[T]]:
        """Yield the saved results of all other items, in order; they can be had once."""
        decode = decoder(list[task.result_type]).decode  # type: ignore[name-defined]
        decoded: dict[str, ItemResult[T]] = {}
        for key in self.order:
            if key not in self.runs:
                row = self.rows.pop(key)
                if key not in decoded:
                    parts = zip(row.keys, decode(row.results), row.all_outputs(), strict=True)
                    decoded.update({part[0]: ItemResult(*part, None) for part in parts})
                yield decoded.pop(key)


def inputs_digest(row: EntryRow, items: Mapping[str, Item]) -> bytes:
    """Return the digest of the inputs of a row; nothing if some are not known."""
    inputs = [items[key].fingerprint for key in row.keys if key in items]
    known = [each for each in inputs if each]
    return combine_all(known) if len(known) == len(row.keys) else b""
