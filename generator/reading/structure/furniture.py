"""Page numbers and running heads: lines that pages repeat and that do not belong to the text.

The evidence must be strong, because a line of the text that is left out is lost, but a running
head that stays is only ugly. Numbers must count up from page to page and be as far apart as pages;
they stand at form feeds, interrupt sentences, or have a form that only page numbers have. A head
is repeated beside such numbers or at the edges of pages, and hardly anywhere else.
"""

from __future__ import annotations

from collections import Counter
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

_MAX_CHAINS = 8
"""Series of numbers that are tried: numbers of stanzas and notes count up as well."""

_CONTEXT = 4
"""Lines before and after a number in which the text that it interrupts is looked for."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A line with a number that could be that of its page."""

    line: Line
    number: PageNumber
    is_at_page_edge: bool
    """Whether a form feed is beside it, or beside a short line next to it."""
    interrupts: bool
    """Whether the text around it goes on in mid-sentence."""
    splits: bool
    """Whether the text after it begins with a small letter, after a line without an end."""
    keys: tuple[str, ...] = ()
    """The keys of the short lines beside it, which could be heads of the same page."""


def find_furniture(lines: Sequence[Line]) -> tuple[Furniture, ...]:
    """Return the page numbers and running heads of a text, in its order."""
    candidates = _qualified([*_candidates(lines)], lines)
    numbers = {candidate.line.number: candidate for candidate in _pagination(candidates)}
    heads = {line.number: line for line in _running_heads(lines, frozenset(numbers))}
    heads |= {
        line.number: line for line in _interrupting_heads(lines) if line.number not in numbers
    }
    found = [
        *(
            Furniture(item.line, f"page number: {item.number.form}", item.number.label)
            for item in numbers.values()
        ),
        *(Furniture(line, "running head") for line in heads.values()),
    ]
    return tuple(sorted(found, key=lambda furniture: furniture.line.number))


def head_key(text: str) -> str:
    """Return the letters of a running head, equal for the heads of one series."""
    return "".join(character for character in text.casefold() if character.isalpha())


class _Series:
    """Keys of heads that differ only by what a program misread, counted as one."""

    def __init__(self) -> None:
        self.recent: list[str] = []

    def find(self, key: str) -> str:
        """Return the key of the series to which a key belongs, which is new if none is alike."""
        for known in self.recent:
            if known == key or _are_alike(known, key):
                return known
        self.recent = [key, *self.recent[: _MAX_SERIES - 1]]
        return key


_MAX_SERIES = 12
"""Series of heads that are compared; a book has two or three at a time."""

_MIN_ALIKE = 6
"""Letters of a key that can be misread and still be known."""


def _are_alike(first: str, second: str) -> bool:
    """Whether two keys of some length share most of their pairs of letters."""
    if min(len(first), len(second)) < _MIN_ALIKE or abs(len(first) - len(second)) > 3:
        return False
    pairs = {first[place : place + 2] for place in range(len(first) - 1)}
    others = {second[place : place + 2] for place in range(len(second) - 1)}
    return 10 * len(pairs & others) >= 7 * max(len(pairs), len(others))


def _candidates(lines: Sequence[Line]) -> Iterator[_Candidate]:
    for line in lines:
        numbers = [*page_numbers(line.text)]
        if not numbers or not (numbers[0].is_apart or _is_apart(lines, line)):
            continue
        is_at_edge = _is_at_edge(lines, line)
        before = _nearest(reversed(lines[max(0, line.number - _CONTEXT) : line.number]))
        after = _nearest(lines[line.number + 1 : line.number + 1 + _CONTEXT])
        interrupts, splits = _interrupts(before, after), _splits(before, after)
        keys = _keys_beside(lines, line)
        for number in numbers:
            yield _Candidate(line, number, is_at_edge, interrupts, splits, keys)


def _qualified(candidates: list[_Candidate], lines: Sequence[Line]) -> list[_Candidate]:
    """Return the candidates without numbers beside words that look like no running head."""
    series = _Series()
    keys = [series.find(head_key(candidate.number.words)) for candidate in candidates]
    counts = Counter(keys)
    titles = {head_key(line.text) for line in lines[:8] if len(line.text) <= _MAX_HEAD}
    return [
        candidate
        for candidate, key in zip(candidates, keys, strict=True)
        if candidate.number.form != "beside"
        or counts[key] >= 2
        or key in titles
        or (
            looks_like_head(candidate.number.words)
            and (candidate.number.is_apart or candidate.is_at_page_edge)
        )
    ]


def _is_apart(lines: Sequence[Line], line: Line) -> bool:
    """Whether an empty line, a page break or its indentation sets a line off."""
    after = lines[line.number + 1] if line.number + 1 < len(lines) else None
    if line.empty_before or line.begins_page or after is None or line.number == 0:
        return True
    if after.empty_before or after.begins_page:
        return True
    before = lines[line.number - 1]
    if any(page_numbers(before.text)) or any(page_numbers(after.text)):
        return True
    if before.indent == line.indent and line.number >= 2:
        before = lines[line.number - 2]
    elif after.indent == line.indent and line.number + 2 < len(lines):
        after = lines[line.number + 2]
    return line.indent >= max(before.indent, after.indent) + 2


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
    for neighbour in lines[line.number + 1 : line.number + 3]:
        if neighbour.begins_page:
            return True
        if not looks_like_head(neighbour.text):
            break
    before = lines[line.number - 1] if line.number else None
    return before is not None and before.begins_page and looks_like_head(before.text)


def _nearest(lines: Iterable[Line]) -> Line | None:
    """Return the first line that is text rather than a head."""
    return next((line for line in lines if not _is_short_head(line)), None)


def _is_short_head(line: Line) -> bool:
    return len(line.text) < 45 and looks_like_head(line.text)


def _interrupts(before: Line | None, after: Line | None) -> bool:
    """Whether a sentence goes on over a line: no end before it, or a small letter after it."""
    if before is None or after is None:
        return False
    return after.text[:1].islower() or (len(before.words) >= 4 and not _stops(before))


def _splits(before: Line | None, after: Line | None) -> bool:
    if before is None or after is None:
        return False
    return after.text[:1].islower() and not _stops(before) and len(before.words) >= 4


def _stops(line: Line) -> bool:
    return line.text.rstrip(CLOSING + "_*")[-1:] in STOPS


def looks_like_head(text: str) -> bool:
    """Whether a line is short, and numbers a page or has capitals as a running head has."""
    if len(text) > _MAX_HEAD or text[-1] in ",;":
        return False
    words = [word for word in text.split() if word[:1].isalpha()]
    capitals = sum(word[:1].isupper() for word in words)
    return not words or 2 * capitals >= len(words)


def _pagination(candidates: list[_Candidate]) -> list[_Candidate]:
    """Return the lines that number the pages: the longest series of numbers that can."""
    remaining = candidates
    for _ in range(_MAX_CHAINS):
        chain = _longest_chain(remaining)
        if not chain:
            break
        if _numbers_pages(chain):
            return chain
        tried = {id(candidate) for candidate in chain}
        remaining = [candidate for candidate in remaining if id(candidate) not in tried]
    return []


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


def _best_before(
    candidates: list[_Candidate],
    ending: dict[tuple[bool, int], tuple[int, int]],
    candidate: _Candidate,
) -> tuple[int, int | None]:
    """Return the length and the last member of the best chain that a number continues."""
    for step in (1, 2):
        key = candidate.number.label.isdecimal(), candidate.number.value - step
        length, index = ending.get(key, (0, -1))
        if length and _can_follow(candidates[index].line, candidate.line):
            return length, index
    return 0, None


def _can_follow(line: Line, following: Line) -> bool:
    """Whether a page is between two lines, or they end one page and begin the next."""
    return following.start - line.start >= _MIN_PAGE / 4 or following.number == line.number + 1


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
    if marked and _is_one_break(chain):
        return True
    if not _has_page_distances(chain):
        return marked == len(chain) and 2 * interruptions >= len(chain)
    apart = sum(candidate.number.is_apart for candidate in chain)
    if len(chain) == 2:
        return (
            marked == 2
            or interruptions == 2
            or (interruptions == 1 and bool(marked or edges or apart))
        )
    strong = max(marked, edges, marked + apart, _count_with_heads(chain))
    return (
        strong >= len(chain) - 1
        or (len(chain) > 3 and strong >= len(chain) - 2)
        or 3 * interruptions >= len(chain)
    )


def _is_one_break(chain: list[_Candidate]) -> bool:
    """Whether two numbers stand on neighbouring lines, at the foot of a page and the next head."""
    return len(chain) == 2 and chain[1].line.number == chain[0].line.number + 1


def _count_with_heads(chain: list[_Candidate]) -> int:
    """Return how many numbers have a line beside them that others have as well."""
    keys = Counter(key for candidate in chain for key in candidate.keys if len(key) >= 4)
    return sum(any(keys[key] >= 2 for key in candidate.keys) for candidate in chain)


def _is_sure_alone(candidate: _Candidate) -> bool:
    """Whether a single number is that of a page: beside a form feed, or inside a sentence."""
    number = candidate.number
    if number.form == "beside" or number.label.isupper():
        return False
    if candidate.splits or (candidate.is_at_page_edge and candidate.interrupts):
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
    return median >= _MIN_PAGE and all(
        0.4 * median <= distance <= 2.3 * median for distance in distances[:-1]
    )


def _running_heads(lines: Sequence[Line], numbers: frozenset[int]) -> list[Line]:
    """Return the lines beside page breaks that are repeated there, or repeat the title."""
    candidates = [*_beside_breaks(lines, numbers)]
    if not candidates:
        return []
    counts = Counter(head_key(line.text) for line in candidates)
    everywhere = Counter(head_key(line.text) for line in lines if len(line.text) <= _MAX_HEAD)
    titles = {
        head_key(line.text): line.number
        for line in reversed(lines[:8])
        if len(line.text) <= _MAX_HEAD
    }
    return [
        line
        for line in candidates
        if _is_repeated(line, counts, everywhere) or _repeats_title(line, titles, everywhere)
    ]


def _is_repeated(line: Line, counts: Counter[str], everywhere: Counter[str]) -> bool:
    key = head_key(line.text)
    return counts[key] >= 2 and counts[key] >= everywhere[key] - 1


def _repeats_title(line: Line, titles: dict[str, int], everywhere: Counter[str]) -> bool:
    key = head_key(line.text)
    return titles.get(key, line.number) < line.number and everywhere[key] <= 3


def _beside_breaks(lines: Sequence[Line], numbers: frozenset[int]) -> Iterator[Line]:
    """Yield the short lines that stand between the text and a page number or form feed."""
    for line in lines:
        if line.number in numbers or not _can_be_head(line):
            continue
        after = lines[line.number + 1] if line.number + 1 < len(lines) else None
        is_first = line.begins_page or line.number - 1 in numbers
        is_last = after is None or after.begins_page or after.number in numbers
        if is_first or (is_last and after is not None):
            yield line


def _can_be_head(line: Line) -> bool:
    """Whether a line is short and no sentence."""
    return looks_like_head(line.text) and bool(head_key(line.text)) and not line.text[:1].islower()


def _interrupting_heads(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield lines that are repeated at the distance of pages, most of them inside sentences."""
    series = _Series()
    groups: dict[str, list[Line]] = {}
    for line in lines:
        if line.number > 2 and _is_isolated(lines, line) and _can_be_head(line):
            groups.setdefault(series.find(head_key(line.text)), []).append(line)
    for key, group in groups.items():
        if len(group) >= 3 and len(key) >= _MIN_ALIKE and _are_heads(lines, group):
            yield from group


def _is_isolated(lines: Sequence[Line], line: Line) -> bool:
    after = lines[line.number + 1] if line.number + 1 < len(lines) else None
    is_set_off = after is None or after.empty_before > 0 or after.begins_page
    return is_set_off and (line.empty_before > 0 or line.begins_page)


def _are_heads(lines: Sequence[Line], group: Sequence[Line]) -> bool:
    distances = [after.start - before.start for before, after in pairwise(group)]
    splits = sum(
        _splits(_neighbour(lines, line.number - 1), _neighbour(lines, line.number + 1))
        for line in group
    )
    return median_high(distances) >= _MIN_PAGE and 2 * splits >= len(group)


def _neighbour(lines: Sequence[Line], number: int) -> Line | None:
    return lines[number] if 0 <= number < len(lines) else None
