"""Search entries in blocks: one that changed changes one block, and no other is looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from hashlib import blake2b
from itertools import pairwise
from typing import NamedTuple
from zlib import crc32

import msgspec

from generator.search.search_entries import SearchEntry

BLOCK_SIZE = 512
"""Entries in a block, on average; one that changed is in a block of twice as many, on average."""
_MAX_FACTOR = 4
"""Times the average that a block has at most."""

_ENTRY = msgspec.msgpack.Decoder(SearchEntry)


class EntryBlock(NamedTuple):
    """Some entries that follow each other."""

    inputs: bytes
    """A fingerprint of these entries and their texts."""
    size: int
    """How many there are."""
    load: Callable[[], Sequence[bytes]]
    """Returns them, each encoded."""

    @property
    def entries(self) -> list[SearchEntry]:
        """Return its entries."""
        return [*map(_ENTRY.decode, self.load())]


class BlockPlace(NamedTuple):
    """Where the entries of a block are among all."""

    inputs: bytes
    """As `EntryBlock.inputs`."""
    part: slice


def divide_entries(
    keys: Sequence[str], columns: Sequence[Sequence[object]], size: int = BLOCK_SIZE
) -> Iterator[BlockPlace]:
    """Yield the places of entries in blocks of some `size`.

    A digest of its key tells whether an entry ends a block, so an entry more or less changes one
    block, and moves no other. The key of an entry is its own, and stays when the entry changes.
    The columns have for each entry, or for the first ones only, something that it follows from; for
    a document also what its text does.
    """
    ends = [end for end, key in enumerate(keys, 1) if not crc32(key.encode()) % size]
    for first, last in pairwise((0, *ends, len(keys))):
        for start in range(first, last, _MAX_FACTOR * size):
            part = slice(start, min(start + _MAX_FACTOR * size, last))
            state = msgspec.msgpack.encode([column[part] for column in columns])
            yield BlockPlace(blake2b(state, digest_size=16).digest(), part)


def entry_blocks(
    entries: Iterable[SearchEntry], text_keys: Sequence[object] = (), size: int = BLOCK_SIZE
) -> Iterator[EntryBlock]:
    """Yield entries in blocks; the first have counted texts that depend on these keys."""
    listed = [*entries]
    data = [*map(msgspec.msgpack.encode, listed)]
    columns = data, [*map(repr, text_keys)]
    for block in divide_entries([entry.address for entry in listed], columns, size):
        own = data[block.part]
        yield EntryBlock(block.inputs, len(own), partial(list, own))
