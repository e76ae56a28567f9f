"""Facet columns: the values by which a reader can filter documents, and which documents have them.

A column is encoded with a Rice code (R. F. Rice, 1979), which is a few hundredths longer than the
shortest code for values that are spread by chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from generator.search import file_encoding as codec
from generator.text.distinct_numbers import distinct_numbers

_MAX_VALUES = 2_000
"""Values of a column, the most frequent ones; the others have pages of their own."""
_ALL_VALUES = 200
"""Values up to which a column has those of a single document too."""

_Numbers = npt.NDArray[np.int64]

_VALUES = msgspec.msgpack.Decoder(list[tuple[str, ...]])
_DATES = msgspec.msgpack.Decoder(list[str | None])
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


class ColumnPart(NamedTuple):
    """The part of a column that some documents have."""

    documents: int
    values: bytes | None
    """The values of each, as `encode_part` encodes them; None if none has any."""


def encode_part(values: Sequence[object]) -> bytes:
    """Encode the values or the dates of some documents, to be joined with those of others."""
    return msgspec.msgpack.encode(values)


def join_column(parts: Iterable[ColumnPart]) -> bytes:
    """Encode one column, given in parts."""
    none = [()]
    values = (
        none * part.documents if part.values is None else _VALUES.decode(part.values)
        for part in parts
    )
    return encode_column([*chain.from_iterable(values)])


def join_dates(parts: Iterable[bytes]) -> bytes:
    """Encode the dates of documents, given in parts."""
    return encode_dates([*chain.from_iterable(map(_DATES.decode, parts))])


def encode_column(values: Sequence[tuple[str, ...]]) -> bytes:
    """Encode one column; `values` has those of each document.

    The header has the values, the most frequent first, and their counts. The body has, value after
    value, the documents with it as the distances between them.
    """
    numbers, cells = _number_values(values)
    counts = np.bincount(cells // len(values), minlength=len(numbers)).tolist()
    count_of = dict(zip(numbers, counts, strict=True))
    listed = sorted(numbers, key=lambda value: (-count_of[value], value))[:_MAX_VALUES]
    if len(numbers) > _ALL_VALUES:
        listed = [value for value in listed if count_of[value] > 1]
    counts = [count_of[value] for value in listed]
    header = {"values": listed, "counts": counts, "documents": len(values)}
    low_bits = np.array([_low_bits(count, len(values)) for count in counts], dtype=np.int64)
    positions = np.full(len(numbers), -1, dtype=np.int64)
    positions[[numbers[value] for value in listed]] = np.arange(len(listed))
    distances = _distances(cells, positions, len(values))
    return codec.with_header(header, _rice_code(distances, np.repeat(low_bits, counts)))


class _Column(NamedTuple):
    """A column with its values as numbers."""

    numbers: dict[str, int]
    """The number of each value."""
    cells: _Numbers
    """Sorted. A cell is the number of its value times the count of documents, plus its document."""


def _number_values(values: Sequence[tuple[str, ...]]) -> _Column:
    distinct = dict.fromkeys(chain.from_iterable(values))
    numbers = {value: number for number, value in enumerate(distinct)}
    flat = np.array([numbers[value] for value in chain.from_iterable(values)], np.int64)
    sizes = np.fromiter(map(len, values), np.int64, len(values))
    cells = distinct_numbers(flat * len(values) + np.repeat(np.arange(len(values)), sizes))
    return _Column(numbers, cells)


def _distances(cells: _Numbers, positions: _Numbers, documents: int) -> _Numbers:
    """Return for each cell the number of documents since the last one with the same value.

    `positions` has the position of each value in the column, -1 for one that is left out.
    """
    columns = positions[cells // documents]
    keys = np.sort(columns[columns >= 0] * documents + cells[columns >= 0] % documents)
    is_first = np.diff(keys // documents, prepend=-1) > 0
    return np.where(is_first, keys % documents, np.diff(keys, prepend=0) - 1)


def _low_bits(count: int, documents: int) -> int:
    """Return how many bits of a distance are written unchanged: those of an average distance."""
    return (documents // count).bit_length() - 1


def _rice_code(distances: _Numbers, low_bits: _Numbers) -> bytes:
    """Write each distance as its higher bits in unary, a zero, and its lower bits."""
    high = distances >> low_bits
    ends = np.cumsum(high + 1 + low_bits)
    bits = np.zeros(int(ends[-1]) if len(ends) else 0, dtype=np.uint8)
    ones = np.repeat(ends - np.cumsum(high) - low_bits - 1, high)
    bits[ones + np.arange(len(ones))] = 1
    for index in range(int(low_bits.max(initial=0))):
        has_bit = low_bits > index
        bits[ends[has_bit] - 1 - index] = distances[has_bit] >> index & 1
    return np.packbits(bits).tobytes()


def encode_dates(dates: Sequence[str | None]) -> bytes:
    """Encode the documents' dates as differences, the sign of each in its lowest bit.

    A date is a number such as 20210628, with zeros for unknown parts: 20210000 is a year, and 0 is
    no date.
    """
    numbers = {edtf: _date_number(edtf) for edtf in dict.fromkeys(dates)}
    steps = np.diff(np.array([numbers[date] for date in dates], np.int64), prepend=0)
    zigzag = np.where(steps < 0, -2 * steps - 1, 2 * steps)
    return codec.with_header({}, codec.encode_many(zigzag.astype(np.uint64)).data)


def _date_number(edtf: str | None) -> int:
    match = _DATE.match(edtf) if edtf else None
    return int("".join(part or "00" for part in match.groups())) if match else 0
