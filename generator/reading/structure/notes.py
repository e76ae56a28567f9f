"""Notes at the foot of a page or at the end, and the references to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.reading.structure.geometry import Geometry
from generator.reading.structure.lines import Line
from generator.reading.structure.rows import Row

_FOOTNOTE = re.compile(r"\[(?:footnote|fußnote|note|nota|anmerkung)\s*(?P<sign>[\w*†‡§]*)\s*:", re.IGNORECASE)
_SIGN = re.compile(
    r"(?P<sign>\(\d{1,3}\)|\[\d{1,3}\]|\*\d{1,3}|\d{1,3}[.)]|\d{1,3}|\*{1,3}|[†‡§¶]|[¹²³⁴⁵⁶⁷⁸⁹⁰]+)\s+(?=\S)"
)
_RULE = re.compile(r"[_—–=-]{3,}|\*\s?\*\s?\*")
_HEADING = re.compile(r"(?:foot|end)?notes?[.:]?|anmerkungen[.:]?|notas?[.:]?|fußnoten[.:]?", re.IGNORECASE)
_SUPERSCRIPT = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890")


@dataclass(frozen=True, slots=True)
class Note:
    """Rows from `start` to `stop` (exclusive) that are a note, or several without a sign."""

    start: int
    stop: int
    sign: str
    """As printed."""
    rule: str


def is_rule(text: str) -> bool:
    """Whether a line is a printed rule or ornament."""
    return not any(map(str.isalnum, text))


def find_notes(rows: Sequence[Row], geometry: Geometry) -> tuple[Note, ...]:
    """Return the notes of a text, in its order."""
    return tuple(_notes(rows, geometry))


def _notes(rows: Sequence[Row], geometry: Geometry) -> Iterator[Note]:
    starts = _page_starts(rows)
    for start, stop in zip(starts, [*starts[1:], len(rows)], strict=True):
        yield from _notes_of_page(rows, start, stop, geometry)


def _page_starts(rows: Sequence[Row]) -> list[int]:
    return [index for index, row in enumerate(rows) if index == 0 or row.after_page]


def _notes_of_page(
    rows: Sequence[Row], start: int, stop: int, geometry: Geometry
) -> Iterator[Note]:
    index = start
    apparatus = _apparatus_start(rows, start, stop, geometry)
    while index < stop:
        if _FOOTNOTE.match(rows[index].text):
            end = _bracketed_stop(rows, index, stop)
            yield Note(index, end, _sign(rows[index].text), "note: label")
            index = end
        elif apparatus is not None and index >= apparatus and not is_rule(rows[index].text):
            end = _note_stop(rows, index, stop, geometry)
            yield Note(index, end, _sign(rows[index].text), "note: apparatus")
            index = end
        else:
            index += 1


def _apparatus_start(
    rows: Sequence[Row], start: int, stop: int, geometry: Geometry
) -> int | None:
    """Return the first row of the notes that end a page or the text, None if there are none."""
    for index in range(start, stop):
        if index > start and _is_separator(rows[index]) and index + 1 < stop:
            if _SIGN.match(rows[index + 1].text):
                return index + 1
    candidates = [
        index
        for index in range(start, stop)
        if _SIGN.match(rows[index].text) and _begins_unit(rows, index, geometry)
    ]
    run = _last_run(rows, candidates, stop, geometry)
    referred = _references(rows, start, run[0]) if run else set()
    while run and plain_sign(_sign(rows[run[0]].text)) not in referred:
        run = run[1:]
    is_set_off = bool(run) and (rows[run[0]].is_detached or len(run) > 1)
    return run[0] if is_set_off and run[0] > start else None


def _last_run(
    rows: Sequence[Row], candidates: list[int], stop: int, geometry: Geometry
) -> list[int]:
    """Return the last candidates that follow each other without other text to the end."""
    run: list[int] = []
    following = stop
    for index in reversed(candidates):
        if _note_stop(rows, index, stop, geometry) < following:
            break
        run.insert(0, index)
        following = index
    return run


def _is_separator(row: Row) -> bool:
    return _RULE.fullmatch(row.text) is not None or _HEADING.fullmatch(row.text) is not None


def _begins_unit(rows: Sequence[Row], index: int, geometry: Geometry) -> bool:
    if index == 0 or rows[index].is_detached:
        return True
    return rows[index].indent != rows[index - 1].indent or not geometry.runs_on(rows[index - 1], rows[index])


def _note_stop(rows: Sequence[Row], index: int, stop: int, geometry: Geometry) -> int:
    """Return the index after the last row of a note."""
    end = index + 1
    while end < stop and not rows[end].is_detached:
        begins = _SIGN.match(rows[end].text) and _begins_unit(rows, end, geometry)
        if begins or (rows[end].indent > rows[end - 1].indent and end > index + 1):
            break
        if geometry.width is None and rows[end].indent <= rows[index].indent:
            break
        end += 1
    return end


def _bracketed_stop(rows: Sequence[Row], index: int, stop: int) -> int:
    """Return the index after the row where the bracket before a note closes."""
    depth = 0
    for end in range(index, min(stop, index + 60)):
        depth += rows[end].text.count("[") - rows[end].text.count("]")
        if depth <= 0:
            return end + 1
    return index + 1


def _sign(text: str) -> str:
    match = _FOOTNOTE.match(text) or _SIGN.match(text)
    return match["sign"] if match else ""


def plain_sign(sign: str) -> str:
    """Return the number or sign of a note without brackets."""
    return sign.translate(_SUPERSCRIPT).strip("()[].") if sign.strip("*") else sign


_REFERENCE = re.compile(
    r"(?<=[^\W\d_])(?:[.,;:!?\"”’»)]{0,3})(?P<sign>\(\d{1,3}\)|\[\d{1,3}\]|\*\d{1,3}|\d{1,3}|\*{1,3}|[†‡§¶]|[¹²³⁴⁵⁶⁷⁸⁹⁰]+)"
    r"(?=[\s.,;:!?\"”’»)\]—–-]|$)"
    r"|(?<=[.,;:!?\"”’»)\w])\s(?P<apart>\d{1,3}|[†‡§¶*])(?=\s|$)"
    r"|^(?P<first>\*\d{1,3}|\(\d{1,3}\)|\[\d{1,3}\])\s"
)


def _references(rows: Sequence[Row], start: int, stop: int) -> set[str]:
    """Return the signs of the notes to which the rows of a page refer."""
    return {
        plain_sign(match["sign"] or match["apart"] or match["first"])
        for row in rows[start:stop]
        for match in _REFERENCE.finditer(row.text)
    }


def reference_spans(line: Line) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and plain sign of everything in a line that can refer to a note."""
    for match in _REFERENCE.finditer(line.text):
        for group in ("sign", "apart", "first"):
            if match[group]:
                start, end = match.span(group)
                yield line.start + start, line.start + end, plain_sign(match[group])
