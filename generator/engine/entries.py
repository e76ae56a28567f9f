"""Entries: what a task produced for one item, and a fingerprint of what it was produced from."""

from __future__ import annotations

from collections.abc import Set
from functools import cache as once
from typing import Any

import msgspec

from generator.engine.database import Database


class Entry(msgspec.Struct, array_like=True, frozen=True):
    """What a task produced for one item, and what it was produced from."""

    fingerprint: str
    """Of everything that the result depends on; empty if the result must not be used again."""
    outputs: tuple[str, ...]
    """Paths of the files that the task wrote."""
    result: msgspec.Raw


def why_outdated(entry: Entry | None, fingerprint: str | None, intact: Set[str]) -> str | None:
    """Return why an item must be run again, or None if its entry is up to date.

    `fingerprint` is that of its inputs now, or None if they could not be read. `intact` are the
    paths of files that are as the last run left them.
    """
    if entry is None:
        return "new"
    if fingerprint is None:
        return "inputs unreadable"
    if entry.fingerprint != fingerprint:
        return "inputs changed"
    if any(path not in intact for path in entry.outputs):
        return "output modified"
    return None


def encode_entry(fingerprint: str, result: object, outputs: tuple[str, ...] = ()) -> bytes:
    """Return an entry as bytes."""
    return encode(Entry(fingerprint, outputs, msgspec.Raw(encode(result))))


def decode_entry(data: bytes) -> Entry:
    """Return the entry that was encoded."""
    return _ENTRY.decode(data)


def decode_result(entry: Entry | None, fingerprint: str, result_type: Any) -> Any:
    """Return the result of an entry with this fingerprint; None if there is no such entry."""
    if entry is None or entry.fingerprint != fingerprint:
        return None
    return decoder(result_type).decode(entry.result)


def get_value(database: Database, table: str, key: str, value_type: Any) -> Any:
    """Return a value that is not an entry; raises DamagedError where it is missing."""
    return decoder(value_type).decode(database.need(table, key))


@once
def decoder(value_type: Any) -> msgspec.msgpack.Decoder[Any]:
    """Return the decoder for values of a type."""
    return msgspec.msgpack.Decoder(value_type)


encode = msgspec.msgpack.Encoder().encode
"""Return any value of the model as bytes."""

_ENTRY = msgspec.msgpack.Decoder(Entry)
