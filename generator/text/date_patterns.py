"""The patterns of dates: a table, with how each match is read.

Names of months come from a table of 24 locales (`text/tables/months.json`).
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import msgspec

from generator.text import tables


class DatePattern(msgspec.Struct, frozen=True):
    """A way to write a date; names in braces stand for the parts in `_PATTERN_PARTS`."""

    name: str
    pattern: str
    read: Callable[[re.Match[str], str | None], tuple[str, ...]]
    """Return the readings of a match, given the language of the text."""

    @property
    def has_signs(self) -> bool:
        """Whether it has the sign for a year."""
        return "年" in self.pattern


class CalendarNames(NamedTuple):
    """The folded names of months and days of the week in all languages."""

    months: dict[str, dict[str, list[str]]]
    """For each name, the months that it can mean, each with the languages."""
    days: frozenset[str]


@cache
def calendar_names() -> CalendarNames:
    """Return the names of months and days of the week, folded."""
    table = json.loads(tables.load_text("months.json"))
    return CalendarNames(table["months"], frozenset(table["days"]))


def _month_number(name: str, language: str | None) -> int:
    """Return the number of a month; 0 if the name is ambiguous and the language does not decide."""
    meanings = calendar_names().months[name]
    primary = (language or "").split("-")[0]
    numbers = [number for number, languages in meanings.items() if primary in languages]
    numbers = numbers or list(meanings)
    return int(numbers[0]) if len(numbers) == 1 else 0


def iso_day(year: str, month: int | str, day: str) -> tuple[str, ...]:
    """Return the ISO form of a day, or no reading if the calendar has no such day."""
    try:
        return (datetime.date(int(year), int(month), int(day)).isoformat(),)
    except ValueError:
        return ()


def _years(match: re.Match[str], month: int) -> tuple[str, ...]:
    """Return the year of a date, which England wrote twice until 1752: 11 February 1731/2.

    Its year began on 25 March, so that a day before has the later year of our calendar. In the
    other months, two years leave it open which of them is meant.
    """
    year, second = match["y"], match["v"]
    if not second:
        return (year,)
    later = str(int(year) + 1)
    if not later.endswith(second):
        return ()
    return (later,) if month <= _MARCH else (year, later)


_MARCH = 3


def _day_in_words(match: re.Match[str], language: str | None) -> tuple[str, ...]:
    month = _month_number(match["m"], language)
    return tuple(day for year in _years(match, month) for day in iso_day(year, month, match["d"]))


_DAYS_IN_WORDS = (
    *"first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(),
    *"thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split(),
    *"twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth".split(),
    *"twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first".split(),
)
"""Days as wills and deeds write them: "this twelfth day of April in the year of our Lord 1743"."""


def _day_as_word(match: re.Match[str], language: str | None) -> tuple[str, ...]:
    day = str(_DAYS_IN_WORDS.index(match["d"].replace(" ", "-")) + 1)
    month = _month_number(match["m"], language)
    return tuple(found for year in _years(match, month) for found in iso_day(year, month, day))


_ROMAN_MONTHS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


def _day_in_roman_month(match: re.Match[str], _language: str | None) -> tuple[str, ...]:
    return iso_day(match["y"], _ROMAN_MONTHS.index(match["m"]) + 1, match["d"])


def _unreadable_day(_match: re.Match[str], _language: str | None) -> tuple[str, ...]:
    return ()


def _day_of_two_calendars(match: re.Match[str], language: str | None) -> tuple[str, ...]:
    """Return the day of the old and that of the new calendar: 27 October/8 November 1829."""
    new = _month_number(match["n"], language)
    old = _month_number(match["m"], language) if match["m"] else new
    return iso_day(match["z"], old, match["d"]) + iso_day(match["z"], new, match["e"])


def _alternative_days(match: re.Match[str], language: str | None) -> tuple[str, ...]:
    month = _month_number(match["m"], language)
    return iso_day(match["y"], month, match["d"]) + iso_day(match["y"], month, match["e"])


def _numeric_day(match: re.Match[str], _language: str | None) -> tuple[str, ...]:
    day_first = iso_day(match["y"], match["b"], match["a"])
    month_first = iso_day(match["y"], match["a"], match["b"])
    return tuple(dict.fromkeys(day_first + month_first))


def _year_first(match: re.Match[str], _language: str | None) -> tuple[str, ...]:
    return iso_day(match["y"], match["m"], match["d"])


def _month_in_words(match: re.Match[str], language: str | None) -> tuple[str, ...]:
    month = _month_number(match["m"], language)
    return tuple(f"{year}-{month:02}" for year in _years(match, month)) if month else ()


def _numeric_month(match: re.Match[str], _language: str | None) -> tuple[str, ...]:
    day = iso_day(match["y"], match["m"], "1")
    return tuple(reading.removesuffix("-01") for reading in day)


def _day_range(match: re.Match[str], language: str | None) -> tuple[str, ...]:
    month = _month_number(match["m"], language)
    first, last = iso_day(match["y"], month, match["d"]), iso_day(match["y"], month, match["e"])
    return (f"{first[0]}/{last[0]}",) if first and last and first < last else ()


def _day_range_over_months(match: re.Match[str], language: str | None) -> tuple[str, ...]:
    start, end = _month_number(match["m"], language), _month_number(match["n"], language)
    first = iso_day(match["y"] or match["z"], start, match["d"])
    last = iso_day(match["z"], end, match["e"])
    return (f"{first[0]}/{last[0]}",) if first and last and first < last else ()


def _month_range(match: re.Match[str], language: str | None) -> tuple[str, ...]:
    start, end = _month_number(match["m"], language), _month_number(match["n"], language)
    first, last = f"{match['y'] or match['z']}-{start:02}", f"{match['z']}-{end:02}"
    return (f"{first}/{last}",) if start and end and first < last else ()


def _approximate_year(match: re.Match[str], _language: str | None) -> tuple[str, ...]:
    return (f"{match['y']}~",)


def _year_range(match: re.Match[str], _language: str | None) -> tuple[str, ...]:
    return (f"{match['y']}/{match['z']}",) if match["y"] < match["z"] else ()


DATE_PATTERNS = (
    # "12-14 June 2021" would be read as its last day: ranges come before days, days before months.
    DatePattern(
        "year-month-day", r"{Y}(?P<s>[-/.] ?)(?P<m>\d\d?)(?P=s)(?P<d>\d\d?)(?!\d)", _year_first
    ),
    DatePattern(
        "year month day in signs", r"{Y} ?年 ?(?P<m>\d\d?) ?月 ?(?P<d>\d\d?) ?日", _year_first
    ),
    DatePattern(
        "old and new style",
        r"{D}{ord}(?:{of}{M}\.?)? ?/ ?{E}{ord}{of}{N}\.?,?{of}{Z}",
        _day_of_two_calendars,
    ),
    DatePattern(
        "days of two months",
        r"{D}{ord}{of}{M}\.?,?(?:{of}{Y})?{to}{E}{ord}{of}{N}\.?,?{of}{Z}",
        _day_range_over_months,
    ),
    DatePattern(
        "days of two months, month first",
        r"{M}\.? {D}{ord},?(?: {Y})?{to}{N}\.? {E}{ord},? {Z}",
        _day_range_over_months,
    ),
    DatePattern("days of a month", r"{D}{ord}{and}{E}{ord}{of}{M}\.?,?{of}{Y}", _day_range),
    DatePattern("days of a month, month first", r"{M}\.? {D}{ord}{and}{E}{ord},? {Y}", _day_range),
    DatePattern("of two days", r"{D}{ord}{or}{E}{ord}{of}{M}\.?,?{of}{Y}", _alternative_days),
    # Scans confuse 1 with l and 0 with o: "l4 June" is not the fourth.
    DatePattern(
        "damaged day",
        r"(?<![^\W_])(?:[li|]\d|[0-3][oil]){ord}{of}{M}\.?,?{of}{Y}",
        _unreadable_day,
    ),
    DatePattern("day month year", r"{D}{ord}{of}{M}\.?,?{of}{Y}{dual}", _day_in_words),
    DatePattern(
        "day in words month year",
        r"(?<!\w)(?P<d>{day_in_words}){of}{M}\.?,?{of}{Y}{dual}",
        _day_as_word,
    ),
    DatePattern("month day year", r"{M}\.? (?:the )?{D}{ord},? {Y}{dual}", _day_in_words),
    DatePattern("year month day", r"{Y}(?P<v>)[. ]+{M}\.? {D}(?!\d)", _day_in_words),
    DatePattern(
        "day, month in Roman figures, year",
        r"{D}(?:\. ?|[/ -])(?P<m>i{{1,3}}|iv|vi{{0,3}}|ix|xi{{0,2}})(?:\.? |\.|[/-]){Y}",
        _day_in_roman_month,
    ),
    DatePattern(
        "figures",
        r"(?<![\d.])(?P<a>\d\d?)(?P<s>[-/.] ?)(?P<b>\d\d?)(?P=s){Y}(?!/\d)",
        _numeric_day,
    ),
    DatePattern("months", r"{M}\.?(?: {Y})?{to}{N}\.? {Z}", _month_range),
    DatePattern("month year", r"{M}\.?,?{of}{Y}{dual}", _month_in_words),
    DatePattern("year month in signs", r"{Y} ?年 ?(?P<m>\d\d?) ?月", _numeric_month),
    DatePattern(
        "about a year", r"(?<!\w)(?:c\.|ca\.?|circa|um|hacia|vers|cerca de) ?{Y}", _approximate_year
    ),
    DatePattern("years", r"{Y}{to}{Z}", _year_range),
)

_PATTERN_PARTS = {
    "Y": r"(?<!\d)(?P<y>1\d{3}|2[01]\d\d)(?!\d)",
    "Z": r"(?P<z>1\d{3}|2[01]\d\d)(?!\d)",
    # The second year of 1731/2; U+2060 keeps the years on one line.
    "dual": r"(?:\u2060?[/–-]\u2060?(?P<v>\d{1,2}|\d{4})(?![\d:.]))?",
    "D": r"(?<![^\W_])(?<!\.)(?P<d>\d\d?)",
    "E": r"(?P<e>\d\d?)",
    "ord": r"(?:st|nd|rd|th|d|er|e|me|ten|ter|te|o|º|ª|\.)?",
    "of": r"\s*+(?:(?:de |of |del |d'|day of |a\. ?d\. |anno "
    r"|in the year (?:of our lord,? )?)\s*+)?",
    "to": r" ?(?:-|–|—| to | al? | au | bis | until ) ?",
    # The longest first, so that "twenty-first" is no first.
    "day_in_words": "|".join(word.replace("-", "[ -]") for word in reversed(_DAYS_IN_WORDS)),
    "and": r"(?: ?(?:-|–|—|&) ?| (?:to|and|al?|au|bis|until|und|et|y|e) )",
    "or": r" (?:or|oder|ou|o|of|eller) ",
}


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern of the table, compiled with the names of the months.

    It is compiled when a text first needs it: all of them take 0.07 s.
    """
    parts = {part: rf"(?<!\w)(?P<{part.lower()}>{_months()})(?!\w)" for part in "MN"}
    return re.compile(pattern.format(**_PATTERN_PARTS, **parts))


@cache
def required_months(pattern: str) -> int:
    """Return how many names of months a match has at least; most lines have none."""
    required = pattern.replace(_OPTIONAL_MONTH, "")
    return required.count("{M}") + required.count("{N}")


_OPTIONAL_MONTH = r"(?:{of}{M}\.?)?"
"""The only optional one: "27/8 November" names the month once."""


@cache
def required_figures(pattern: str) -> int:
    """Return how many numbers in figures a match has at least; most lines have no more than two.

    A number is a group of figures with something else before and after it.
    """
    required = re.sub(r"\(\?:[^()]*\{Y\}\)\?", "", pattern)
    return sum(required.count(number) for number in _FIGURES)


_FIGURES = ("{Y}", "{Z}", "{D}", "{E}", r">\d", r"[li|]\d")
"""What is a number in figures: a year, a day, a month; "l4" has one, and "2o" too."""


@cache
def _months() -> str:
    """Return a pattern for the names of months; those with the same first letter are together.

    A word is compared with few names, as most begin with another letter.
    """
    longest_first = sorted(map(re.escape, calendar_names().months), key=len, reverse=True)
    rests: dict[str, list[str]] = {}
    for name in longest_first:
        rests.setdefault(name[0], []).append(name[1:])
    return "|".join(f"{first}(?:{'|'.join(names)})" for first, names in rests.items())


@cache
def month_pattern() -> re.Pattern[str]:
    """Return a pattern for the name of a month in a folded text."""
    return re.compile(rf"(?<!\w)(?:{_months()})(?!\w)")
