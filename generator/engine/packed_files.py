"""The files of several results as bytes: the processes that pass them on do not unpack them."""

from __future__ import annotations

from collections.abc import Iterable

from generator.engine.encoding import decoder, encode
from generator.model import OutputFile

_Files = tuple[OutputFile, ...]


def pack_files(parts: Iterable[_Files]) -> bytes:
    """Return the files of several parts as bytes; nothing if no part has files."""
    packed = list(parts)
    return encode(packed) if any(packed) else b""


def unpack_files(packed: bytes) -> tuple[_Files, ...]:
    """Return what was packed."""
    parts: tuple[_Files, ...] = decoder(tuple[_Files, ...]).decode(packed) if packed else ()
    return parts
