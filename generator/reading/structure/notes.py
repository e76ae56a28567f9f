"""Notes at the foot of a page or at the end, and the references to them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

from generator.model import Span
from generator.reading.structure.geometry import Geometry, ends_sentence
from generator.reading.structure.lines import Line
from generator.reading.structure.references import (
    Reference,
    can_answer,
    find_references,
    plain_sign,
)
from generator.reading.structure.rows import Row

_FOOTNOTE = re.compile(
    r"\[(?:footnote|fußnote|note|nota|anmerkung)\s*(?P<sign>[\w*†‡§]*)\s*:", re.IGNORECASE
)
_SIGN = re.compile(
    r"(?P<sign>\(\d{1,3}\)|\[\d{1,3}\]|\*\d{1,3}|\d{1,3}[.)]|\d{1,3}|\*{1,3}\)?|[†‡§¶]|[¹²³⁴⁵⁶⁷⁸⁹⁰]+)\s+(?=\S)"
    r"|(?P<close>\*{1,3}|[†‡])(?=[^\W\d_a-z])"
)
_IN_BRACKETS = re.compile(r"\[\d{1,3}\]|\*\d{1,3}")
"""The sign of a last line that is a note without an empty line above it; "(1)" may be an item."""

_SYMBOL = re.compile(r"\*{1,3}\)|[†‡]")
"""A sign that begins no item of a list, so that its note at the foot of a page needs no gap."""

_WIDE_GAP = re.compile(r"\S(?: {3,}|\t)\S")
"""A gap between two cells: what begins with a number and has it is a row of a table."""

_RULE = re.compile(r"[_—–=-]{3,}|\*\s?\*\s?\*")
_HEADING = re.compile(
    r"(?:foot|end)?notes?[.:]?|anmerkungen[.:]?|notas?[.:]?|fußnoten[.:]?", re.IGNORECASE
)


class Note(msgspec.Struct, frozen=True):
    """Rows from `start` to `stop` (exclusive) that are a note, or several without a sign."""

    start: int
    stop: int
    sign: str
    """As printed."""
    rule: str


def is_rule(text: str) -> bool:
    """Whether a line is a printed rule or ornament."""
    return not any(map(str.isalnum, text))


def _begins_footnote(text: str) -> bool:
    return text[0] == "[" and _FOOTNOTE.match(text) is not None


def _begins_with_sign(text: str) -> bool:
    """Whether a line begins with the sign of a note; a letter is none, as a first look says."""
    if text[0].isalpha() or (match := _SIGN.match(text)) is None:
        return False
    return _WIDE_GAP.search(text, match.end()) is None


def find_notes(rows: Sequence[Row], geometry: Geometry) -> tuple[Note, ...]:
    """Return the notes of a text, in its order."""
    return tuple(_notes(rows, geometry))


def _notes(rows: Sequence[Row], geometry: Geometry) -> Iterator[Note]:
    last = ""
    for start, stop in pairwise([*_page_starts(rows), len(rows)]):
        for note in _notes_of_page(rows, start, stop, geometry, last):
            yield note
            last = note.sign


def _page_starts(rows: Sequence[Row]) -> list[int]:
    return [index for index, row in enumerate(rows) if index == 0 or row.after_page]


def _notes_of_page(
    rows: Sequence[Row], start: int, stop: int, geometry: Geometry, last: str
) -> Iterator[Note]:
    """Yield the notes of a page; `last` is the sign of the last one of the pages before."""
    index = start
    apparatus = _apparatus_start(rows, start, stop, geometry, last)
    while index < stop:
        if _begins_footnote(rows[index].text):
            end = _bracketed_stop(rows, index, stop)
            yield Note(index, end, _sign(rows[index].text), "note: label")
            index = end
        elif _interrupts(rows, index, geometry):
            end = _note_stop(rows, index, stop, geometry)
            yield Note(index, end, _sign(rows[index].text), "note: inside a sentence")
            index = end
        elif apparatus is not None and index >= apparatus and not is_rule(rows[index].text):
            end = _note_stop(rows, index, stop, geometry)
            yield Note(index, end, _sign(rows[index].text), "note: apparatus")
            index = end
        else:
            index += 1


def _apparatus_start(
    rows: Sequence[Row], start: int, stop: int, geometry: Geometry, last: str
) -> int | None:
    """Return the first row of the notes that end a page or the text, None if there are none."""
    signed = [index for index in range(start, stop) if _begins_with_sign(rows[index].text)]
    for index in signed:
        if index >= start + 2 and _is_separator(rows[index - 1]):
            return index
    candidates = [index for index in signed if _begins_unit(rows, index, geometry)]
    run = _last_run(rows, candidates, stop, geometry)
    referred = _references(rows, start, run[0]) if run else {}
    signs = [_sign(rows[index].text) for index in run]
    first = next((place for place, sign in enumerate(signs) if _is_referred(sign, referred)), None)
    if first is None and stop < len(rows):
        first = next((place for place, sign in enumerate(signs) if _follows(last, sign)), None)
    if first is None or run[first] <= start:
        return None
    is_set_off = rows[run[first]].is_detached or first + 1 < len(run)
    is_in_brackets = stop == len(rows) and _IN_BRACKETS.fullmatch(signs[first])
    is_in_brackets = is_in_brackets or _SYMBOL.fullmatch(signs[first])
    return run[first] if is_set_off or is_in_brackets else None


def _is_referred(sign: str, referred: Mapping[str, Sequence[Reference]]) -> bool:
    return any(can_answer(sign, reference) for reference in referred.get(plain_sign(sign), ()))


def _last_run(
    rows: Sequence[Row], candidates: list[int], stop: int, geometry: Geometry
) -> list[int]:
    """Return the last candidates that follow each other without other text to the end."""
    run: list[int] = []
    following = stop
    for index in reversed(candidates):
        if _note_stop(rows, index, stop, geometry) < following:
            break
        run.append(index)
        following = index
    return run[::-1]


def _is_separator(row: Row) -> bool:
    return _RULE.fullmatch(row.text) is not None or _HEADING.fullmatch(row.text) is not None


def _begins_unit(rows: Sequence[Row], index: int, geometry: Geometry) -> bool:
    if index == 0 or rows[index].is_detached:
        return True
    before, row = rows[index - 1], rows[index]
    if row.indent != before.indent or geometry.begins_paragraph(before, row):
        return True
    return not geometry.runs_on(before, row) or _counts_on(before.text, row.text)


def _counts_on(text: str, following: str) -> bool:
    """Whether the sign of a line is the number after that of another."""
    return _is_next(_sign(text), _sign(following))


def _follows(sign: str, following: str) -> bool:
    """Whether a note is the next one after the last of the page before, printed in its form."""
    forms = (re.sub(r"\d+", "1", sign), re.sub(r"\d+", "1", following))
    return forms[0] == forms[1] and _is_next(sign, following)


def _is_next(sign: str, following: str) -> bool:
    first, second = plain_sign(sign), plain_sign(following)
    return first.isdecimal() and second.isdecimal() and int(second) == int(first) + 1


def _note_stop(rows: Sequence[Row], index: int, stop: int, geometry: Geometry) -> int:
    """Return the index after the last row of a note."""
    end = index + 1
    while end < stop and not rows[end].is_detached:
        begins = _begins_with_sign(rows[end].text) and _begins_unit(rows, end, geometry)
        if begins or (rows[end].indent > rows[end - 1].indent and end > index + 1):
            break
        if geometry.width is None and rows[end].indent <= rows[index].indent:
            break
        end += 1
    return end


def _interrupts(rows: Sequence[Row], index: int, geometry: Geometry) -> bool:
    """Whether a row with a sign stands alone inside a sentence that goes on below it."""
    if (
        not 0 < index < len(rows) - 1
        or not rows[index].gap
        or not _begins_with_sign(rows[index].text)
    ):
        return False
    end = _note_stop(rows, index, len(rows), geometry)
    if end >= len(rows) or not rows[end].gap or end > index + 6:
        return False
    before = rows[index - 1]
    goes_on = rows[end].text[:1].islower() and len(before.line.words) >= 4
    is_note = before.text[-1] not in ",;" and rows[end - 1].text[-1] != ","
    return goes_on and is_note and not ends_sentence(before.text)


def _bracketed_stop(rows: Sequence[Row], index: int, stop: int) -> int:
    """Return the index after the row where the bracket before a note closes."""
    depth = 0
    for end in range(index, min(stop, index + 60)):
        depth += rows[end].text.count("[") - rows[end].text.count("]")
        if depth <= 0:
            return end + 1
    return index + 1


def _sign(text: str) -> str:
    span = _span(text)
    return text[span.start : span.end] if span else ""


def _span(text: str) -> Span | None:
    """Return the place of the sign of a note in its first line, None if it has none."""
    match = _FOOTNOTE.match(text) or _SIGN.match(text)
    if match is None or not match[match.lastgroup or 0]:
        return None
    return Span(*match.span(match.lastgroup or 0))


def _references(rows: Sequence[Row], start: int, stop: int) -> Mapping[str, Sequence[Reference]]:
    """Return the references to notes in the rows of a page, by their signs."""
    by_sign: dict[str, list[Reference]] = defaultdict(list)
    for row in rows[start:stop]:
        for reference in find_references(row.line):
            by_sign[reference.sign].append(reference)
    return by_sign


def sign_span(line: Line) -> Span | None:
    """Return the place of a note's sign in its first line, None if it has none."""
    span = _span(line.text)
    return Span(line.start + span.start, line.start + span.end) if span else None
