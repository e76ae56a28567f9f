"""What stands around capitalized words that are no name of anybody: numbers, quotation marks."""

from __future__ import annotations

import re

from generator.linking.names.context import Context, is_attributive

_ABBREVIATION = re.compile(r"[^\W\d_]{1,4}\.")
_OPENING_QUOTES = frozenset({'"', "“", "«", "‘", "„"})
_CLOSING_QUOTES = frozenset({'"', "”", "»", "’", "“"})
BEFORE_QUOTED = _OPENING_QUOTES | {"the", "a", "an"}
"""What stands before a name in quotation marks, or before the rest of a title in them."""


def number_before(context: Context) -> bool:
    """As in "2.26 ZBR", a currency; not "2003 Zubizar", a year, nor "22 Navy admirals"."""
    return (
        context.previous[:1].isdigit()
        and len(context.previous) != 4
        and not is_attributive(context)
        and not context.after[0].isdigit()
    )


def in_quotes(context: Context) -> bool:
    """As in "The Kill" in quotes: the title of a work, or a word that is talked about."""
    before, after = context.before, context.after
    is_article = before[-1] in {"The", "A", "An"}
    if before[-1] not in _OPENING_QUOTES and not (
        is_article and _OPENING_QUOTES.intersection(before[-2:])
    ):
        return False
    return after[0] in _CLOSING_QUOTES or (after[0] in {",", "."} and after[1] in _CLOSING_QUOTES)


def abbreviations_around(context: Context) -> bool:
    """As in "H. Con. Res. 12": the name is cut off before a full stop, and more of them follow."""
    after = context.after
    return context.word_count > 1 and (
        after[1].rstrip(".").isdigit()
        or (_ABBREVIATION.fullmatch(after[1]) is not None and after[1] not in context.cues.titles)
    )


def article_of_title(context: Context) -> bool:
    """As in "and A Beautiful Lie sold well": a capitalized article inside a sentence."""
    before = context.before
    return before[-1] in {"A", "An"} and len(before) > 1 and before[-2][:1].isalpha()
