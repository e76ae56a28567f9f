"""The dateline: where a story was filed, before its first sentence.

"LA PAZ, Bolivia (AP) — Six thousand people": the place is believed when it stands in the table,
or in capitals whose words the text writes in no other way, with a dash behind it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.reading.bylines import looks_like_place
from generator.reading.dates import FoundDate, find_dates
from generator.reading.labels import AGENCIES

_BEFORE_DASH = re.compile(
    r"(?P<words>[^\W\d_][^\n—–]{1,90}?)\s*(?:—|–|--|(?<=\s)-(?=\s)|(?<=\)):|(?<=\))\.-)\s*"
    r"(?=(?P<next>[\"“«'‘]?\w))"
)
_AGENCY = re.compile(r"\s*[(\[](?P<name>[^()\[\]]{2,30})[)\]]$")
_DAY = re.compile(
    r",?\s+(?:(?P<m>[^\W\d_]{3,12}\.?)\s+\d{1,2}|\d{1,2}\.?\s+(?:de\s+)?(?P<n>[^\W\d_]{3,12}))\.?(?:,?\s+(?:de\s+)?\d{4})?$"
)
_CAPITALS = re.compile(r"[^\W\d_a-z][^\W\d_a-z.'’-]+(?:[ -][^\W\d_a-z][^\W\d_a-z.'’-]*){0,3}")
_NO_PLACE = frozenset(
    "analysis breaking correction editor's editor’s exclusive factbox note opinion update warning"
    " introduction preface abstract summary background question answer".split()
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """What stands before a story's first sentence."""

    place: str
    agency: str = ""
    date: FoundDate | None = None


def read_dateline(paragraph: str, text: str, language: str | None = None) -> Dateline | None:
    """Read the dateline of a first paragraph; `text` is all of the document, for the spelling."""
    match = _BEFORE_DASH.match(paragraph)
    if match is None or match["next"][-1].islower():
        return None
    words, agency = match["words"].strip(), ""
    signed = _AGENCY.search(words)
    if signed:
        agency = signed["name"]
        words = words[: signed.start()]
    day = _DAY.search(words)
    dates = find_dates(words, language) if day else []
    place = words[: day.start()] if day else words
    place = place.strip(" ,")
    marked = agency in AGENCIES
    if not _is_place(place, text, marked=marked):
        return None
    return Dateline(place, agency if marked else "", dates[0] if len(dates) == 1 else None)


def _is_place(words: str, text: str, *, marked: bool) -> bool:
    first, *behind = (part.strip() for part in words.split(","))
    if len(behind) > 2 or first.casefold().split()[0] in _NO_PLACE:
        return False
    if looks_like_place(first):
        return all(part[:1].isupper() for part in behind)
    in_capitals = _CAPITALS.fullmatch(first) is not None and len(first) > 3
    if not in_capitals:
        return False
    region = any(map(looks_like_place, behind))
    return marked or region or not _written_small(first, text)


def _written_small(words: str, text: str) -> bool:
    """Tell whether the text writes one of the words in small letters, as it would no place."""
    pieces = [re.escape(word.lower()) for word in re.findall(r"[^\W\d_]{3,}", words)]
    return not pieces or re.search(rf"\b(?:{'|'.join(pieces)})\b", text) is not None
