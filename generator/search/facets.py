"""Columns: what a reader can choose documents by, and which documents have it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt

from generator.search import codec

_MOST = 2_000
"""Values that a column keeps, the most frequent; the others have pages of their own."""
_ALL = 200
"""Values up to which a column keeps those of a single document too."""

_Numbers = npt.NDArray[np.int64]

_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def encode_column(values: Sequence[tuple[str, ...]]) -> bytes:
    """Pack one column: the head names its values, the most frequent first, and their counts.

    The body has, value after value, which documents have it, as the distances between them: a
    Rice code (R. F. Rice, 1979), a few hundredths longer than the shortest for what is spread
    by chance.
    """
    known, cells = _cells(values)
    counts = np.bincount(cells // len(values), minlength=len(known)).tolist()
    often = dict(zip(known, counts, strict=True))
    kept = sorted(known, key=lambda value: (-often[value], value))[:_MOST]
    if len(known) > _ALL:
        kept = [value for value in kept if often[value] > 1]
    counts = [often[value] for value in kept]
    head = {"values": kept, "counts": counts, "documents": len(values)}
    low = np.array([_low(count, len(values)) for count in counts], dtype=np.int64)
    places = np.full(len(known), -1, dtype=np.int64)
    places[[known[value] for value in kept]] = np.arange(len(kept))
    distances = _distances(cells, places, len(values))
    return codec.with_header(head, _coded(distances, np.repeat(low, counts)))


def _cells(values: Sequence[tuple[str, ...]]) -> tuple[dict[str, int], _Numbers]:
    """Number the values; give who has which as sorted numbers: value times documents, document."""
    known = {value: index for index, value in enumerate(dict.fromkeys(chain.from_iterable(values)))}
    found = np.fromiter(map(known.__getitem__, chain.from_iterable(values)), np.int64)
    sizes = np.fromiter(map(len, values), np.int64, len(values))
    return known, np.unique(found * len(values) + np.repeat(np.arange(len(values)), sizes))


def _distances(cells: _Numbers, places: _Numbers, documents: int) -> _Numbers:
    """How many documents lie between one with a value and the one before, value after value."""
    held = places[cells // documents]
    keys = np.sort(held[held >= 0] * documents + cells[held >= 0] % documents)
    new = np.diff(keys // documents, prepend=-1) > 0
    return np.where(new, keys % documents, np.diff(keys, prepend=0) - 1)


def _low(count: int, documents: int) -> int:
    """How many bits of a distance are written as they are: as many as the usual one has."""
    return (documents // count).bit_length() - 1


def _coded(distances: _Numbers, lows: _Numbers) -> bytes:
    """Write each as so many ones as its higher bits say, a zero, and its lower bits."""
    high = distances >> lows
    ends = np.cumsum(high + 1 + lows)
    bits = np.zeros(int(ends[-1]) if len(ends) else 0, dtype=np.uint8)
    ones = np.repeat(ends - np.cumsum(high) - lows - 1, high)
    bits[ones + np.arange(len(ones))] = 1
    for index in range(int(lows.max(initial=0))):
        some = lows > index
        bits[ends[some] - 1 - index] = distances[some] >> index & 1
    return np.packbits(bits).tobytes()


def encode_dates(values: Iterable[str]) -> bytes:
    """Pack the documents' dates: each the difference from the one before, signs at the lowest bit.

    A date is a number such as 20210628, with zeros for what is unknown: 20210000 is a year.
    """
    held = list(values)
    known = {edtf: _day(edtf) for edtf in dict.fromkeys(held)}
    steps = np.diff(np.fromiter(map(known.__getitem__, held), np.int64), prepend=0)
    signed = np.where(steps < 0, -2 * steps - 1, 2 * steps)
    return codec.with_header({}, codec.encode_many(signed.astype(np.uint64))[0])


def _day(edtf: str) -> int:
    match = _DATE.match(edtf)
    return int("".join(part or "00" for part in match.groups())) if match else 0
