"""The listings of the folders of a snapshot, as bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from generator.files.names import encode_path
from generator.files.snapshot import STAT_SIZE


def packed_stats(listing: bytes) -> Iterator[bytes]:
    """Yield the stat of each file of a folder as the listing has it, in the order of the names."""
    start = listing.index(b"/") + 1
    yield from (
        listing[place : place + STAT_SIZE] for place in range(start, len(listing), STAT_SIZE)
    )


class _Places(NamedTuple):
    """Where a file of a folder gets another name."""

    names: bytes
    """The names of all files then."""
    old: int
    """The start of its stat."""
    new: int
    """The start of its stat among those of the others."""


def renaming(old: str, new: str) -> Callable[[bytes, bytes], bytes]:
    """Return a function that puts a file with a packed stat into a listing in place of another.

    The listing may lack the `old` file, and must lack the `new` one. The names of a folder's files
    are looked at once: most folders have the same ones.
    """

    @cache
    def places(joined: bytes) -> _Places:
        before = joined.split(b"\0") if joined else []
        removed, added = encode_path(old), encode_path(new)
        after = sorted({*before, added} - {removed})
        place = before.index(removed) if removed in before else len(before)
        names = b"\0".join(after) + b"/"
        return _Places(names, place * STAT_SIZE, after.index(added) * STAT_SIZE)

    def rename(listing: bytes, stat: bytes) -> bytes:
        end = listing.index(b"/")
        place = places(listing[:end])
        stats = listing[end + 1 :]
        others = stats[: place.old] + stats[place.old + STAT_SIZE :]
        return place.names + others[: place.new] + stat + others[place.new :]

    return rename
