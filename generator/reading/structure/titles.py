"""The title on top of a text that has nothing else above its first words."""

from __future__ import annotations

from collections.abc import Sequence

from generator.reading.structure.context import Context
from generator.reading.structure.headings import centred_stop, is_capitals
from generator.reading.structure.open_end_words import CONNECTORS
from generator.reading.structure.rule_matches import Rule, RuleMatch

_MAX_TITLE_WORDS = 8
"""Words of a title in small letters, or of one that ends with a full stop after its number."""

_MAX_TITLE_ROWS = 6


def find_title(context: Context, index: int, _previous: RuleMatch | None) -> RuleMatch | None:
    """Find the first row of a text that has nothing but a title, and other short rows, on top."""
    if index:
        return None
    stop = centred_stop(context, index)
    while stop < context.stops[index] and context.rows[stop].text[:1].islower() and stop < 4:
        stop += 1
    rows = context.rows[index:stop]
    words = [word for row in rows for word in row.line.words]
    if (
        len(words) > 30
        or words[0][:1].islower()
        or words[-1][-1] in ",;"
        or stop >= len(context.rows)
    ):
        return None
    is_ended = stop in context.parts or (context.entries[stop] and not context.entries[index])
    if not is_ended and not _ends_title(context, index, stop):
        return None
    if _is_sentence(words) or words[-1].lower() in CONNECTORS:
        return None
    return RuleMatch("heading", index, stop, "heading: title")


def _ends_title(context: Context, index: int, stop: int) -> bool:
    """Whether rows above no byline end a title: short rows, or indented text, follow."""
    below = context.rows[stop : max(stop + 1, min(context.stops[index], _MAX_TITLE_ROWS))]
    if any(row.text[0].islower() for row in below):
        return False
    geometry = context.geometry
    is_indented = geometry.paragraph_indent is not None and all(
        row.indent > geometry.margin for row in context.rows[index:stop]
    )
    return context.stops[index] <= _MAX_TITLE_ROWS or is_indented


def _is_sentence(words: Sequence[str]) -> bool:
    """Whether the words on top of a text are its first sentence, and no title."""
    if is_capitals(" ".join(words)):
        return False
    capitals = sum(not word[0].islower() for word in words)
    if len(words) > _MAX_TITLE_WORDS and 10 * capitals < 3 * len(words):
        return True
    end = words[-1][-1]
    if end == ".":
        return len(words) > _MAX_TITLE_WORDS or not any(map(str.isdecimal, words[0]))
    return end in "。！？" or (end in ":!?" and len(words) > _MAX_TITLE_WORDS)


RULES = (Rule("heading: title", find_title, only_short=True),)
