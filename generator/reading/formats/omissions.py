"""What readers leave out of a file: every kind is counted, and some kinds are withheld."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from generator.model import Omission
from generator.reading.characters import count_letters

WITHHELD = frozenset(
    {
        "deleted words",
        "hidden pictures",
        "hidden words",
        "pictures under drawn shapes",
        "words in comments",
        "words under black areas",
        "words without contrast",
        "words outside of the page",
        "words too small to see",
        "words in hidden rows",
        "words on hidden sheets",
    }
)
"""Words that an author or a court meant nobody to read: they reach no page and no other file."""


class Omissions(msgspec.Struct):
    """Counts what is left out while a file is read."""

    _counts: Counter[str] = msgspec.field(default_factory=Counter)
    _letters: Counter[str] = msgspec.field(default_factory=Counter)

    def add_words(self, kind: str, words: str) -> None:
        """Count the words of a text that is left out."""
        if count := len(words.split()):
            self._counts[kind] += count
            self._letters[kind] += count_letters(words)

    def count(self, kind: str, number: int = 1) -> None:
        """Count things that have no words, such as pictures."""
        self._counts[kind] += number

    def result(self) -> tuple[Omission, ...]:
        """Return the counts, by kind."""
        return tuple(
            Omission(kind, count, self._letters[kind], kind in WITHHELD)
            for kind, count in sorted(self._counts.items())
            if count
        )


def withheld(omissions: Iterable[Omission]) -> list[Omission]:
    """Return those that no reader of the file sees."""
    return [omission for omission in omissions if omission.is_withheld]
