"""The evidence of structure: furniture without it stays text, and lines without it stay apart.

The check of a built page asks for the same evidence, so that no page fails it.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Sequence
from itertools import pairwise

import msgspec
from msgspec.structs import replace

from generator.model.blocks import AS_PRINTED, RUNNING
from generator.reading.structure.lines import Line
from generator.reading.structure.regions import Furniture, Join, Region, Structure
from generator.text.continuation import HYPHENS, LONG, goes_on
from generator.text.page_furniture import unproven_lines

NO_EVIDENCE = "no furniture"
"""The rule of lines that look like furniture and are none."""

_SPARE = 20
"""Characters by which a line must be longer here than where the check calls it long."""

_MAX_ROUNDS = 4
"""Lines lose their evidence when others that are like them stay text."""


def with_evidence(structure: Structure, source: str) -> Structure:
    """Return a structure in which furniture and joins have evidence."""
    proven = _with_proven_furniture(structure, source)
    passed = frozenset(_passed_lines(proven))
    regions = (part for region in proven.regions for part in split(region, _gaps(region, passed)))
    return replace(proven, regions=tuple(sorted(map(_with_own_lines, regions), key=_first_line)))


def _with_proven_furniture(structure: Structure, source: str) -> Structure:
    """Return a structure without the furniture that has no evidence, which stays text."""
    if not structure.furniture:
        return structure
    for _ in range(_MAX_ROUNDS):
        unproven = frozenset(
            unproven_lines([item.line.text for item in structure.furniture], source)
        )
        rest = [item for item in structure.furniture if item.line.text in unproven]
        if not rest:
            return structure
        structure = with_furniture_as_text(structure, rest)
    return with_furniture_as_text(structure, structure.furniture)


def with_furniture_as_text(structure: Structure, furniture: Collection[Furniture]) -> Structure:
    """Return a structure in which these lines stay as they are printed, each by itself."""
    if not furniture:
        return structure
    numbers = frozenset(item.line.number for item in furniture)
    lines = (Region("lines", (item.line,), NO_EVIDENCE) for item in furniture)
    regions = sorted((*structure.regions, *lines), key=_first_line)
    rest = (item for item in structure.furniture if item.line.number not in numbers)
    return replace(structure, regions=tuple(regions), furniture=tuple(rest))


def split(region: Region, places: Collection[int]) -> Iterator[Region]:
    """Yield the parts of a region that begin at these indexes of its lines."""
    if not places:
        yield region
        return
    bounds = [0, *sorted(places), len(region.lines)]
    for start, end in pairwise(bounds):
        first, last = region.lines[start].start, region.lines[end - 1].end
        yield msgspec.structs.replace(
            region,
            lines=region.lines[start:end],
            joins=region.joins[start : end - 1],
            marks=tuple(mark for mark in region.marks if first <= mark.start < last),
            gaps=tuple(gap for gap in region.gaps if first <= gap.start < last),
        )


def crosses_gap(before: Line, after: Line) -> bool:
    """Whether two lines of a region stand apart in the text."""
    return bool(after.empty_before or after.begins_page or after.number > before.number + 1)


def _with_own_lines(region: Region) -> Region:
    """Return a region in which lines run together only if its kind has running text.

    In other kinds only divided words do.
    """
    if region.kind not in AS_PRINTED or not region.joins:
        return region
    pairs = zip(region.lines, region.joins, strict=False)
    joins: list[Join] = [
        join if join == "hyphen" or (join == "none" and line.text[-1] in HYPHENS) else "line"
        for line, join in pairs
    ]
    return msgspec.structs.replace(region, joins=tuple(joins))


def _first_line(region: Region) -> int:
    return region.lines[0].number


def _passed_lines(structure: Structure) -> Iterator[int]:
    """Yield the numbers of lines over which a text goes on: furniture and notes at the foot."""
    yield from (item.line.number for item in structure.furniture)
    for region in structure.regions:
        if region.kind == "note":
            yield from (line.number for line in region.lines)


def _gaps(region: Region, passed: Container[int]) -> list[int]:
    """Return the indexes of lines that are in one region with the line before without evidence."""
    if len(region.lines) == 1 or not any(map(crosses_gap, region.lines, region.lines[1:])):
        return []
    found = []
    tail = ""
    joins: Sequence[Join] = region.joins or ["line"] * (len(region.lines) - 1)
    for index, (before, after, join) in enumerate(
        zip(region.lines, region.lines[1:], joins, strict=False), 1
    ):
        tail = f"{tail}{before.text}"
        between = range(before.number + 1, after.number)
        if not all(number in passed for number in between):
            found.append(index)
        elif join != "line" and crosses_gap(before, after):
            is_page = after.begins_page or bool(between)
            # A little less than the check sees, which counts no hyphens at the ends of lines.
            is_evident = join == "hyphen" or goes_on(tail[_SPARE:], after.text)
            if region.kind not in RUNNING or not (is_page or is_evident):
                found.append(index)
        is_new = join == "line" or crosses_gap(before, after)
        tail = "" if is_new else f"{tail[-2 * LONG :]} "
    return found
