"""Digests of files: a file is read again only if its time, size or mode changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from generator.engine.database import Database
from generator.engine.encoding import decoder, encode
from generator.files.snapshot import FileStat


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
    decode = decoder(_Saved).decode
    saved: dict[str, _Saved] = {path: decode(data) for path, data in database.items(table)}
    digests: dict[str, str] = {}
    changed: list[tuple[str, bytes]] = []
    for path in paths:
        stat, previous = stats.get(path), saved.get(path)
        if previous and previous.stat == stat:
            digests[path] = previous.digest
        elif digest := compute(path):
            digests[path] = digest
            changed += [(path, encode(_Saved(stat, digest)))] if stat else []
    database.drop(table, sorted(saved.keys() - digests.keys()))
    database.put(table, changed)
    return digests
