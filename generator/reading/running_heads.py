"""Page numbers and running heads: what every page repeats, and what is no part of the text.

Strong evidence only. Numbers must count up from page to page, at the distances of pages, and cut
sentences as no heading does, or look like nothing but page numbers. A head must be repeated, and
stand beside such numbers or at the edges of pages. A body line that goes is a lost sentence; a
head that stays is an eyesore.
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

_LONGEST = 90
"""Characters of a running head."""

_SHORTEST_PAGE = 700
"""Characters between two page numbers; a page of a pocket book has 1,500."""

_NUMBER = re.compile(r"\d+")
_NOTHING_BUT_A_PAGE = re.compile(
    r"(?:page|p\.|pág(?:ina|\.)?|seite|s\.|pagina)\s*#(?:\s*(?:of|/|de|von|sur)\s*#)?"
    r"|#\s*(?:of|de|von|sur)\s*#",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(sentence_end())


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that could be furniture, and where it stands among the text's lines."""

    index: int
    start: int
    text: str
    at_edge: bool
    """Whether a form feed stands beside it."""
    cuts: bool
    """Whether the text before it stops in mid-sentence."""

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def key(self) -> str:
        return _NUMBER.sub("#", self.text)


def running_heads(text: str) -> Iterator[Change]:
    """Each run of page numbers and running heads becomes the mark of a new page."""
    lines = list(_lines(text))
    numbers = {line.index: line for line in _page_numbers(lines)}
    heads = {line.index: line for line in _heads(lines, frozenset(numbers), text)}
    furniture = sorted((numbers | heads).values(), key=lambda line: line.start)
    for start, end in _runs(text, furniture):
        inside = start > 0 and end < len(text)
        yield Change(start, text[start:end], "\n\f\n" if inside else "")


def _lines(text: str) -> Iterator[_Line]:
    """Short lines that stand alone or at the edge of a page."""
    position = 0
    before = ""
    rows = text.split("\n")
    for index, row in enumerate(rows):
        above = rows[index - 1] if index else ""
        below = rows[index + 1] if index + 1 < len(rows) else ""
        at_edge = "\f" in (above, below)
        if row.strip("\f") and len(row) <= _LONGEST and (at_edge or not (above or below)):
            yield _Line(index, position, row, at_edge, _is_cut(before))
        elif row.strip("\f"):
            before = row
        position += len(row) + 1


def _is_cut(before: str) -> bool:
    return len(before.split()) >= 4 and not _SENTENCE_END.search(before)


def _page_numbers(lines: Iterable[_Line]) -> list[_Line]:
    """The lines that count pages: of each form the longest chain, where it has pages' rhythm."""
    forms: dict[tuple[str, int], list[tuple[int, _Line]]] = defaultdict(list)
    for line in lines:
        numbers = _NUMBER.findall(line.text)
        for index in {0, len(numbers) - 1} if numbers and len(numbers) < 4 else ():
            forms[line.key, index].append((int(numbers[index]), line))
    found: dict[int, _Line] = {}
    for (key, _), members in forms.items():
        chain = max((_chain(members, step) for step in (1, 2)), key=len)
        if _is_pagination(key, chain):
            found |= {line.index: line for line in chain}
    return list(found.values())


def _chain(members: list[tuple[int, _Line]], step: int) -> list[_Line]:
    """The longest row of members whose numbers grow by `step`, in the order of the text."""
    ending: dict[int, tuple[int, int]] = {}
    """By the number with which a row ends: how long it is, and the place of its last member."""
    previous: list[int | None] = []
    for index, (number, _) in enumerate(members):
        length, last = ending.get(number - step, (0, None))
        previous.append(last)
        ending[number] = length + 1, index
    chain: list[_Line] = []
    place: int | None = max(ending.values())[1]
    while place is not None:
        chain.append(members[place][1])
        place = previous[place]
    return chain[::-1]


def _is_pagination(key: str, chain: list[_Line]) -> bool:
    sure = _NOTHING_BUT_A_PAGE.fullmatch(key) is not None
    if len(chain) < (2 if sure else 3):
        return False
    cuts = sum(line.cuts for line in chain)
    if not _has_rhythm(chain):
        return sure and 2 * cuts >= len(chain)
    return sure or sum(line.at_edge for line in chain) >= len(chain) - 1 or 3 * cuts >= len(chain)


def _has_rhythm(lines: list[_Line]) -> bool:
    """Tell whether lines stand as far apart as the edges of pages, all about equally."""
    distances = [after.start - before.start for before, after in pairwise(lines)]
    usual = median_high(distances)
    return usual >= _SHORTEST_PAGE and all(
        0.5 * usual <= distance <= 1.7 * usual for distance in distances[:-1]
    )


def _heads(lines: list[_Line], numbers: frozenset[int], text: str) -> Iterator[_Line]:
    """Lines that are repeated beside page numbers or at the edges of pages."""
    repeated: dict[str, list[_Line]] = defaultdict(list)
    for line in lines:
        if not _SENTENCE_END.search(line.text):
            repeated[line.key].append(line)
    body = _first_prose(text)
    for group in repeated.values():
        beside = [line for line in group if _is_beside(line, numbers)]
        at_edge = [line for line in group if line.at_edge]
        found = beside if len(beside) >= len(at_edge) else at_edge
        enough = len(found) >= (2 if found is beside else 3)
        if enough and len(found) >= 0.8 * (len(group) - 1):
            yield from (line for line in found if line.start > body)


def _is_beside(line: _Line, numbers: frozenset[int]) -> bool:
    """Tell whether a page number is the next line but one, or the next after that."""
    return any(line.index + off in numbers for off in (-4, -2, 2, 4))


def _first_prose(text: str) -> int:
    """Where the first paragraph of more than a line's words begins: heads before it are titles."""
    position = 0
    for paragraph in text.split("\n\n"):
        if len(paragraph.split()) >= 25:
            break
        position += len(paragraph) + 2
    return position


def _runs(text: str, lines: list[_Line]) -> Iterator[tuple[int, int]]:
    """Where lines with nothing but empty lines and form feeds between them begin and end."""
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
