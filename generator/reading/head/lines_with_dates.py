"""Lines that contain a date: whether the line is about its date, and what else it contains."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from generator.reading.head.bylines import parse_byline
from generator.reading.head.date_labels import DateRole, find_date_label
from generator.text.dates import DateMatch, find_dates, is_plain, is_weekday

DATE_CUES = frozenset(
    """
    published posted updated modified last on date dated from at am pm gmt utc cet est edt bst
    h uhr fecha publicado actualizado publié le mis jour datum vom den am veröffentlicht stand
    aktualisiert data publicado em às el de day día dia jour tag
    """.split()
)
"""Words that newspapers print next to a date, in lower case."""
_TIME = re.compile(
    r"\b\d{1,2}[:.h]\d\d(?::\d\d)?\b|\b\d{1,2} ?(?=[ap]\.? ?m\b)|(?<= )[ap]\. ?m\b", re.IGNORECASE
)
_PUBLISHED = re.compile(
    r"(?:first |last )?(?:published|posted|updated|modified|publicado|actualizado|publié|mis à jour"
    r"|veröffentlicht|aktualisiert|stand|atualizado)\b",
    re.IGNORECASE,
)
_PART_SEPARATORS = "|·•"
_SEPARATORS = f" ,{_PART_SEPARATORS}–—-"
_CUE_BEFORE_DATE = re.compile(
    rf"(?:^|(?<=[\s{_SEPARATORS}])){_PUBLISHED.pattern}[\s:]*+$", re.IGNORECASE
)
_YEAR = re.compile(r"\d{4}")
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MAX_YEAR_LINES = 500
"""Short lines with a year that are checked; a table of numbers has more, and no date lines."""

_MAX_DATE_LINE = 60
"""Characters: a longer line is not a date alone, and a date that opens a paragraph ends before."""

_MAX_WHOLE_DATE = 200
"""Characters of a date in words, with a day of the week, an hour and spaces."""

_LONGEST_LABELLED = 400
"""Characters of a line in which the label of a date is looked for."""

_LONGEST_PERIOD = 15
"""Years: a longer interval in a head is somebody's life or the age of which a text speaks."""


def date_cues(line: str) -> frozenset[str]:
    """Return the words of a line with a labelled date that only introduce the date."""
    dates = find_dates(line[:_LONGEST_LABELLED])
    is_labelled_date = any(date_role(line, date) == "publication" for date in dates)
    return DATE_CUES if is_labelled_date else frozenset()


def is_labelled(line: str) -> bool:
    """Whether a line begins with a label that newspapers write before a date: "Published: ..."."""
    return _PUBLISHED.match(line) is not None


def date_role(line: str, date: DateMatch) -> DateRole | None:
    """Return what the words before a date make of it; None if they do not say."""
    before = line[: date.start].rpartition("|")[2]
    label = find_date_label(before)
    if label is not None:
        return label.role
    return "other" if _is_long_period(date) else None


def _is_long_period(date: DateMatch) -> bool:
    first, _, last = date.readings[0].partition("/") if date.readings else ("", "", "")
    return bool(last) and int(last[:4]) - int(first[:4]) > _LONGEST_PERIOD


def is_whole_date(line: str) -> bool:
    """Whether a line is a date and nothing else; a long line is none, and is not read."""
    dates = find_dates(line) if len(line) <= _MAX_WHOLE_DATE else []
    return len(dates) == 1 and not rest_of_date_line(line, dates[0])


def divides_date(first: str, second: str) -> bool:
    """Whether the break between two lines is inside a date: "Berlin, 6. Februar" and "1852".

    Behind a year a day is another one, as that of the first entry below "Diary, 1844".
    """
    end, start = first[-_MAX_DATE_LINE:], second[:_MAX_DATE_LINE]
    dates = find_dates(f"{end} {start}")
    return any(
        date.start < len(end) < date.end and not _YEAR.fullmatch(end[date.start :])
        for date in dates
    )


def looks_like_diary(text: str, parts: int = 2) -> bool:
    """Whether at least `parts` parts of a text have a date above them."""
    lines = (line.text for line in islice(_short_lines_with_year(text), _MAX_YEAR_LINES))
    dated = filter(is_whole_date, lines)
    return len(tuple(islice(dated, parts))) == parts


class EntryDate(msgspec.Struct, frozen=True):
    """The day above an entry of a diary, and its line in the text."""

    start: int
    line: str
    date: str


def entry_dates(text: str) -> list[EntryDate]:
    """Return the days on lines of their own, in the order of the text.

    Of a long diary only the first and the last hundreds of such lines are read.
    """
    lines = [*_short_lines_with_year(text)]
    if len(lines) > _MAX_YEAR_LINES:
        half = _MAX_YEAR_LINES // 2
        lines = lines[:half] + lines[-half:]
    return [
        EntryDate(line.start, line.text, dates[0].readings[0])
        for line in lines
        if len(dates := find_dates(line.text)) == 1
        and _is_day(dates[0])
        and not rest_of_date_line(line.text, dates[0])
    ]


class _Line(NamedTuple):
    start: int
    text: str


def _short_lines_with_year(text: str) -> Iterator[_Line]:
    """Yield the lines that could be a date alone; most texts have few years."""
    end = 0
    for year in _YEAR.finditer(text):
        if year.start() < end:
            continue
        start = text.rfind("\n", end, year.start()) + 1 or end
        end = text.find("\n", year.end())
        end = len(text) if end < 0 else end
        if end - start <= _MAX_DATE_LINE:
            yield _Line(start, text[start:end])


def _is_day(date: DateMatch) -> bool:
    return len(date.readings) == 1 and _ISO_DAY.fullmatch(date.readings[0]) is not None


def is_date_line(text: str, date: DateMatch) -> bool:
    """Whether a line is about its date, or is a byline with a date.

    In a line with parts, such as "By Ana Ruiz | The Observer | 4 May 2021", one part is enough.
    """
    role = date_role(text, date)
    if role == "other":
        return False
    start = max(text.rfind(separator, 0, date.start) for separator in _PART_SEPARATORS) + 1
    rest = rest_of_date_line(
        text[start:], replace(date, start=date.start - start, end=date.end - start)
    )
    running = any(word[:1].islower() and len(word) > 2 for word in rest)
    is_short = len(rest) <= 4 and (role is not None or not running)
    return is_short or bool(parse_byline(before_date(text, date)))


def before_date(text: str, date: DateMatch) -> str:
    """Return the words of a line before its date, without a label such as "Published:"."""
    return _CUE_BEFORE_DATE.sub("", text[: date.start]).rstrip(_SEPARATORS)


def rest_of_date_line(text: str, date: DateMatch) -> list[str]:
    """Return the words of a date line without the date, its time, weekday and usual labels."""
    rest = _TIME.sub(" ", f"{text[: date.start]} {text[date.end :]}")
    words = re.findall(r"[\w’'-]+", rest)
    return [word for word in words if not is_weekday(word) and word.lower() not in DATE_CUES]


def is_only_date(text: str, date: DateMatch) -> bool:
    """Whether a line contains no more than a page shows of its date, and perhaps a label.

    A time, a day of the week, an article ("le 3 mai"), a label of a revision, a bracket or a mark
    of doubt would be more.
    """
    around = f"{text[: date.start]} {text[date.end :]}"  # 03.04.2021 itself has no time
    role = date_role(text, date)
    words = re.findall(r"[^\W\d_]+", around)
    has_more = (
        (rest_of_date_line(text, date) if role == "publication" else words)
        or role not in (None, "publication")
        or _TIME.search(around)
        or re.search(r"[\[\]?]|\d", around)
        or any(map(is_weekday, words))
    )
    return not has_more and is_plain(date, text)


def leading_date(line: str, language: str | None) -> DateMatch | None:
    """Return the date that a paragraph begins with: "Friday, March 15, 2012 Wikinews asked"."""
    words = line.split(None, 1)
    if len(words) < 2 or not is_weekday(words[0]):
        return None
    dates = find_dates(line[:_MAX_DATE_LINE], language)
    if not dates or line[: dates[0].start].strip(" ,") != words[0].strip(","):
        return None
    return dates[0] if re.match(r"\s+[^\W\d_a-z]", line[dates[0].end :]) else None
