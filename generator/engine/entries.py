"""Entries: what a task produced for one item, and what it was produced from."""

from __future__ import annotations

from functools import cache as once
from typing import Any

import msgspec

from generator.engine.database import Database
from generator.files.snapshot import FileStat


class Entry(msgspec.Struct, array_like=True):
    """What was made, and of what."""

    fingerprint: str
    stat: FileStat | None
    result: msgspec.Raw


def encode_entry(made_of: str, result: object, file_stat: FileStat | None = None) -> bytes:
    """Write a row."""
    return encode(Entry(made_of, file_stat, msgspec.Raw(encode(result))))


def decode_entry(row: bytes) -> Entry:
    """Read a row."""
    return _ENTRY.decode(row)


def decode_result(row: bytes, shape: Any) -> Any:
    """Give what a row holds."""
    return decoder(shape).decode(_ENTRY.decode(row).result)


def get_value(database: Database, table: str, path: str, shape: Any) -> Any:
    """Read a value that has no row around it; it must be there."""
    return decoder(shape).decode(database.need(table, path))


@once
def decoder(shape: Any) -> msgspec.msgpack.Decoder[Any]:
    """Give what reads values of a shape."""
    return msgspec.msgpack.Decoder(shape)


encode = msgspec.msgpack.Encoder().encode
"""Writes any value of ours."""

_ENTRY = msgspec.msgpack.Decoder(Entry)
