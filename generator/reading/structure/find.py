"""Find the structure of a text: its regions, their kinds, and the furniture of its pages."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from generator.model import Change
from generator.model.ledger import apply
from generator.reading.paragraphs import cut_paragraphs, hard_wraps
from generator.reading.running_heads import running_heads
from generator.reading.structure.lines import Line, split_lines
from generator.reading.structure.regions import Furniture, Join, Region, Structure

_MAX_LOST = 0.1
"""The share of letters and digits that furniture can have; more is a mistake of the rules."""


def find_structure(text: str, language: str | None = None) -> Structure:  # noqa: ARG001
    """Return the structure of a text with layout."""
    lines = split_lines(text)
    starts = _starts(lines)
    heads = list(running_heads(_plain(lines)))
    taken = {index for index, start in enumerate(starts) if any(_covers(c, start) for c in heads)}
    lost = sum(_count_letters(lines[index].text) for index in taken)
    if lost > _MAX_LOST * _count_letters(text):
        return Structure(tuple(_regions(lines, _joins(lines))), refused=("running heads",))
    body = [line for index, line in enumerate(lines) if index not in taken]
    furniture = tuple(Furniture(lines[index], "running heads") for index in sorted(taken))
    return Structure(tuple(_regions(body, _joins(body))), furniture)


def _count_letters(words: str) -> int:
    return sum(map(str.isalnum, words))


def _plain(lines: Sequence[Line]) -> str:
    return "".join(f"{_gap(line) if index else ''}{line.text}" for index, line in enumerate(lines))


def _gap(line: Line) -> str:
    if line.begins_page:
        return "\n\f\n"
    return "\n\n" if line.empty_before else "\n"


def _starts(lines: Sequence[Line]) -> list[int]:
    lengths = (
        len(_gap(line) if number else "") + len(line.text) for number, line in enumerate(lines)
    )
    ends = list(accumulate(lengths))
    return [end - len(line.text) for end, line in zip(ends, lines, strict=True)]


def _covers(change: Change, position: int) -> bool:
    return change.start <= position < change.start + len(change.before)


def _joins(body: Sequence[Line]) -> dict[int, Join]:
    """Return the joins of lines that today's rules find, by the index of the later line."""
    text = _plain(body)
    starts = _starts(body)
    wraps = list(hard_wraps(text))
    joins = _by_line(starts, wraps)
    moved = [
        start + sum(len(c.after) - len(c.before) for c in wraps if c.start < start)
        for start in starts
    ]
    cuts = (change for change in cut_paragraphs(apply(text, wraps)) if "\n" not in change.after)
    return joins | _by_line(moved, cuts)


def _by_line(starts: list[int], changes: Iterable[Change]) -> dict[int, Join]:
    joins: dict[int, Join] = {}
    for change in changes:
        index = bisect_left(starts, change.start + len(change.before))
        hyphen: Join = "hyphen" if change.before.startswith("-") else "none"
        joins[index] = "space" if change.after else hyphen
    return joins


def _regions(body: Sequence[Line], joins: dict[int, Join]) -> Iterator[Region]:
    start = 0
    groups: list[tuple[int, int]] = []
    for index in range(1, len(body) + 1):
        is_break = index == len(body) or body[index].empty_before or body[index].begins_page
        if is_break and index not in joins:
            groups.append((start, index))
            start = index
    for first, last in groups:
        group: tuple[Join, ...] = tuple(joins.get(i, "line") for i in range(first + 1, last))
        yield Region("paragraph", tuple(body[first:last]), "empty lines", group)
