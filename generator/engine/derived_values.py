"""Values that follow from one item each: saved in blocks, made only for items that changed.

While no item of a block changed, one comparison of bytes tells so, and its values are decoded at
once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Generic, NamedTuple, TypeVar
from zlib import crc32

import msgspec

from generator.engine.database import Database
from generator.engine.encoding import decoder, encode

K = TypeVar("K", bound=str)
V = TypeVar("V")

_BLOCK_SIZE = 256
"""Items in a block, on average: an edit writes one block anew."""


class ValueTable(NamedTuple, Generic[V]):
    """A table of values that follow from one item each."""

    name: str
    value_type: type[V]


class _Saved(msgspec.Struct, array_like=True, frozen=True):
    """A block as it was saved, in the table by its last key."""

    items: bytes
    """Its `_Items`, encoded."""
    values: msgspec.Raw
    """A list of their values; None for an item that has none."""


class _Items(NamedTuple, Generic[K]):
    """Consecutive items."""

    program: bytes
    keys: Sequence[K]
    inputs: Sequence[Any]
    """What the value of each follows from."""

    @property
    def label(self) -> str:
        """The key of the block in the table."""
        return self.keys[-1]


class _SavedItems(NamedTuple):
    """The same, decoded."""

    program: bytes
    keys: list[Any]
    inputs: list[msgspec.Raw]


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
    decode = decoder(list[table.value_type | None]).decode  # type: ignore[name-defined]
    saved = {label: _decode_block(data) for label, data in database.items(table.name)}
    values: dict[K, V | None] = dict.fromkeys(inputs)
    changed: list[_Items[K]] = []
    for items in _blocks(program, inputs):
        block = saved.get(items.label)
        if block and block.items == encode(items) and None not in (known := decode(block.values)):
            values.update(zip(items.keys, known, strict=True))
            del saved[items.label]
        else:
            changed.append(items)
    for block in saved.values():
        values.update(_unchanged(block, program, inputs, decode))
    if missing := [key for key, value in values.items() if value is None]:
        values.update(zip(missing, make(missing), strict=True))
    database.drop(table.name, sorted(saved))
    database.put(table.name, ((items.label, _encode(items, values)) for items in changed))
    return {key: value for key, value in values.items() if value is not None}


def _blocks(program: bytes, inputs: Mapping[K, object]) -> Iterator[_Items[K]]:
    """Yield the items in blocks; a digest of its key tells whether an item ends one.

    So an item more or less changes one block, and moves no other.
    """
    values, start = [*inputs.values()], 0
    for keys in split_keys([*inputs]):
        yield _Items(program, keys, values[start : start + len(keys)])
        start += len(keys)


def split_keys(keys: Sequence[K]) -> Iterator[Sequence[K]]:
    """Yield keys in blocks that depend on nothing but the keys around them."""
    ends = [end for end, key in enumerate(keys, 1) if not crc32(key.encode()) % _BLOCK_SIZE]
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


def _unchanged(
    block: _Saved, program: bytes, inputs: Mapping[K, object], decode: Callable[..., list[V]]
) -> Iterator[tuple[K, V]]:
    """Yield the key and the value of each item of a saved block whose inputs did not change."""
    try:
        items = decoder(_SavedItems).decode(block.items)
    except msgspec.DecodeError:  # another version saved something else
        return
    if items.program == program:
        for key, old, value in zip(items.keys, items.inputs, decode(block.values), strict=True):
            if key in inputs and encode(inputs[key]) == bytes(old):
                yield key, value


def _encode(items: _Items[K], values: Mapping[K, object]) -> bytes:
    """Return a block as it is saved."""
    found = encode([values[key] for key in items.keys])
    return encode(_Saved(encode(items), msgspec.Raw(found)))
