"""What the parts of an index were made of, saved so that an equal part is not made again."""

from __future__ import annotations

import hashlib

import msgspec


class SplitList(msgspec.Struct, frozen=True):
    """A long postings list: its top part, and how long the remainder is."""

    top: bytes
    remainder_size: int
    """In bytes."""


class SavedParts(msgspec.Struct, frozen=True):
    """The parts of an index, each by the digest of what it was made of, and its words."""

    words: tuple[str, ...] = ()
    """The words of its blocks by their ids."""
    files: dict[bytes, str] = msgspec.field(default_factory=dict)
    """The digest of the content of a file, from which its name is taken."""
    lists: dict[bytes, SplitList] = msgspec.field(default_factory=dict)


def digest(*inputs: object) -> bytes:
    """Return a digest of what a part is made of."""
    return hashlib.blake2b(msgspec.msgpack.encode(inputs), digest_size=16).digest()
