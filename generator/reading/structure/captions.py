"""Captions of pictures and tables."""

from __future__ import annotations

import re

from generator.reading.structure.context import Context
from generator.reading.structure.drama import block_stop
from generator.reading.structure.found import Found, Rule
from generator.reading.structure.headings import centred_stop

_MAX_WORDS = 60
_CUE = re.compile(
    r"^(?:fig(?:ure|\.)?|table|listing|tabelle|abb(?:ildung|\.)?|plate|map of|photo|\[?illustration)\s*[\d:.]"
    r"|^(?:map of|photo(?:graph)? of|view of|portrait of|a bust of|artist's)\b|^\[illustration"
    r"|\b(?:image|photo|picture|foto|bild|credit|graphic)\s*:\s|\bfile photo\b",
    re.IGNORECASE,
)


def find_caption(context: Context, index: int, previous: Found | None) -> Found | None:
    """Find a short block with a cue such as "Image:" or "Fig. 3"."""
    if context.labels[index]:
        return None
    stop = max(block_stop(context, index), centred_stop(context, index))
    geometry = context.geometry
    centred = geometry.is_centred(context.rows[index]) or (
        stop > index + 1 and geometry.is_centred(context.rows[stop - 1]) and geometry.is_even(context.rows[index])
    )
    words = [word for row in context.rows[index:stop] for word in row.line.words]
    if len(words) > _MAX_WORDS:
        return None
    text = " ".join(words)
    if _CUE.search(text):
        return Found("caption", index, stop, "caption: cue", "wrap")
    lower = sum(word[:1].islower() for word in words)
    if centred and (text.endswith(".") or lower >= 3) and len(words) >= 5 and lower * 3 >= len(words) and not context.labels[index]:
        return Found("caption", index, stop, "caption: centred sentence", "wrap")
    return None


RULES = (Rule("caption", find_caption),)
