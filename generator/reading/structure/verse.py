"""Stanzas: rows whose breaks are the author's."""

from __future__ import annotations

from generator.reading.structure.context import Context
from generator.reading.structure.found import Found, Rule
from generator.reading.structure.geometry import ends_sentence
from generator.reading.structure.headings import is_capitals, is_heading_row
from generator.reading.structure.lists import begins_item

_MIN_ROWS = 4
"""Rows at the margin of a text of prose that are enough for a stanza."""

_MAX_LINE = 80
_MAX_VERSE = 120
"""Characters of a line of verse, in a text of prose and in one of verse."""


def find_stanza(context: Context, index: int, _previous: Found | None) -> Found | None:
    """Find rows that are broken like verse."""
    if context.styles[index] == "filled":
        return None
    stop = _verse_stop(context, index)
    if stop < index + 2 or not _looks_like_verse(context, index, stop):
        return None
    return Found("stanza", index, stop, "stanza: broken lines", "stay")


def _looks_like_verse(context: Context, index: int, stop: int) -> bool:
    """Whether rows are verse: in a text of verse, set off from prose, or many that end in signs."""
    rows = context.rows[index:stop]
    if context.profile.is_verse:
        return True
    indent = context.geometry.paragraph_indent
    margin = context.geometry.margin + (indent or 0)
    if all(row.indent > margin for row in rows):
        return True
    if indent is not None and all(row.indent == margin for row in rows):
        return False
    signs = sum(row.text[-1] in ",;.!?:—" for row in rows)
    sentences = sum(row.text[-1] in ".!?" for row in rows)
    is_even = 2 * sentences <= len(rows) <= 2 * signs
    return len(rows) >= _MIN_ROWS and is_even and not context.profile.is_letter


def _verse_stop(context: Context, index: int) -> int:
    limit = _MAX_VERSE if context.profile.is_verse else _MAX_LINE
    if len(context.rows[index].text) > limit:
        return index
    stop = index + 1
    while stop < context.stops[stop - 1] or _crosses_page(context, stop):
        if context.labels[stop] or is_heading_row(context, stop) or context.wraps(stop - 1):
            break
        if len(context.rows[stop].text) > limit or context.entries[stop]:
            break
        if is_capitals(context.rows[stop].text) and len(context.rows[stop].line.words) >= 3:
            break
        if (
            _is_title(context, stop)
            or context.styles[stop] == "filled"
            or begins_item(context.rows[stop].text)
        ):
            break
        stop += 1
    while stop > index and context.wraps(stop - 1):
        stop -= 1
    return stop


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


RULES = (Rule("stanza", find_stanza),)
