"""Numbers and files as they are packed: short where numbers are small, and compressed."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

_Unsigned = npt.NDArray[np.uint64]
_SEVEN, _LOW, _HIGH = np.uint64(7), np.uint64(0x7F), np.uint64(0x80)
_LAST = bytes(range(0x80, 0x100))
"""Bytes that are not the last of their number."""


def encode_varints(numbers: Iterable[int]) -> bytes:
    """Write numbers from 0 on with seven bits a byte, lowest first; the last has no high bit."""
    out = bytearray()
    for number in numbers:
        append_varint(out, number)
    return bytes(out)


def append_varint(out: bytearray, number: int) -> None:
    """Write one number behind others."""
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)


def encode_many(numbers: _Unsigned) -> tuple[bytes, npt.NDArray[np.int64]]:
    """Write many numbers at once; give where each ends."""
    sizes = np.ones(len(numbers), dtype=np.int64)
    for bits in range(7, int(numbers.max(initial=0)).bit_length(), 7):
        sizes += numbers >= np.uint64(1 << bits)
    ends = np.cumsum(sizes)
    out = np.empty(int(ends[-1]) if len(ends) else 0, dtype=np.uint8)
    at, left, rest = ends - sizes, sizes, numbers
    while len(rest):  # most are short, and done after the first turn
        out[at] = rest & _LOW | (left > 1) * _HIGH
        longer = np.flatnonzero(left > 1)
        at, left, rest = at[longer] + 1, left[longer] - 1, rest[longer] >> _SEVEN
    return out.tobytes(), ends


def decode_varints(data: bytes | bytearray) -> _Unsigned:
    """Read numbers back."""
    signs = np.frombuffer(data, dtype=np.uint8)
    ends = np.flatnonzero(signs < 0x80)
    at = np.concatenate(([0], ends[:-1] + 1))[: len(ends)]
    found = (signs[at] & 0x7F).astype(np.uint64)
    longer = np.flatnonzero(at < ends)
    shift = _SEVEN
    while len(longer):
        at[longer] += 1
        found[longer] |= (signs[at[longer]] & 0x7F).astype(np.uint64) << shift
        longer, shift = longer[at[longer] < ends[longer]], shift + _SEVEN
    return found


def count_varints(data: bytes | bytearray) -> int:
    """Count the numbers that were packed."""
    return len(data.translate(None, _LAST))


def with_header(head: object, body: bytes = b"") -> bytes:
    """Put a JSON head, after its length in four bytes, before a body of bytes."""
    written = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    return len(written).to_bytes(4, "little") + written + body


def read_header(data: bytes) -> dict[str, Any]:
    """Read the JSON head of a compressed file; raises ValueError or zlib.error when it has none."""
    plain = zlib.decompress(data)
    found: dict[str, Any] = json.loads(plain[4 : 4 + int.from_bytes(plain[:4], "little")])
    return found


def compress(data: bytes) -> bytes:
    """Compress as zlib does (RFC 1950), which browsers call `deflate`.

    Without a gzip header no host takes the file for one that it should unpack on the way.
    """
    return zlib.compress(data, 6)
