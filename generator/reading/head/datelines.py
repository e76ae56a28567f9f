"""The dateline: the place where a story was filed, before its first sentence.

In "LA PAZ, Bolivia (AP) — Six thousand people", the words before the dash are a place if they are
in the table of places, if they are in capitals and never in lower case in the text, or if a whole
date follows them.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import NamedTuple

import msgspec

from generator.reading.head.bylines import has_known_given_name, looks_like_person, looks_like_place
from generator.reading.head.date_labels import find_date_label
from generator.reading.head.labels import AGENCIES
from generator.text.dates import DateMatch, find_dates, is_weekday

_BEFORE_DASH = re.compile(
    r"(?P<words>[^\W\d_][^\n—–]{1,90}?)\s*(?:—|–|--|(?<=\s)-(?=\s)|(?<=\)):|(?<=\))\.-|(?<=\d{4})\.-?(?=\s))\s*"
    r"(?=(?P<next>[\"“«'‘]?\w))"
)
_AGENCY = re.compile(r"(?<!\s)\s*+[(\[](?P<name>[^()\[\]]{2,30})[)\]]$")
_DAY = re.compile(
    r"(?:,|(?<!\s))\s++"
    r"(?:[^\W\d_]{3,12}\.?\s+\d{1,2}|\d{1,2}\.?\s+(?:de\s+)?[^\W\d_]{3,12})\.?$"
)
"""A day without a year."""
_BEFORE_DAY = frozenset({"le", "den", "am", "on", "el", "em"})
_CAPITALS = re.compile(r"[^\W\d_a-z][^\W\d_a-z.'’-]+(?:[ -][^\W\d_a-z][^\W\d_a-z.'’-]*){0,3}")
_NAME = re.compile(
    r"[^\W\d_a-z][\w.'’]+(?:[ -](?:[^\W\d_a-z][\w.'’]+|am|an|de|del|der|do|im|la|las|los|sur)){0,4}"
)
_NO_PLACE = frozenset(
    "analysis breaking correction editor's editor’s exclusive factbox note opinion update warning"
    " introduction preface abstract summary background question answer".split()
)


class Dateline(msgspec.Struct, frozen=True):
    """The place, agency and date before a story's first sentence."""

    place: str
    agency: str | None = None
    date: DateMatch | None = None


def parse_dateline(paragraph: str, text: str, language: str | None = None) -> Dateline | None:
    """Return the dateline of a document's first paragraph, else None.

    `text` is the whole document, which shows how it spells the words of a possible place.
    """
    match = _BEFORE_DASH.match(paragraph)
    if match is None or match["next"][-1].islower():
        return None
    words, agency = match["words"].strip(), None
    in_brackets = _AGENCY.search(words)
    if in_brackets:
        agency = in_brackets["name"]
        words = words[: in_brackets.start()]
    place, date = _place_and_date(words, language)
    has_agency = agency in AGENCIES
    is_dated = date is not None and match["next"][-1].isalpha() and _is_dated_place(place, date)
    if not is_dated and not _is_place(place, text, has_agency=has_agency):
        return None
    return Dateline(place, agency if has_agency else None, date)


class _PlaceAndDate(NamedTuple):
    place: str
    date: DateMatch | None


def _place_and_date(words: str, language: str | None) -> _PlaceAndDate:
    """Split the words before the dash: the parts before the date, without digits, are the place."""
    last = next(reversed(find_dates(words, language)), None)
    date = last if last and not words[last.end :].strip(" .") else None
    place = words[: date.start] if date else _DAY.sub("", words)
    while _goes_with_day((end := place.rstrip(" ,").rpartition(" "))[2]):
        place = end[0]
    parts = takewhile(lambda part: not re.search(r"\d", part), place.split(","))
    return _PlaceAndDate(",".join(parts).strip(" ,"), date)


def _goes_with_day(word: str) -> bool:
    return word in _BEFORE_DAY or is_weekday(word)


def _is_place(words: str, text: str, *, has_agency: bool) -> bool:
    first, *regions = (part.strip() for part in words.split(","))
    if not first or len(regions) > 2 or first.casefold().split()[0] in _NO_PLACE:
        return False
    if looks_like_place(first):
        return all(region[:1].isupper() for region in regions)
    in_capitals = _CAPITALS.fullmatch(first) is not None and len(first) > 3
    if not in_capitals:
        return False
    is_in_region = any(map(looks_like_place, regions))
    return has_agency or is_in_region or not _occurs_in_lower_case(first, text)


def _is_dated_place(words: str, date: DateMatch) -> bool:
    """Whether words before a whole date are a place, as in letters and newspapers."""
    is_whole = len(date.readings) == 1 and date.readings[0].count("-") == 2
    is_person = looks_like_person(words) and has_known_given_name(words)
    is_label = find_date_label(words) is not None
    return is_whole and _NAME.fullmatch(words) is not None and not (is_person or is_label)


def _occurs_in_lower_case(words: str, text: str) -> bool:
    """Whether `text` has one of the words in lower case, so that they are not a name."""
    patterns = [re.escape(word.lower()) for word in re.findall(r"[^\W\d_]{3,}", words)]
    return not patterns or re.search(rf"\b(?:{'|'.join(patterns)})\b", text) is not None
