"""Page numbers and running heads: lines that pages repeat and that do not belong to the text.

The evidence must be strong, because removing a line of the text loses a sentence, but a running
head that stays is only ugly. Numbers must increase from page to page, be as far apart as pages,
and interrupt sentences as no heading does, or have a form that only page numbers have. A running
head must be repeated, next to such numbers or at the edges of pages.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_high

from generator.model import Change
from generator.text.sentences import sentence_end

_MAX_LENGTH = 90
"""Characters of a running head."""

_MIN_PAGE = 700
"""Characters between two page numbers; a page of a pocket book has 1,500."""

_NUMBER = re.compile(r"\d+")
_ONLY_PAGE_NUMBER = re.compile(
    r"(?:page|p\.|pág(?:ina|\.)?|seite|s\.|pagina)\s*#(?:\s*(?:of|/|de|von|sur)\s*#)?"
    r"|#\s*(?:of|de|von|sur)\s*#",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(sentence_end())


@dataclass(frozen=True, slots=True)
class _Line:
    """A short line that could be a page number or a running head."""

    index: int
    """Among all lines of the text."""
    start: int
    text: str
    is_at_page_edge: bool
    """Whether a form feed is next to it."""
    interrupts_sentence: bool
    """Whether the text before it stops in mid-sentence."""

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def pattern(self) -> str:
        """The text with # for each number: equal for the lines of one series."""
        return _NUMBER.sub("#", self.text)


def running_heads(text: str) -> Iterator[Change]:
    """Replace each group of page numbers and running heads by the mark of a new page."""
    lines = list(_candidates(text))
    numbers = {line.index: line for line in _page_numbers(lines)}
    heads = {line.index: line for line in _repeated_heads(lines, frozenset(numbers), text)}
    to_remove = sorted((numbers | heads).values(), key=lambda line: line.start)
    for start, end in _groups(text, to_remove):
        inside = start > 0 and end < len(text)
        yield Change(start, text[start:end], "\n\f\n" if inside else "")


def _candidates(text: str) -> Iterator[_Line]:
    """Yield short lines with empty lines around them, or at the edge of a page."""
    position = 0
    previous = ""
    lines = text.split("\n")
    for index, line in enumerate(lines):
        above = lines[index - 1] if index else ""
        below = lines[index + 1] if index + 1 < len(lines) else ""
        at_edge = "\f" in (above, below)
        if line.strip("\f") and len(line) <= _MAX_LENGTH and (at_edge or not (above or below)):
            yield _Line(index, position, line, at_edge, _stops_in_sentence(previous))
        elif line.strip("\f"):
            previous = line
        position += len(line) + 1


def _stops_in_sentence(line: str) -> bool:
    return len(line.split()) >= 4 and not _SENTENCE_END.search(line)


def _page_numbers(lines: Iterable[_Line]) -> list[_Line]:
    """Return the lines that number pages: the longest chain of each pattern, if it looks so."""
    series: dict[tuple[str, int], list[tuple[int, _Line]]] = defaultdict(list)
    for line in lines:
        numbers = _NUMBER.findall(line.text)
        for index in {0, len(numbers) - 1} if numbers and len(numbers) < 4 else ():
            series[line.pattern, index].append((int(numbers[index]), line))
    page_numbers: dict[int, _Line] = {}
    for (pattern, _), members in series.items():
        chain = max((_longest_chain(members, step) for step in (1, 2)), key=len)
        if _is_pagination(pattern, chain):
            page_numbers |= {line.index: line for line in chain}
    return list(page_numbers.values())


def _longest_chain(members: list[tuple[int, _Line]], step: int) -> list[_Line]:
    """Return the longest chain of lines whose numbers grow by `step`, in the order of the text."""
    ending: dict[int, tuple[int, int]] = {}
    """For the last number of a chain: its length, and the index of its last member."""
    previous: list[int | None] = []
    for index, (number, _) in enumerate(members):
        length, last = ending.get(number - step, (0, None))
        previous.append(last)
        ending[number] = length + 1, index
    chain: list[_Line] = []
    member: int | None = max(ending.values())[1]
    while member is not None:
        chain.append(members[member][1])
        member = previous[member]
    return chain[::-1]


def _is_pagination(pattern: str, chain: list[_Line]) -> bool:
    is_sure = _ONLY_PAGE_NUMBER.fullmatch(pattern) is not None
    if len(chain) < (2 if is_sure else 3):
        return False
    interruptions = sum(line.interrupts_sentence for line in chain)
    if not _has_page_distances(chain):
        return is_sure and 2 * interruptions >= len(chain)
    at_edges = sum(line.is_at_page_edge for line in chain)
    return is_sure or at_edges >= len(chain) - 1 or 3 * interruptions >= len(chain)


def _has_page_distances(lines: list[_Line]) -> bool:
    """Whether the lines are as far apart as pages, all about equally; the last page can differ."""
    distances = [after.start - before.start for before, after in pairwise(lines)]
    median = median_high(distances)
    return median >= _MIN_PAGE and all(
        0.5 * median <= distance <= 1.7 * median for distance in distances[:-1]
    )


def _repeated_heads(lines: list[_Line], numbers: frozenset[int], text: str) -> Iterator[_Line]:
    """Yield lines that are repeated next to page numbers or at the edges of pages."""
    repeated: dict[str, list[_Line]] = defaultdict(list)
    for line in lines:
        if not _SENTENCE_END.search(line.text):
            repeated[line.pattern].append(line)
    body_start = _first_prose(text)
    for group in repeated.values():
        near_numbers = [line for line in group if _is_near_number(line, numbers)]
        at_edges = [line for line in group if line.is_at_page_edge]
        heads, required = (near_numbers, 2) if len(near_numbers) >= len(at_edges) else (at_edges, 3)
        if len(heads) >= required and len(heads) >= 0.8 * (len(group) - 1):
            yield from (line for line in heads if line.start > body_start)


def _is_near_number(line: _Line, numbers: frozenset[int]) -> bool:
    """Whether a page number is one or two paragraphs before or after a line."""
    return any(line.index + offset in numbers for offset in (-4, -2, 2, 4))


def _first_prose(text: str) -> int:
    """Return the start of the first paragraph with 25 words; repeated lines above it are titles."""
    position = 0
    for paragraph in text.split("\n\n"):
        if len(paragraph.split()) >= 25:
            break
        position += len(paragraph) + 2
    return position


def _groups(text: str, lines: list[_Line]) -> Iterator[tuple[int, int]]:
    """Yield start and end of each group with only empty lines and form feeds between its lines."""
    start = end = -1
    for line in lines:
        if start >= 0 and text[end : line.start].strip("\n\f"):
            yield _with_gaps(text, start, end)
            start = -1
        start = line.start if start < 0 else start
        end = line.end
    if start >= 0:
        yield _with_gaps(text, start, end)


def _with_gaps(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and text[start - 1] in "\n\f":
        start -= 1
    while end < len(text) and text[end] in "\n\f":
        end += 1
    return start, end
