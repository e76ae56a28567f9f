"""Page numbers and running heads: lines that pages repeat and that do not belong to the text.

The evidence must be strong: to leave out a line of the text is worse than to show a running head.
Numbers must count up from page to page and be as far apart as pages;
they stand at form feeds, interrupt sentences, or have a form that only page numbers have. A head
is repeated beside such numbers or at the edges of pages, and hardly anywhere else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median_high
from typing import NamedTuple

import msgspec

from generator.reading.structure.lines import Line
from generator.reading.structure.page_numbers import PageNumber, can_number_page, page_numbers
from generator.reading.structure.regions import Furniture
from generator.reading.structure.running_heads import (
    MAX_HEAD,
    MIN_PAGE,
    Series,
    find_dividing_heads,
    find_heads,
    find_heads_in_sentences,
    find_interrupting_heads,
    head_key,
    looks_like_head,
    neighbour,
    splits,
    stops,
)

_SHORT = 45
"""Characters of a short line, which could be a head rather than text."""

_MAX_CHAINS = 8
"""Series of numbers that are tried: numbers of stanzas and notes count up as well."""

_CENTRED = 12
"""Columns before the number of the only page, below its text."""

_NOTE_MARKER = re.compile(r"(?:\*+\)?|†|\d{1,3}[.)]?|\(\d{1,3}\)|\[\d{1,3}\])\s")
_MAX_NOTES = 16
"""Lines of notes at the foot of a page, above its number."""

_CONTEXT = 4
"""Lines before and after a number in which the text that it interrupts is looked for."""


class _Candidate(msgspec.Struct, frozen=True, gc=False):
    """A line with a number that could be that of its page."""

    line: Line
    number: PageNumber
    is_at_page_edge: bool
    """Whether a form feed is beside it, or beside a short line next to it."""
    interrupts: bool
    """Whether the text around it goes on in mid-sentence."""
    splits: bool
    """Whether the text after it begins with a small letter, after a line without an end."""
    is_last: bool = False
    """Whether no line follows it."""
    keys: tuple[str, ...] = ()
    """The keys of the short lines beside it, which could be heads of the same page."""


def find_furniture(lines: Sequence[Line]) -> tuple[Furniture, ...]:
    """Return the page numbers and running heads of a text, in its order."""
    candidates = _qualified([*_candidates(lines)], lines)
    numbers = {candidate.line.number: candidate for candidate in _pagination(candidates)}
    heads = {line.number: line for line in find_heads(lines, frozenset(numbers))}
    others = (
        *find_interrupting_heads(lines),
        *find_heads_in_sentences(lines),
        *find_dividing_heads(lines),
    )
    heads |= {line.number: line for line in others if line.number not in numbers}
    found = [
        *(
            Furniture(item.line, f"page number: {item.number.form}", item.number.label)
            for item in numbers.values()
        ),
        *(Furniture(line, "running head") for line in heads.values()),
    ]
    return tuple(sorted(found, key=lambda furniture: furniture.line.number))


def _candidates(lines: Sequence[Line]) -> Iterator[_Candidate]:
    for line in lines:
        numbers = _numbers_apart(lines, line) if can_number_page(line.text) else ()
        if not numbers:
            continue
        is_at_edge = _is_at_edge(lines, line)
        above = _above_notes(lines, line.number)
        before = _nearest(reversed(lines[max(0, above - _CONTEXT) : above]))
        after = _nearest(lines[line.number + 1 : line.number + 1 + _CONTEXT])
        interrupts = _interrupts(before, after)
        keys = _keys_beside(lines, line)
        is_last = line.number == len(lines) - 1
        for number in numbers:
            yield _Candidate(
                line, number, is_at_edge, interrupts, splits(before, after), is_last, keys
            )


def _numbers_apart(lines: Sequence[Line], line: Line) -> Sequence[PageNumber]:
    """Return the numbers of a line that is set off, or in which a gap is beside the number."""
    is_apart = _is_apart(lines, line)
    if not is_apart and line.has_single_spaces:
        return ()
    numbers = page_numbers(line.text)
    return numbers if is_apart or (numbers and numbers[0].is_apart) else ()


def _qualified(candidates: list[_Candidate], lines: Sequence[Line]) -> list[_Candidate]:
    """Return the candidates without numbers beside words that look like no running head."""
    series = Series()
    keys = [series.find(head_key(candidate.number.words)) for candidate in candidates]
    counts = Counter(keys)
    titles = {head_key(line.text) for line in lines[:8] if len(line.text) <= MAX_HEAD}
    return [
        candidate
        for candidate, key in zip(candidates, keys, strict=True)
        if candidate.number.form != "beside"
        or counts[key] >= 2
        or key in titles
        or (
            looks_like_head(candidate.number.words)
            and (candidate.number.is_apart or candidate.is_at_page_edge or candidate.splits)
        )
    ]


def _is_apart(lines: Sequence[Line], line: Line) -> bool:
    """Whether empty lines, page breaks or its indentation set a line off."""
    before, after = neighbour(lines, line.number - 1), neighbour(lines, line.number + 1)
    is_first = before is None or line.empty_before > 0 or line.begins_page
    is_last = after is None or after.empty_before > 0 or after.begins_page
    if (is_first or _is_head(before)) and (is_last or _is_head(after)):
        return True
    if before is None or after is None or line.begins_page or after.begins_page:
        return True
    if before.indent == line.indent and line.number >= 2:
        before = lines[line.number - 2]
    elif after.indent == line.indent and line.number + 2 < len(lines):
        after = lines[line.number + 2]
    return line.indent >= max(before.indent, after.indent) + 2


def _is_head(line: Line | None) -> bool:
    """Whether a line could be the head of a page or its number."""
    return line is not None and len(line.text) < _SHORT and looks_like_head(line.text)


def _keys_beside(lines: Sequence[Line], line: Line) -> tuple[str, ...]:
    beside = (
        *lines[max(0, line.number - 1) : line.number],
        *lines[line.number + 1 : line.number + 2],
    )
    return tuple(head_key(other.text) for other in beside if looks_like_head(other.text))


def _is_at_edge(lines: Sequence[Line], line: Line) -> bool:
    """Whether a form feed is beside a line, or beside a short line next to it."""
    if line.begins_page:
        return True
    for below in lines[line.number + 1 : line.number + 3]:
        if below.begins_page:
            return True
        if not looks_like_head(below.text):
            break
    before = lines[line.number - 1] if line.number else None
    return before is not None and before.begins_page and looks_like_head(before.text)


def _above_notes(lines: Sequence[Line], number: int) -> int:
    """Return the number of the line where the notes begin that end a page, or the number itself."""
    start = first = number
    while start and number - start < _MAX_NOTES and not lines[start].begins_page:
        start -= 1
        line = lines[start]
        if _NOTE_MARKER.match(line.text) and (line.empty_before or line.indent > 0):
            first = start
        elif line.empty_before and first != start:
            break
    while first and not any(map(str.isalnum, lines[first - 1].text)):
        first -= 1
    return first


def _nearest(lines: Iterable[Line]) -> Line | None:
    """Return the first line that is text rather than a head."""
    return next((line for line in lines if not _is_short_head(line)), None)


def _is_short_head(line: Line) -> bool:
    return len(line.text) < _SHORT and looks_like_head(line.text)


def _interrupts(before: Line | None, after: Line | None) -> bool:
    """Whether the text before a line stops in mid-sentence."""
    if before is None or after is None:
        return False
    return len(before.words) >= 4 and not stops(before)


def _pagination(candidates: list[_Candidate]) -> list[_Candidate]:
    """Return the lines that number the pages: the longest series of numbers that can."""
    remaining = candidates
    for _ in range(_MAX_CHAINS):
        chain = _longest_chain(remaining)
        if not chain:
            break
        if _numbers_pages(chain) and (len(chain) > 1 or _is_only_one(chain[0], candidates)):
            return chain
        tried = {id(candidate) for candidate in chain}
        remaining = [candidate for candidate in remaining if id(candidate) not in tried]
    return []


def _is_only_one(candidate: _Candidate, candidates: list[_Candidate]) -> bool:
    """Whether no other line is a number alone, or the form of this one says what it is."""
    if candidate.line.text[0].isalpha() or candidate.is_at_page_edge:
        return True
    # A number on the first line is that of a letter or a poem, and belongs to its title.
    return all(
        other.line.number in {0, candidate.line.number} or other.number.form == "beside"
        for other in candidates
    )


def _longest_chain(candidates: list[_Candidate]) -> list[_Candidate]:
    """Return the longest chain of numbers that count up, in the order of the text."""
    ending: dict[tuple[bool, int], tuple[int, int]] = {}
    """For the last number of a chain and its script: its length, and its last member's index."""
    previous: list[int | None] = []
    best_length, member = 0, -1
    for index, candidate in enumerate(candidates):
        length, last = _best_before(candidates, ending, candidate)
        previous.append(last)
        key = candidate.number.label.isdecimal(), candidate.number.value
        if length + 1 >= ending.get(key, (0, 0))[0]:
            ending[key] = length + 1, index
        if length + 1 > best_length:
            best_length, member = length + 1, index
    return _backwards(candidates, previous, member)


class _ChainEnd(NamedTuple):
    length: int
    """Numbers of the chain."""
    last: int | None
    """The position of its last number among the candidates."""


def _best_before(
    candidates: list[_Candidate],
    ending: dict[tuple[bool, int], tuple[int, int]],
    candidate: _Candidate,
) -> _ChainEnd:
    """Return the end of the best chain that a number continues."""
    for step in (1, 2):
        key = candidate.number.label.isdecimal(), candidate.number.value - step
        length, index = ending.get(key, (0, -1))
        if length and _can_follow(candidates[index].line, candidate.line):
            return _ChainEnd(length, index)
    return _ChainEnd(0, None)


def _can_follow(line: Line, following: Line) -> bool:
    """Whether a page is between two lines, or they end one page and begin the next."""
    return following.start - line.start >= MIN_PAGE / 6 or following.number == line.number + 1


def _backwards(
    candidates: list[_Candidate], previous: list[int | None], last: int
) -> list[_Candidate]:
    chain: list[_Candidate] = []
    member: int | None = last if candidates else None
    while member is not None:
        chain.append(candidates[member])
        member = previous[member]
    return chain[::-1]


def _numbers_pages(chain: list[_Candidate]) -> bool:
    """Whether a series of numbers is that of pages."""
    edges = sum(candidate.is_at_page_edge for candidate in chain)
    marked = sum(candidate.number.form == "marked" for candidate in chain)
    interruptions = sum(candidate.interrupts for candidate in chain)
    if len(chain) == 1:
        return _is_sure_alone(chain[0])
    if edges == len(chain) and (interruptions or marked or len(chain) > 2):
        return True
    is_apart = any(candidate.number.is_apart for candidate in chain)
    if ((marked or is_apart) and _is_one_break(chain)) or _are_last_pages(chain, marked):
        return True
    if not _has_page_distances(chain):
        return marked == len(chain) and 2 * interruptions >= len(chain)
    apart = sum(candidate.number.is_apart for candidate in chain)
    if len(chain) == 2:
        return (
            marked == 2
            or interruptions == 2
            or (interruptions == 1 and bool(marked or edges or apart or _is_sure_alone(chain[0])))
            or all(map(_is_facing, chain))
        )
    strong = max(marked, edges, marked + apart, _count_with_heads(chain))
    return (
        strong >= len(chain) - 1
        or (len(chain) > 3 and strong >= len(chain) - 2)
        or 3 * interruptions >= len(chain)
    )


def _is_facing(candidate: _Candidate) -> bool:
    """Whether a line is the head of a page that faces another, with its number at the outer edge.

    Its words are in capitals, or have a gap between them.
    """
    number = candidate.number
    is_head = number.words.isupper() or "   " in number.words
    return number.is_apart and number.is_outer and is_head


def _are_last_pages(chain: list[_Candidate], marked: int) -> bool:
    """Whether two numbers are those of a page and of the last one, which may be short.

    They have signs, or the first stands inside a sentence.
    """
    is_at_end = len(chain) == 2 and chain[1].is_last
    is_sure = marked == len(chain) or (chain[0].splits and chain[0].number.form == "bare")
    return is_sure and is_at_end and chain[0].line.start >= MIN_PAGE


def _is_one_break(chain: list[_Candidate]) -> bool:
    """Whether two numbers stand on neighbouring lines, at the foot of a page and the next head."""
    return len(chain) == 2 and chain[1].line.number == chain[0].line.number + 1


def _count_with_heads(chain: list[_Candidate]) -> int:
    """Return how many numbers have a line beside them that others have as well."""
    keys = Counter(key for candidate in chain for key in candidate.keys if len(key) >= 4)
    return sum(any(keys[key] >= 2 for key in candidate.keys) for candidate in chain)


def _is_sure_alone(candidate: _Candidate) -> bool:
    """Whether a single number is that of a page: beside a form feed, inside a sentence, or last."""
    number = candidate.number
    if not candidate.line.number and number.value > 1:
        return number.form == "marked" or _is_facing(candidate)
    if number.form == "beside" or number.label.isupper():
        return False
    if candidate.splits or (candidate.is_at_page_edge and candidate.interrupts):
        return True
    if candidate.is_last and (number.form == "marked" or candidate.line.indent >= _CENTRED):
        return True
    return number.form == "marked" and (candidate.interrupts or candidate.line.text[:1].isalpha())


def _has_page_distances(chain: list[_Candidate]) -> bool:
    """Whether the lines are as far apart as pages, all about equally; the last page can differ."""
    distances = [
        after.line.start - before.line.start
        for before, after in pairwise(chain)
        if after.line.number > before.line.number + 1
    ]
    if not distances:
        return False
    median = median_high(distances)
    return median >= MIN_PAGE and all(
        0.4 * median <= distance <= 2.3 * median for distance in distances[:-1]
    )
