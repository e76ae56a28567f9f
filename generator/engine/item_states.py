"""The states of all items of a task: one value, compared in a twentieth of the time of entries.

A state is a text that stands for all that an item depends on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from generator.engine.database import Database
from generator.engine.encoding import decoder, encode

_TABLE = "states"

_States = tuple[bytes, dict[str, str]]
"""The fingerprint of the program, and the state of each item by its key."""


class Changes(NamedTuple):
    """The items whose state is another one than when a task was last run for them."""

    changed: tuple[str, ...]
    """New ones too."""
    removed: frozenset[str]
    before: tuple[str, ...]
    """The keys of all items then, in their order."""


def find_changes(
    database: Database, task: str, program: bytes, states: Mapping[str, str]
) -> Changes | None:
    """Return which items have another state than the saved one; None if none is saved.

    Those that another version of the program saved count for nothing.
    """
    data = database.get(_TABLE, task)
    saved_by, saved = decoder(_States).decode(data) if data else (b"", {})
    if saved_by != program:
        return None
    changed = tuple(key for key, state in states.items() if saved.get(key) != state)
    return Changes(changed, frozenset(saved.keys() - states.keys()), tuple(saved))


def save_states(database: Database, task: str, program: bytes, states: Mapping[str, str]) -> None:
    """Save the states of all items of a task."""
    database.put(_TABLE, [(task, encode((program, states)))])


def forget_states(database: Database, tasks: Iterable[str]) -> None:
    """Delete the states of all items of tasks."""
    database.drop(_TABLE, tasks)
