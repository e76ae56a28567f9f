"""Digests of files: a file is read again only if its time, size or mode changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from generator.engine.database import Database
from generator.engine.encoding import decoder, encode
from generator.files.snapshot import FileStat

_BATCH = 4_096
"""Files in a value of the database."""


class _Saved(NamedTuple):
    """The digest of a file, and how the file was before it was read."""

    stat: FileStat
    digest: str


def update_digests(
    database: Database,
    table: str,
    paths: Iterable[str],
    stats: Mapping[str, FileStat],
    compute: Callable[[str], str | None],
) -> dict[str, str]:
    """Return the digests of files; save those that changed, and delete those of other files.

    `stats` must be older than this call: a file that changes meanwhile is read again by the next
    one. `compute` returns the digest of a file, or None if it cannot be read; then it is left out.
    """
    old = dict(database.items(table))
    saved = _decode_all(old.values())
    digests: dict[str, str] = {}
    current: dict[str, _Saved] = {}
    for path in paths:
        stat, previous = stats.get(path), saved.get(path)
        digest = previous.digest if previous and previous.stat == stat else compute(path)
        if digest:
            digests[path] = digest
        if digest and stat:
            current[path] = _Saved(stat, digest)
    new = dict(_encode_batches(current))
    database.drop(table, sorted(old.keys() - new.keys()))
    database.put(table, [(key, data) for key, data in new.items() if data != old.get(key)])
    return digests


def _encode_batches(digests: Mapping[str, _Saved]) -> Iterator[tuple[str, bytes]]:
    """Yield values with the digests of many files each, which is ten times as fast as of one."""
    paths = iter(sorted(digests))
    while batch := tuple(islice(paths, _BATCH)):
        yield batch[0], encode({path: digests[path] for path in batch})


def _decode_all(batches: Iterable[bytes]) -> dict[str, _Saved]:
    saved: dict[str, _Saved] = {}
    for data in batches:
        saved |= decoder(dict[str, _Saved]).decode(data)
    return saved
