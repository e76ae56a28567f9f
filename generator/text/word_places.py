"""Where a text has certain words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

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
