"""Digests of files: a file is read again only if its time, size or mode changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
    compute: Callable[[Sequence[str]], Iterable[str | None]],
) -> dict[str, str]:
    """Return the digests of files; save those that changed, and delete those of other files.

    `stats` must be older than this call: a file that changes meanwhile is read again by the next
    one. `compute` is called once, with the files to read, and returns the digest of each, or None
    if it cannot be read; then it is left out.
    """
    old = dict(database.items(table))
    saved = _decode_all(old.values())
    wanted = tuple(dict.fromkeys(paths))
    digests = {path: saved[path].digest for path in wanted if _is_current(path, saved, stats)}
    changed = tuple(path for path in wanted if path not in digests)
    read = zip(changed, compute(changed), strict=True)
    digests |= {path: digest for path, digest in read if digest}
    current = {path: _Saved(stats[path], digests[path]) for path in digests if path in stats}
    new = dict(_encode_batches(current))
    database.drop(table, sorted(old.keys() - new.keys()))
    database.put(table, [(key, data) for key, data in new.items() if data != old.get(key)])
    return digests


def _is_current(path: str, saved: Mapping[str, _Saved], stats: Mapping[str, FileStat]) -> bool:
    """Whether a file is as it was when it was read."""
    previous = saved.get(path)
    return previous is not None and previous.stat == stats.get(path)


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
