"""The days of the entries of a diary or a log, of which only the first needs to say the year."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from generator.reading.head.bylines import Byline, has_known_given_name, parse_bare_names
from generator.reading.head.lines import Head, HeadLine
from generator.reading.head.lines_with_dates import EntryDate
from generator.text.dates import DateMatch, find_dates, is_month, is_weekday

_LEAST = 3
"""Entries that make a diary; a report may name two days at the beginning of paragraphs."""

_MOST = 20_000
"""Entries that are read, those of fifty years."""

_WIDEST_GAP = 200
"""Days between two entries; more are those of a chronicle, or the year was not said."""

_MOST_ABOVE = 400
"""Characters above the first entry; an article may list days further down."""

_BEGINNING = (
    r"^[\[(_*]{0,2}(?:(?P<year_before>1[4-9]\d\d|20\d\d)[.,:]? +)?"
    r"(?:(?:[^\W\d_a-z][\w.'’-]+ ){0,2}[^\W\d_a-z][\w'’-]+, )??"
    r"(?:(?P<weekday>[^\W\d_]{3,12})[.,]* +)??(?:the +)?"
    r"(?:(?P<month>[^\W\d_]{3,12})\.? +(?:the +)?(?P<day>\d{1,2})(?:st|nd|rd|th|d\b)?"
    r"|(?P<first>\d{1,2})(?:st|nd|rd|th|d\b|er|\.|º|°)?"
    r"(?: +(?:of +|de +)?(?P<last>[^\W\d_]{3,12})\b\.?)?)"
    r"(?:,? +(?:de +)?(?P<year>1[4-9]\d\d|20\d\d)\b)?"
)
_ENTRY = re.compile(
    _BEGINNING + r"(?P<rest>[.,:;]*[\])_*]*(?: *(?:--+|[—–]| - | *$)| +\([^()\n]{1,40}\)\.?$"
    r"|(?<=[.:,]) +(?=[^\W\d_a-z])))",
    re.MULTILINE,
)
"""A day above an entry, or before its first words: "Jan. 4.--Fri. We", "Saturday, 4th."."""

_ENTRY_IN_MARGIN = re.compile(_BEGINNING + r"(?P<rest>)(?= +[^\W\d_a-z])", re.MULTILINE)
"""A day that stood in the margin, with no sign before the first words: "3 March Went to"."""


class _Day(msgspec.Struct, frozen=True):
    """What an entry says of its day; the year and the month may be those of the one before."""

    match: re.Match[str]
    day: int
    month: str | None

    @property
    def year(self) -> int | None:
        """The year, if the entry says it."""
        year = self.match["year"] or self.match["year_before"]
        return int(year) if year else None


def with_days_of_entries(head: Head, text: str) -> Head:
    """Add the days of the first and the last entry, as the date of a diary.

    The date of the head gives way if it is no more than the year or the day of the first entry.
    """
    if (head.genre is not None and head.genre.value == "letter") or head.names is not None:
        return head
    known = head.date.readings[0] if head.date and len(head.date.readings) == 1 else None
    if head.date is not None and known is None:
        return head
    year = known[:4] if known else _year_of_title(head)
    if not _begins_with_entry(text, _ENTRY) and not _begins_with_entry(text, _ENTRY_IN_MARGIN):
        return head
    entries = entry_days(text, int(year) if year else None) or (
        entry_days(text, int(year), _ENTRY_IN_MARGIN) if year and _is_titled_diary(head) else []
    )
    if (
        len(entries) < _LEAST
        or entries[0].start > _MOST_ABOVE
        or not (known is None or entries[0].date.startswith(known))
    ):
        return head
    first, last = entries[0].date, entries[-1].date
    # The evidence is the line that says the year: of the first entry, or above it.
    says_year = first[:4] in entries[0].line
    of_title = head.title.line if head.title else None
    above = head.date_line or of_title
    line = HeadLine(entries[0].start, entries[0].line) if says_year else above
    removable = tuple(other for other in head.removable if other != head.date_line)
    date = DateMatch(0, 0, "entries", (first if first == last else f"{first}/{last}",))
    head = replace(head, date=date, date_line=line, removable=removable)
    return _with_diarist(head)


def _begins_with_entry(text: str, pattern: re.Pattern[str]) -> bool:
    """Whether an entry begins near the top; most texts have none, and are read no further."""
    end = text.find("\n", _MOST_ABOVE)
    return next(_days(text if end < 0 else text[:end], pattern), None) is not None


def _year_of_title(head: Head) -> str | None:
    """Return the only year in a title that is called a diary: "Farm Diary, 1871"."""
    years = _YEAR.findall(head.title.value) if head.title and _is_titled_diary(head) else []
    return years[0] if len(years) == 1 else None


def _is_titled_diary(head: Head) -> bool:
    return head.title is not None and _IS_DIARY.search(head.title.value) is not None


_YEAR = re.compile(r"\b(?:1[4-9]\d\d|20\d\d)\b")
_IS_DIARY = re.compile(
    r"\b(?:diary|journal|log(?: book)?|pocket[ -]book|day[ -]book|note[ -]book|memorandum book"
    r"|calendar|tagebuch|journal|diario|diário|dagboek)\b",
    re.IGNORECASE,
)


def entry_days(text: str, year: int | None, pattern: re.Pattern[str] = _ENTRY) -> list[EntryDate]:
    """Return the days of the entries of a text, none if they do not follow each other.

    `year` is that of the first entry, if it does not say it.
    """
    found: list[EntryDate] = []
    before: datetime.date | None = None
    for entry in _days(text, pattern):
        if before is None and entry.year is None and (year is None or entry.month is None):
            return []
        date = _date(entry, before, year)
        if date is None or (before is not None and not 0 <= (date - before).days <= _WIDEST_GAP):
            return []
        end = text.find("\n", entry.match.start())
        line = text[entry.match.start() : end if end >= 0 else len(text)]
        found.append(EntryDate(entry.match.start(), line, date.isoformat()))
        before = date
    return found


def _days(text: str, pattern: re.Pattern[str]) -> Iterator[_Day]:
    count = 0
    for match in pattern.finditer(text):
        is_place = match["weekday"] is not None and text[match.end("weekday")] == ","
        before = None if is_place and not _is_of_date(match["weekday"]) else match["weekday"]
        words = [word for word in (before, match["month"], match["last"]) if word]
        months = [word for word in words if is_month(word)]
        if not words or len(months) > 1 or not all(map(_is_of_date, words)):
            continue
        yield _Day(match, int(match["day"] or match["first"]), next(iter(months), None))
        count += 1
        if count == _MOST:
            return


def _is_of_date(word: str) -> bool:
    """Whether a word names a month or a day of the week."""
    return is_month(word) or is_weekday(word)


def _date(entry: _Day, before: datetime.date | None, year: int | None) -> datetime.date | None:
    """Return the day of an entry, with the year and the month of the one before; None if none."""
    month = _month_number(entry.month) if entry.month else before.month if before else None
    said = entry.year or (before.year if before else year)
    if month is None or said is None:
        return None
    if (
        entry.year is None
        and before is not None
        and (month, entry.day) < (before.month, before.day)
    ):
        said, month = (said + 1, month) if entry.month else _next_month(said, month)
    try:
        return datetime.date(said, month, entry.day)
    except ValueError:
        return None


def _next_month(year: int, month: int) -> tuple[int, int]:
    return (year + 1, 1) if month == 12 else (year, month + 1)


def _month_number(name: str) -> int | None:
    dates = find_dates(f"1 {name} 2000")
    return int(dates[0].readings[0][5:7]) if dates and dates[0].readings else None


_OF_SOMEBODY = re.compile(
    r"(?:the |from the |extracts from the )?(?:private |personal )?(?:diary|journal|tagebuch)"
    r" (?:of|von) (?P<name>[^\d,;:]{3,60}?)\.?(?:,.*)?",
    re.IGNORECASE,
)


def _with_diarist(head: Head) -> Head:
    """Add as author whose diary the title says it is, if that is a name."""
    match = _OF_SOMEBODY.fullmatch(head.title.value) if head.title else None
    names = parse_bare_names(match["name"]) if match else None
    if head.title is None or names is None or len(names.names) != 1:
        return head
    if not has_known_given_name(names.names[0]):
        return head
    diarist = Byline(names.names, "diary of", is_complete=False, has_known_names=True)
    return replace(head, names=diarist, byline=head.title.line)
