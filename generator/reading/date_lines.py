"""Lines that hold a date: whether it is the line's subject, and what else the line says."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice

from generator.reading.bylines import parse_byline
from generator.reading.dates import DateMatch, find_dates, is_weekday

_DATE_CUE = frozenset(
    """
    published posted updated modified last on date dated from at am pm gmt utc cet est edt bst
    h uhr fecha publicado actualizado publié le mis jour datum vom den am veröffentlicht stand
    aktualisiert data publicado em às el de
    """.split()
)
_TIME = re.compile(r"\b\d{1,2}[:.h]\d\d(?::\d\d)?\b")
_PUBLISHED = re.compile(
    r"(?:first |last )?(?:published|posted|updated|modified|publicado|actualizado|publié|mis à jour"
    r"|veröffentlicht|aktualisiert|stand|atualizado)\b",
    re.IGNORECASE,
)
_PARTING = "|·•"
_BESIDE = f" ,{_PARTING}–—-"
_LEADS_TO = re.compile(rf"(?:^|(?<=[\s{_BESIDE}])){_PUBLISHED.pattern}[\s:]*+$", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")
_REVISED = re.compile(
    r"\b(?:updated|modified|actualizado|mis à jour|aktualisiert|atualizado)\b", re.IGNORECASE
)
_LOOKED_AT = 500
"""Short lines with figures of a year; a table of numbers has more, and dates over none."""

_RUN_IN = 60
"""Characters in which a date that opens the first paragraph must end."""


def is_labelled(line: str) -> bool:
    """Tell whether a line begins with what papers write before a date: "Published: ..."."""
    return _PUBLISHED.match(line) is not None


def is_revision(line: str) -> bool:
    """Tell whether the date of a line is that of a revision."""
    return _REVISED.search(line) is not None


def is_whole_date(line: str) -> bool:
    """Tell whether a line is a date and nothing else."""
    dates = find_dates(line)
    return len(dates) == 1 and not rest_of_date_line(line, dates[0])


def looks_like_diary(text: str, parts: int = 2) -> bool:
    """Tell whether dates stand over so many parts of a text."""
    lines = (line for line in text.split("\n") if len(line) <= _RUN_IN and _YEAR.search(line))
    dated = filter(is_whole_date, islice(lines, _LOOKED_AT))
    return len(tuple(islice(dated, parts))) == parts


def is_date_line(text: str, date: DateMatch) -> bool:
    """Tell whether a line is about its date, or signs the text as well as dating it.

    Of a line with parts, such as "By Ana Ruiz | The Observer | 4 May 2021", one part is enough.
    """
    start = max(text.rfind(sign, 0, date.start) for sign in _PARTING) + 1
    rest = rest_of_date_line(
        text[start:], replace(date, start=date.start - start, end=date.end - start)
    )
    running = any(word[:1].islower() and len(word) > 2 for word in rest)
    return (len(rest) <= 4 and not running) or bool(parse_byline(before_date(text, date)))


def before_date(text: str, date: DateMatch) -> str:
    """The words of a line that stand before its date, without what leads to it."""
    return _LEADS_TO.sub("", text[: date.start]).rstrip(_BESIDE)


def rest_of_date_line(text: str, date: DateMatch) -> list[str]:
    """The words of a date line that are neither the date nor what usually stands beside one."""
    rest = _TIME.sub(" ", f"{text[: date.start]} {text[date.end :]}")
    words = re.findall(r"[\w’'-]+", rest)
    return [word for word in words if not is_weekday(word) and word.lower() not in _DATE_CUE]


def is_only_date(text: str, date: DateMatch) -> bool:
    """Tell whether a line says no more than its date: the hour and "updated" are more.

    The day of the week follows from a date, unless the date has two readings.
    """
    beside = f"{text[: date.start]} {text[date.end :]}"  # 03.04.2021 holds no hour
    more = rest_of_date_line(text, date) or _TIME.search(beside) or _REVISED.search(text)
    weekday = len(date.readings) > 1 and any(map(is_weekday, re.findall(r"[^\W\d_]+", text)))
    return not (more or weekday)


def leading_date(line: str, language: str | None) -> DateMatch | None:
    """A whole date that runs into the first sentence: "Friday, March 15, 2012 Wikinews asked"."""
    words = line.split(None, 1)
    if len(words) < 2 or not is_weekday(words[0]):
        return None
    dates = find_dates(line[:_RUN_IN], language)
    if not dates or line[: dates[0].start].strip(" ,") != words[0].strip(","):
        return None
    behind = line[dates[0].end :]
    return dates[0] if re.match(r"\s+[^\W\d_a-z]", behind) else None
