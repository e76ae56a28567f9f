"""Digests of files: a file is read again only if its time, size or mode changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from generator.engine.database import Database
from generator.engine.derived_values import ValueTable, derive
from generator.files.file_stats import FileStat

_ANY_PROGRAM = b""
"""A digest follows from the file alone."""


def update_digests(
    database: Database,
    table: str,
    paths: Iterable[str],
    stats: Mapping[str, FileStat],
    compute: Callable[[Sequence[str]], Iterable[str | None]],
) -> dict[str, str]:
    """Return the digests of files; save those that changed, and delete those of other files.

    `stats` must be older than this call: a file that changes meanwhile is read again by the next
    one. `compute` returns the digest of each file to read, or None if it cannot be read; then it is
    left out. A file without a stat is read each time.
    """
    found = {path: stats.get(path) for path in sorted(paths)}  # often they are in order
    known = {path: status for path, status in found.items() if status}
    digests = derive(database, ValueTable(table, str), _ANY_PROGRAM, known, compute)
    if others := [path for path, status in found.items() if not status]:
        read = zip(others, compute(others), strict=True)
        digests.update((path, digest) for path, digest in read if digest)
    return digests
