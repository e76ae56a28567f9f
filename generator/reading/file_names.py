"""The date in the name of a file, where nothing in the file tells it."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from generator.model import SeedPath
from generator.text.dates import parse_date

_DATE = re.compile(
    r"(?<![^\W_])(?<!\d[.-])(?P<year>1[5-9]\d\d|20\d\d)"
    r"(?:[-_](?P<month>\d\d)(?:[-_](?P<day>\d\d))?)?(?![^\W_])(?![.-]\d)"
)
"""A year, month or day between separators; not a part of `12.1850`, `1850-3` or `1850-1855`."""

_ISO_DAY = re.compile(r"[12]\d{3}-\d\d-\d\d(?!\d)")

_NUMBERED = re.compile(
    r"(?:^|[\W_])(?:pages?|pp?|no|nos|nr|num|number|id|img|image|scan|dsc|doc|document|file|folio|fol"
    r"|f|item|case|box|vol|volume|band|letter|brief|line|verse|record|rec|ref|inv|invoice|seite|s"
    r"|psalm|chapter|ch|act|bwv|lot|part|pt|room|reel|plate|figure|fig|page_no|entry)[\W_]*$",
    re.IGNORECASE,
)
"""Words before a number that only counts: `page_1850`, `letter 1612`."""


def date_of_file_name(path: SeedPath) -> str | None:
    """Return the day at the start of a file's name, or the only date or year in it, as EDTF.

    `1789-Washington.txt` is of 1789; `page_1850.txt` and `1850-1855.txt` say nothing.
    """
    name = PurePosixPath(path).name
    day = _ISO_DAY.match(name)
    if day:
        return _existing(day[0])
    stem = PurePosixPath(path).stem
    dates = list(_DATE.finditer(stem))
    if len(dates) != 1 or _NUMBERED.search(stem[: dates[0].start()]):
        return None
    return _existing("-".join(filter(None, dates[0].group("year", "month", "day"))))


def _existing(edtf: str) -> str | None:
    date = parse_date(edtf)
    return date.readings[0] if date and date.readings else None
