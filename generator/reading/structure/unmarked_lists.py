"""Lists whose items have no markers: ingredients, subscribers, what a colon announces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from generator.reading.structure.context import Context
from generator.reading.structure.geometry import ends_sentence
from generator.reading.structure.open_end_words import CONNECTORS
from generator.reading.structure.paragraphs import begins_with_amount
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
    """Whether a row goes on the list of the row above it, which ends where its chunk ends."""
    return not context.starts_chunk(index) or _is_word_apart(context, index)


def _begins_list(context: Context, index: int) -> bool:
    """Whether the short rows from a row to the end of its chunk are a list."""
    stop = context.stops[index]
    is_announced = context.rows[index - 1].text[-1] == ":"
    can_begin = context.starts_chunk(index) or is_announced
    if stop - index < _LEAST or not can_begin or context.rows[index].text[-1] == ":":
        return False
    if context.runs.lines[index] != stop:
        goes_on = context.wraps(index) and not ends_sentence(context.rows[index].text)
        return (
            context.starts_chunk(index)
            and not goes_on
            and (_is_alphabetical(context, index) or _are_people(context, index))
        )
    rows = context.rows[index:stop]
    if 2 * sum(map(begins_with_amount, rows)) >= len(rows):
        return True
    if context.profile.is_letter or any(map(_is_open_ended, rows)):
        return False
    is_short = is_announced and not context.profile.is_verse
    return _are_names(rows) or (
        is_short and all(len(row.line.words) <= _MOST_WORDS for row in rows)
    )


def _are_names(rows: Sequence[Row]) -> bool:
    """Whether most rows are names, and at least half have a comma or an abbreviation."""
    is_long = len(rows) >= _LEAST_NAMES and 5 * sum(map(_is_named, rows)) >= 4 * len(rows)
    return is_long and 2 * sum(map(_is_abbreviated, rows)) >= len(rows)


def _are_people(context: Context, index: int) -> bool:
    """Whether the rows of a chunk are names, some of which end with a full stop: "Finch, R.N."."""
    stop = context.stops[index]
    if stop - index > _MOST_PEOPLE or context.profile.is_letter:
        return False
    rows = context.rows[index:stop]
    return _are_names(rows) and not any(context.wrapped[index:stop])


_MOST_PEOPLE = 200


def _is_alphabetical(context: Context, index: int) -> bool:
    """Whether the rows of a chunk, each a sentence or more, are in the order of the alphabet."""
    rows = context.rows[index : context.stops[index]]
    rows = [row for row in rows if row.indent <= rows[0].indent]  # others are below a headword
    if len(rows) < _LEAST_IN_ORDER or not rows[0].text < rows[1].text < rows[2].text:
        return False
    if _wrap_sentences(context, index):
        return False
    first = [row.line.words[0].strip(".,").casefold() for row in rows]
    is_long = all(
        len(word) > 1 and len(row.line.words) > 1 for word, row in zip(first, rows, strict=True)
    )
    return is_long and first == sorted(first) and len(set(first)) == len(first)


def _wrap_sentences(context: Context, index: int) -> bool:
    """Whether a sentence goes on from one row of a chunk to the next."""
    rows = range(index, context.stops[index])
    return any(context.wraps(row) and not ends_sentence(context.rows[row].text) for row in rows)


_LEAST_IN_ORDER = 5
"""Rows whose order is no chance."""


def _is_open_ended(row: Row) -> bool:
    """Whether a row ends like a line of verse, or like one of a letter's head."""
    return row.text[-1] in _OPEN_ENDS or row.line.words[-1].lower() in CONNECTORS


def _looks_listed(row: Row) -> bool:
    """Whether a row is names with a comma or an abbreviation: "Mrs. A. Tibbs"."""
    return _is_abbreviated(row) and _is_named(row)


def listed_rows(rows: Sequence[Row]) -> frozenset[int]:
    """Return the indexes of rows that are names, if four of them stand one below the other."""
    listed = [
        len(row.text) <= _LONGEST and (", " in row.text or ". " in row.text) and _looks_listed(row)
        for row in rows
    ]
    if sum(listed) < _LEAST_NAMES:
        return frozenset()
    found: set[int] = set()
    for is_listed, run in groupby(range(len(rows)), key=listed.__getitem__):
        indexes = [*run]
        if is_listed and len(indexes) >= _LEAST_NAMES:
            found.update(indexes)
    return frozenset(found)


def _is_abbreviated(row: Row) -> bool:
    """Whether a row has a comma between its words, or an abbreviation."""
    text = row.text
    if len(text) > _LONGEST or text[-1] in _OPEN_ENDS:
        return False
    return ", " in text or (". " in text and _ABBREVIATION.search(text) is not None)


def _is_named(row: Row) -> bool:
    """Whether most words of a short row have capitals, or it is a name with a title or a trade.

    Lines of verse have more small letters.
    """
    if len(row.text) > _LONGEST or not 1 < len(row.line.words) <= _MOST_NAMED:
        return False
    if _TITLED.match(row.text) or _WITH_TRADE.fullmatch(row.text):
        return True
    text = _BRACKETS.sub("", row.text) if "(" in row.text else row.text
    words = [word for word in _WORD.findall(text) if word not in _PARTICLES]
    return len(words) > 1 and 4 * sum(word[0].isupper() for word in words) >= 3 * len(words)


_TITLED = re.compile(r"(?:Mrs?|Messrs|Lieut|Capt|Col|Maj|Gen|Sergt?|Corp|Rev|Dr|Hon)\.? [A-Z]")
_WITH_TRADE = re.compile(r"(?:[A-Z][\w'’-]*\.? ){1,3}[A-Z][\w'’-]+, [a-z]+(?: [a-z]+)?\.?")
_BRACKETS = re.compile(r"\([^()]*\)")
_MOST_NAMED = 9
_LONGEST = 60
_ABBREVIATION = re.compile(r"\b[A-Z][a-z]{0,6}\. [A-Z]")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_PARTICLES = frozenset("of the and de la le du von van der den und et y e di da in at s".split())


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
