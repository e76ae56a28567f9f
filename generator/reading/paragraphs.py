"""Repairs of paragraphs that a page or a narrow column cut: hard wraps, hyphens, page breaks.

They change nothing when unsure: a break too many is ugly, but a missing break changes what the
author wrote. The numbers are measured on 953 news articles with breaks that a program inserted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from generator.model import Change
from generator.reading.hyphens import joins_without_hyphen, whole_words
from generator.text.sentences import CLOSING, STOPS, looks_like_prose, sentence_end

_SENTENCE_END = re.compile(rf"{sentence_end(f'{STOPS}:;', f'{CLOSING}*_')}|[\"”»\]]$")
_LIST_ITEM = re.compile(r"--?(?=\w)|[-–—•*·▪►]\s|\(?\d{1,3}[.)]\s|\(?[a-z]\)\s|[IVX]+\.\s")
_DASH_END = re.compile(r"[–—-]$")
# Starts only at the beginning of a chain of words, so that each letter is read once.
_HYPHEN_END = re.compile(r"(?<![^\W\d_])(?<![^\W\d_]-)((?:[^\W\d_]++-(?!\Z))*+[^\W\d_]{2,}+)-\Z")
_WORD_START = re.compile(r"[^\W\d_]+")
_GAP = re.compile(r"\n[\n\f]\n?")

_MIN_COLUMN = 40
"""Characters; the lines of a narrower column are verse, a list or an address, and stay."""

_MIN_FORCED = 0.8
"""The share of line breaks that the width must have forced before any of them is undone."""

_MIN_LOWER_CASE = 0.25
"""The share of lines that must begin in lower case: two in three do in German prose, and hardly
any in verse, whose lines are often as even as a column."""

_RAGGED = 0.85
"""The share of the widest line from which a break can be forced, because of proportional type."""

_CONTEXT = 2_000
"""Characters at the end of a paragraph that are enough to decide whether it goes on."""

_CONNECTORS = frozenset(
    # English, Spanish, French, German, Portuguese: no sentence ends with one of these words.
    "and or but of the a an to in on at for with by from as that which who whose is are was were be"
    " been has have had will would can could not than its his her their this these those into over"
    " under between about against during after before while because if also more most such both"
    " either other some any no"
    " y o de del la el los las un una en con por para que se su al como entre sobre"
    " et ou du des le les une dans avec pour sur qui ce cette aux par"
    " und oder der die das den dem ein eine von mit für auf im zu bei als dass nicht"
    " e do da dos das os as um uma em com não ao".split()
)


def hard_wraps(text: str) -> Iterator[Change]:
    """Replace line feeds that only the width of the page forced by spaces, or join at a hyphen.

    A break was forced if the first word of the next line had no room left. If most breaks of a
    text were not forced, or nearly every line begins with a capital, the lines are the author's
    (verse, lists, addresses) and stay.
    """
    breaks = list(_line_breaks(text))
    width = _column_width(breaks)
    if width is None:
        return
    vocabulary = whole_words(text)
    for line_break in breaks:
        if line_break.is_forced(_RAGGED * width):
            position, before, after = line_break
            yield _rejoin(position, "\n", before, after, vocabulary)


def cut_paragraphs(text: str) -> Iterator[Change]:
    """Join a paragraph that a page break cut in two; replace other page marks by empty lines."""
    vocabulary = whole_words(text) if "-\n" in text else frozenset()
    current, has_begun = "", False
    for position, gap, block in _blocks_with_gaps(text):
        if has_begun and _continues(current, block, gap):
            yield _rejoin(position, gap, current, block, vocabulary)
            current = f"{current} {block}"[-_CONTEXT:]
        else:
            if gap not in {"", "\n\n"}:
                yield Change(position, gap, "\n\n")
            current = block
        has_begun = has_begun or looks_like_prose(current, _SENTENCE_END)


def _blocks_with_gaps(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield for every paragraph the position of the gap before it, the gap and the paragraph."""
    start, gap = 0, ""
    for match in _GAP.finditer(text):
        yield start - len(gap), gap, text[start : match.start()]
        start, gap = match.end(), match[0]
    yield start - len(gap), gap, text[start:]


class _LineBreak(NamedTuple):
    """A line feed inside a paragraph, with the lines around it."""

    position: int
    before: str
    after: str

    def is_forced(self, width: float) -> bool:
        """Whether the first word of the next line had no room in a line of this width."""
        return len(self.before) + 1 + len(self.after.split(" ", 1)[0]) > width


def _line_breaks(text: str) -> Iterator[_LineBreak]:
    """Yield every line feed inside a paragraph, unless an item of a list follows it."""
    position = 0
    lines = text.split("\n")
    for line, following in pairwise(lines):
        position += len(line)
        if line.strip("\f") and following.strip("\f") and not _LIST_ITEM.match(following):
            yield _LineBreak(position, line, following)
        position += 1


def _column_width(breaks: list[_LineBreak]) -> float | None:
    """Return the width that a text was wrapped to, in characters; None if it was not wrapped."""
    lengths = sorted(len(line_break.before) for line_break in breaks)
    if len(lengths) < 3 or _is_verse(breaks):
        return None
    width = lengths[int(0.95 * (len(lengths) - 1))]
    forced = sum(line_break.is_forced(_RAGGED * width) for line_break in breaks)
    return width if width >= _MIN_COLUMN and forced >= _MIN_FORCED * len(breaks) else None


def _is_verse(breaks: list[_LineBreak]) -> bool:
    """Whether nearly every line begins with a capital; lines all in capitals do not count."""
    lines = [line_break.after for line_break in breaks]
    cased = [line for line in lines if line[:1].lower() != line[:1].upper()]
    mixed = [line for line in cased if not line.isupper()]
    lower_case = sum(line[0].islower() for line in mixed)
    return 2 * len(mixed) > len(breaks) and lower_case < _MIN_LOWER_CASE * len(mixed)


def _rejoin(position: int, gap: str, before: str, after: str, vocabulary: frozenset[str]) -> Change:
    """Return the change that joins two lines or paragraphs over the `gap` at `position`."""
    if not before.endswith("-") or before.endswith(" -"):
        return Change(position, gap, " ")
    head, tail = _HYPHEN_END.search(before), _WORD_START.match(after)
    if head and tail and joins_without_hyphen(head[1], tail[0], vocabulary):
        return Change(position - 1, f"-{gap}", "")
    return Change(position, gap, "")


def _continues(before: str, after: str, gap: str) -> bool:
    """Whether `after` is the rest of the paragraph `before`, with `gap` between them."""
    if _SENTENCE_END.search(before) or _LIST_ITEM.match(after) or "\n" in before:
        return False
    words = before.split()
    if _LIST_ITEM.match(before) and len(words) < 12:
        return False
    rules = _CONTINUATION_RULES if "\f" not in gap else (*_CONTINUATION_RULES, _stops_at_page_end)
    return any(rule(words, after) for rule in rules)


def _lower_case_follows(words: list[str], after: str) -> bool:
    return len(words) >= 6 and after[:1].islower()


def _ends_with_connector(words: list[str], _after: str) -> bool:
    return len(words) >= 6 and words[-1].strip("\"“”'’(").lower() in _CONNECTORS


def _sentence_end_follows(words: list[str], after: str) -> bool:
    """Whether a long paragraph stops in mid-sentence, and the next one ends a sentence."""
    if len(words) < 12 or not _SENTENCE_END.search(after) or _DASH_END.search(words[-1]):
        return False
    return _is_running_text(_last_sentence(words))


def _stops_at_page_end(words: list[str], _after: str) -> bool:
    """Whether running text stops in mid-sentence, which is enough at the end of a page."""
    rest = _last_sentence(words)
    return len(words) >= 8 and not _DASH_END.search(words[-1]) and _is_running_text(rest)


def _is_running_text(words: list[str]) -> bool:
    # Captions and attributions end with capitals: "Image: NASA", "— Rick Santorum".
    return len(words) >= 4 and sum(word[:1].islower() for word in words) > 0.4 * len(words)


def _last_sentence(words: list[str]) -> list[str]:
    ends = (
        index for index in range(len(words) - 1, 0, -1) if _SENTENCE_END.search(words[index - 1])
    )
    return words[next(ends, 0) :]


_CONTINUATION_RULES = (_lower_case_follows, _ends_with_connector, _sentence_end_follows)
