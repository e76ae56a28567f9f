"""The states of all items of a task, in blocks: compared in a fraction of the time of entries.

A state is a text or a fingerprint that stands for all that an item depends on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, compress
from operator import ne
from typing import Any, NamedTuple, TypeVar

from generator.engine.database import Database
from generator.engine.encoding import decoder, encode
from generator.engine.workers import batches

T = TypeVar("T")

_PROGRAM, _KEYS = "", "keys"
"""The row with the fingerprint of the program that saved the states, and that with the keys of the
items in order. All others have the states of a block each."""

_IN_A_BLOCK = 256
"""States that are compared as bytes, and saved again if one changed: to decode all of 100,000 takes
as long as all the rest."""


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
    rows = dict(database.items(_table(task)))
    if rows.pop(_PROGRAM, None) != program:
        return None
    encoded, keys, saved_blocks = rows.pop(_KEYS), tuple(states), rows.values()
    if encoded == encode(keys):  # mostly; no key is looked up then
        blocks = _blocks(keys), saved_blocks, _blocks(states.values())
        others = chain.from_iterable(map(_changed, *blocks))
        return StateChanges(tuple(others), frozenset(), keys)
    before = tuple(decoder(list[str]).decode(encoded))
    decoded = chain.from_iterable(map(decoder(list[Any]).decode, saved_blocks))
    saved = dict(zip(before, decoded, strict=True))
    changed = tuple([key for key, state in states.items() if saved.get(key) != state])
    return StateChanges(changed, frozenset(saved.keys() - states.keys()), before)


def _changed(keys: Sequence[str], before: bytes, states: Sequence[Any]) -> Iterable[str]:
    """Return the items of a block whose state is another one than before."""
    if before == encode(states):
        return ()
    return compress(keys, map(ne, decoder(list[Any]).decode(before), states))


def save_states(database: Database, task: str, program: bytes, states: Mapping[str, Any]) -> None:
    """Save the states of all items of a task; blocks that stay the same are not written."""
    blocks = enumerate(map(encode, _blocks(states.values())))
    rows = {_KEYS: encode(tuple(states)), **{f"{number:06}": block for number, block in blocks}}
    old = dict(database.items(_table(task)))
    database.drop(_table(task), sorted(old.keys() - rows.keys()))
    database.put(_table(task), [(key, row) for key, row in rows.items() if row != old.get(key)])
    database.put(_table(task), [(_PROGRAM, program)])


def distrust_states(database: Database, task: str) -> None:
    """Let no run use the states of a task before they are saved again."""
    database.drop(_table(task), [_PROGRAM])


def forget_states(database: Database, tasks: Iterable[str]) -> None:
    """Delete the states of all items of tasks."""
    for task in tasks:
        database.retain(_table(task), ())


def _blocks(values: Iterable[T]) -> Iterator[tuple[T, ...]]:
    return batches(values, _IN_A_BLOCK)


def _table(task: str) -> str:
    return f"states of {task}"
