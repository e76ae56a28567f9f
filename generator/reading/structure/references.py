"""References to notes: the marks in the text that a note at the foot or end answers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from generator.model import Mark
from generator.reading.structure.lines import Line
from generator.reading.structure.regions import Region
from generator.text.dates import is_month

_SIGN = r"\(\d{1,3}\)|\[\d{1,3}\]|\*\d{1,3}|\d{1,3}\)?|\*{1,3}\)?|[†‡§¶]|[¹²³⁴⁵⁶⁷⁸⁹⁰]+"
_CLOSING = r"[.,;:!?\"”’»“)]{0,3}"
_IN_SIGN = re.compile(r"[\d*†‡§¶¹²³⁴⁵⁶⁷⁸⁹⁰]")
"""Some character of every reference mark; most lines have none, and are read no further."""
_AFTER = r"(?=[\s\u2060.,;:!?\"”’»)\]—–-]|$)"
_REFERENCE = re.compile(
    rf"(?<=[^\W\d_]){_CLOSING}(?P<attached>{_SIGN}){_AFTER}"
    r"|(?<=[.,;:!?\"”’»)\w])\s(?P<apart>\d{1,3}|[†‡§¶*])(?=\s|$)"
    rf"|(?<=[\w%\])\"”’»“–—]){_CLOSING}(?P<sure>\[\d{{1,3}}\]|\(\d{{1,3}}\)|\*\d{{1,3}}|[¹²³⁴⁵⁶⁷⁸⁹⁰]+)"
    rf"|(?<=[⸻%\]]){_CLOSING}(?P<symbol>[*†‡§¶]){_AFTER}"
    r"|^(?P<first>\*\d{1,3}|\(\d{1,3}\)|\[\d{1,3}\])(?=\s|[^\W\d_])"
)
_COUNTED = re.compile(
    r"(?:no|nr|núm|n[º°]|chapter|chap|kapitel|kap|chapitre|capítulo|page|pages?|pag|pp?|seite|s|vol"
    r"|band|bd|tome|tomo|part|teil|section|article|artikel|act|scene|psalm|table|figure|fig)\.?",
    re.IGNORECASE,
)
"""The word before a number that counts something: "Chapter 3", "p. 7"."""

_SURE = re.compile(r"\[\d{1,3}\]|[¹²³⁴⁵⁶⁷⁸⁹⁰]+")
"""What is a reference wherever it stands; "(1)" can count the parts of a sentence."""

_SUPERSCRIPT = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890")


class Reference(msgspec.Struct, frozen=True):
    """A mark in a line that could refer to a note."""

    start: int
    end: int
    sign: str
    """Without brackets."""
    printed: str
    is_apart: bool = False
    """Whether a space is before it, so that it may be a quantity."""


def plain_sign(sign: str) -> str:
    """Return the number or mark of a note without brackets."""
    return sign.translate(_SUPERSCRIPT).strip("()[].*") or sign


def find_references(line: Line) -> Iterator[Reference]:
    """Yield everything in a line that could refer to a note."""
    if not _IN_SIGN.search(line.text):
        return
    for match in _REFERENCE.finditer(line.text):
        group = match.lastgroup or "attached"
        is_apart = group == "apart"
        if is_apart and match[group].isdecimal() and _is_quantity(line.text, match):
            continue
        start, end = match.span(group)
        sign = match[group]
        yield Reference(line.start + start, line.start + end, plain_sign(sign), sign, is_apart)


_SHORT_LINE = 50
"""Characters: a line of verse or a title; after its last word, no sentence goes on to count."""

_FAR = 40
"""Characters before or after a number in which the word beside it is looked for."""


def _is_quantity(text: str, match: re.Match[str]) -> bool:
    """Whether a number between two spaces counts something, and is part of the sentence.

    After a mark of punctuation or a name it can be a reference: "Talbot 3 with letters".
    """
    before = text[max(0, match.start() - _FAR) : match.start()].rsplit(None, 1)[-1:]
    after = text[match.end() : match.end() + _FAR].split(None, 1)[:1]
    word = before[0] if before else ""
    if _COUNTED.fullmatch(word) or any(is_month(other) for other in (*before, *after)):
        return True
    if not after and len(text) <= _SHORT_LINE:
        return False
    return word[-1:].isalnum() and not word[:1].isupper()


def mark_references(regions: Sequence[Region]) -> list[Region]:
    """Return regions with marks at the references to notes; a mark's value is the note's number.

    Notes are counted in the order of the text. A note without a reference has none; one whose sign
    no other note has can have several.
    """
    notes = [region for region in regions if region.kind == "note"]
    if not notes:
        return [*regions]
    marks: dict[int, list[Mark]] = defaultdict(list)
    signed = _signed(notes)
    for number, candidate in _matches(signed, _candidates(regions, signed)):
        reference = candidate.reference
        mark = Mark("noteref", reference.start, reference.end, str(number))
        marks[candidate.region].append(mark)
    return [
        msgspec.structs.replace(
            region, marks=tuple(sorted((*region.marks, *marks[index]), key=_start))
        )
        if index in marks
        else region
        for index, region in enumerate(regions)
    ]


class _Candidate(msgspec.Struct, frozen=True):
    """A possible reference, and the index of its region."""

    region: int
    reference: Reference

    @property
    def start(self) -> int:
        return self.reference.start


class _SignedNote(msgspec.Struct, frozen=True):
    """A note with its number in the document, its sign as printed, and its position."""

    number: int
    sign: str
    start: int


_Candidates = dict[str, list[_Candidate]]


def _candidates(regions: Sequence[Region], notes: Sequence[_SignedNote]) -> _Candidates:
    """Return the possible references to notes by their sign, in the order of the text."""
    candidates: _Candidates = defaultdict(list)
    can_refer = _characters_of(notes)
    for index, region in enumerate(regions):
        if region.kind in {"note", "table", "columns"}:
            continue
        for line in filter(lambda line: can_refer.search(line.text), region.lines):
            for reference in find_references(line):
                candidates[reference.sign].append(_Candidate(index, reference))
    for found in candidates.values():
        found.sort(key=_start)
    return candidates


def _characters_of(notes: Sequence[_SignedNote]) -> re.Pattern[str]:
    """Return the pattern of a character that a reference to one of these notes can have."""
    signs = "".join(plain_sign(note.sign) for note in notes)
    raised = [mark for mark in map(chr, _SUPERSCRIPT) if mark.translate(_SUPERSCRIPT) in signs]
    return re.compile(f"[{re.escape(signs + ''.join(raised))}]" if signs else r"\Z.")


def _signed(notes: Sequence[Region]) -> list[_SignedNote]:
    """Return the notes that have a sign."""
    return [
        _SignedNote(number, sign, note.lines[0].start)
        for number, note in enumerate(notes, 1)
        if (sign := _printed_sign(note)) is not None
    ]


def _printed_sign(note: Region) -> str | None:
    """Return the sign of a note as it is printed."""
    sign = next((mark for mark in note.marks if mark.kind == "marker"), None)
    if sign is None:
        return None
    line = note.lines[0]
    return line.text[sign.start - line.start : sign.end - line.start]


def _matches(
    notes: Sequence[_SignedNote], candidates: _Candidates
) -> Iterator[tuple[int, _Candidate]]:
    """Yield the number of each note that has a reference, with its references.

    Where every page begins again with the same sign, a reference is on the page of its note: after
    the note before it with this sign. Notes at the end are taken in the order of their references.
    """
    same_sign: dict[str, list[_SignedNote]] = defaultdict(list)
    for note in notes:
        same_sign[plain_sign(note.sign)].append(note)
    last = 0
    for sign, group in same_sign.items():
        found = candidates.get(sign, [])
        if len(group) > 1:
            yield from _in_pages(group, found) or _in_order(group, found)
            continue
        chosen = _references_to(group[0].sign, found, last)
        last = chosen[0].start if chosen else last
        yield from ((group[0].number, candidate) for candidate in chosen)


def _in_pages(
    notes: Sequence[_SignedNote], candidates: Sequence[_Candidate]
) -> list[tuple[int, _Candidate]]:
    """Return for each note the reference between it and the note before it."""
    matches: list[tuple[int, _Candidate]] = []
    begin = 0
    for note in notes:
        end = bisect_left(candidates, note.start, lo=begin, key=_start)
        chosen = _first_reference(note.sign, candidates[begin:end])
        matches += [(note.number, chosen)] if chosen else []
        begin = end
    return matches


def _in_order(
    notes: Sequence[_SignedNote], candidates: Sequence[_Candidate]
) -> Iterator[tuple[int, _Candidate]]:
    """Yield for each note the next reference that it can answer."""
    waiting = iter(candidates)
    for note in notes:
        chosen = _first_reference(note.sign, waiting)
        if chosen:
            yield note.number, chosen


def _references_to(sign: str, candidates: Sequence[_Candidate], after: int) -> list[_Candidate]:
    """Return the references to the only note with a sign.

    A number apart from its word must stand after the reference to the note before. Further ones
    are references too where the form says so: a number in brackets or raised is no quantity.
    """
    later = (item for item in candidates if not item.reference.is_apart or item.start > after)
    first = _first_reference(sign, [*later])
    if first is None or not _SURE.fullmatch(first.reference.printed):
        return [first] if first else []
    printed = first.reference.printed
    return [item for item in candidates if item.reference.printed == printed]


def _first_reference(sign: str, candidates: Iterable[_Candidate]) -> _Candidate | None:
    """Return the first reference that a note with a sign answers; one after a space comes last."""
    apart: _Candidate | None = None
    for candidate in candidates:
        if can_answer(sign, candidate.reference):
            if not candidate.reference.is_apart:
                return candidate
            apart = apart or candidate
    return apart


def can_answer(sign: str, reference: Reference) -> bool:
    """Whether a note with a sign can be meant: "(1)", "[1]", "*1" are not by a bare number."""
    is_bare = reference.printed.isascii() and reference.printed.isdecimal()
    if sign.endswith(")") and reference.is_apart:
        return False
    return not (is_bare and len(sign) > 1 and sign[0] in "([*")


def _start(item: Mark | _Candidate) -> int:
    return item.start
