"""Stanzas: rows whose breaks are the author's."""

from __future__ import annotations

from generator.reading.structure.context import Context
from generator.reading.structure.geometry import ends_sentence
from generator.reading.structure.letter_words import is_date_row
from generator.reading.structure.paragraphs import begins_with_amount
from generator.reading.structure.rule_matches import Rule, RuleMatch
from generator.reading.structure.runs import run_stops

_MIN_ROWS = 4
"""Rows at the margin of a text of prose that are enough for a stanza."""

_MAX_LINE = 80
_MAX_VERSE = 120
"""Characters of a line of verse, in a text of prose and in one of verse."""

_FIRST_ROWS = 5
"""Rows at the top among which short rows with a date are a title page."""

_MIN_CAPITALS = 3
"""Words of a row in capitals that is no line of verse."""


def find_stanza(context: Context, index: int, _previous: RuleMatch | None) -> RuleMatch | None:
    """Find rows that are broken like verse."""
    if context.styles[index] == "filled" or not _is_short(context, index):
        return None
    stop = context.runs.verse[index]
    if context.wraps(stop - 1):
        stop -= 1
    if stop < index + 2 or not _looks_like_verse(context, index, stop):
        return None
    if _is_title_page(context, index, stop):
        return None
    if 2 * sum(map(begins_with_amount, context.rows[index:stop])) >= stop - index:
        return None
    return RuleMatch("stanza", index, stop, "stanza: broken lines", "stay")


def _is_title_page(context: Context, index: int, stop: int) -> bool:
    """Whether rows at the top of a text that is no letter say a date."""
    rows = () if context.profile.is_letter else context.rows[index : min(stop, _FIRST_ROWS)]
    return any(is_date_row(row.text, strict=False) for row in rows)


def margin(context: Context) -> int:
    """Return the largest indentation of running text."""
    return context.geometry.margin + (context.geometry.paragraph_indent or 0)


def _looks_like_verse(context: Context, index: int, stop: int) -> bool:
    """Whether rows are verse: in a text of verse, set off from prose, or many that end in signs."""
    if context.profile.is_verse:
        return True
    runs, count = context.runs, stop - index
    if runs.outer[stop] == runs.outer[index]:
        return True
    is_level = runs.level[stop] - runs.level[index] == count
    if context.geometry.paragraph_indent is not None and is_level:
        return False
    signs = runs.signs[stop] - runs.signs[index]
    sentences = runs.sentences[stop] - runs.sentences[index]
    small = runs.small[stop] - runs.small[index]
    is_even = 2 * sentences <= count <= 2 * signs and 3 * small <= count
    return count >= _MIN_ROWS and is_even and not context.profile.is_letter


def verse_stops(context: Context) -> list[int]:
    """Return for each row the index after the last one that could be in a stanza with it."""
    return run_stops([_goes_on(context, index) for index in range(len(context.rows))])


def _goes_on(context: Context, index: int) -> bool:
    """Whether a stanza of the row before could go on at a row."""
    if not index or context.styles[index] == "filled":
        return False
    if context.starts_chunk(index) and not _crosses_page(context, index):
        return False
    row = context.rows[index]
    if context.labels[index] or context.wraps(index - 1) or not _is_short(context, index):
        return False
    if context.entries[index] or context.items[index] or _is_title(context, index):
        return False
    is_in_capitals = context.capitals[index] and len(row.line.words) >= _MIN_CAPITALS
    return not (is_in_capitals or context.headings[index])


def _is_short(context: Context, index: int) -> bool:
    limit = _MAX_VERSE if context.profile.is_verse else _MAX_LINE
    return len(context.rows[index].text) <= limit


def _is_title(context: Context, index: int) -> bool:
    """Whether a row is centred between stanzas that no empty line divides."""
    row, before = context.rows[index], context.rows[index - 1]
    is_far = row.indent >= before.indent + _MIN_STEP and len(row.text) < len(before.text)
    return is_far and context.profile.is_verse and row.text[-1] not in ",;.!?"


_MIN_STEP = 8
"""Columns that a centred title is indented more than verse."""


def _crosses_page(context: Context, index: int) -> bool:
    """Whether a stanza goes on over a page break: its sentence does."""
    if index >= len(context.rows) or not context.rows[index].after_page:
        return False
    return context.profile.is_verse and not ends_sentence(context.rows[index - 1].text)


RULES = (Rule("stanza", find_stanza, only_short=True),)
