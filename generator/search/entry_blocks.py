"""Search entries in blocks: what is made of a block is saved until one of its entries changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import pairwise, zip_longest
from typing import NamedTuple
from zlib import crc32

import msgspec

from generator.search.search_entries import SearchEntry

BLOCK_SIZE = 512
"""Entries in a block, on average; one that changed is in a block of twice as many, on average."""
_MAX_FACTOR = 4
"""Times the average that a block has at most."""

_ENTRY = msgspec.msgpack.Decoder(SearchEntry)


class EncodedEntries(NamedTuple):
    """Search entries as bytes: columns of equal length."""

    keys: Sequence[str]
    """Another one for each entry; it does not change with the entry."""
    inputs: Sequence[bytes]
    """Stand for the entry, and for the text of a document that was counted."""
    data: Sequence[bytes]


class EntryBlock(NamedTuple):
    """Some entries that follow each other."""

    inputs: bytes
    """A fingerprint of these entries and their texts."""
    encoded: Sequence[bytes]

    @property
    def entries(self) -> list[SearchEntry]:
        """Return its entries."""
        return [*map(_ENTRY.decode, self.encoded)]


def divide_entries(entries: EncodedEntries, size: int = BLOCK_SIZE) -> Iterator[EntryBlock]:
    """Yield entries in blocks of some `size`; a digest of its key tells whether an entry ends one.

    So an entry more or less changes one block, and moves no other.
    """
    keys, inputs, data = entries
    ends = [end for end, key in enumerate(keys, 1) if not crc32(key.encode()) % size]
    for first, last in pairwise((0, *ends, len(keys))):
        for start in range(first, last, _MAX_FACTOR * size):
            part = slice(start, min(start + _MAX_FACTOR * size, last))
            state = msgspec.msgpack.encode(inputs[part])
            yield EntryBlock(blake2b(state, digest_size=16).digest(), data[part])


def encode_entries(
    entries: Iterable[SearchEntry], text_keys: Sequence[object] = ()
) -> EncodedEntries:
    """Return entries as bytes; the first have counted texts that depend on these keys."""
    listed = [*entries]
    data = [*map(msgspec.msgpack.encode, listed)]
    keys = zip_longest(data, map(repr, text_keys), fillvalue="")
    inputs = [msgspec.msgpack.encode(state) for state in keys]
    return EncodedEntries([entry.address for entry in listed], inputs, data)
