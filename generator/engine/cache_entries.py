"""Entries: what a task produced for one item, and a fingerprint of what it was produced from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from generator.engine.database import peek
from generator.engine.encoding import decoder
from generator.engine.fingerprint import Fingerprint


class Run(msgspec.Struct, array_like=True, frozen=True):
    """The run in which a task produced something, and why it was run."""

    build: int
    """Number of the build."""
    reason: str
    """One of the keys of `outdated.REASONS`."""
    changed_inputs: tuple[int, ...] = ()
    """Positions in the task's list of inputs, if the reason is that they changed."""


class Entry(msgspec.Struct, array_like=True, frozen=True):
    """What a task produced for one item, and what it was produced from."""

    fingerprint: str
    """Of everything that the result depends on; empty if the result must not be used again."""
    inputs: bytes
    """The checksums of its inputs."""
    outputs: tuple[str, ...]
    """Paths of the files that the task wrote."""
    result: msgspec.Raw
    run: Run


def decode_entries(data: bytes | None) -> dict[str, Entry]:
    """Return the entries of a row, by the keys of their items; none if another version saved it."""
    try:
        return _ENTRIES.decode(data) if data else {}
    except msgspec.DecodeError:
        return {}


def decode_entry(data: bytes | None) -> Entry | None:
    """Return the first entry of a row, if there is one."""
    return next(iter(decode_entries(data).values()), None)


def peek_entry(database: Path, table: str, key: str) -> Entry | None:
    """Return an entry of a database that is not open anywhere, or None if it cannot be read.

    It is in a row of its own.
    """
    return decode_entry(peek(database, table, key))


def decode_result(entry: Entry | None, fingerprint: Fingerprint, result_type: Any) -> Any:
    """Return the result of an entry with this fingerprint; None if there is no such entry."""
    if entry is None or entry.fingerprint != fingerprint.value:
        return None
    return decoder(result_type).decode(entry.result)


_ENTRIES = msgspec.msgpack.Decoder(dict[str, Entry])
