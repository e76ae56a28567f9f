"""Lines that can number a page: a number alone, between dashes, or beside a running head."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

Form = Literal["bare", "marked", "beside"]
"""A number alone; between dashes or brackets, or after "page"; beside other words."""

_MAX_LENGTH = 90
"""Characters of a running head."""

_NUMBER = r"(?:[1-9]\d{0,3}|[ivxlc]{1,9}|[IVXLC]{1,9})"
_AT_START = re.compile(rf"{_NUMBER}(?:\s|\.?\Z)")
_DIGITS = "0123456789ivxlcIVXLC"
_LABEL_STARTS = "pPsS"
"""First letters of words before the number of a page, such as "page12"."""

_SIGNS_AFTER = "-–—~*·•|])=. "
_AT_END = frozenset(_DIGITS + _SIGNS_AFTER)
_BARE = re.compile(rf"(?P<number>{_NUMBER})\.?")
_MARKED = re.compile(
    r"(?:(?P<open>[-–—~*·•|\[(=]+)\s*|(?:pages?|pp?\.|pág(?:ina|\.)?|seite|s\.|pagina|\[?pg\.?)\s*)"
    rf"(?P<number>{_NUMBER})(?:\s*[-–—~*·•|\])=]+|\s*(?:of|/|de|von|sur)\s*\d+)?",
    re.IGNORECASE,
)
_FIRST = re.compile(rf"(?P<number>{_NUMBER})(?P<gap>\s+)(?P<words>[^\s\d].*[^\W\d_].*)")
_LAST = re.compile(rf"(?P<words>.*[^\W\d_].*?)(?P<gap>\s+)(?P<number>{_NUMBER})")
_LAST_MARKED = re.compile(
    rf"(?P<words>.*[^\W\d_].*?)(?P<gap>\s{{3,}})[-–—]\s*(?P<number>{_NUMBER})\s*[-–—]"
)
_LABEL = re.compile(
    r"(?:^|\s)(?:chapter|chap|letter|lettre|brief|carta|no|nos|nr|nro|numero|número|section|sect|§"
    r"|article|art|psalm|day|act|scene|szene|akt|auftritt|book|part|canto|kapitel|chapitre"
    r"|capítulo|livre|libro|vol|volume|figure|fig|table|plate|verse|stanza|item|hymn|sonnet)"
    r"\W{0,3}$",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|januar|jänner|februar|märz|mai|juni|juli|oktober|dezember"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
    r"|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre"
    r"|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|dezembro"
    r"|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre"
    r"|(?:jan|feb|apr|aug|sept?|oct|nov|dec|okt|dez)\.)(?!\w)"
)
"""For a text in small letters: a search that ignores case takes six times as long."""
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_CANONICAL = re.compile(
    r"(?:xc|xl|l?x{0,4})(?:ix|iv|v?i{0,4})|c{1,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
)


class PageNumber(msgspec.Struct, frozen=True, gc=False):
    """A number in a short line that could be that of a page."""

    value: int
    label: str
    """The number as printed."""
    form: Form
    words: str = ""
    """The words beside it."""
    is_apart: bool = False
    """Whether a wide gap is between the number and the words."""
    is_outer: bool = False
    """Whether an even number is on the left, or an odd one on the right, as on facing pages."""


def page_numbers(text: str) -> Sequence[PageNumber]:
    """Return the readings of a line as one that numbers a page, none for dates and labels."""
    if not can_number_page(text):
        return ()
    return tuple(_readings(text))


def _readings(text: str) -> Iterator[PageNumber]:
    forms: tuple[tuple[Form, re.Pattern[str]], ...] = (("bare", _BARE), ("marked", _MARKED))
    for form, pattern in forms:
        match = pattern.fullmatch(text)
        value = _value(match["number"]) if match else None
        if match and value is not None and not 1000 <= value <= 2100:
            yield PageNumber(value, match["number"], form)
            return
    for pattern in (_FIRST, *_patterns_at_end(text[-1])):
        match = pattern.fullmatch(text)
        value = _value(match["number"]) if match else None
        if match and value is not None and not _is_labelled(text, match.start("number")):
            words, is_apart = match["words"].strip(), len(match["gap"]) >= 3
            is_outer = value % 2 == (pattern is not _FIRST)
            yield PageNumber(value, match["number"], "beside", words, is_apart, is_outer)


def _patterns_at_end(last: str) -> Iterator[re.Pattern[str]]:
    """Yield the patterns of lines with the number at the end, by the last character."""
    if last in _DIGITS or last.isdecimal():
        yield _LAST
    elif last in "-–—":
        yield _LAST_MARKED


def can_number_page(text: str) -> bool:
    """Whether a line begins or ends with a number: a first look, as most lines do not."""
    if len(text) > _MAX_LENGTH:
        return False
    if text[0] in _DIGITS and _AT_START.match(text):
        return True
    if text[-1] not in _AT_END:
        return False
    before = text.rstrip(_SIGNS_AFTER)
    if before[-1:] not in _DIGITS:
        return False
    ends_word = before.rstrip(_DIGITS)[-1:].isalpha() and text[0].isalpha()
    return not ends_word or text[0] in _LABEL_STARTS


def _is_labelled(text: str, start: int) -> bool:
    """Whether the number that begins at a position has a label, or a month beside it."""
    return _names_month(text) or _LABEL.search(text[:start]) is not None


def _value(number: str) -> int | None:
    """Return the value of a number in Arabic or Roman digits; None if it is a word."""
    if number.isdecimal():
        return int(number)
    digits = number.lower()
    if not _CANONICAL.fullmatch(digits):
        return None
    values = [_ROMAN[digit] for digit in digits]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


def has_label_or_date(text: str) -> bool:
    """Whether a line has a number with its label, as "Chapter 3", a month, or a year."""
    if _YEAR.search(text) or _names_month(text):
        return True
    return any(_LABEL.search(text[: match.start()]) for match in _ANY_NUMBER.finditer(text))


def _names_month(text: str) -> bool:
    return _MONTH.search(text.casefold()) is not None


_YEAR = re.compile(r"\b(?:1\d|20)\d\d\b")
_ANY_NUMBER = re.compile(rf"\b{_NUMBER}\b")
