"""Columns: what a reader can choose documents by, one value or several a document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from generator.writing.search import numbers

_MOST = 2_000
"""Values that a column keeps, the most frequent; the others have pages of their own."""
_ALL = 200
"""Values up to which a column keeps those of a single document too."""

_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def column(values: Sequence[tuple[str, ...]]) -> bytes:
    """Pack one column: the head names its values, the most frequent first, and their counts.

    The body has, document after document, how many values it has, then the place of each.
    """
    counts = Counter(value for own in values for value in own)
    kept = sorted(counts, key=lambda value: (-counts[value], value))[:_MOST]
    if len(counts) > _ALL:
        kept = [value for value in kept if counts[value] > 1]
    places = {value: at for at, value in enumerate(kept)}
    head = {"values": kept, "counts": [counts[value] for value in kept]}
    return numbers.framed(head, _packed(_cells(values, places)))


def dates(values: Iterable[str]) -> bytes:
    """Pack the documents' dates: each the difference from the one before, signs at the lowest bit.

    A date is a number such as 20210628, with zeros for what is unknown: 20210000 is a year.
    """
    return numbers.framed({}, _packed(_differences(map(_day, values))))


def _packed(cells: Iterable[int]) -> bytes:
    return numbers.varints(np.fromiter(cells, np.uint64))[0]


def _cells(values: Iterable[tuple[str, ...]], places: dict[str, int]) -> Iterator[int]:
    for own in values:
        known = [places[value] for value in own if value in places]
        yield len(known)
        yield from known


def _day(edtf: str) -> int:
    found = _DATE.match(edtf)
    return int("".join(part or "00" for part in found.groups())) if found else 0


def _differences(days: Iterable[int]) -> Iterator[int]:
    last = 0
    for day in days:
        yield (day - last) * 2 if day >= last else (last - day) * 2 - 1
        last = day
