"""References to notes: the signs in the text that a note at the foot or end answers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.model import Mark
from generator.reading.structure.lines import Line
from generator.reading.structure.regions import Region

_SIGN = r"\(\d{1,3}\)|\[\d{1,3}\]|\*\d{1,3}|\d{1,3}|\*{1,3}|[†‡§¶]|[¹²³⁴⁵⁶⁷⁸⁹⁰]+"
_REFERENCE = re.compile(
    rf"(?<=[^\W\d_])[.,;:!?\"”’»)]{{0,3}}(?P<attached>{_SIGN})(?=[\s.,;:!?\"”’»)\]—–-]|$)"
    r"|(?<=[.,;:!?\"”’»)\w])\s(?P<apart>\d{1,3}|[†‡§¶*])(?=\s|$)"
    r"|(?<=[\w%\])\"”’»])[.,;:!?\"”’»)]{0,3}(?P<sure>\[\d{1,3}\]|[¹²³⁴⁵⁶⁷⁸⁹⁰]+)"
    r"|^(?P<first>\*\d{1,3}|\(\d{1,3}\)|\[\d{1,3}\])\s"
)
_SURE = re.compile(r"\[\d{1,3}\]|[¹²³⁴⁵⁶⁷⁸⁹⁰]+")
"""What is a reference wherever it stands; "(1)" can count the parts of a sentence."""

_SUPERSCRIPT = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890")


@dataclass(frozen=True, slots=True)
class Reference:
    """A sign in a line that could refer to a note."""

    start: int
    end: int
    sign: str
    """Without brackets."""
    printed: str


def plain_sign(sign: str) -> str:
    """Return the number or sign of a note without brackets."""
    return sign.translate(_SUPERSCRIPT).strip("()[].*") or sign


def find_references(line: Line) -> Iterator[Reference]:
    """Yield everything in a line that could refer to a note."""
    for match in _REFERENCE.finditer(line.text):
        group = match.lastgroup or "attached"
        start, end = match.span(group)
        sign = match[group]
        yield Reference(line.start + start, line.start + end, plain_sign(sign), sign)


def mark_references(regions: Sequence[Region]) -> list[Region]:
    """Return regions with marks at the references to notes; a mark's value is the note's number.

    Notes are counted in the order of the text. A note without a reference has none; one whose sign
    no other note has can have several.
    """
    notes = [region for region in regions if region.kind == "note"]
    if not notes:
        return [*regions]
    candidates = _candidates(regions)
    marks: dict[int, list[Mark]] = defaultdict(list)
    printed = [_printed_sign(note) for note in notes]
    counts = Counter(plain_sign(sign) for sign in printed if sign)
    for number, sign in enumerate(printed, 1):
        if sign is None:
            continue
        is_only = counts[plain_sign(sign)] == 1
        for index, reference in _references_to(sign, candidates, is_only=is_only):
            marks[index].append(Mark("noteref", reference.start, reference.end, str(number)))
    return [
        region._replace(marks=tuple(sorted((*region.marks, *marks[index]), key=_start)))
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


def _printed_sign(note: Region) -> str | None:
    """Return the sign of a note as it is printed."""
    sign = next((mark for mark in note.marks if mark.kind == "marker"), None)
    if sign is None:
        return None
    line = note.lines[0]
    return line.text[sign.start - line.start : sign.end - line.start]


def _references_to(
    sign: str, candidates: _Candidates, *, is_only: bool
) -> Iterator[tuple[int, Reference]]:
    """Yield the first reference to a note that no note before it has, with its region.

    If it is the only note with its sign, further ones are references too where the form says so:
    a number in brackets or raised, in the form of the first, is no quantity.
    """
    waiting = candidates.get(plain_sign(sign), deque())
    first = next((other for other in waiting if _can_answer(sign, other[1].printed)), None)
    if first is None:
        return
    waiting.remove(first)
    yield first
    if is_only and _SURE.fullmatch(first[1].printed):
        yield from (other for other in waiting if other[1].printed == first[1].printed)


def _can_answer(sign: str, printed: str) -> bool:
    """Whether a note with a sign can be meant: one in brackets is not by a number without them."""
    return not (sign.startswith(("(", "[")) and printed.isascii() and printed.isdigit())


def _start(mark: Mark) -> int:
    return mark.start
