"""References to notes: the signs in the text that a note at the foot or end answers."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.model import Mark
from generator.reading.structure.lines import Line
from generator.reading.structure.regions import Region

_SIGN = r"\(\d{1,3}\)|\[\d{1,3}\]|\*\d{1,3}|\d{1,3}|\*{1,3}|[†‡§¶]|[¹²³⁴⁵⁶⁷⁸⁹⁰]+"
_REFERENCE = re.compile(
    rf"(?<=[^\W\d_])[.,;:!?\"”’»)]{{0,3}}(?P<attached>{_SIGN})(?=[\s.,;:!?\"”’»)\]—–-]|$)"
    r"|(?<=[.,;:!?\"”’»)\w])\s(?P<apart>\d{1,3}|[†‡§¶*])(?=\s|$)"
    r"|^(?P<first>\*\d{1,3}|\(\d{1,3}\)|\[\d{1,3}\])\s"
)
_SUPERSCRIPT = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890")


@dataclass(frozen=True, slots=True)
class Reference:
    """A sign in a line that could refer to a note."""

    start: int
    end: int
    sign: str
    """Without brackets."""


def plain_sign(sign: str) -> str:
    """Return the number or sign of a note without brackets."""
    return sign.translate(_SUPERSCRIPT).strip("()[].*") or sign


def find_references(line: Line) -> Iterator[Reference]:
    """Yield everything in a line that could refer to a note."""
    for match in _REFERENCE.finditer(line.text):
        group = match.lastgroup or "attached"
        start, end = match.span(group)
        yield Reference(line.start + start, line.start + end, plain_sign(match[group]))


def mark_references(regions: Sequence[Region]) -> list[Region]:
    """Return regions with marks at the references to notes; a mark's value is the note's number.

    Notes are counted in the order of the text. A note without a reference has none.
    """
    notes = [region for region in regions if region.kind == "note"]
    if not notes:
        return [*regions]
    candidates = _candidates(regions)
    marks: dict[int, list[Mark]] = defaultdict(list)
    for number, note in enumerate(notes, 1):
        found = _reference_of(note, candidates)
        if found is not None:
            index, reference = found
            marks[index].append(Mark("noteref", reference.start, reference.end, str(number)))
    return [
        replace(region, marks=tuple(sorted((*region.marks, *marks[index]), key=_start)))
        if index in marks
        else region
        for index, region in enumerate(regions)
    ]


_Candidates = dict[str, deque[tuple[int, Reference]]]


def _candidates(regions: Sequence[Region]) -> _Candidates:
    """Return the possible references by their sign, in the order of the text."""
    candidates: _Candidates = defaultdict(deque)
    for index, region in enumerate(regions):
        if region.kind in {"note", "table", "columns"}:
            continue
        for line in region.lines:
            for reference in find_references(line):
                candidates[reference.sign].append((index, reference))
    return candidates


def _reference_of(note: Region, candidates: _Candidates) -> tuple[int, Reference] | None:
    """Return the first reference to a note that no note before it has, with its region."""
    sign = next((mark for mark in note.marks if mark.kind == "marker"), None)
    if sign is None:
        return None
    line = note.lines[0]
    printed = line.text[sign.start - line.start : sign.end - line.start]
    waiting = candidates.get(plain_sign(printed))
    return waiting.popleft() if waiting else None


def _start(mark: Mark) -> int:
    return mark.start
