"""A possible name with what the word lists say of it."""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.linking.names.knowledge import Knowledge
from generator.linking.names.lexicon import Cues

PREPOSITIONS = frozenset({"of", "for", "on", "de", "del", "des", "du", "der", "da", "do", "für"})

_ROMAN = re.compile(r"[IVXLC]+")


class NameFeatures(NamedTuple):
    """A possible name: its words and their entries in the word lists."""

    text: str
    parts: tuple[str, ...]
    """The words, without a possessive 's inside the name."""
    first: str
    last: str
    is_multiword: bool
    """Whether the name has more than one word."""
    place_size: int
    """Size of the place of this name: 5 for a country, 0 for no place."""
    first_place_size: int
    """Size of the place that the first word or the first two words name."""
    last_place_size: int
    """Size of the place that the last word names."""
    given_rank: int
    """Whether the first word is a given name: 2 frequent, 1 rare, 0 no."""
    surname_rank: int
    """Whether the last word is a surname: 2 frequent, 1 rare, 0 no."""
    max_frequency: float
    """Zipf frequency of the most common word in the name; 0 if none is an everyday word."""
    cues: Cues

    @property
    def words_before_of(self) -> tuple[str, ...]:
        """The words before the first preposition: Central, Bank in "Central Bank of Ghana"."""
        index = next((i for i, part in enumerate(self.parts) if part in PREPOSITIONS and i), 0)
        return self.parts[:index]

    @property
    def word_before_of(self) -> str:
        """The word before the first preposition, Gulf in "Gulf of Tonkin", or an empty string."""
        return next(reversed(self.words_before_of), "")

    @property
    def has_person_shape(self) -> bool:
        """Whether the name has two to four capitalized words, particles between, no acronym."""
        return (
            2 <= len(self.parts) <= 4
            and "of" not in self.parts
            and all(
                part in self.cues.particles
                or (
                    part[0].isupper()
                    and not is_in_capitals(part)
                    and part not in self.cues.acronyms_of_places
                )
                for part in self.parts
            )
        )

    def has(self, words: frozenset[str]) -> bool:
        """Whether the name contains one of these words."""
        return not words.isdisjoint(self.parts)


def is_in_capitals(word: str) -> bool:
    """As in "NATO"; not "XIV", not "U.S."."""
    return len(word) > 2 and word.isupper() and "." not in word and not _ROMAN.fullmatch(word)


def split_name(text: str) -> tuple[str, ...]:
    """Return the words of a name, without a possessive 's inside it."""
    return tuple(text.replace("'s ", " ").replace("’s ", " ").split())


def extract_features(text: str, knowledge: Knowledge) -> NameFeatures:
    """Look up a possible name in the word lists."""
    gazetteer = knowledge.gazetteer
    parts = split_name(text)
    capitalized = [part for part in parts if part[0].isupper() and part not in gazetteer.given]
    frequencies = (
        knowledge.word_frequency(part)
        for part in capitalized
        if knowledge.capitalization(part) <= 0
    )
    return NameFeatures(
        text,
        parts,
        first=parts[0],
        last=parts[-1],
        is_multiword=len(parts) > 1,
        place_size=_place_size(text, knowledge),
        first_place_size=max(
            knowledge.place_size(parts[0]), knowledge.place_size(" ".join(parts[:2]))
        ),
        last_place_size=knowledge.place_size(parts[-1]),
        given_rank=_given_rank(parts[0], knowledge)
        or _given_rank(parts[0].split("-")[0], knowledge),
        surname_rank=_surname_rank(parts[-1], knowledge),
        max_frequency=max(frequencies, default=0.0),
        cues=knowledge.cues,
    )


def _place_size(text: str, knowledge: Knowledge) -> int:
    """Return the size of a place, also of one in capitals: "NAIROBI"."""
    size = knowledge.place_size(text)
    if not size and len(text) > 3 and text.isupper():
        return knowledge.place_size(text.title())
    return size


def _surname_rank(word: str, knowledge: Knowledge) -> int:
    """Return the rank of a surname, or the lower rank of two joined by a hyphen."""
    surnames = knowledge.gazetteer.surnames
    return surnames.get(word, 0) or min(surnames.get(part, 0) for part in word.split("-"))


def _given_rank(word: str, knowledge: Knowledge) -> int:
    """Return the rank of a given name.

    A rare one that is also an everyday word, a direction, a country or a state has rank 0.
    """
    rank = knowledge.gazetteer.given.get(word, 0)
    if rank == 1 and (
        knowledge.word_frequency(word) >= 4.3
        or word in knowledge.cues.directions
        or knowledge.place_size(word) >= 4
    ):
        return 0
    return rank
