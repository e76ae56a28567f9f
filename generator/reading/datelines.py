"""The dateline: where a story was filed, before its first sentence.

"LA PAZ, Bolivia (AP) — Six thousand people": the place is believed when it stands in the table,
or in capitals whose words the text writes in no other way, with a dash behind it; or when a whole
date follows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from generator.reading.bylines import has_known_given_name, looks_like_person, looks_like_place
from generator.reading.dates import DateMatch, find_dates, is_weekday
from generator.reading.head_labels import AGENCIES

_BEFORE_DASH = re.compile(
    r"(?P<words>[^\W\d_][^\n—–]{1,90}?)\s*(?:—|–|--|(?<=\s)-(?=\s)|(?<=\)):|(?<=\))\.-|(?<=\d{4})\.-?(?=\s))\s*"
    r"(?=(?P<next>[\"“«'‘]?\w))"
)
_AGENCY = re.compile(r"(?<!\s)\s*+[(\[](?P<name>[^()\[\]]{2,30})[)\]]$")
_DAY = re.compile(
    r"(?:,|(?<!\s))\s++"
    r"(?:[^\W\d_]{3,12}\.?\s+\d{1,2}|\d{1,2}\.?\s+(?:de\s+)?[^\W\d_]{3,12})\.?$"
)
"""A day whose year only its readers knew."""
_BEFORE_DAY = frozenset({"le", "den", "am", "on", "el", "em"})
_CAPITALS = re.compile(r"[^\W\d_a-z][^\W\d_a-z.'’-]+(?:[ -][^\W\d_a-z][^\W\d_a-z.'’-]*){0,3}")
_NAME = re.compile(
    r"[^\W\d_a-z][\w.'’]+(?:[ -](?:[^\W\d_a-z][\w.'’]+|am|an|de|del|der|do|im|la|las|los|sur)){0,4}"
)
_NO_PLACE = frozenset(
    "analysis breaking correction editor's editor’s exclusive factbox note opinion update warning"
    " introduction preface abstract summary background question answer".split()
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """What stands before a story's first sentence."""

    place: str
    agency: str = ""
    date: DateMatch | None = None


def parse_dateline(paragraph: str, text: str, language: str | None = None) -> Dateline | None:
    """Read the dateline of a first paragraph; `text` is all of the document, for the spelling."""
    match = _BEFORE_DASH.match(paragraph)
    if match is None or match["next"][-1].islower():
        return None
    words, agency = match["words"].strip(), ""
    signed = _AGENCY.search(words)
    if signed:
        agency = signed["name"]
        words = words[: signed.start()]
    place, date = _place_and_date(words, language)
    marked = agency in AGENCIES
    dated = date is not None and match["next"][-1].isalpha() and _is_dated_place(place, date)
    if not dated and not _is_place(place, text, marked=marked):
        return None
    return Dateline(place, agency if marked else "", date)


def _place_and_date(words: str, language: str | None) -> tuple[str, DateMatch | None]:
    """Part what stands before the dash: what is left of the date, without figures, is the place."""
    last = next(reversed(find_dates(words, language)), None)
    date = last if last and not words[last.end :].strip(" .") else None
    place = words[: date.start] if date else _DAY.sub("", words)
    while _goes_with_day((end := place.rstrip(" ,").rpartition(" "))[2]):
        place = end[0]
    kept = takewhile(lambda part: not re.search(r"\d", part), place.split(","))
    return ",".join(kept).strip(" ,"), date


def _goes_with_day(word: str) -> bool:
    return word in _BEFORE_DAY or is_weekday(word)


def _is_place(words: str, text: str, *, marked: bool) -> bool:
    first, *behind = (part.strip() for part in words.split(","))
    if not first or len(behind) > 2 or first.casefold().split()[0] in _NO_PLACE:
        return False
    if looks_like_place(first):
        return all(part[:1].isupper() for part in behind)
    in_capitals = _CAPITALS.fullmatch(first) is not None and len(first) > 3
    if not in_capitals:
        return False
    region = any(map(looks_like_place, behind))
    return marked or region or not _written_small(first, text)


def _is_dated_place(words: str, date: DateMatch) -> bool:
    """Tell whether words before a whole date are a place's, as letters and papers write them."""
    whole = len(date.readings) == 1 and date.readings[0].count("-") == 2
    person = looks_like_person(words) and has_known_given_name(words)
    return whole and _NAME.fullmatch(words) is not None and not person


def _written_small(words: str, text: str) -> bool:
    """Tell whether the text writes one of the words in small letters, as it would no place."""
    pieces = [re.escape(word.lower()) for word in re.findall(r"[^\W\d_]{3,}", words)]
    return not pieces or re.search(rf"\b(?:{'|'.join(pieces)})\b", text) is not None
