"""Values of the model as bytes, and back."""

from __future__ import annotations

from functools import cache as once
from typing import Any

import msgspec

from generator.engine.database import Database


def get_value(database: Database, table: str, key: str, value_type: Any) -> Any:
    """Return a value of a table; raises DamagedError where it is missing."""
    return decoder(value_type).decode(database.need(table, key))


@once
def decoder(value_type: Any) -> msgspec.msgpack.Decoder[Any]:
    """Return the decoder for values of a type."""
    return msgspec.msgpack.Decoder(value_type)


encode = msgspec.msgpack.Encoder().encode
"""Return any value of the model as bytes."""

encode_sorted = msgspec.msgpack.Encoder(order="deterministic").encode
"""Return the same with sets and mappings sorted, so that equal values have equal bytes."""
