"""Running heads: short lines that pages repeat, with or without numbers, read right or wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median_high

from generator.reading.structure.geometry import HYPHENS, divides_small
from generator.reading.structure.lines import Line
from generator.reading.structure.page_numbers import has_label_or_date
from generator.text.sentences import CLOSING, STOPS

MIN_PAGE = 600
"""Characters between two page numbers; a page of a pocket book has 1,500."""

MAX_HEAD = 80
"""Characters of a running head."""


def head_key(text: str) -> str:
    """Return the letters of a running head, equal for the heads of one series."""
    if text.isascii():
        return text.lower().translate(_NO_LETTERS)
    return "".join(filter(str.isalpha, text.casefold()))


_NO_LETTERS = {code: None for code in range(128) if not chr(code).isalpha()}
"""For `str.translate`, which takes a fifth of the time of a look at each character."""


class Series:
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


def looks_like_head(text: str) -> bool:
    """Whether a line is short, and numbers a page or has capitals as a running head has."""
    if len(text) > MAX_HEAD or text[-1] in ",;":
        return False
    letters = [word[0] for word in text.split() if word[0].isalpha()]
    return 2 * sum(map(str.isupper, letters)) >= len(letters)


def splits(before: Line | None, after: Line | None) -> bool:
    """Whether a sentence goes on over what is between two lines, with a small letter."""
    if before is None or after is None:
        return False
    return after.text[:1].islower() and not stops(before) and len(before.words) >= 4


def stops(line: Line) -> bool:
    """Whether a line ends a sentence."""
    return line.text.rstrip(CLOSING + "_*")[-1:] in STOPS


def find_heads(lines: Sequence[Line], numbers: frozenset[int]) -> list[Line]:
    """Return the lines beside page breaks that are repeated there, or repeat the title.

    A head can have two lines, so that lines beside such lines are tried as well.
    """
    breaks = frozenset(line.number for line in lines if line.begins_page)
    if not (numbers or breaks):
        return []
    short = [
        (head_key(line.text), line)
        for line in lines
        if len(line.text) <= MAX_HEAD and line.number not in numbers
    ]
    heads: dict[int, Line] = {}
    for _ in range(2):
        candidates = [*_beside_breaks(lines, breaks, numbers | heads.keys())]
        keys = {head_key(line.text) for line in candidates}
        everywhere = Counter(_exact_key(line.text) for key, line in short if key in keys)
        heads |= {line.number: line for line in _repeated(candidates, lines, everywhere)}
    return [*heads.values()]


def _repeated(
    candidates: list[Line], lines: Sequence[Line], everywhere: Counter[str]
) -> Iterator[Line]:
    """Yield the candidates that several pages have, or that repeat the title."""
    keys = {line.number: _exact_key(line.text) for line in candidates}
    counts = Counter(keys.values())
    titles = {
        _exact_key(line.text): line.number
        for line in reversed(lines[:8])
        if len(line.text) <= MAX_HEAD
    }
    for line in candidates:
        key = keys[line.number]
        is_repeated = counts[key] >= 2 and counts[key] >= everywhere[key] - 1
        if is_repeated or (titles.get(key, line.number) < line.number and everywhere[key] <= 3):
            yield line


def _exact_key(text: str) -> str:
    """Return the key of a head; with its numbers, if they are labelled or a date.

    Pages of one chapter have its number, and after a bar the title of the section.
    """
    text = text.partition("|")[0]
    return text.casefold() if has_label_or_date(text) else head_key(text)


def _beside_breaks(
    lines: Sequence[Line], breaks: frozenset[int], numbers: frozenset[int]
) -> Iterator[Line]:
    """Yield the short lines that stand between the text and a page number or form feed."""
    above = {number - 1 for number in (*breaks, *numbers)}
    below = {number + 1 for number in numbers}
    for number in sorted((above | below | breaks) - numbers):
        line = neighbour(lines, number)
        if line is not None and _can_be_head(line):
            yield line


def _can_be_head(line: Line) -> bool:
    """Whether a line is short and no sentence."""
    if line.text[0].islower() or not looks_like_head(line.text):
        return False
    return any(map(str.isalpha, line.text))


def find_dividing_heads(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines inside a divided word that look like a head with the number of its page.

    Nothing else can stand there, so that it needs no second head beside it.
    """
    divided = (line.number for line in lines[:-2] if line.text[-1] in HYPHENS)
    for before, line, after in (lines[number : number + 3] for number in divided):
        if not (after.text[0].islower() and divides_small(before.text, after.text)):
            continue
        is_marked = line.text.isupper() or not line.has_single_spaces or line.text[-1].isdigit()
        if is_marked and _can_be_head(line) and not has_label_or_date(line.text):
            yield line


def find_interrupting_heads(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield lines that are repeated at the distance of pages, most of them inside sentences."""
    series = Series()
    groups: dict[str, list[Line]] = {}
    for line in lines:
        if not (line.number and _is_isolated(lines, line) and _can_be_head(line)):
            continue
        if not has_label_or_date(line.text):
            groups.setdefault(series.find(head_key(line.text)), []).append(line)
    for key, group in groups.items():
        if len(group) >= 3 and len(key) >= _MIN_ALIKE and _are_heads(lines, group):
            yield from (line for line in group if line.number > _TITLES or _is_inside(lines, line))


def find_heads_in_sentences(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines in capitals that stand inside two sentences or more, pages apart."""
    groups: dict[str, list[Line]] = {}
    for line in [line for line in lines if line.text.isupper()]:
        if line.number and len(line.words) > 1 and _can_be_head(line):
            groups.setdefault(line.text, []).append(line)
    for group in groups.values():
        inside = len(group) > 1 and all(_is_inside(lines, line) for line in group)
        if not inside or any(has_label_or_date(line.text) for line in group):
            continue
        if all(after.start - before.start >= MIN_PAGE for before, after in pairwise(group)):
            yield from group


def _is_isolated(lines: Sequence[Line], line: Line) -> bool:
    if not (line.empty_before or line.begins_page):
        return False
    after = lines[line.number + 1] if line.number + 1 < len(lines) else None
    return after is None or after.empty_before > 0 or after.begins_page


_TITLES = 2
"""The number of the last line that can be a title that the heads repeat."""


def _is_inside(lines: Sequence[Line], line: Line) -> bool:
    """Whether a sentence goes on over a line."""
    return splits(neighbour(lines, line.number - 1), neighbour(lines, line.number + 1))


def _are_heads(lines: Sequence[Line], group: Sequence[Line]) -> bool:
    distances = [after.start - before.start for before, after in pairwise(group)]
    inside = sum(_is_inside(lines, line) for line in group)
    return median_high(distances) >= MIN_PAGE and 2 * inside >= len(group)


def neighbour(lines: Sequence[Line], number: int) -> Line | None:
    """Return the line with a number, None if it is before the first or after the last."""
    return lines[number] if 0 <= number < len(lines) else None
