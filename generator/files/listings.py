"""Listings: the names and stats of all files of a folder as bytes, which are compared at once.

A listing has the sorted names, joined by NUL, a slash, which is in no name, and the packed stats in
the same order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from generator.files.file_stats import STAT_SIZE, FileStat, pack_file_stat, unpack_stats
from generator.files.names_by_folder import decode_path, encode_path

EMPTY_LISTING = b"/"


def encode_listing(files: Mapping[str, FileStat]) -> bytes:
    """Return the listing of a folder with these files, by name."""
    return join_listing([(name, pack_file_stat(status)) for name, status in files.items()])


def join_listing(files: list[tuple[str, bytes]]) -> bytes:
    """Return the listing of files, each a name with its packed stat; this sorts the list."""
    files.sort()
    names, stats = zip(*files, strict=True) if files else ((), ())
    return encode_path("\0".join(names)) + b"/" + b"".join(stats)


def decode_listing(listing: bytes) -> dict[str, FileStat]:
    """Return the files of a folder by name."""
    stats = unpack_stats(listing[listing.index(b"/") + 1 :])
    return dict(zip(listed_names(listing), stats, strict=True))


def listed_names(listing: bytes) -> list[str]:
    """Return the names of the files of a folder, sorted."""
    end = listing.index(b"/")
    # A file without a name stands for a folder, so no names are not the same as no file.
    return decode_path(listing[:end]).split("\0") if end + 1 < len(listing) else []


def file_count(listing: bytes) -> int:
    """Return the number of the files of a folder."""
    return (len(listing) - listing.index(b"/")) // STAT_SIZE


def changed_listings(before: Mapping[str, bytes], now: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the listings `before` of those folders that were changed, added or removed.

    That of an added folder is empty.
    """
    if before == now:
        return {}
    # Sets of all folders would take four times as long.
    changed = {
        folder: before.get(folder, EMPTY_LISTING)
        for folder, listing in now.items()
        if before.get(folder) != listing
    }
    return changed | {folder: files for folder, files in before.items() if folder not in now}


def packed_stats(listing: bytes) -> Iterator[bytes]:
    """Yield the stat of each file of a folder as the listing has it, in the order of the names."""
    start = listing.index(b"/") + 1
    yield from (
        listing[place : place + STAT_SIZE] for place in range(start, len(listing), STAT_SIZE)
    )


class _Places(NamedTuple):
    """Where a file of a folder is before and after it gets another name."""

    names: bytes
    """The names of all files then."""
    old: int
    """The start of its stat."""
    new: int
    """The start of its stat among those of the others."""


def renaming(old: str, new: str) -> Callable[[bytes, bytes], bytes]:
    """Return a function that puts a file with a packed stat into a listing in place of another.

    The listing may lack the `old` file, and must lack the `new` one. The same names are searched
    once: most folders have files of the same names.
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
