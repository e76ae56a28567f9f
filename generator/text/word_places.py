"""Where a text has certain words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

_MOST_WORDS_AROUND = 12
"""Words by which two equal ones are told apart."""

_APOSTROPHE = re.compile("['’ʼ]")


class TextRange(NamedTuple):
    """Characters of a text, from `start` up to `end`."""

    start: int
    end: int

    def is_part_of(self, longer: TextRange) -> bool:
        """Whether another range has these characters, and more."""
        return longer.start <= self.start and self.end <= longer.end and self != longer


def find_words(text: str, words: str, names: Sequence[TextRange] = ()) -> list[TextRange]:
    """Return where a text has whole words with these capitals.

    Spaces and apostrophes may be written otherwise. A place that is part of a longer one of the
    names, as "Storr" in "John Storr", is meant only if no other place has the words.
    """
    places = _places(text, words)
    return outside_longer(places, names) or places


def outside_longer(places: Iterable[TextRange], names: Sequence[TextRange]) -> list[TextRange]:
    """Return the places that are no part of a longer one of the names."""
    return [place for place in places if not any(map(place.is_part_of, names))]


def _places(text: str, words: str) -> list[TextRange]:
    parts = (_APOSTROPHE.sub("['’ʼ]", re.escape(part)) for part in words.split())
    pattern = r"(?<!\w)" + r"\s+".join(parts) + r"(?!\w)"
    return [TextRange(*match.span()) for match in re.finditer(pattern, text)]


def find_only(text: str, place: TextRange, names: Sequence[TextRange]) -> str | None:
    """Return the words of a name, with those before or after it that only this place has.

    No other one of the names has any of them. None if no few words are so.
    """
    others = [name for name in names if name != place]
    for wider in _wider(text, place):
        words = text[wider.start : wider.end]
        is_apart = all(name.end <= wider.start or wider.end <= name.start for name in others)
        if is_apart and find_words(text, words, names) == [wider]:
            return " ".join(words.split())
    return None


def _wider(text: str, place: TextRange) -> Iterator[TextRange]:
    """Yield a place, and the same with some more words before it, then after it."""
    yield place
    starts = [match.start() for match in re.finditer(r"(?<![^\s])\b\w", text[: place.start])]
    yield from (TextRange(start, place.end) for start in reversed(starts[-_MOST_WORDS_AROUND:]))
    ends = re.finditer(r"\w\b", text[place.end :])
    for match in islice(ends, _MOST_WORDS_AROUND):
        yield TextRange(place.start, place.end + match.end())
