"""Entries of diaries and registers with their day in the margin, and their words beside it."""

from __future__ import annotations

from generator.reading.structure.context import Context
from generator.reading.structure.entries import is_field
from generator.reading.structure.paragraphs import ENTRY
from generator.reading.structure.rule_matches import Rule, RuleMatch


def find_hanging_entry(
    context: Context, index: int, _previous: RuleMatch | None
) -> RuleMatch | None:
    """Find an entry, with the rows that are indented below its words."""
    if not context.entries[index] or is_field(context.rows[index].text):
        return None
    if not _hangs(context, index):
        return None
    stop = index + 1
    while stop < context.stops[index] and _is_below(context, index, stop):
        stop += 1
    return RuleMatch("paragraph", index, stop, ENTRY, "wrap")


def _hangs(context: Context, index: int) -> bool:
    """Whether the entry, or the one right above or below it, goes on in an indented row."""
    start, stop = index, index + 1
    while stop < context.stops[index] and context.entries[stop] and stop < index + _NEAR:
        stop += 1
    while start and context.stops[start - 1] > index and start > index - _NEAR:
        start -= 1
    return any(
        context.entries[row] and _is_below(context, row, row + 1)
        for row in range(start, stop)
        if row + 1 < context.stops[row]
    )


_NEAR = 6
"""Rows around an entry among which another one shows how they are set."""


def _is_below(context: Context, index: int, row: int) -> bool:
    """Whether a row is indented more than an entry, and begins none."""
    return not context.entries[row] and context.rows[row].indent > context.rows[index].indent


RULES = (Rule("entry with its day in the margin", find_hanging_entry),)
