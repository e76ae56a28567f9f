"""Captions of pictures and tables."""

from __future__ import annotations

from generator.reading.structure.caption_words import (
    CUE,
    caption_rule,
    has_cue,
    is_quoted_line,
    is_view,
)
from generator.reading.structure.context import Context
from generator.reading.structure.drama import block_stop
from generator.reading.structure.headings import (
    centred_stop,
    is_capitals,
)
from generator.reading.structure.lists import begins_item
from generator.reading.structure.rule_matches import Rule, RuleMatch

_MAX_WORDS = 45
"""Words of a caption."""

_MAX_NAME = 6
"""Words of a name of what is seen."""

_MAX_LENGTH = 540
"""Characters of a caption's first row."""


def find_caption(context: Context, index: int, previous: RuleMatch | None) -> RuleMatch | None:
    """Find a short block with a cue such as "Image:" or "Fig. 3", or a centred sentence.

    Before the rules of plays, as "Hall (left) with the miller" is no stage direction.
    """
    stop = _caption_stop(context, index)
    if stop is None:
        return None
    words = [word for row in context.rows[index:stop] for word in row.line.words]
    if len(words) > _MAX_WORDS:
        return None
    rule = caption_rule(" ".join(words))
    if not (_is_alone(context, index, stop) or (rule == CUE and _is_row(context, index, stop))):
        return None
    rule = rule or _rule_by_form(context, words, index, stop, previous)
    return RuleMatch("caption", index, stop, rule, "wrap") if rule else None


def _caption_stop(context: Context, index: int) -> int | None:
    """Return the index after the rows that can be one caption, None where none can begin."""
    row = context.rows[index]
    if len(row.text) > _MAX_LENGTH:
        return None
    is_even = context.geometry.is_even(row)
    if not (context.starts_chunk(index) or is_even or has_cue(row.text)):
        return None
    ends = context.is_last(index) or context.rows[index + 1].text[0].isupper()
    if ends and is_even and context.geometry.is_centred(row) and is_view(row.text):
        return index + 1
    most = _most_rows(context, index)
    return max(block_stop(context, index, most), centred_stop(context, index))


def _most_rows(context: Context, index: int) -> int:
    """Return how many rows are looked at: until they have more words than a caption, or end."""
    words = 0
    for count, row in enumerate(context.rows[index : index + _MAX_WORDS + 1], 1):
        words += len(row.line.words)
        if words > _MAX_WORDS or not context.wraps(index + count - 1):
            return count
    return _MAX_WORDS + 1


def _is_alone(context: Context, index: int, stop: int) -> bool:
    """Whether rows are a chunk, or centred between paragraphs; lines of verse are indented."""
    is_chunk = context.starts_chunk(index) and stop == context.stops[index]
    return is_chunk or (not context.profile.is_verse and _is_centred(context, index, stop))


def _is_row(context: Context, index: int, stop: int) -> bool:
    """Whether a row of prose is a paragraph of one row."""
    wraps = index > 0 and context.wraps(index - 1)
    return stop == index + 1 and not wraps and not context.profile.is_verse


def _rule_by_form(
    context: Context, words: list[str], index: int, stop: int, previous: RuleMatch | None
) -> str | None:
    """Return the name of the rule by which rows without a cue are a caption."""
    text = " ".join(words)
    if context.profile.genre in {"play", "poem"} or begins_item(text):
        return None
    if is_quoted_line(text) and is_capitals(text):
        return "caption: words of the story"
    if index == 0 or not _is_centred(context, index, stop):  # on top of a text it is the title
        return None
    if context.wraps(stop - 1):
        return None
    if _is_sentence(words):
        return "caption: centred sentence"
    return "caption: name above a heading" if _heads_no_text(context, index, previous) else None


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


def _heads_no_text(context: Context, index: int, previous: RuleMatch | None) -> bool:
    """Whether a name stands between a paragraph and a heading in capitals."""
    if previous is None or previous.kind != "paragraph" or index + 1 == len(context.rows):
        return False
    row = context.rows[index]
    is_name = len(row.line.words) <= _MAX_NAME and row.text[0].isupper() and row.text[-1].isalnum()
    is_heading = context.capitals[index + 1] and context.headings[index + 1]
    return is_name and is_heading and not context.headings[index]


RULES = (Rule("caption", find_caption, only_short=True),)
