"""Entries: what a task produced for one item, and a fingerprint of what it was produced from."""

from __future__ import annotations

from collections.abc import Set
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
    """One of the keys of `REASONS`."""
    changed_inputs: tuple[int, ...] = ()
    """Positions in the task's list of inputs, if the reason is that they changed."""


class Entry(msgspec.Struct, array_like=True, frozen=True):
    """What a task produced for one item, and what it was produced from."""

    fingerprint: str
    """Of everything that the result depends on; empty if the result must not be used again."""
    inputs: bytes
    """The short digests of its inputs."""
    outputs: tuple[str, ...]
    """Paths of the files that the task wrote."""
    result: msgspec.Raw
    run: Run


NEW, UNKNOWN, NOT_REUSABLE = "new", "unknown inputs", "not reusable"
CHANGED, MODIFIED = "changed inputs", "modified outputs"

REASONS = {
    NEW: "new",
    UNKNOWN: "with unknown inputs",
    NOT_REUSABLE: "not reusable",
    CHANGED: "with changed inputs",
    MODIFIED: "with modified outputs",
}
"""Why an item is outdated, and how that is said after a number of items."""


def why_outdated(
    entry: Entry | None, fingerprint: Fingerprint | None, intact: Set[str]
) -> str | None:
    """Return why an item must be run again, or None if its entry is up to date.

    `fingerprint` is that of its inputs now, or None if they are not known. `intact` are the
    paths of files that are as the last run left them.
    """
    if entry is None:
        return NEW
    if fingerprint is None:
        return UNKNOWN
    if not entry.fingerprint:
        return NOT_REUSABLE
    if entry.fingerprint != fingerprint.value:
        return CHANGED
    if any(path not in intact for path in entry.outputs):
        return MODIFIED
    return None


def decode_entry(data: bytes | None) -> Entry | None:
    """Return the entry that was encoded; None if there is none, or one of another version."""
    try:
        return _ENTRY.decode(data) if data else None
    except msgspec.DecodeError:
        return None


def peek_entry(database: Path, table: str, key: str) -> Entry | None:
    """Return an entry of a database that is not open anywhere, or None if it cannot be read."""
    return decode_entry(peek(database, table, key))


def decode_result(entry: Entry | None, fingerprint: Fingerprint, result_type: Any) -> Any:
    """Return the result of an entry with this fingerprint; None if there is no such entry."""
    if entry is None or entry.fingerprint != fingerprint.value:
        return None
    return decoder(result_type).decode(entry.result)


_ENTRY = msgspec.msgpack.Decoder(Entry)
