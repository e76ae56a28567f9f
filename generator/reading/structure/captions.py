"""Captions of pictures and tables."""

from __future__ import annotations

import re

from generator.reading.structure.context import Context
from generator.reading.structure.drama import block_stop
from generator.reading.structure.found import Found, Rule
from generator.reading.structure.headings import centred_stop

_MAX_WORDS = 45
_MAX_CREDIT = 8
"""Words of a caption, and after the cue that names who took the picture."""

_CUE = re.compile(
    r"(?:fig(?:ure|\.)?|table|listing|tabelle|abb(?:ildung|\.)?|plate|map|photo)\s*\d+[:.]"
    r"|\[illustration|(?:map|photo|photograph|view|portrait|picture) of\b|artist's (?:rendering|impression)",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:^|\s)(?:Image|Images|Photo|Photograph|Picture|Foto|Bild|Credit|Graphic|Imagen|Imagem):\s"
)


def find_caption(context: Context, index: int, previous: Found | None) -> Found | None:
    """Find a short block with a cue such as "Image:" or "Fig. 3", or a centred sentence."""
    if context.labels[index]:
        return None
    if len(context.rows[index].text) > _MAX_WORDS * 12:
        return None
    stop = max(block_stop(context, index), centred_stop(context, index))
    words = [word for row in context.rows[index:stop] for word in row.line.words]
    if len(words) > _MAX_WORDS or not _is_alone(context, index, stop):
        return None
    text = " ".join(words)
    credit = _CREDIT.search(text)
    if credit and len(text[credit.end() :].split()) <= _MAX_CREDIT:
        return Found("caption", index, stop, "caption: credit", "wrap")
    if _CUE.match(text) and not (len(words) > 25 and text.endswith(".")):
        return Found("caption", index, stop, "caption: cue", "wrap")
    if _is_centred(context, index, stop) and _is_sentence(words):
        return Found("caption", index, stop, "caption: centred sentence", "wrap")
    return None


def _is_alone(context: Context, index: int, stop: int) -> bool:
    """Whether rows are a chunk, or centred between paragraphs."""
    is_chunk = context.starts_chunk(index) and stop == context.stops[index]
    return is_chunk or _is_centred(context, index, stop)


def _is_centred(context: Context, index: int, stop: int) -> bool:
    rows = context.rows[index:stop]
    geometry = context.geometry
    if not all(geometry.is_even(row) for row in rows):
        return False
    if len(rows) == 1:
        return geometry.is_centred(rows[0])
    return geometry.is_centred(rows[-1]) and rows[-1].indent != rows[-2].indent


def _is_sentence(words: list[str]) -> bool:
    """Whether words say what is seen: many, small ones and names."""
    small = sum(word[:1].islower() for word in words)
    names = sum(word[:1].isupper() for word in words[1:])
    return len(words) >= 7 and small >= 3 and names >= 2


RULES = (Rule("caption", find_caption),)
