"""The structure of a text where people decided about it in corrections.yml."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec
from msgspec.structs import replace

from generator.model import BlockKind, Mark
from generator.model.ledger import Draft, source_positions
from generator.model.structure_rules import KindOfLines, StructureRules
from generator.reading.structure.cells import cell_gaps
from generator.reading.structure.evidence import (
    crosses_gap,
    split,
    with_evidence,
    with_furniture_as_text,
)
from generator.reading.structure.lines import Line
from generator.reading.structure.regions import Region, Structure
from generator.text.page_furniture import is_too_much

DECIDED = "corrections.yml"
"""The rule of a region whose kind a person gave."""

_LINE_END = re.compile(r"\r\n|\r|\n")
_CELL_GAP = re.compile(r"\t\s*|\s{2,}")


class DecidedStructure(msgspec.Struct, frozen=True):
    """The structure of a text after all decisions, with evidence for what is left out."""

    structure: Structure
    kept: int = 0
    """The number of running heads and page numbers that stay because they are too many."""


def decide_structure(
    draft: Draft, found: Structure, rules: StructureRules, source: str
) -> DecidedStructure:
    """Return the structure that was found in a text, changed by decisions and for evidence.

    `draft` is the text with layout, and `source` the decoded source.
    """
    lines = _source_lines(draft, found, source) if rules.kinds else {}
    structure = with_evidence(with_decisions(found, rules, lines), source)
    left_out = [item.line.text for item in structure.furniture]
    if rules.furniture == "unless much" and is_too_much(left_out, source):
        kept = with_furniture_as_text(structure, structure.furniture)
        return DecidedStructure(with_evidence(kept, source), len(structure.furniture))
    return DecidedStructure(structure)


def _source_lines(draft: Draft, structure: Structure, source: str) -> dict[int, int]:
    """Return for each line of a text, by its number, its line in the source, counted from 1."""
    lines = [line for region in structure.regions for line in region.lines]
    lines = sorted((*lines, *(item.line for item in structure.furniture)), key=_number)
    ends = [match.end() for match in _LINE_END.finditer(source)]
    positions = source_positions(draft.ledger, [line.start for line in lines])
    return {
        line.number: bisect_right(ends, position) + 1
        for line, position in zip(lines, positions, strict=True)
    }


def _number(line: Line) -> int:
    return line.number


def with_decisions(
    structure: Structure, rules: StructureRules, source_lines: Mapping[int, int]
) -> Structure:
    """Return a structure that follows the decisions.

    `source_lines` has for each line of the text, by its number, its line in the source.
    """
    if rules.furniture == "keep":
        structure = with_furniture_as_text(structure, structure.furniture)
    regions: Iterable[Region] = structure.regions
    if not rules.joins_paragraphs:
        regions = [part for region in regions for part in split(region, _places_of_gaps(region))]
    if rules.keeps_lines:
        regions = [msgspec.structs.replace(region, joins=()) for region in regions]
    if rules.kinds:
        regions = _with_kinds(regions, _kinds_by_line(rules.kinds, source_lines))
    return replace(structure, regions=tuple(sorted(regions, key=lambda item: item.lines[0].number)))


def _places_of_gaps(region: Region) -> list[int]:
    """Return the indexes of lines that stand apart from the line before."""
    pairs = enumerate(pairwise(region.lines), 1)
    return [index for index, (before, after) in pairs if crosses_gap(before, after)]


def _kinds_by_line(
    kinds: Iterable[KindOfLines], source_lines: Mapping[int, int]
) -> dict[int, BlockKind]:
    """Return the decided kind of each line, by its number; of two decisions the first holds."""
    found: dict[int, BlockKind] = {}
    for rule in kinds:
        for number, line in source_lines.items():
            if rule.first <= line and (rule.last is None or line <= rule.last):
                found.setdefault(number, rule.kind)
    return found


def _with_kinds(regions: Iterable[Region], kinds: dict[int, BlockKind]) -> list[Region]:
    """Return regions in which the lines that have a decided kind have regions of their own."""
    decided: list[Line] = []
    rest: list[Region] = []
    references: list[Mark] = []
    for region in regions:
        for part in split(region, _places_of_decisions(region, kinds)):
            if part.lines[0].number in kinds:
                decided += part.lines
                references += (mark for mark in part.marks if mark.kind == "noteref")
            else:
                rest.append(part)
    decided.sort(key=_number)
    references.sort(key=_start)
    return rest + [
        _decided_region(kinds[run[0].number], run, references) for run in _runs(decided, kinds)
    ]


def _start(mark: Mark) -> int:
    return mark.start


def _places_of_decisions(region: Region, kinds: dict[int, BlockKind]) -> list[int]:
    """Return the indexes of lines where decided lines begin or end."""
    is_decided = [line.number in kinds for line in region.lines]
    pairs = enumerate(pairwise(is_decided), 1)
    return [index for index, (before, after) in pairs if before != after]


def _runs(lines: Sequence[Line], kinds: dict[int, BlockKind]) -> Iterator[list[Line]]:
    """Yield lines of one kind that follow each other without an empty line."""
    run: list[Line] = []
    for line in lines:
        if run and (crosses_gap(run[-1], line) or kinds[run[-1].number] != kinds[line.number]):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _decided_region(kind: BlockKind, lines: Sequence[Line], references: Sequence[Mark]) -> Region:
    start, end = lines[0].start, lines[-1].end
    first, last = (bisect_left(references, edge, key=_start) for edge in (start, end))
    marks = tuple(references[first:last])
    gaps = cell_gaps(lines, _CELL_GAP) if kind == "table" else ()
    return Region(kind, tuple(lines), DECIDED, marks=marks, gaps=gaps)
