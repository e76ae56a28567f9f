"""Digests of files: a file is read again only if its time, size or mode changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

import msgspec

from generator.engine.database import Database
from generator.engine.encoding import decoder, encode
from generator.files.snapshot import FileStat

_BATCH = 4_096
"""Files in a value of the database."""


class _Batch(msgspec.Struct, array_like=True, frozen=True):
    """The digests of many files. While none of them changed, the files are not decoded."""

    files: bytes
    """Their paths, and how each file was before it was read, encoded."""
    digests: list[str]


_Files = tuple[list[str], list[FileStat]]


class _Current(NamedTuple):
    """A batch of files as they are now."""

    paths: tuple[str, ...]
    files: bytes
    """As in `_Batch`."""


class _Known(NamedTuple):
    """What is known of files before any of them is looked up."""

    digests: dict[str, str]
    """Of the files in batches of which none changed."""
    others: list[str]
    """The paths of all other files."""
    outdated: list[_Batch]
    """The saved batches of which a file changed, or which have other files."""


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
    old = {key: decoder(_Batch).decode(data) for key, data in database.items(table)}
    wanted = sorted(dict.fromkeys(paths))  # often they are in order, so a set would be slower
    existing = [path for path in wanted if path in stats]
    batches = [*_batches(existing, stats)]
    known = _unchanged(batches, old)
    unknown = [*known.others, *(path for path in wanted if path not in stats)]
    digests = known.digests | _current(unknown, stats, known.outdated)
    changed = tuple(path for path in unknown if path not in digests)
    read = zip(changed, compute(changed), strict=True)
    digests |= {path: digest for path, digest in read if digest}
    saved = [path for path in existing if path in digests]
    if len(saved) < len(existing):
        batches = [*_batches(saved, stats)]
    new = {batch.paths[0]: batch for batch in batches}
    database.drop(table, sorted(old.keys() - new.keys()))
    database.put(
        table,
        [
            (key, encode(_Batch(batch.files, [digests[path] for path in batch.paths])))
            for key, batch in new.items()
            if key not in old or old[key].files != batch.files
        ],
    )
    return digests


def _unchanged(batches: Iterable[_Current], old: Mapping[str, _Batch]) -> _Known:
    """Return the digests in batches of which no file changed."""
    digests, others, outdated = dict[str, str](), list[str](), dict(old)
    for batch in batches:
        saved = old.get(batch.paths[0])
        if saved and saved.files == batch.files:
            digests.update(zip(batch.paths, saved.digests, strict=True))
            del outdated[batch.paths[0]]
        else:
            others.extend(batch.paths)
    return _Known(digests, others, [*outdated.values()])


def _current(
    paths: Sequence[str], stats: Mapping[str, FileStat], batches: Iterable[_Batch]
) -> dict[str, str]:
    """Return the digests of those files that are as they were when they were read."""
    saved: dict[str, tuple[FileStat, str]] = {}
    for batch in batches if paths else ():
        names, states = decoder(_Files).decode(batch.files)
        saved.update(zip(names, zip(states, batch.digests, strict=True), strict=True))
    return {
        path: saved[path][1]
        for path in paths
        if path in saved and saved[path][0] == stats.get(path)
    }


def _batches(paths: Iterable[str], stats: Mapping[str, FileStat]) -> Iterator[_Current]:
    """Yield batches of sorted paths."""
    stream = iter(paths)
    while batch := tuple(islice(stream, _BATCH)):
        yield _Current(batch, encode((batch, [stats[path] for path in batch])))
