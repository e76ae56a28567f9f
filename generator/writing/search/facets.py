"""Columns: what a reader can choose documents by, and which documents have it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from generator.writing.search import numbers

_MOST = 2_000
"""Values that a column keeps, the most frequent; the others have pages of their own."""
_ALL = 200
"""Values up to which a column keeps those of a single document too."""

_Numbers = npt.NDArray[np.int64]

_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def column(values: Sequence[tuple[str, ...]]) -> bytes:
    """Pack one column: the head names its values, the most frequent first, and their counts.

    The body has, value after value, which documents have it, as the distances between them: a
    Rice code (R. F. Rice, 1979), a few hundredths longer than the shortest for what is spread
    by chance.
    """
    counts = Counter(value for own in values for value in dict.fromkeys(own))
    kept = sorted(counts, key=lambda value: (-counts[value], value))[:_MOST]
    if len(counts) > _ALL:
        kept = [value for value in kept if counts[value] > 1]
    often = [counts[value] for value in kept]
    head = {"values": kept, "counts": often, "documents": len(values)}
    low = np.array([_low(count, len(values)) for count in often], dtype=np.int64)
    return numbers.framed(head, _coded(_distances(values, kept), np.repeat(low, often)))


def _low(count: int, documents: int) -> int:
    """How many bits of a distance are written as they are: as many as the usual one has."""
    return (documents // count).bit_length() - 1


def _distances(values: Sequence[tuple[str, ...]], kept: Sequence[str]) -> _Numbers:
    """How many documents lie between one that has a value and the one before, for each value."""
    many = len(values)
    places = {value: at * many for at, value in enumerate(kept)}
    found = (
        places[value] + number
        for number, own in enumerate(values)
        for value in dict.fromkeys(own)
        if value in places
    )
    keys = np.sort(np.fromiter(found, np.int64))
    new = np.diff(keys // many, prepend=-1) > 0
    return np.where(new, keys % many, np.diff(keys, prepend=0) - 1)


def _coded(distances: _Numbers, lows: _Numbers) -> bytes:
    """Write each as so many ones as its higher bits say, a zero, and its lower bits."""
    high = distances >> lows
    ends = np.cumsum(high + 1 + lows)
    bits = np.zeros(int(ends[-1]) if len(ends) else 0, dtype=np.uint8)
    ones = np.repeat(ends - np.cumsum(high) - lows - 1, high)
    bits[ones + np.arange(len(ones))] = 1
    for at in range(int(lows.max(initial=0))):
        some = lows > at
        bits[ends[some] - 1 - at] = distances[some] >> at & 1
    return np.packbits(bits).tobytes()


def dates(values: Iterable[str]) -> bytes:
    """Pack the documents' dates: each the difference from the one before, signs at the lowest bit.

    A date is a number such as 20210628, with zeros for what is unknown: 20210000 is a year.
    """
    differences = np.fromiter(_differences(map(_day, values)), np.uint64)
    return numbers.framed({}, numbers.varints(differences)[0])


def _day(edtf: str) -> int:
    found = _DATE.match(edtf)
    return int("".join(part or "00" for part in found.groups())) if found else 0


def _differences(days: Iterable[int]) -> Iterator[int]:
    last = 0
    for day in days:
        yield (day - last) * 2 if day >= last else (last - day) * 2 - 1
        last = day
