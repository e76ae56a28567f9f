"""The files of several results as bytes: the processes that pass them on do not unpack them."""

from __future__ import annotations

from collections.abc import Iterable

from generator.engine.encoding import decoder, encode
from generator.model import OutputFile, SeedbedError

_Files = tuple[OutputFile, ...]

_OUTSIDE = frozenset("\0\\:")
"""Characters that begin another folder or disk on some system, or end a path."""


def pack_files(parts: Iterable[_Files]) -> bytes:
    """Return the files of several parts as bytes; nothing if no part has files."""
    packed = list(parts)
    return encode(packed) if any(packed) else b""


def unpack_files(packed: bytes) -> tuple[_Files, ...]:
    """Return what was packed, by another computer perhaps.

    Raises SeedbedError if the path of a file leads out of the folder for which it is meant.
    """
    parts: tuple[_Files, ...] = decoder(tuple[_Files, ...]).decode(packed) if packed else ()
    for file in (file for files in parts for file in files):
        pieces = file.path.split("/")
        if not {"", ".", ".."}.isdisjoint(pieces) or not _OUTSIDE.isdisjoint(file.path):
            hint = "Look at the workers of the cluster: none of ours does so"
            raise SeedbedError(f"a worker made a file at {file.path!r}, outside of the site", hint)
    return parts
