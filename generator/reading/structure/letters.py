"""The parts of a letter: date and address, salutation, valediction, signature, postscript."""

from __future__ import annotations

from collections.abc import Sequence

from generator.reading.structure.context import Context
from generator.reading.structure.found import Found, Rule
from generator.reading.structure.letter_words import (
    is_address,
    is_date_row,
    is_diary_date,
    is_name,
    is_postscript,
    is_salutation,
    is_valediction,
    names_signer,
)
from generator.reading.structure.paragraphs import paragraph_stop
from generator.reading.structure.rows import Row

_HEAD_ROWS = 16
_TAIL_ROWS = 30
"""Rows at the beginning and the end among which the parts of a letter are looked for."""

_AT_RIGHT = 18
"""Columns from which a short row of a letter is set to the right."""

_MAX_CLOSING = 28
"""Words of a valediction."""


def looks_like_letter(rows: Sequence[Row]) -> bool:
    """Whether a text begins with a salutation, or ends with a valediction and a signature."""
    if any(is_salutation(row.text) for row in _head(rows)):
        return True
    tail = rows[-_TAIL_ROWS:]
    closing = any(len(row.text) < 75 and is_valediction(row.text) for row in tail)
    right = any(row.indent >= _AT_RIGHT and len(row.line.words) <= 8 for row in tail)
    return (closing and right) or (
        any(is_date_row(row.text, strict=True) for row in _head(rows)) and _is_signed(rows)
    )


def _is_signed(rows: Sequence[Row]) -> bool:
    """Whether a name stands alone on the last row, below a line that ends with a comma."""
    if len(rows) < 3 or not rows[-1].gap:
        return False
    return rows[-2].text.endswith(",") and len(rows[-1].text) < 40 and is_name(rows[-1].text)


def _head(rows: Sequence[Row]) -> Sequence[Row]:
    """Return the short rows before the first long one."""
    long = (index for index, row in enumerate(rows[:_HEAD_ROWS]) if len(row.line.words) > 11)
    return rows[: next(long, _HEAD_ROWS)]


def find_salutation(context: Context, index: int, previous: Found | None) -> Found | None:
    """Find a salutation before the first words of a letter."""
    if index > _HEAD_ROWS or context.profile.genre == "play" or context.wraps(index):
        return None
    above = previous is None or previous.kind in _ABOVE or previous.rule in _ABOVE
    if not above or not is_salutation(context.rows[index].text):
        return None
    return Found("salutation", index, index + 1, "salutation")


def find_dateline(context: Context, index: int, previous: Found | None) -> Found | None:
    """Find a row that says no more than a place and a date."""
    row = context.rows[index]
    if context.wraps(index) or context.labels[index]:
        return None
    if not index and not context.profile.is_letter:
        return None
    narrow = context.geometry.width is None or row.right < 0.6 * context.geometry.width
    if is_diary_date(row.text) and narrow:
        return Found("dateline", index, index + 1, "dateline: entry of a diary")
    at_right = is_set_right(context, index)
    if not is_date_row(row.text, strict=not at_right):
        return None
    closes = context.profile.is_letter and previous is not None and previous.kind in _CLOSING
    if index <= _HEAD_ROWS or at_right or closes:
        return Found("dateline", index, index + 1, "dateline")
    return None


_ABOVE = frozenset(
    ("heading", "dateline", "address", "ornament", "paragraph: below the title", "lines")
)
_CLOSING = frozenset(("valediction", "signature", "postscript", "address"))


def is_set_right(context: Context, index: int) -> bool:
    """Whether a short row is set to the right, or far from the margin and not centred."""
    row = context.rows[index]
    if row.indent < _AT_RIGHT or len(row.line.words) > 12:
        return False
    return context.geometry.is_at_right(row) or not context.geometry.is_centred(row)


def find_signature_at_right(context: Context, index: int, _previous: Found | None) -> Found | None:
    """Find a signature, or the valediction above it, that is set to the right."""
    text = context.rows[index].text
    if not _can_sign(context, index) or not is_set_right(context, index):
        return None
    if is_date_row(text, strict=False):
        return None
    is_letter = context.profile.is_letter
    is_below = index + 1 < len(context.rows) and is_set_right(context, index + 1)
    if is_letter and is_valediction(text) and is_below:
        return Found("valediction", index, index + 1, "valediction: set to the right")
    if is_letter or (is_name(text) and index > _LAST_PART * len(context.rows)):
        return Found("signature", index, index + 1, "signature: set to the right")
    return None


def find_signature(context: Context, index: int, previous: Found | None) -> Found | None:
    """Find the name at the end of a letter, alone or after the last words of a valediction."""
    row = context.rows[index]
    if not (_can_sign(context, index) and context.profile.is_letter) or context.wraps(index):
        return None
    count = len(row.line.words)
    if previous is not None and previous.kind == "valediction" and count <= _MAX_NAME:
        return Found("signature", index, index + 1, "signature: below a valediction")
    if index < len(context.rows) - _TAIL_ROWS or not context.is_last(index):
        return None
    if count <= _MAX_SIGNATURE and _begins(context, index) and _signs(row.text):
        return Found("signature", index, index + 1, "signature: after a valediction")
    if context.starts_chunk(index) and count < _MAX_NAME and is_name(row.text):
        return Found("signature", index, index + 1, "signature: a name alone")
    return None


_MAX_NAME = 6
_MAX_SIGNATURE = 16
"""Words of a name below a valediction, and of both on one row."""

_LAST_PART = 0.6
"""The share of a text after which a name at the right is a signature, in whatever text."""


def _can_sign(context: Context, index: int) -> bool:
    """Whether a row can be a signature: below some text, and in no play."""
    return index > 2 and not context.labels[index] and context.profile.genre != "play"


def _begins(context: Context, index: int) -> bool:
    """Whether a row begins a chunk or paragraph."""
    return context.starts_chunk(index) or context.geometry.begins_paragraph(
        context.rows[index - 1], context.rows[index]
    )


def _signs(text: str) -> bool:
    return is_valediction(text) and names_signer(text)


def find_valediction(context: Context, index: int, previous: Found | None) -> Found | None:
    """Find the last words before a signature."""
    if not context.profile.is_letter or context.labels[index] or index <= 2:
        return None
    stop = paragraph_stop(context, index)
    rows = context.rows[index:stop]
    words = [word for row in rows for word in row.line.words]
    if len(words) > _MAX_CLOSING or stop >= len(context.rows) or previous is None:
        return None
    if not _is_signature_row(context, stop):
        return None
    if is_valediction(" ".join(words[-10:])) or (len(words) <= 10 and context.starts_chunk(index)):
        return Found("valediction", index, stop, "valediction: before a signature", "wrap")
    return None


def _is_signature_row(context: Context, index: int) -> bool:
    row = context.rows[index]
    if len(row.line.words) > 6 or is_date_row(row.text, strict=False):
        return False
    if is_set_right(context, index):
        return True
    is_alone = context.is_last(index) or not context.wraps(index)
    return is_alone and is_name(row.text) and index >= len(context.rows) - _TAIL_ROWS


def find_postscript(context: Context, index: int, previous: Found | None) -> Found | None:
    """Find a postscript: after its label, or any text after the signature."""
    if not context.profile.is_letter:
        return None
    after = previous is not None and previous.kind in {"signature", "postscript", "dateline"}
    after = after and _has_signed(context, index, previous)
    text = context.rows[index].text
    if not is_postscript(text) and not (after and len(text) > 25):
        return None
    return Found("postscript", index, paragraph_stop(context, index), "postscript", "wrap")


def _has_signed(context: Context, index: int, previous: Found | None) -> bool:
    """Whether the block before is below the signature."""
    return previous is not None and (
        previous.kind != "dateline" or index > max(8, 0.5 * len(context.rows))
    )


def find_address(context: Context, index: int, previous: Found | None) -> Found | None:
    """Find the address of a letter, above the salutation or below the signature."""
    rows = context.rows
    if not context.profile.is_letter:
        return None
    above = _rows_above_salutation(context, index, previous)
    if above:
        return Found("address", index, above, "address: above the salutation", "stay")
    if not is_address(rows[index].text):
        return None
    at_top = index <= _HEAD_ROWS and (previous is None or previous.kind in {"heading", "dateline"})
    below = previous is not None and previous.kind in _CLOSING | {"dateline"}
    if not (at_top or below) or len(rows[index].text) > 55:
        return None
    stop = index + 1
    while stop < context.stops[index] and stop < index + 7 and len(rows[stop].text) <= 55:
        if (at_top and is_salutation(rows[stop].text)) or context.geometry.begins_paragraph(
            rows[stop - 1], rows[stop]
        ):
            break
        stop += 1
    return Found("address", index, stop, "address", "stay")


FIRST_RULES = (
    Rule("salutation", find_salutation),
    Rule("signature: right", find_signature_at_right),
    Rule("signature", find_signature),
)


def _rows_above_salutation(context: Context, index: int, previous: Found | None) -> int | None:
    """Return the index of the salutation that follows short rows below the date, if one does."""
    if index > _HEAD_ROWS or previous is None or previous.kind not in {"dateline", "heading"}:
        return None
    if not index and context.starts_chunk(index):
        return None
    for stop in range(index, min(index + 6, len(context.rows))):
        row = context.rows[stop]
        if is_salutation(row.text):
            return stop if stop > index and previous.kind == "dateline" else None
        if len(row.text) > 45 or is_date_row(row.text, strict=False) or context.wraps(stop):
            return None
    return None


RULES = (
    Rule("dateline", find_dateline),
    Rule("address", find_address),
    Rule("valediction", find_valediction),
    Rule("postscript", find_postscript),
)
