"""Captions of pictures and tables."""

from __future__ import annotations

import re

from generator.reading.structure.context import Context
from generator.reading.structure.drama import block_stop
from generator.reading.structure.headings import centred_stop, is_capitals, is_quoted_line
from generator.reading.structure.rule_matches import Rule, RuleMatch

_MAX_WORDS = 45
_MAX_SENTENCE = 25
_MAX_CREDIT = 8
"""Words of a caption, of one that is a sentence, and after the cue that names who took it."""

_MAX_LENGTH = 540
"""Characters of a caption's first row."""

_CUE = re.compile(
    r"(?:fig(?:ure|\.)?|table|listing|tabelle|abb(?:ildung|\.)?|plate|map|photo)\s*\d+[:.]"
    r"|\[illustration|(?:an? )?(?:map|photo|photograph|view|portrait|picture|bust|statue"
    r"|engraving|drawing|interior) of\b"
    r"|artist's (?:rendering|impression)",
    re.IGNORECASE,
)
_VIEW = re.compile(
    r"[^\W\d_a-z]\S*(?: (?:[^\W\d_a-z]\S*|of|or|and|the|de|la)){0,5}"
    r"(?:, (?:in|with|near|seen from|interior of|view of) [^.!?;:,]{5,80}"
    r"| \((?:left|right|centre|center)\) [^.!?;:]{5,80}\.?)"
)
"""A name, and how or where it is seen: "Carrow, with the mill in the distance"."""

_CREDIT = re.compile(
    r"(?:^|\s)(?:Image|Images|Photo|Photograph|Picture|Foto|Bild|Credit|Graphic|Imagen|Imagem):\s"
)


def find_caption(context: Context, index: int, _previous: RuleMatch | None) -> RuleMatch | None:
    """Find a short block with a cue such as "Image:" or "Fig. 3", or a centred sentence."""
    if len(context.rows[index].text) > _MAX_LENGTH:
        return None
    if not (context.starts_chunk(index) or context.geometry.is_even(context.rows[index])):
        return None
    # Each row has a word, so that more rows than words can be no caption.
    stop = max(block_stop(context, index, _MAX_WORDS + 1), centred_stop(context, index))
    words = [word for row in context.rows[index:stop] for word in row.line.words]
    if len(words) > _MAX_WORDS or not _is_alone(context, index, stop):
        return None
    # On top of a text, a centred sentence is its title.
    is_centred = index > 0 and _is_centred(context, index, stop)
    rule = _rule(words, is_centred=is_centred)
    return RuleMatch("caption", index, stop, rule, "wrap") if rule else None


def _rule(words: list[str], *, is_centred: bool) -> str | None:
    """Return the name of the rule by which words are a caption, None if they are none."""
    text = " ".join(words)
    credit = _CREDIT.search(text)
    if credit and len(text[credit.end() :].split()) <= _MAX_CREDIT:
        return "caption: credit"
    if _CUE.match(text) and not (len(words) > _MAX_SENTENCE and text.endswith(".")):
        return "caption: cue"
    if _VIEW.fullmatch(text):
        return "caption: view"
    if is_quoted_line(text) and is_capitals(text):
        return "caption: words of the story"
    return "caption: centred sentence" if is_centred and _is_sentence(words) else None


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
