"""The states of all items of a task: one value, compared in a twentieth of the time of entries.

A state is a text or a fingerprint that stands for all that an item depends on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from generator.engine.database import Database
from generator.engine.encoding import decoder, encode

_TABLE = "states"


class _SavedStates(NamedTuple):
    program: bytes
    """The fingerprint of the program that saved them."""
    states: Mapping[str, Any]
    """The state of each item, by its key."""


class StateChanges(NamedTuple):
    """The items whose state is another one than when a task was last run for them."""

    changed: tuple[str, ...]
    """New ones too."""
    removed: frozenset[str]
    before: tuple[str, ...]
    """All keys at that time, in order."""

    @property
    def unchanged(self) -> list[str]:
        """The items whose state is the same, in this order."""
        others = self.removed.union(self.changed)
        return [key for key in self.before if key not in others]


def find_changes(
    database: Database, task: str, program: bytes, states: Mapping[str, Any]
) -> StateChanges | None:
    """Return which items have another state than the saved one; None if none is saved.

    States saved by another version of the program are ignored.
    """
    data = database.get(_TABLE, task)
    if data is None:
        return None
    last: _SavedStates = decoder(_SavedStates).decode(data)
    if last.program != program:
        return None
    saved = last.states
    if [*saved] == [*states]:  # mostly; no key is looked up then
        pairs = zip(saved.items(), states.values(), strict=True)
        changed = tuple([key for (key, before), now in pairs if before != now])
        return StateChanges(changed, frozenset(), tuple(saved))
    changed = tuple([key for key, state in states.items() if saved.get(key) != state])
    return StateChanges(changed, frozenset(saved.keys() - states.keys()), tuple(saved))


def save_states(database: Database, task: str, program: bytes, states: Mapping[str, Any]) -> None:
    """Save the states of all items of a task."""
    database.put(_TABLE, [(task, encode(_SavedStates(program, states)))])


def forget_states(database: Database, tasks: Iterable[str]) -> None:
    """Delete the states of all items of tasks."""
    database.drop(_TABLE, tasks)
