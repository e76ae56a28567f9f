"""Page numbers and running heads: lines that pages repeat and that do not belong to the text.

The evidence must be strong, because a line of the text that is left out is lost, but a running
head that stays is only ugly. Numbers must count up from page to page and be as far apart as pages;
they stand at form feeds, interrupt sentences, or have a form that only page numbers have. A head
is repeated beside such numbers or at the edges of pages. What occurs once stays.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_high

from generator.reading.structure.lines import Line
from generator.reading.structure.page_numbers import PageNumber, page_numbers
from generator.reading.structure.regions import Furniture
from generator.text.sentences import CLOSING, STOPS

_MIN_PAGE = 600
"""Characters between two page numbers; a page of a pocket book has 1,500."""

_MAX_HEAD = 80
"""Characters of a running head."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A line with a number that could be that of its page."""

    line: Line
    number: PageNumber
    is_at_page_edge: bool
    """Whether a form feed is beside it, or beside a short line next to it."""
    interrupts: bool
    """Whether the text around it goes on in mid-sentence."""


def find_furniture(lines: Sequence[Line]) -> tuple[Furniture, ...]:
    """Return the page numbers and running heads of a text, in its order."""
    numbers = {
        candidate.line.number: candidate for candidate in _pagination(list(_candidates(lines)))
    }
    breaks = _page_breaks(lines, numbers)
    heads = {line.number: line for line in _running_heads(lines, frozenset(numbers), breaks)}
    found = [
        *(
            Furniture(candidate.line, f"page number: {candidate.number.form}", candidate.number.label)
            for candidate in numbers.values()
        ),
        *(Furniture(line, "running head") for line in heads.values()),
    ]
    return tuple(sorted(found, key=lambda furniture: furniture.line.number))


def _candidates(lines: Sequence[Line]) -> Iterator[_Candidate]:
    for line in lines:
        if not _is_apart(lines, line):
            continue
        for number in page_numbers(line.text):
            yield _Candidate(line, number, _is_at_edge(lines, line), _interrupts(lines, line))


def _is_apart(lines: Sequence[Line], line: Line) -> bool:
    """Whether an empty line, a page break or its indentation sets a line off."""
    after = lines[line.number + 1] if line.number + 1 < len(lines) else None
    if line.empty_before or line.begins_page or after is None or line.number == 0:
        return True
    if after.empty_before or after.begins_page:
        return True
    before = lines[line.number - 1]
    return line.indent >= max(before.indent, after.indent) + 2 or bool(list(page_numbers(before.text)))


def _is_at_edge(lines: Sequence[Line], line: Line) -> bool:
    """Whether a form feed is at most one short line away."""
    around = lines[max(0, line.number - 1) : line.number + 3]
    return any(
        neighbour.begins_page for neighbour in around if _is_head_like(neighbour.text) or neighbour.number <= line.number + 1
    )


def _interrupts(lines: Sequence[Line], line: Line) -> bool:
    """Whether a sentence goes on over a line: no end before it, or a small letter after it."""
    before = _nearest(reversed(lines[max(0, line.number - 4) : line.number]))
    after = _nearest(lines[line.number + 1 : line.number + 4])
    if before is None or after is None:
        return False
    stops = before.text.rstrip(CLOSING + "_*")[-1:] in STOPS
    return after.text[:1].islower() or (len(before.words) >= 4 and not stops)


def _nearest(lines: Iterable[Line]) -> Line | None:
    """Return the first line that is text rather than a head."""
    return next((line for line in lines if not _is_head_like(line.text)), None)


def _is_head_like(text: str) -> bool:
    """Whether a line is short and numbers a page or has capitals as a head has."""
    if len(text) > _MAX_HEAD:
        return False
    words = [word for word in text.split() if word[:1].isalpha()]
    capitals = sum(word[:1].isupper() for word in words)
    return not words or 2 * capitals > len(words) or bool(list(page_numbers(text)))


def _pagination(candidates: list[_Candidate]) -> list[_Candidate]:
    """Return the lines that number the pages, if a chain of them does."""
    chosen: dict[int, _Candidate] = {}
    remaining = candidates
    while remaining:
        chain = _longest_chain(remaining)
        if not _numbers_pages(chain):
            break
        chosen |= {candidate.line.number: candidate for candidate in chain}
        break
    return list(chosen.values())


def _longest_chain(candidates: list[_Candidate]) -> list[_Candidate]:
    """Return the longest chain of numbers that count up, in the order of the text."""
    ending: dict[int, tuple[int, int]] = {}
    """For the last number of a chain: its length, and the index of its last member."""
    previous: list[int | None] = []
    best = (0, -1)
    for index, candidate in enumerate(candidates):
        length, last = _best_before(candidates, ending, candidate)
        previous.append(last)
        value = candidate.number.value
        if length + 1 >= ending.get(value, (0, 0))[0]:
            ending[value] = length + 1, index
        best = max(best, (length + 1, index), key=lambda pair: pair[0])
    chain: list[_Candidate] = []
    member: int | None = best[1] if candidates else None
    while member is not None:
        chain.append(candidates[member])
        member = previous[member]
    return chain[::-1]


def _best_before(
    candidates: list[_Candidate], ending: dict[int, tuple[int, int]], candidate: _Candidate
) -> tuple[int, int | None]:
    """Return the length and the last member of the best chain that a number continues."""
    for step in (1, 2):
        length, index = ending.get(candidate.number.value - step, (0, -1))
        if length and candidate.line.start - candidates[index].line.start >= _MIN_PAGE / 2:
            return length, index
    return 0, None


def _numbers_pages(chain: list[_Candidate]) -> bool:
    edges = sum(candidate.is_at_page_edge for candidate in chain)
    marked = sum(candidate.number.form == "marked" for candidate in chain)
    interruptions = sum(candidate.interrupts for candidate in chain)
    if len(chain) < 2:
        return edges == 1 and chain[0].number.form != "beside"
    if edges == len(chain) and interruptions:
        return True
    if not _has_page_distances(chain):
        return marked == len(chain) and 2 * interruptions >= len(chain)
    if len(chain) == 2:
        return interruptions >= 1 and (marked or edges or interruptions == 2)
    return marked == len(chain) or edges >= len(chain) - 1 or 3 * interruptions >= len(chain)


def _has_page_distances(chain: list[_Candidate]) -> bool:
    """Whether the lines are as far apart as pages, all about equally; the last page can differ."""
    distances = [after.line.start - before.line.start for before, after in pairwise(chain)]
    median = median_high(distances)
    return median >= _MIN_PAGE and all(
        0.4 * median <= distance <= 2.2 * median for distance in distances[:-1]
    )


def _page_breaks(lines: Sequence[Line], numbers: dict[int, _Candidate]) -> list[range]:
    """Return for each page break the numbers of the lines around it that can be heads."""
    breaks = []
    for line in lines:
        if line.number in numbers:
            breaks.append(range(line.number - 2, line.number + 3))
        elif line.begins_page:
            breaks.append(range(line.number - 1, line.number + 1))
    return breaks


def _running_heads(
    lines: Sequence[Line], numbers: frozenset[int], breaks: list[range]
) -> Iterator[Line]:
    """Yield the lines beside page breaks that are repeated there, or repeat the title."""
    beside = {
        number
        for window in breaks
        for number in window
        if 0 <= number < len(lines) and number not in numbers
    }
    candidates = [
        lines[number]
        for number in sorted(beside)
        if _can_be_head(lines, lines[number], numbers)
    ]
    titles = {head_key(line.text) for line in lines[:8]}
    repeated = _repeated_keys(candidates)
    for line in candidates:
        key = head_key(line.text)
        if line.number >= 3 and (key in repeated or key in titles):
            yield line


def _can_be_head(lines: Sequence[Line], line: Line, numbers: frozenset[int]) -> bool:
    """Whether a line is short, no sentence, and stands beside a page break and nothing else."""
    if len(line.text) > _MAX_HEAD or line.text[:1].islower() or not head_key(line.text):
        return False
    after = lines[line.number + 1] if line.number + 1 < len(lines) else None
    is_first = line.begins_page or line.number - 1 in numbers
    is_last = after is None or after.begins_page or after.number in numbers
    set_off = line.empty_before or (after is not None and after.empty_before)
    return (is_first or is_last) and bool(is_first or set_off)


def _repeated_keys(candidates: list[Line]) -> set[str]:
    counts = Counter(head_key(line.text) for line in candidates)
    return {key for key, count in counts.items() if count >= 2}


def head_key(text: str) -> str:
    """Return the letters of a running head, equal for the heads of one series."""
    return "".join(character for character in text.casefold() if character.isalpha())


_Groups = defaultdict[str, list[Line]]
