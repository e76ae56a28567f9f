"""Encodings of the index files: variable-length integers, JSON headers and compression."""

from __future__ import annotations

import zlib
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

_Unsigned = npt.NDArray[np.uint64]
_SEVEN, _LOW, _HIGH = np.uint64(7), np.uint64(0x7F), np.uint64(0x80)


def append_varint(out: bytearray, number: int) -> None:
    """Append a number from 0 on with seven bits a byte, lowest first; the last has no high bit."""
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)


class Varints(NamedTuple):
    """Encoded numbers."""

    data: bytes
    ends: npt.NDArray[np.int64]
    """The offset at which each number ends."""


def encode_many(numbers: _Unsigned) -> Varints:
    """Encode an array of numbers as `append_varint` does."""
    sizes = np.ones(len(numbers), dtype=np.int64)
    for bits in range(7, int(numbers.max(initial=0)).bit_length(), 7):
        sizes += numbers >= np.uint64(1 << bits)
    ends = np.cumsum(sizes)
    out = np.empty(int(ends[-1]) if len(ends) else 0, dtype=np.uint8)
    offsets, bytes_left, rest = ends - sizes, sizes, numbers
    while len(rest):  # most numbers are short and complete after the first round
        out[offsets] = rest & _LOW | (bytes_left > 1) * _HIGH
        longer = np.flatnonzero(bytes_left > 1)
        offsets, bytes_left = offsets[longer] + 1, bytes_left[longer] - 1
        rest = rest[longer] >> _SEVEN
    return Varints(out.tobytes(), ends)


def decode_varints(data: bytes | bytearray) -> _Unsigned:
    """Return the numbers that `append_varint` or `encode_many` wrote."""
    encoded = np.frombuffer(data, dtype=np.uint8)
    ends = np.flatnonzero(encoded < 0x80)
    offsets = np.concatenate(([0], ends[:-1] + 1))[: len(ends)]
    numbers = (encoded[offsets] & 0x7F).astype(np.uint64)
    longer = np.flatnonzero(offsets < ends)
    shift = _SEVEN
    while len(longer):
        offsets[longer] += 1
        numbers[longer] |= (encoded[offsets[longer]] & 0x7F).astype(np.uint64) << shift
        longer, shift = longer[offsets[longer] < ends[longer]], shift + _SEVEN
    return numbers


def with_header(header: object, body: bytes = b"") -> bytes:
    """Return the length of the header in four bytes, the header as JSON, then the body."""
    encoded = msgspec.json.encode(header)
    return len(encoded).to_bytes(4, "little") + encoded + body


def compress(data: bytes) -> bytes:
    """Compress in the zlib format (RFC 1950), which browsers call `deflate`.

    The file has no gzip header, so no host mistakes it for a file to decompress on delivery.
    """
    return zlib.compress(data, 6)
