"""Values that follow from one item each: saved in blocks, made only for items that changed.

While no item of a block changed, one comparison of bytes tells so, and its values are decoded at
once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain, pairwise
from typing import Generic, NamedTuple, TypeVar
from zlib import crc32

import msgspec

from generator.engine.database import Database
from generator.engine.encoding import decoder, encode

K = TypeVar("K", bound=str)
V = TypeVar("V")

_BLOCK_SIZE = 256
"""Items in a block, on average: an edit writes one block again."""


class ValueTable(NamedTuple, Generic[V]):
    """A table of values that follow from one item each."""

    name: str
    value_type: type[V]


class KeyedColumns(NamedTuple, Generic[K]):
    """Items, each with what its value follows from: one input of each in a column."""

    keys: Sequence[K]
    columns: Sequence[Sequence[object]]


class _Items(NamedTuple, Generic[K]):
    """Consecutive items."""

    program: bytes
    keys: Sequence[K]
    columns: Sequence[Sequence[object]]
    """What the value of each follows from."""

    def inputs(self) -> Iterator[tuple[bytes, ...]]:
        """Yield what the value of each follows from, encoded."""
        return zip(*[map(encode, column) for column in self.columns], strict=True)


_Inputs = tuple[str, tuple[bytes, ...]]
"""The key of an item, and its inputs, encoded."""

_SavedItems = tuple[bytes, list[str], list[list[msgspec.Raw]]]
"""The fields of `_Items` as they are decoded, but for the inputs, which stay encoded."""


class _Saved(msgspec.Struct, array_like=True, frozen=True):
    """A block as it was saved, in the table by its last key."""

    items: bytes
    """Its `_Items`, encoded."""
    values: msgspec.Raw
    """A list of their values; None for an item that has none."""


def derive(
    database: Database,
    table: ValueTable[V],
    program: bytes,
    inputs: Mapping[K, object],
    make: Callable[[Sequence[K]], Iterable[V | None]],
) -> dict[K, V]:
    """Return the value of each item, by key, in order; make only those whose inputs changed.

    `inputs` maps the key of each item to all that its value follows from, or to a fingerprint of
    it; `program` stands for what all values depend on. `make` is called once with the keys of all
    changed items, if there are any. An item for which it returns None is left out, and made again
    by the next call. What is saved of other items, and for another program, is deleted.
    """
    items = KeyedColumns([*inputs], [[*inputs.values()]])
    return derive_from_columns(database, table, program, items, make)


def derive_from_columns(
    database: Database,
    table: ValueTable[V],
    program: bytes,
    items: KeyedColumns[K],
    make: Callable[[Sequence[K]], Iterable[V | None]],
) -> dict[K, V]:
    """Return the same as `derive`, at less cost for items that have several inputs."""
    saved = {label: _decode_block(data) for label, data in database.items(table.name)}
    decode = decoder(list[table.value_type | None]).decode  # type: ignore[name-defined]
    values: dict[K, list[V | None]] = {}
    changed: dict[K, _Items[K]] = {}
    for block in _blocks(_Items(program, *items)):
        label = block.keys[-1]
        values[label] = _current_values(saved.get(label), block, decode)
        if values[label]:
            del saved[label]
        else:
            changed[label] = block
    if changed:
        values |= _make_missing(changed, _known_values(saved.values(), program, decode), make)
    database.drop(table.name, sorted(saved))
    database.put(table.name, ((label, _encode(changed[label], values[label])) for label in changed))
    pairs = zip(items.keys, chain.from_iterable(values.values()), strict=True)
    return {key: value for key, value in pairs if value is not None}


def _current_values(
    saved: _Saved | None, block: _Items[K], decode: Callable[..., list[V | None]]
) -> list[V | None]:
    """Return the saved values of a block; none if an item changed, or has no value yet."""
    if saved is None or saved.items != encode(block):
        return []
    values = decode(saved.values)
    return [] if None in values else values


def _blocks(items: _Items[K]) -> Iterator[_Items[K]]:
    """Yield the items in blocks; a digest of its key tells whether an item ends one.

    So an item more or less changes one block, and moves no other.
    """
    start = 0
    for keys in split_keys(items.keys):
        stop = start + len(keys)
        yield _Items(items.program, keys, [column[start:stop] for column in items.columns])
        start = stop


def split_keys(keys: Sequence[K], size: int = _BLOCK_SIZE) -> Iterator[Sequence[K]]:
    """Yield keys in blocks of some `size` that depend on nothing but the keys around them."""
    ends = [end for end, key in enumerate(keys, 1) if not crc32(key.encode()) % size]
    for start, stop in pairwise((0, *ends, len(keys))):
        if start < stop:
            yield keys[start:stop]


def _decode_block(data: bytes) -> _Saved:
    """Return a saved block; it has no items if another version saved something else."""
    try:
        block: _Saved = decoder(_Saved).decode(data)
    except msgspec.DecodeError:
        return _Saved(b"", msgspec.Raw())
    return block


def _known_values(
    blocks: Iterable[_Saved], program: bytes, decode: Callable[..., list[V | None]]
) -> dict[_Inputs, V | None]:
    """Return the values of saved blocks, each by its key and its encoded inputs."""
    values: dict[_Inputs, V | None] = {}
    for block in blocks:
        with suppress(msgspec.DecodeError, ValueError):  # another version saved something else
            saved_for, keys, columns = decoder(_SavedItems).decode(block.items)
            if saved_for == program:
                inputs = zip(*[map(bytes, column) for column in columns], strict=True)
                known = zip(keys, inputs, strict=True)
                values.update(zip(known, decode(block.values), strict=True))
    return values


def _make_missing(
    changed: Mapping[K, _Items[K]],
    known: Mapping[_Inputs, V | None],
    make: Callable[[Sequence[K]], Iterable[V | None]],
) -> dict[K, list[V | None]]:
    """Return the values of changed blocks: those that are known, and those that are made now."""
    found = {
        label: [known.get(item) for item in zip(block.keys, block.inputs(), strict=True)]
        for label, block in changed.items()
    }
    missing = [
        key
        for label, block in changed.items()
        for key, value in zip(block.keys, found[label], strict=True)
        if value is None
    ]
    made = dict(zip(missing, make(missing), strict=True)) if missing else {}
    return {
        label: [
            made[key] if value is None else value
            for key, value in zip(block.keys, found[label], strict=True)
        ]
        for label, block in changed.items()
    }


def _encode(items: _Items[K], values: Sequence[object]) -> bytes:
    """Return a block with its values as it is saved."""
    return encode(_Saved(encode(items), msgspec.Raw(encode(values))))
