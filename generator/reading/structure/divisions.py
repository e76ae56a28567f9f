"""Heads of the parts of a sermon or an essay, numbered in Roman: "II. Of the rain"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from generator.reading.structure.context import Context
from generator.reading.structure.geometry import Geometry
from generator.reading.structure.rows import Row
from generator.reading.structure.rule_matches import Rule, RuleMatch

_NUMBERS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_HEAD = re.compile(r"(?P<number>[IVX]{1,4})\.(?:--|—|–| )\s*[^\W\d_a-z].{2,80}[^,;:]$")
_MOST_WORDS = 14


def division_rows(rows: Sequence[Row], stops: Sequence[int], geometry: Geometry) -> frozenset[int]:
    """Return the rows that are numbered heads, each above a text of its own.

    They count up from I, and stand alone on their rows; where nothing is between two of them, they
    are the items of a list.
    """
    heads = [
        (index, match["number"])
        for index, row in enumerate(rows)
        if row.text[0] in "IVX"
        and (match := _HEAD.match(row.text)) is not None
        and len(row.line.words) <= _MOST_WORDS
        and _is_alone(rows, index, stops, geometry)
    ]
    numbers = tuple(number for _, number in heads)
    counts_up = len(heads) > 1 and numbers == _NUMBERS[: len(heads)]
    is_apart = all(below > above + 1 for (above, _), (below, _) in pairwise(heads))
    has_text = bool(heads) and heads[-1][0] + 1 < len(rows)
    return frozenset(index for index, _ in heads) if counts_up and is_apart and has_text else _NONE


_NONE: frozenset[int] = frozenset()


def _is_alone(rows: Sequence[Row], index: int, stops: Sequence[int], geometry: Geometry) -> bool:
    """Whether empty lines or indentation set a row off from those above and below it."""
    begins = index > 0 and (
        stops[index - 1] == index or geometry.begins_paragraph(rows[index - 1], rows[index])
    )
    ends = index + 1 < len(rows) and (
        stops[index] == index + 1 or geometry.begins_paragraph(rows[index], rows[index + 1])
    )
    return begins and ends


def find_division(context: Context, index: int, _previous: RuleMatch | None) -> RuleMatch | None:
    """Find a numbered head."""
    if index not in context.divisions:
        return None
    return RuleMatch("heading", index, index + 1, DIVISION)


DIVISION = "heading: numbered head of a part"


def _has_divisions(context: Context) -> bool:
    return bool(context.divisions)


RULES = (Rule(DIVISION, find_division, texts="no plays", can_find=_has_divisions, only_short=True),)
