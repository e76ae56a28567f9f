"""Salutation and signature of a mail: names that its header has, alone on a row."""

from __future__ import annotations

import re

from generator.reading.structure.context import Context
from generator.reading.structure.rule_matches import Rule, RuleMatch

_HEADER_ROWS = 12
"""Rows at the top among which the fields of the header are looked for."""

_FROM = re.compile(r"(?:from|von|de|da|van)\s?:\s*(?P<names>.+)", re.IGNORECASE)
_TO = re.compile(r"(?:to|an|à|a|para|aan)\s?:\s*(?P<names>.+)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_MOST_WORDS = 4


def find_mail_part(context: Context, index: int, previous: RuleMatch | None) -> RuleMatch | None:
    """Find who is addressed, right below the header, and who signs, on the last row."""
    if previous is None or not (context.starts_chunk(index) and context.is_last(index)):
        return None
    text = context.rows[index].text
    if index < _HEADER_ROWS and text[-1] in ",!:" and _is_field(context, index - 1):
        is_addressed = _has_names(context, _TO, text)
        return RuleMatch("salutation", index, index + 1, ADDRESSED) if is_addressed else None
    if index == len(context.rows) - 1 and _has_names(context, _FROM, text):
        return RuleMatch("signature", index, index + 1, SIGNED)
    return None


ADDRESSED, SIGNED = "salutation: a name of the header", "signature: a name of the header"


def find_quoted_mail(context: Context, index: int, _previous: RuleMatch | None) -> RuleMatch | None:
    """Find the rows of another mail that an answer quotes, each with a `>` before it."""
    rows = context.rows
    stop = index
    while stop < len(rows) and rows[stop].text[0] == ">" and (stop == index or not rows[stop].gap):
        stop += 1
    if stop < index + _LEAST_QUOTED:
        return None
    return RuleMatch("lines", index, stop, QUOTED, "stay")


QUOTED = "lines: quoted in a mail"
_LEAST_QUOTED = 2


def _has_quotation(context: Context) -> bool:
    return "\n>" in context.text


def _is_field(context: Context, index: int) -> bool:
    return context.entries[index] or ": " in context.rows[index].text[:_LONGEST_LABEL]


_LONGEST_LABEL = 20


def _has_names(context: Context, field: re.Pattern[str], text: str) -> bool:
    """Whether all words of a short row are names of a field of the header."""
    words = _WORD.findall(text)
    if not 0 < len(words) <= _MOST_WORDS or not all(word[0].isupper() for word in words):
        return False
    matches = (field.match(row.text) for row in context.rows[:_HEADER_ROWS])
    return any(set(words) <= set(_WORD.findall(match["names"])) for match in matches if match)


def _has_header(context: Context) -> bool:
    """Whether a text begins with fields, one of which says from whom it is."""
    rows = context.rows[:_HEADER_ROWS]
    return any(context.entries[:3]) and any(_FROM.match(row.text) for row in rows)


RULES = (
    Rule(QUOTED, find_quoted_mail, texts="no plays", can_find=_has_quotation),
    Rule(
        "mail: a name alone",
        find_mail_part,
        texts="no plays",
        can_find=_has_header,
        only_short=True,
    ),
)
