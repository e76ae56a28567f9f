"""From regions of lines to blocks: the text that they show, and every change that leads to it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate

import msgspec

from generator.model import Block, Change, Mark, Span
from generator.model.blocks import AS_PRINTED
from generator.model.ledger import Draft
from generator.reading.structure.cells import CellGap
from generator.reading.structure.lines import Line
from generator.reading.structure.regions import Join, Region, Structure

FURNITURE = "running heads"
NOTES = "notes at the foot"
_SPACES = "spaces"
_PAGES = "page breaks"
_GAPS = "empty lines"
_LIMITS = "block limits"
_WRAPS = "hard wraps"
_CUTS = "cut paragraphs"

_STEPS = (FURNITURE, NOTES, _SPACES, _PAGES, _GAPS, _LIMITS, _WRAPS, _CUTS)
"""The rules in the order in which the ledger lists them."""

_RUN_OF_SPACES = re.compile(r"[^\S\n\f]{2,}+|\t")
_TABS_AND_SPACES = re.compile(r"[ \t]+")
_JOINED: dict[Join, str] = {"line": "\n", "space": " ", "none": "", "hyphen": ""}
_INDENT = 2
"""Columns of a step of indentation in verse."""


class _Edit(msgspec.Struct, frozen=True, gc=False):
    """A change to the text with layout, and the rule that makes it."""

    start: int
    before: str
    after: str
    rule: str

    @property
    def growth(self) -> int:
        return len(self.after) - len(self.before)


class Composed(msgspec.Struct, frozen=True):
    """The text of the blocks with its ledger, and the blocks."""

    draft: Draft
    blocks: tuple[Block, ...]


def compose(draft: Draft, structure: Structure, emphasis: Sequence[Span] = ()) -> Composed:
    """Return the blocks of a text with layout; joined by empty lines they are the new text.

    `emphasis` are the emphasised spans of the text, in its order.
    """
    writer = _Writer(draft.text, structure, emphasis)
    changes = _changes_by_rule(writer.edits())
    for rule in _STEPS:
        draft = draft.with_step(rule, changes[rule])
    return Composed(draft, tuple(writer.blocks()))


def _changes_by_rule(edits: Iterable[_Edit]) -> dict[str, list[Change]]:
    """Return the changes of each rule, in positions of the text after the rules before it."""
    changes: dict[str, list[Change]] = {rule: [] for rule in _STEPS}
    shifts = dict.fromkeys(_STEPS, 0)
    later = {rule: _STEPS[place + 1 :] for place, rule in enumerate(_STEPS)}
    for edit in edits:
        rule = edit.rule
        changes[rule].append(Change(edit.start + shifts[rule], edit.before, edit.after))
        if growth := edit.growth:
            for other in later[rule]:
                shifts[other] += growth
    return changes


class _Writer:
    """Makes blocks and edits from one structure."""

    def __init__(self, text: str, structure: Structure, emphasis: Sequence[Span]) -> None:
        self.text = text
        self.emphasis = emphasis
        self.emphasis_starts = [span.start for span in emphasis]
        self.emphasis_ends = [span.end for span in emphasis]
        self.structure = structure
        self.furniture = frozenset(item.line.number for item in structure.furniture)
        self.pages = sorted(structure.pages, key=lambda mark: mark.start)
        self.page_starts = [mark.start for mark in self.pages]
        self.inside = [self._inside(region) for region in structure.regions]

    @cached_property
    def lines(self) -> Sequence[Line]:
        """All lines, in the order of the text: those of blocks are rarely looked up in it."""
        own = (line for region in self.structure.regions for line in region.lines)
        furniture = (item.line for item in self.structure.furniture)
        return sorted((*own, *furniture), key=lambda line: line.number)

    @cached_property
    def numbers(self) -> Sequence[int]:
        """The numbers of all lines."""
        return [line.number for line in self.lines]

    def edits(self) -> Iterator[_Edit]:
        """Yield every edit, in the order of the text with layout."""
        regions = self.structure.regions
        previous: Line | None = None
        for index, moved in _in_flow(regions):
            yield from self._gap(previous, regions[index].lines[0], "\n\n" if previous else "")
            yield from self.inside[index]
            previous = regions[index].lines[-1]
            for note in moved:
                yield _Edit(previous.end, "", f"\n\n{self._words(note)}", NOTES)
        yield from self._gap(previous, None, "")

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks in the order in which they are shown."""
        for index, region in enumerate(self.structure.regions):
            yield Block(
                region.kind,
                self._words(index),
                emphasis=tuple(self._emphasised(index)) if self.emphasis else (),
                marks=self._marks(index),
                level=region.level,
                indents=_indents(region),
                quoted=region.quoted,
                rule=region.rule,
            )

    def _words(self, index: int) -> str:
        """Return the text of a region's block."""
        region = self.structure.regions[index]
        start, end = region.lines[0].start, region.lines[-1].end
        if not self.inside[index]:
            return self.text[start:end]
        pieces: list[str] = []
        for edit in self.inside[index]:
            pieces += (self.text[start : edit.start], edit.after)
            start = edit.start + len(edit.before)
        return "".join((*pieces, self.text[start:end]))

    def _marks(self, index: int) -> tuple[Mark, ...]:
        """Return the marks of a region and of the pages that begin in it, in its block's text."""
        region = self.structure.regions[index]
        start, end = region.lines[0].start, region.lines[-1].end
        first, last = bisect_left(self.page_starts, start), bisect_left(self.page_starts, end)
        if not region.marks and first == last:
            return ()
        marks = sorted((*region.marks, *self.pages[first:last]), key=lambda mark: mark.start)
        positions = _Positions(start, self.inside[index])
        return tuple(
            Mark(
                mark.kind,
                positions.find(mark.start),
                positions.find(mark.end),
                mark.value,
                mark.sheet,
            )
            for mark in marks
        )

    def _emphasised(self, index: int) -> Iterator[Span]:
        """Yield the emphasised spans of a region, in its block's text."""
        region = self.structure.regions[index]
        start, end = region.lines[0].start, region.lines[-1].end
        first = bisect_right(self.emphasis_ends, start)
        spans = self.emphasis[first : bisect_left(self.emphasis_starts, end)]
        positions = _Positions(start, self.inside[index] if spans else ())
        for span in spans:
            span_start = positions.find(max(span.start, start))
            span_end = positions.find(min(span.end, end))
            if span_start < span_end:
                yield Span(span_start, span_end)

    def _inside(self, region: Region) -> tuple[_Edit, ...]:
        """Return the edits from the first line of a region to its last."""
        if len(region.lines) == 1 and region.lines[0].has_single_spaces and not region.gaps:
            return ()
        lines: Sequence[Join] = ["line"] * (len(region.lines) - 1)
        joins = lines if region.kind in AS_PRINTED else region.joins or lines
        starts = [gap.start for gap in region.gaps]
        as_printed = region.kind == "columns"
        margin = min(line.indent for line in region.lines) if as_printed else 0
        edits: list[_Edit] = []
        before: Line | None = None
        for index, line in enumerate(region.lines):
            if before:
                join = joins[index - 1]
                indent = " " * (line.indent - margin) if as_printed else ""
                edits += self._gap(before, line, _JOINED[join] + indent, join)
            if not as_printed and (region.gaps or not line.has_single_spaces):
                first, last = bisect_left(starts, line.start), bisect_left(starts, line.end)
                edits += _in_line(line, region.gaps[first:last])
            before = line
        return tuple(edits)

    def _gap(
        self, before: Line | None, after: Line | None, replacement: str, join: Join | None = None
    ) -> Iterable[_Edit]:
        """Return the edits between two lines, of one block if there is a `join`."""
        start = before.end if before else 0
        end = after.start if after else len(self.text)
        gap = self.text[start:end]
        if gap == replacement and join != "hyphen":
            return ()
        rule = _rule_of_gap(join, gap)
        hyphens = (_Edit(start - 1, self.text[start - 1], "", rule),) if join == "hyphen" else ()
        if before and after and after.number == before.number + 1:  # as nearly all do
            return (*hyphens, _Edit(start, gap, replacement, rule))
        return (*hyphens, *self._around_passed(before, after, replacement, rule))

    def _around_passed(
        self, before: Line | None, after: Line | None, replacement: str, rule: str
    ) -> Iterator[_Edit]:
        """Yield the edits between two lines with others between them."""
        start = before.end if before else 0
        for line in self._between(before, after):
            yield from self._white_space(start, line.start, replacement, rule)
            replacement = ""
            taken_by = FURNITURE if line.number in self.furniture else NOTES
            yield _Edit(line.start, line.text, "", taken_by)
            start = line.end
        end = after.start if after else len(self.text)
        yield from self._white_space(start, end, replacement, rule)

    def _white_space(self, start: int, end: int, after: str, rule: str) -> Iterator[_Edit]:
        before = self.text[start:end]
        if before != after:
            yield _Edit(start, before, after, rule)

    def _between(self, before: Line | None, after: Line | None) -> Sequence[Line]:
        """Return the lines between two lines, which are shown elsewhere or nowhere."""
        first = bisect_right(self.numbers, before.number) if before else 0
        last = bisect_left(self.numbers, after.number) if after else len(self.lines)
        return self.lines[first:last]


class _Positions:
    """Finds positions of the text with layout in the text of a block."""

    def __init__(self, start: int, edits: Sequence[_Edit]) -> None:
        self.start = start
        self.edits = edits
        self.ends = [edit.start + len(edit.before) for edit in edits]
        self.shifts = [0, *accumulate(edit.growth for edit in edits)]

    def find(self, position: int) -> int:
        """Return a position in the block; one inside removed text is that of the removal."""
        index = bisect_right(self.ends, position)
        if index < len(self.edits):
            position = min(position, max(self.edits[index].start, self.start))
        return position - self.start + self.shifts[index]


def _rule_of_gap(join: Join | None, gap: str) -> str:
    if join == "line":
        return _SPACES
    if join is not None:
        is_wrap = gap == "\n" or (gap.count("\n") == 1 and not gap.strip())
        return _WRAPS if is_wrap else _CUTS
    if "\f" in gap:
        return _PAGES
    return _LIMITS if gap.strip(" \t") == "\n" else _GAPS


def _in_line(line: Line, cell_gaps: Sequence[CellGap]) -> Iterator[_Edit]:
    """Yield the edits inside a line: a tab for each cell that ends, one space for several."""
    position = line.start
    for gap in cell_gaps:
        yield from _single_spaces(line, position, gap.start)
        before = line.text[gap.start - line.start : gap.end - line.start]
        tabs = "\t" * gap.tabs
        if before != tabs:
            yield _Edit(gap.start, before, tabs, _SPACES)
        position = gap.end
    yield from _single_spaces(line, position, line.end)


def _single_spaces(line: Line, start: int, end: int) -> Iterator[_Edit]:
    for match in _RUN_OF_SPACES.finditer(line.text, start - line.start, end - line.start):
        after = _TABS_AND_SPACES.sub(" ", match[0])
        if after != match[0]:
            yield _Edit(line.start + match.start(), match[0], after, _SPACES)


def _in_flow(regions: Sequence[Region]) -> Iterator[tuple[int, list[int]]]:
    """Yield the index of each region whose lines stay in order, with those moved to its end."""
    current = 0
    moved: list[int] = []
    for index, region in enumerate(regions[1:], 1):
        if region.lines[0].number < regions[current].lines[-1].number:
            moved.append(index)
        else:
            yield current, moved
            current, moved = index, []
    if regions:
        yield current, moved


def _indents(region: Region) -> tuple[int, ...]:
    """Return how far each line of verse is indented; empty if none is."""
    is_verse = region.kind == "stanza" or (region.kind == "speech" and "line" in region.joins)
    if not is_verse:
        return ()
    margin = min(line.indent for line in region.lines)
    steps = tuple((line.indent - margin + 1) // _INDENT for line in region.lines)
    return steps if any(steps) else ()
