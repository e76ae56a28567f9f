"""The states of all items of a task: one value, compared in a twentieth of the time of entries.

A state is a text or a fingerprint that stands for all that an item depends on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, compress
from operator import ne
from typing import Any, NamedTuple

import msgspec

from generator.engine.database import Database
from generator.engine.encoding import decoder, encode
from generator.engine.workers import batches

_TABLE = "states"

_IN_A_BLOCK = 64
"""States that are compared as bytes: to decode all of 100,000 takes as long as all the rest."""


class _SavedStates(NamedTuple):
    program: bytes
    """The fingerprint of the program that saved them."""
    keys: bytes
    """The keys of the items, in order, encoded."""
    blocks: list[bytes]
    """The state of each, many encoded together."""


class StateChanges(NamedTuple):
    """The items whose state is another one than when a task was last run for them."""

    changed: tuple[str, ...]
    """New ones too."""
    removed: frozenset[str]
    before: tuple[str, ...]
    """All keys at that time, in order."""


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
        blocks = batches(keys, _IN_A_BLOCK), last.blocks, batches(states.values(), _IN_A_BLOCK)
        others = chain.from_iterable(map(_changed, *blocks))
        return StateChanges(tuple(others), frozenset(), keys)
    before = tuple(decoder(list[str]).decode(last.keys))
    decoded = chain.from_iterable(map(decoder(list[Any]).decode, last.blocks))
    saved = dict(zip(before, decoded, strict=True))
    changed = tuple([key for key, state in states.items() if saved.get(key) != state])
    return StateChanges(changed, frozenset(saved.keys() - states.keys()), before)


def _changed(keys: Sequence[str], before: bytes, states: Sequence[Any]) -> Iterable[str]:
    """Return the items of a block whose state is another one than before."""
    if before == encode(states):
        return ()
    return compress(keys, map(ne, decoder(list[Any]).decode(before), states))


def save_states(database: Database, task: str, program: bytes, states: Mapping[str, Any]) -> None:
    """Save the states of all items of a task."""
    blocks = [*map(encode, batches(states.values(), _IN_A_BLOCK))]
    saved = _SavedStates(program, encode(tuple(states)), blocks)
    database.put(_TABLE, [(task, encode(saved))])


def forget_states(database: Database, tasks: Iterable[str]) -> None:
    """Delete the states of all items of tasks."""
    database.drop(_TABLE, tasks)
