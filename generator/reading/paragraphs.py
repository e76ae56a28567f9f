"""Repairs of paragraphs that a page or a narrow column cut: hard wraps, hyphens, page breaks.

All of them abstain when unsure: a break too many is an eyesore, a break too few changes what an
author wrote. The figures are measured on 953 news articles with breaks put in by machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from generator.model import Change
from generator.reading.hyphens import joins_without_hyphen, whole_words
from generator.text.sentences import CLOSING, STOPS, looks_like_prose, sentence_end

_SENTENCE_END = re.compile(rf"{sentence_end(f'{STOPS}:;', f'{CLOSING}*_')}|[\"”»\]]$")
_LIST_ITEM = re.compile(r"--?(?=\w)|[-–—•*·▪►]\s|\(?\d{1,3}[.)]\s|\(?[a-z]\)\s|[IVX]+\.\s")
_DASH_END = re.compile(r"[–—-]$")
# It begins where a chain of words begins, and reads each letter once.
_HYPHEN_END = re.compile(r"(?<![^\W\d_])(?<![^\W\d_]-)((?:[^\W\d_]++-(?!\Z))*+[^\W\d_]{2,}+)-\Z")
_WORD_START = re.compile(r"[^\W\d_]+")
_BOUNDARY = re.compile(r"\n[\n\f]\n?")

_NARROWEST = 40
"""A column narrower than this, in characters, is verse, a list or an address: never rewrapped."""

_FORCED_SHARE = 0.8
"""So many of the line breaks must have been forced by the width before any of them is undone."""

_GOING_ON = 0.25
"""So many lines must go on in small letters: two in three do in German prose, and hardly one in
verse, whose lines are often as even as a column."""

_RAGGED = 0.85
"""Pages set in proportional type break a little before the widest line, down to this share."""

_ENOUGH = 2_000
"""Characters of a paragraph that tell whether it goes on."""

_CONNECTORS = frozenset(
    # English, then Spanish, French, German, Portuguese: no sentence ends with one of these.
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
    """Line feeds that only the width of the page forced become spaces, or nothing after a hyphen.

    A break was forced when the next line's first word had no room left. Where most breaks of a
    text were not, or nearly every line begins with a capital, its lines are the author's: verse,
    lists, addresses stay as they are.
    """
    breaks = list(_line_breaks(text))
    width = _column(breaks)
    if width is None:
        return
    known = whole_words(text)
    for position, before, after in breaks:
        if _forced(before, after, _RAGGED * width):
            yield _rejoin(position, "\n", before, after, known)


def cut_paragraphs(text: str) -> Iterator[Change]:
    """A paragraph that a page break cut in two is joined; other page marks become empty lines."""
    known = whole_words(text) if "-\n" in text else frozenset()
    current, begun = "", False
    for position, gap, block in _blocks_with_gaps(text):
        if begun and _continues(current, block, gap):
            yield _rejoin(position, gap, current, block, known)
            current = f"{current} {block}"[-_ENOUGH:]
        else:
            if gap not in {"", "\n\n"}:
                yield Change(position, gap, "\n\n")
            current = block
        # Body text has begun once a block reads like a sentence; titles and decks come before it.
        begun = begun or looks_like_prose(current, _SENTENCE_END)


def _blocks_with_gaps(text: str) -> Iterator[tuple[int, str, str]]:
    """Every paragraph with the gap before it, and where that gap begins."""
    start, gap = 0, ""
    for match in _BOUNDARY.finditer(text):
        yield start - len(gap), gap, text[start : match.start()]
        start, gap = match.end(), match[0]
    yield start - len(gap), gap, text[start:]


def _line_breaks(text: str) -> Iterator[tuple[int, str, str]]:
    """Every line feed inside a paragraph, unless it begins an item of a list.

    Gives where it is, the line before and the line behind.
    """
    position = 0
    lines = text.split("\n")
    for line, following in pairwise(lines):
        position += len(line)
        if line.strip("\f") and following.strip("\f") and not _LIST_ITEM.match(following):
            yield position, line, following
        position += 1


def _column(breaks: list[tuple[int, str, str]]) -> float | None:
    """The width that a text was wrapped to, in characters; None when it was not."""
    lengths = sorted(len(line) for _, line, _ in breaks)
    if len(lengths) < 3 or _is_verse(breaks):
        return None
    width = lengths[int(0.95 * (len(lengths) - 1))]
    forced = sum(_forced(before, after, _RAGGED * width) for _, before, after in breaks)
    return width if width >= _NARROWEST and forced >= _FORCED_SHARE * len(breaks) else None


def _is_verse(breaks: list[tuple[int, str, str]]) -> bool:
    """Tell whether nearly every line begins with a capital; text all in capitals tells nothing."""
    cased = [line for _, _, line in breaks if line[:1].lower() != line[:1].upper()]
    mixed = [line for line in cased if not line.isupper()]
    going_on = sum(line[0].islower() for line in mixed)
    return 2 * len(mixed) > len(breaks) and going_on < _GOING_ON * len(mixed)


def _forced(before: str, after: str, width: float) -> bool:
    return len(before) + 1 + len(after.split(" ", 1)[0]) > width


def _rejoin(position: int, gap: str, before: str, after: str, known: frozenset[str]) -> Change:
    """Join two lines or paragraphs with `gap` between them, which stands at `position`."""
    if not before.endswith("-") or before.endswith(" -"):
        return Change(position, gap, " ")
    head, tail = _HYPHEN_END.search(before), _WORD_START.match(after)
    if head and tail and joins_without_hyphen(head[1], tail[0], known):
        return Change(position - 1, f"-{gap}", "")
    return Change(position, gap, "")


def _continues(before: str, after: str, gap: str) -> bool:
    """Tell whether `after` is the rest of the paragraph `before`, with `gap` between them."""
    if _SENTENCE_END.search(before) or _LIST_ITEM.match(after) or "\n" in before:
        return False
    words = before.split()
    if _LIST_ITEM.match(before) and len(words) < 12:
        return False
    rules = _CONTINUATIONS if "\f" not in gap else (*_CONTINUATIONS, _new_page)
    return any(rule(words, after) for rule in rules)


def _lower_case_follows(words: list[str], after: str) -> bool:
    return len(words) >= 6 and after[:1].islower()


def _connector_before(words: list[str], _after: str) -> bool:
    return len(words) >= 6 and words[-1].strip("\"“”'’(").lower() in _CONNECTORS


def _running_text_both(words: list[str], after: str) -> bool:
    """A long paragraph of running text stops in mid-sentence, and what follows ends a sentence."""
    if len(words) < 12 or not _SENTENCE_END.search(after) or _DASH_END.search(words[-1]):
        return False
    return _is_running_text(_last_sentence(words))


def _new_page(words: list[str], _after: str) -> bool:
    """Where a page is known to end, running text that stops in mid-sentence is reason enough."""
    rest = _last_sentence(words)
    return len(words) >= 8 and not _DASH_END.search(words[-1]) and _is_running_text(rest)


def _is_running_text(words: list[str]) -> bool:
    # Captions and attributions stop with a few capitals: "Image: NASA", "— Rick Santorum".
    return len(words) >= 4 and sum(word[:1].islower() for word in words) > 0.4 * len(words)


def _last_sentence(words: list[str]) -> list[str]:
    ends = (
        index for index in range(len(words) - 1, 0, -1) if _SENTENCE_END.search(words[index - 1])
    )
    return words[next(ends, 0) :]


_CONTINUATIONS = (_lower_case_follows, _connector_before, _running_text_both)
