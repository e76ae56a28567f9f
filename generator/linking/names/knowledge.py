"""Values that the rules about names share: a possible name, and what is known beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from generator.linking.names.capitalized_words import CapitalizedWord
from generator.linking.names.case_counts import CorpusHints
from generator.linking.names.lexicon import Cues, Gazetteer

Words = Sequence[CapitalizedWord]


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """The words of one possible name, and the title before them."""

    words: Words
    title: str = ""
    is_doubtful: bool = False
    """Whether only another occurrence in the document can make it a name."""


class Knowledge(NamedTuple):
    """What is known before a document is read: cues of its language, word lists, corpus hints."""

    cues: Cues
    gazetteer: Gazetteer
    hints: CorpusHints

    def word_frequency(self, word: str) -> float:
        """Return the Zipf frequency of a word in the language: 0, or 3.5 to 7.5."""
        return self.gazetteer.everyday.get(self.cues.language, {}).get(word.lower(), 0.0)

    def capitalization(self, word: str) -> int:
        """Return how the corpus writes a word.

        1: always capitalized; -1: capitalized only at starts of sentences; 0: unclear.
        """
        return self.hints.tendency.get(fold_word(word), 1) - 1

    def place_size(self, name: str) -> int:
        """Return the size of the place of this name: 5 for a country, 0 for no place."""
        return 5 if name in self.cues.places else self.gazetteer.places.get(name, 0)

    def is_listed_name(self, word: str) -> bool:
        """Whether the word lists have the word as a name."""
        lists = self.gazetteer
        return word in lists.given or word in lists.places or word in lists.surnames


def fold_word(word: str) -> str:
    """Return a word as the corpus counts it."""
    return word.lower().rstrip(".")


def spelled(words: Words) -> str:
    """Return the words with single spaces between them."""
    return words[0].text if len(words) == 1 else " ".join([word.text for word in words])


def is_adjacent(left: CapitalizedWord, right: CapitalizedWord) -> bool:
    """Whether only one character stands between two words: no preposition, no comma."""
    return right.start - left.end == 1
