"""Large values in which little changes: saved in pieces, of which only changed ones are written."""

from __future__ import annotations

from typing import Any

import msgspec

from generator.engine.database import Database
from generator.engine.encoding import decoder, encode
from generator.engine.fingerprint import Fingerprint

_PIECE = 65_536
"""Bytes of a piece."""

_PROGRAM = ""
"""The row with the program that saved the value; it is there while all pieces are of one value."""


def save_large(database: Database, table: str, program: Fingerprint, value: object) -> None:
    """Save the one value of a table, for this program, in place of the one before."""
    data = encode(value)
    pieces = {f"{start:012}": slice(start, start + _PIECE) for start in range(0, len(data), _PIECE)}
    database.drop(table, [_PROGRAM])
    for key, piece in pieces.items():
        if database.get(table, key) != data[piece]:
            database.put(table, [(key, data[piece])])
    database.retain(table, pieces)
    database.put(table, [(_PROGRAM, program.value.encode())])


def load_large(database: Database, table: str, program: Fingerprint, value_type: Any) -> Any:
    """Return the value of a table; None if this program saved none."""
    rows = dict(database.items(table))
    if rows.pop(_PROGRAM, None) != program.value.encode():
        return None
    try:
        return decoder(value_type).decode(b"".join(rows.values()))
    except msgspec.DecodeError:  # another version saved something else
        return None
