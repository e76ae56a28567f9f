"""Why single items were run: read from their entries after a build."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from generator.engine.cache_entries import Entry
from generator.engine.database import Database
from generator.engine.entry_rows import load_entries
from generator.engine.tasks import Task

_Entries = dict[tuple[str, str], Entry]
"""Entries by task and key."""


def explain_items(
    database: Database, tasks: Sequence[Task[Any]], names: Iterable[str], since: int
) -> Iterator[str]:
    """Yield a line for each item that has to do with these keys or files, by task.

    An item has to do with a file if it is made from it or makes it, also through other items: the
    page of the site is made from a page that is made from a seed. `since` is the number of the
    build before the one to be explained.
    """
    related = _related_items(database, tasks, set(names))
    for task in tasks:
        for (name, key), entry in related.items():
            if name == task.name:
                is_old = entry.run.build <= since
                state = "up to date" if is_old else task.in_words(entry.run)
                yield f"{task.name}: {key}: {state}"


def _related_items(
    database: Database, tasks: Iterable[Task[Any]], names: set[str]
) -> dict[tuple[str, str], Entry]:
    """Return the items whose key or output is among the names, or is that of such an item."""
    related: _Entries = {}
    made_with_others: set[tuple[str, str]] = set()
    while True:
        before = len(names)
        for task in tasks:
            for key, entry in load_entries(database, task.name).entries():
                item = (task.name, key)
                if item not in made_with_others and key in names:
                    names |= {*entry.outputs}
                elif not names.isdisjoint(entry.outputs):
                    # A task may write a thousand files in one item; list only those that were
                    # asked about.
                    made_with_others.add(item)
                    names.add(key)
                else:
                    continue
                related[item] = entry
        if len(names) == before:
            return dict(sorted(related.items()))
