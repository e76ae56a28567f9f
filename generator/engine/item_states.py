"""The states of all items of a task: one value, compared in a twentieth of the time of entries.

A state is a text or a fingerprint that stands for all that an item depends on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import compress
from operator import ne
from typing import Any, NamedTuple

import msgspec

from generator.engine.database import Database
from generator.engine.encoding import decoder, encode

_TABLE = "states"


class _SavedStates(NamedTuple):
    program: bytes
    """The fingerprint of the program that saved them."""
    keys: bytes
    """The keys of the items, in order, encoded."""
    states: list[Any]
    """The state of each."""


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
    try:
        last: _SavedStates = decoder(_SavedStates).decode(database.get(_TABLE, task) or b"")
    except msgspec.DecodeError:  # none is saved, or another version saved something else
        return None
    if last.program != program:
        return None
    keys = tuple(states)
    if last.keys == encode(keys):  # mostly; no key is looked up then
        others = compress(keys, map(ne, last.states, states.values()))
        return StateChanges(tuple(others), frozenset(), keys)
    before = tuple(decoder(list[str]).decode(last.keys))
    saved = dict(zip(before, last.states, strict=True))
    changed = tuple([key for key, state in states.items() if saved.get(key) != state])
    return StateChanges(changed, frozenset(saved.keys() - states.keys()), before)


def save_states(database: Database, task: str, program: bytes, states: Mapping[str, Any]) -> None:
    """Save the states of all items of a task."""
    saved = _SavedStates(program, encode(tuple(states)), [*states.values()])
    database.put(_TABLE, [(task, encode(saved))])


def forget_states(database: Database, tasks: Iterable[str]) -> None:
    """Delete the states of all items of tasks."""
    database.drop(_TABLE, tasks)
