"""The beginnings of the pages of a source, with their labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from generator.model import Mark
from generator.reading.structure.lines import Line
from generator.reading.structure.regions import Furniture


class _Break(msgspec.Struct, frozen=True):
    """The furniture between two pages."""

    above: int
    """The number of the last line of the page before."""
    below: int
    """The number of the first line of the page after."""
    labels: tuple[Furniture, ...]


def find_pages(lines: Sequence[Line], furniture: Sequence[Furniture]) -> tuple[Mark, ...]:
    """Return a mark without length where each numbered page begins, in the order of the text."""
    taken = {item.line.number: item for item in furniture}
    breaks = [*_breaks(lines, taken)]
    begin_at_foot = _are_at_foot(lines, breaks)
    marks: list[Mark] = []
    for index, page_break in enumerate(breaks):
        for label in page_break.labels:
            ends_page = _is_at_foot(lines, page_break, label, begin_at_foot)
            first = page_break.below
            if ends_page:
                first = breaks[index - 1].below if index else 0
            start = lines[first].start if first < len(lines) else lines[-1].end
            marks.append(Mark("page", start, start, label.label or ""))
    return tuple(sorted(marks, key=lambda mark: mark.start))


def _breaks(lines: Sequence[Line], taken: dict[int, Furniture]) -> Iterator[_Break]:
    number = 0
    while number < len(lines):
        if number not in taken:
            number += 1
            continue
        start = number
        while number in taken:
            number += 1
        labels = tuple(taken[line] for line in range(start, number) if taken[line].label)
        yield _Break(start - 1, number, labels)


def _are_at_foot(lines: Sequence[Line], breaks: Sequence[_Break]) -> bool:
    """Whether numbers end their pages, judged by the first and last page of the text."""
    if not breaks:
        return False
    return breaks[-1].below >= len(lines) and breaks[0].above >= 0


def _is_at_foot(
    lines: Sequence[Line], page_break: _Break, label: Furniture, begin_at_foot: bool
) -> bool:
    """Whether a number ends its page: a form feed or the number of the next page is below it."""
    below = range(label.line.number + 1, min(page_break.below + 1, len(lines)))
    if any(lines[number].begins_page for number in below):
        return True
    if label.line.begins_page:
        return False
    above = range(page_break.above + 1, label.line.number + 1)
    if any(lines[number].begins_page for number in above):
        return False
    if len(page_break.labels) > 1:
        return label.line.number == page_break.labels[0].line.number
    return begin_at_foot or "beside" not in label.rule
