"""A possible name, looked up in the lists."""

from __future__ import annotations

from typing import Literal, NamedTuple

from generator.linking.names.lexicon import Cues
from generator.linking.names.trimming import Knowledge

Kind = Literal["person", "organization", "place", "none"]
"""A kind, or none of these: a law, a people, a date."""


class NameFeatures(NamedTuple):
    """A possible name: its words, and where it stands in the lists."""

    text: str
    parts: tuple[str, ...]
    place: int
    """How big a place of this name is, 5 for a land, 0 for none."""
    place_first: int
    """The same of the first word alone, or of the first two."""
    place_last: int
    """The same of the last word alone."""
    given: int
    """Whether the first word is a given name: 2 a frequent one."""
    surname: int
    """Whether the last word is a surname: 2 a frequent one."""
    common: float
    """How common the most common word in it is."""
    cues: Cues

    @property
    def first(self) -> str:
        """The first word."""
        return self.parts[0]

    @property
    def last(self) -> str:
        """The last word."""
        return self.parts[-1]

    @property
    def is_multiword(self) -> bool:
        """Whether it has more than one word."""
        return len(self.parts) > 1

    def has(self, words: frozenset[str]) -> bool:
        """Whether one of these words is in it."""
        return not words.isdisjoint(self.parts)


def extract_features(text: str, knowledge: Knowledge) -> NameFeatures:
    """Look a possible name up in the lists."""
    lexicon, cues = knowledge.lexicon, knowledge.cues
    parts = tuple(text.replace("'s ", " ").replace("’s ", " ").split())
    capitals = [part for part in parts if part[0].isupper() and part not in lexicon.given]
    everyday = (
        knowledge.word_frequency(part) for part in capitals if knowledge.capitalization(part) <= 0
    )
    return NameFeatures(
        text,
        parts,
        place=_place(text, knowledge),
        place_first=max(knowledge.place_size(parts[0]), knowledge.place_size(" ".join(parts[:2]))),
        place_last=knowledge.place_size(parts[-1]),
        given=_given(parts[0], knowledge) or _given(parts[0].split("-")[0], knowledge),
        surname=_surname(parts[-1], knowledge),
        common=max(everyday, default=0.0),
        cues=cues,
    )


def _place(text: str, knowledge: Knowledge) -> int:
    found = knowledge.place_size(text)
    if not found and len(text) > 3 and text.isupper():
        return knowledge.place_size(text.title())
    return found


def _surname(word: str, knowledge: Knowledge) -> int:
    """A surname, or two with a hyphen between."""
    ranks = [knowledge.lexicon.surnames.get(part, 0) for part in word.split("-")]
    return knowledge.lexicon.surnames.get(word, 0) or min(ranks)


def _given(word: str, knowledge: Knowledge) -> int:
    """A given name: a rare one is none when it is an everyday word, a direction or a land."""
    rank = knowledge.lexicon.given.get(word, 0)
    if rank == 1 and (
        knowledge.word_frequency(word) >= 4.3
        or word in knowledge.cues.directions
        or knowledge.place_size(word) >= 4
    ):
        return 0
    return rank
