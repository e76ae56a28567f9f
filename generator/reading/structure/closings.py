"""The end of a letter: valediction, signature, postscript."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.reading.head.bylines import has_known_given_name
from generator.reading.letter_lines import is_office
from generator.reading.structure.context import Context
from generator.reading.structure.heading_words import is_name_of_part
from generator.reading.structure.letter_words import (
    is_address,
    is_date_row,
    is_name,
    is_postscript,
    is_valediction_row,
    names_signer,
)
from generator.reading.structure.paragraphs import paragraph_stop
from generator.reading.structure.rows import Row
from generator.reading.structure.rule_matches import Breaks, Rule, RuleMatch
from generator.reading.structure.salutations import BELOW_NAME, BELOW_SIGNATURE, is_set_right

_TAIL_ROWS = 30
"""Rows at the end among which names are looked for."""

_MAX_CLOSING = 28
"""Words of a valediction."""


def find_signature_at_right(
    context: Context, index: int, previous: RuleMatch | None
) -> RuleMatch | None:
    """Find a signature, or the valediction above it, that is set to the right."""
    text = context.rows[index].text
    if not _can_sign(context, index, previous) or not is_set_right(context, index):
        return None
    if is_date_row(text, strict=False):
        return None
    is_letter = context.profile.is_letter
    below = context.rows[index + 1] if index + 1 < len(context.rows) else None
    is_level = below is not None and below.indent == context.rows[index].indent
    is_below = is_level or (below is not None and is_set_right(context, index + 1))
    is_closing = is_valediction_row(text) or (text.endswith(",") and not _INITIALS.match(text))
    if is_letter and is_below and is_closing:
        return RuleMatch("valediction", index, index + 1, "valediction: set to the right")
    if is_letter or (is_name(text) and index > _LAST_PART * len(context.rows)):
        stop = _signature_stop(context, index)
        return RuleMatch("signature", index, stop, "signature: set to the right")
    return None


_INITIALS = re.compile(
    r"(?:[^\W\d_a-z][a-z]?\. ?){1,3}(?:v\. |von |van |de )?[^\W\d_a-z][\w'’-]+,$"
)
"""A name that an office follows: "F. W. Orme,"."""


def find_signature(context: Context, index: int, previous: RuleMatch | None) -> RuleMatch | None:
    """Find the name at the end of a letter, alone or after the last words of a valediction."""
    text = context.rows[index].text
    if not _can_sign(context, index, previous):
        return None
    if context.wraps(index) or is_name_of_part(text) or _NUMBERED_PART.match(text):
        return None
    if _is_above_office(context, index):
        return RuleMatch("signature", index, index + 2, "signature: above an office")
    if _signs_after_valediction(context, index):
        return RuleMatch("signature", index, index + 1, "signature: after a valediction")
    if _closes(context.rows[index]):
        return None
    rule = _rule_of_name(context, index, previous)
    return RuleMatch("signature", index, _signature_stop(context, index), rule) if rule else None


def _is_above_office(context: Context, index: int) -> bool:
    """Whether a row is a name, and the next one the office of who signs."""
    if context.is_last(index) or index < len(context.rows) - _TAIL_ROWS:
        return False
    name = _ON_BEHALF.sub("", context.rows[index].text).rstrip(",")
    is_person = is_name(name) and not is_valediction_row(name) and not is_office(name)
    return is_person and is_office(context.rows[index + 1].text)


_NUMBERED_PART = re.compile(r"(?:[IVXLC]{2,}|\d{1,3})[.)]? [^\W\d_]")
"""The beginning of a heading inside a letter: "II. LAW"; one letter is that of a name."""


def _signs_after_valediction(context: Context, index: int) -> bool:
    """Whether the last row of a chunk has closing words and a name: "Yours, Ella"."""
    row = context.rows[index]
    is_last = context.is_last(index) and index >= len(context.rows) - _TAIL_ROWS
    return (
        is_last
        and not _closes_below(context, index + 1)
        and len(row.line.words) <= _MAX_SIGNATURE
        and _begins(context, index)
        and _signs(row.text)
    )


def _rule_of_name(context: Context, index: int, previous: RuleMatch | None) -> str | None:
    """Return the rule that says that a row is the name of who signs, if one does."""
    row, above = context.rows[index], previous.kind if previous else None
    count = len(row.line.words)
    if above == "valediction" and count <= _MAX_NAME:
        return "signature: below a valediction"
    # Below another signature, a name can have an office.
    stop = _signature_stop(context, index) if above == "signature" else index + 1
    is_last = index >= len(context.rows) - _TAIL_ROWS and _is_in_last_part(
        context, index, _LAST_PART
    )
    is_last = is_last and stop == context.stops[index] and not _closes_below(context, stop)
    if is_last and context.starts_chunk(index) and count < _MAX_NAME and is_name(row.text):
        return "signature: a name alone"
    return None


def _closes_below(context: Context, index: int) -> bool:
    """Whether the closing words of a letter are still to come, so that nobody has signed yet."""
    rows = context.rows[index:]
    return any(row.text.endswith(",") and is_valediction_row(row.text) for row in rows)


def _signature_stop(context: Context, index: int) -> int:
    """Return the index after a name and the short rows below it, such as an office."""
    rows, stop = context.rows, index + 1
    is_right = is_set_right(context, index)
    while stop < context.stops[index]:
        row = rows[stop]
        if is_set_right(context, stop) != is_right and row.indent != rows[index].indent:
            break
        is_office = (
            len(row.text) <= _MAX_OFFICE and row.text[0].isupper() and row.text[-1] not in "!?"
        )
        if not is_office or _closes(row) or context.geometry.begins_paragraph(rows[stop - 1], row):
            break
        if is_date_row(row.text, strict=False) or is_postscript(row.text) or is_address(row.text):
            break
        stop += 1
    return stop


_MAX_OFFICE = 40
"""Characters of a row below a name."""

_MAX_NAME = 6
_MAX_SIGNATURE = 16
"""Words of a name below a valediction, and of both on one row."""

_LAST_PART = 0.6
"""The share of a text after which a name at the right or alone is a signature."""


def _can_sign(context: Context, index: int, previous: RuleMatch | None) -> bool:
    """Whether a row can be a signature: below some text."""
    is_below = previous is not None and previous.rule == "paragraph"
    is_below = is_below and len(context.rows[index - 1].text) > _MAX_OFFICE
    return is_below or index > 2


def _begins(context: Context, index: int) -> bool:
    """Whether a row begins a chunk or paragraph."""
    return context.starts_chunk(index) or context.geometry.begins_paragraph(
        context.rows[index - 1], context.rows[index]
    )


def _signs(text: str) -> bool:
    return is_valediction_row(text) and names_signer(text)


def find_valediction(context: Context, index: int, previous: RuleMatch | None) -> RuleMatch | None:
    """Find the last words before a signature, on one row or on several short ones."""
    if index <= 2 or previous is None:
        return None
    first = _without_name(context, index, paragraph_stop(context, index))
    if first > index + 1 and context.rows[first - 1].text[-1] == "." and _closes_at(context, first):
        return None  # the last words of the text, above those that close it
    words = [word for row in context.rows[index:first] for word in row.line.words]
    if len(words) > _MAX_CLOSING or not _leads_to_signature(context, first):
        return None
    is_closing = is_valediction_row(" ".join(words[-10:])) or (
        first == index + 1 and _closes(context.rows[index])
    )
    if not is_closing and (previous.kind in BELOW_NAME or not _may_close(context, index, words)):
        return None
    stop = first
    while stop < context.stops[index] and _is_closing_row(context, stop):
        stop = paragraph_stop(context, stop)
    breaks: Breaks = "wrap" if stop == first else "keep"
    return RuleMatch("valediction", index, stop, "valediction: before a signature", breaks)


def _closes_at(context: Context, index: int) -> bool:
    """Whether the words that close a letter begin at a row."""
    return index < len(context.rows) and _is_closing_row(context, index)


def _without_name(context: Context, index: int, stop: int) -> int:
    """Return the end of a paragraph without the name on its last row, below closing words."""
    rows = context.rows[index:stop]
    if len(rows) < 2 or not is_name(rows[-1].text):
        return stop
    words = [word for row in rows[:-1] for word in row.line.words]
    return stop - 1 if is_valediction_row(" ".join(words[-10:])) else stop


def _may_close(context: Context, index: int, words: Sequence[str]) -> bool:
    """Whether a short paragraph without the usual words, no name and no statement, can close."""
    if is_name(" ".join(words)) and has_known_given_name(words[0]):
        return False
    is_label = context.rows[index - 1].text[-1] == ":" or words[0][-1] == ":"
    is_wish = len(words) <= _MAX_WISH and not is_label and words[-1][-1] not in ".?"
    return is_wish and context.starts_chunk(index)


_MAX_WISH = 10
"""Words of a closing without any of the usual words: "Write soon!"."""


def _leads_to_signature(context: Context, index: int) -> bool:
    """Whether a signature follows, perhaps below other closing words."""
    for _ in range(_MAX_CLOSINGS):
        if index >= len(context.rows):
            return False
        if not _is_closing_row(context, index):
            return _is_signature_row(context, index)
        index = paragraph_stop(context, index)
    return False


_MAX_CLOSINGS = 4
"""Closing words on rows of their own: "I am, Sir," "with great respect," "Your servant,"."""


def _is_closing_row(context: Context, index: int) -> bool:
    row = context.rows[index]
    return len(row.line.words) <= _MAX_WISH and _closes(row) and not is_set_right(context, index)


def _closes(row: Row) -> bool:
    """Whether the words of a row close a letter, and are no name."""
    return row.text.endswith(",") or (is_valediction_row(row.text) and not names_signer(row.text))


def _is_signature_row(context: Context, index: int) -> bool:
    row = context.rows[index]
    if len(row.line.words) > _MAX_NAME or is_date_row(row.text, strict=False):
        return False
    if is_set_right(context, index):
        return True
    is_alone = context.is_last(index) or not context.wraps(index)
    name = _ON_BEHALF.sub("", row.text)
    return is_alone and is_name(name) and index >= len(context.rows) - _TAIL_ROWS


_ON_BEHALF = re.compile(
    r"^(?:for|p\. ?p\.|pp\.|per pro\.?|i\. ?[AV]\.|gez\.|[Ss]igned:?"
    r"|\((?:[Ss]igned|gez\.|signé)\)) "
)
"""What stands before the name of who signs for somebody, or of whose signature is copied."""


def find_postscript(context: Context, index: int, previous: RuleMatch | None) -> RuleMatch | None:
    """Find a postscript: after its label, or any text after the signature."""
    text = context.rows[index].text
    is_below = previous is not None and (
        previous.kind in {"signature", "postscript"} or previous.rule == BELOW_SIGNATURE
    )
    is_after = (
        is_below
        and len(text) > 25
        and text[0] != ">"
        and not _is_above_quotation(context, index)
        and _is_in_last_part(context, index, _FIRST_PART)
    )
    if not is_postscript(text) and not is_after:
        return None
    return RuleMatch("postscript", index, paragraph_stop(context, index), "postscript", "wrap")


def _is_above_quotation(context: Context, index: int) -> bool:
    """Whether the rows of another mail stand below a row that says who wrote it."""
    below = context.rows[index + 1 : index + 2]
    return context.rows[index].text[-1] == ":" and any(row.text[0] == ">" for row in below)


def _is_in_last_part(context: Context, index: int, share: float) -> bool:
    """Whether so large a share of a text is above a row that a letter can have ended there."""
    rows = context.rows
    return rows[index].line.start >= share * rows[-1].line.end


_FIRST_PART = 0.4
"""The share of a text in which nobody signs, so that what follows is no postscript."""


FIRST_RULES = (
    Rule("signature: right", find_signature_at_right, texts="no plays", only_short=True),
    Rule("signature", find_signature, texts="letter"),
)
RULES = (
    Rule("valediction", find_valediction, texts="letter", only_short=True),
    Rule("postscript", find_postscript, texts="letter"),
)
