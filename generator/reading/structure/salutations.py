"""The head of a letter: salutation, place and date, address."""

from __future__ import annotations

import re

from generator.reading.head.date_labels import find_date_label
from generator.reading.structure.context import Context
from generator.reading.structure.letter_words import (
    is_address,
    is_date_in_arabic,
    is_date_row,
    is_diary_date,
    is_salutation_row,
)
from generator.reading.structure.rule_matches import HEADING_NUMBER, Rule, RuleMatch

_HEAD_ROWS = 16
"""Rows at the beginning among which the parts of a letter's head are looked for."""

_AT_RIGHT = 18
"""Columns from which a short row of a letter is set to the right."""

BELOW_NAME = frozenset({"signature", "postscript", "dateline"})
"""Kinds after which a letter has ended."""

BELOW_SIGNATURE = "dateline: below the signature"
"""The rule of a date after which a letter has ended."""


def find_salutation(context: Context, index: int, previous: RuleMatch | None) -> RuleMatch | None:
    """Find a salutation before the first words of a letter."""
    if context.wraps(index) or not _can_greet(context, index, previous):
        return None
    if not is_salutation_row(context.rows[index].text):
        return None
    return RuleMatch("salutation", index, index + 1, "salutation")


def _can_greet(context: Context, index: int, previous: RuleMatch | None) -> bool:
    """Whether a letter can begin at a row: near the top, or below the signature of another."""
    if index <= _HEAD_ROWS and (
        previous is None or previous.kind in _ABOVE or previous.rule in _ABOVE
    ):
        return True
    if not context.profile.is_letter or context.rows[index].text[-1] not in ",!:;—-":
        return False
    return previous is not None and (previous.kind in BELOW_NAME or _is_line_below_date(previous))


def _is_line_below_date(previous: RuleMatch) -> bool:
    """Whether a block is one row near the top: who writes to whom, or the subject of a letter."""
    return previous.rule == "paragraph" and previous.stop == previous.start + 1 <= _TOP_ROWS


_TOP_ROWS = 5
"""Rows at the top of a letter without an address."""


def find_date_above_salutation(
    context: Context, index: int, _previous: RuleMatch | None
) -> RuleMatch | None:
    """Find a date, perhaps a year alone, on the row above the salutation."""
    is_above = 0 < index < min(_HEAD_ROWS, len(context.rows) - 1)
    if not is_above or not is_salutation_row(context.rows[index + 1].text):
        return None
    if not is_date_row(context.rows[index].text, strict=False):
        return None
    return RuleMatch("dateline", index, index + 1, "dateline: above the salutation")


def find_dateline(context: Context, index: int, previous: RuleMatch | None) -> RuleMatch | None:
    """Find a row that says no more than a place and a date."""
    row = context.rows[index]
    if context.wraps(index) or context.entries[index]:
        return None
    if not index and not (context.profile.is_letter or is_date_in_arabic(row.text)):
        return None
    narrow = context.geometry.width is None or row.right < 0.6 * context.geometry.width
    if narrow and is_diary_date(row.text):
        return RuleMatch("dateline", index, index + 1, "dateline: entry of a diary")
    at_right = is_set_right(context, index)
    closes = previous is not None and context.profile.is_letter and previous.kind in _CLOSING
    is_part = index in context.parts and is_date_row(row.text, strict=True)
    if not (index <= _HEAD_ROWS or at_right or closes or is_part):
        return None
    # An editor puts a date in brackets that the letter does not say.
    is_of_editor = _IN_BRACKETS.fullmatch(row.text) and context.profile.genre != "play"
    words = row.text[1:-1] if is_of_editor else row.text
    if not is_date_row(words, strict=not at_right) or _is_of_other_day(row.text):
        return None
    is_above = index <= _HEAD_ROWS and previous is not None and previous.kind == "address"
    rule = BELOW_SIGNATURE if closes and not is_above else "dateline"
    return RuleMatch("dateline", index, index + 1, rule)


def _is_of_other_day(text: str) -> bool:
    """Whether a label says that a day is not that of the text: "Born 3 March 1841"."""
    first = _FIGURE.search(text)
    label = find_date_label(text[: first.start()]) if first else None
    return label is not None and label.role == "other"


_FIGURE = re.compile(r"\d")
_IN_BRACKETS = re.compile(r"\[[^\[\]]+\]")

_ABOVE = frozenset(
    (
        "heading",
        "dateline",
        "address",
        "salutation",
        "ornament",
        "paragraph: below the title",
        "lines",
    )
)
_CLOSING = frozenset(("valediction", "signature", "postscript", "address"))


def is_set_right(context: Context, index: int) -> bool:
    """Whether a short row is set to the right, or far from the margin and not centred."""
    row = context.rows[index]
    if row.indent < _AT_RIGHT or len(row.line.words) > 12:
        return False
    return context.geometry.is_at_right(row) or not context.geometry.is_centred(row)


def find_address(context: Context, index: int, previous: RuleMatch | None) -> RuleMatch | None:
    """Find the address of a letter, above the salutation or below the signature."""
    rows = context.rows
    above = _rows_above_salutation(context, index, previous)
    if above:
        return RuleMatch("address", index, above, "address: above the salutation", "stay")
    if not is_address(rows[index].text):
        return None
    at_top = index <= _HEAD_ROWS and (previous is None or previous.kind in {"heading", "dateline"})
    below = previous is not None and previous.kind in _CLOSING | {"dateline"}
    if not (at_top or below) or len(rows[index].text) > 55:
        return None
    stop = index + 1
    while stop < context.stops[index] and stop < index + 7 and len(rows[stop].text) <= 55:
        is_next = at_top and _begins_other_part(rows[stop].text)
        if is_next or context.geometry.begins_paragraph(rows[stop - 1], rows[stop]):
            break
        stop += 1
    if previous is not None and previous.rule == HEADING_NUMBER and stop == index + 1:
        return RuleMatch("heading", index, stop, "heading: recipient below a number")
    return RuleMatch("address", index, stop, "address", "stay")


def _begins_other_part(text: str) -> bool:
    """Whether a row below an address is the salutation or the date of a letter."""
    return is_salutation_row(text) or is_date_row(text, strict=True)


FIRST_RULES = (
    Rule("salutation", find_salutation, texts="no plays", labelled=True, only_short=True),
    Rule(
        "dateline: above the salutation",
        find_date_above_salutation,
        texts="letter",
        only_short=True,
    ),
)


def _rows_above_salutation(context: Context, index: int, previous: RuleMatch | None) -> int | None:
    """Return the index of the salutation that follows short rows below the date, if one does."""
    if index > _HEAD_ROWS or previous is None or previous.kind not in {"dateline", "heading"}:
        return None
    if not index and context.starts_chunk(index):
        return None
    for stop in range(index, min(index + 6, len(context.rows))):
        row = context.rows[stop]
        if is_salutation_row(row.text):
            return stop if stop > index and previous.kind == "dateline" else None
        if len(row.text) > 45 or is_date_row(row.text, strict=False) or context.wraps(stop):
            return None
    return None


RULES = (
    Rule("dateline", find_dateline, only_short=True),
    Rule("address", find_address, texts="letter", only_short=True),
)
