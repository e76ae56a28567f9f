"""Lists whose items have no markers: ingredients, subscribers, what a colon announces."""

from __future__ import annotations

import re

from generator.reading.structure.context import Context
from generator.reading.structure.rows import Row
from generator.reading.structure.rule_matches import Rule, RuleMatch

UNMARKED = "item: short line of a list"

_LEAST = 3
_LEAST_NAMES = 4
"""Items of a list, and of one of names that nothing announces."""

_MOST_WORDS = 6
"""Words of an item that a colon announces; lines of verse have more."""

_OPEN_ENDS = ",;:!?—-"
"""Characters with which lines of verse and of a letter's head end."""


def find_unmarked_item(
    context: Context, index: int, previous: RuleMatch | None
) -> RuleMatch | None:
    """Find a short row that is one of a list: with amounts, of names, or after a colon."""
    if not index or context.labels[index] or context.headings[index]:
        return None
    goes_on = previous is not None and previous.rule == UNMARKED and _is_next(context, index)
    if not (goes_on or _begins_list(context, index) or _begins_words_apart(context, index)):
        return None
    return RuleMatch("item", index, index + 1, UNMARKED)


def _is_next(context: Context, index: int) -> bool:
    """Whether a row goes on the list of the row above it."""
    if context.starts_chunk(index):
        return _is_word_apart(context, index)
    return context.runs.lines[index] == context.runs.lines[index - 1]


def _begins_list(context: Context, index: int) -> bool:
    """Whether the short rows from a row to the end of its chunk are a list."""
    stop = context.runs.lines[index]
    is_announced = context.rows[index - 1].text[-1] == ":"
    if stop - index < _LEAST or stop != context.stops[index]:
        return False
    if not (context.starts_chunk(index) or is_announced):
        return False
    amounts, listed, open_ends, long = (
        counts[stop] - counts[index]
        for counts in (
            context.runs.amounts,
            context.runs.listed,
            context.runs.open_ends,
            context.runs.long,
        )
    )
    count = stop - index
    if 2 * amounts >= count:
        return True
    if open_ends or context.profile.is_letter:
        return False
    is_of_names = count >= _LEAST_NAMES and 5 * listed >= 4 * count
    return is_of_names or (is_announced and not long and not context.profile.is_verse)


def is_open_ended(row: Row) -> bool:
    """Whether a row ends like a line of verse, or like one of a letter's head."""
    return row.text[-1] in _OPEN_ENDS


def is_long(row: Row) -> bool:
    """Whether a row has more words than an item that a colon announces."""
    return len(row.line.words) > _MOST_WORDS


def looks_listed(row: Row) -> bool:
    """Whether a row is names and abbreviations with a comma between them, as in a list of people.

    Lines of verse have more words in small letters.
    """
    if "," not in row.text:
        return False
    words = [word for word in _WORD.findall(row.text) if len(word) > _LONGEST_PARTICLE]
    named = sum(word[0].isupper() for word in words)
    return len(words) > 1 and 4 * named >= 3 * len(words)


_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_LONGEST_PARTICLE = 3


def _begins_words_apart(context: Context, index: int) -> bool:
    """Whether three rows or more of a few words in small letters stand alone, one after another."""
    rows = range(index, index + _LEAST)
    return rows.stop <= len(context.rows) and all(_is_word_apart(context, row) for row in rows)


def _is_word_apart(context: Context, index: int) -> bool:
    text = context.rows[index].text
    is_few = text[0].islower() and len(context.rows[index].line.words) < _MOST_WORDS
    is_alone = context.starts_chunk(index) and context.is_last(index)
    return is_few and is_alone and text[-1].isalpha()


RULES = (Rule(UNMARKED, find_unmarked_item, texts="no plays"),)
"""After the rules of headings and of letters, and before those of verse and paragraphs."""
