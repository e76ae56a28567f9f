"""Search entries in blocks: what is made of a block is saved until one of its entries changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple
from zlib import crc32

import msgspec

from generator.search.search_entries import SearchEntry

BLOCK_SIZE = 1_024
"""Entries in a block, on average. More need more memory and are no faster."""
_MAX_FACTOR = 4
"""Times the average that a block has at most."""

_ENTRY = msgspec.msgpack.Decoder(SearchEntry)


class EncodedEntry(NamedTuple):
    """A search entry as bytes."""

    key: str
    """Another one for each entry; it does not change with the entry."""
    inputs: bytes
    """Stands for the entry, and for the text of a document that was counted."""
    data: bytes


class EntryBlock(NamedTuple):
    """Some entries that follow each other."""

    inputs: bytes
    """A fingerprint of these entries and their texts."""
    encoded: Sequence[bytes]

    @property
    def entries(self) -> list[SearchEntry]:
        """Return its entries."""
        return [*map(_ENTRY.decode, self.encoded)]


def divide_entries(entries: Iterable[EncodedEntry], size: int = BLOCK_SIZE) -> Iterator[EntryBlock]:
    """Yield entries in blocks of some `size`; a digest of its key tells whether an entry ends one.

    So an entry more or less changes one block, and moves no other.
    """
    block: list[EncodedEntry] = []
    for entry in entries:
        block.append(entry)
        if not crc32(entry.key.encode()) % size or len(block) == _MAX_FACTOR * size:
            yield _joined(block)
            block = []
    if block:
        yield _joined(block)


def _joined(entries: Sequence[EncodedEntry]) -> EntryBlock:
    inputs = msgspec.msgpack.encode([entry.inputs for entry in entries])
    return EntryBlock(blake2b(inputs, digest_size=16).digest(), [entry.data for entry in entries])


def encode_entries(
    entries: Iterable[SearchEntry], text_keys: Sequence[object] = ()
) -> Iterator[EncodedEntry]:
    """Yield entries as bytes; the first have counted texts that depend on these keys."""
    keys = iter(text_keys)
    for entry in entries:
        data = msgspec.msgpack.encode(entry)
        yield EncodedEntry(entry.address, data + repr(next(keys, "")).encode(), data)
