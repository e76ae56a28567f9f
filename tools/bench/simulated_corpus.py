"""A corpus of any size without texts: records, counts of words and names, as stages make them.

The numbers of words and names grow with the corpus as in real ones (Heaps' law), and each is used
as often as its rank says (Zipf's law). A fifth of the words of a document are drawn from those of
its topic, so that documents of one topic are near each other. The same size gives the same corpus.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from generator.linking.names import EncodedCaseCounts
from generator.model import DocumentRecord, EntityKind, Extracted, Metadata, NameUsage, SeedPath
from generator.text.term_counts import EncodedText
from generator.text.text_profile import SKETCH_SIZE
from generator.text.vocabulary import IdArray

_WORDS = 1_100
"""Words of a document of 6.7 kB."""

_DRAWN_WORDS = 700
"""Drawn for each document; some 450 of them differ."""

_OF_TOPIC, _TOPIC_WORDS = 140, 500
"""How many of them are drawn from the words of its topic, and how many words a topic has."""

_BATCH = 1_000
"""Documents whose words are drawn together."""

_NAMES = range(6, 19)
"""Different names in a document."""

_SYLLABLES = tuple(first + second for first in "bdfgklmnprstvz" for second in "aeiou")
_FIRST_YEAR, _YEARS = 1900, 120


@dataclass(frozen=True, slots=True)
class SimulatedCorpus:
    """What a corpus of this size would have in the database."""

    size: int

    @property
    def vocabulary_size(self) -> int:
        """The number of different words: 44 times the square root of all words, nearly."""
        return int(44 * (self.size * _WORDS) ** 0.49)

    @property
    def name_count(self) -> int:
        """The number of different names: 35,000 in 100,000 documents, 175,000 in a million."""
        return int(10 * self.size**0.7) + 10

    @property
    def topic_count(self) -> int:
        """The number of different topics, each in fewer documents than the one before."""
        return int(self.size**0.7) + 1

    @property
    def words(self) -> list[str]:
        """Every word, by its id."""
        return [_pronounceable(number) for number in range(self.vocabulary_size)]

    def source(self, number: int) -> SeedPath:
        """Return the path of a document; a thousand share a folder."""
        return SeedPath(f"{number // 1000:04d}/{number:07d}.txt")

    def records(self) -> Iterator[DocumentRecord]:
        """Yield the record of each document."""
        for number in range(self.size):
            yield self._record(number, random.Random(number))

    def _record(self, number: int, chance: random.Random) -> DocumentRecord:
        title = " ".join(_pronounceable(chance.randrange(100_000)) for _ in range(7))
        day = f"{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
        date = f"{_FIRST_YEAR + chance.randrange(_YEARS)}-{day}"
        author = _name(self._rank(chance, 1 + self.size // 50))
        return DocumentRecord(
            self.source(number),
            hashlib.sha256(str(number).encode()).hexdigest(),
            "utf-8",
            Metadata(
                Extracted(title, "first line", 1, title),
                authors=(Extracted(author, "byline", 2, f"By {author}"),),
                date=Extracted(date, "line with a date", 3, date),
                language=Extracted("en", "its words"),
                description=f"{title}. " * 3,
            ),
            _WORDS,
            (("line ends", 1),),
            hashlib.sha256(f"wording {number}".encode()).hexdigest(),
        )

    def usages(self, number: int) -> tuple[NameUsage, ...]:
        """Return the names in a document."""
        chance = random.Random(-1 - number)
        ranks = {self._rank(chance, self.name_count) for _ in range(chance.choice(_NAMES))}
        return tuple(_usage(rank, chance) for rank in sorted(ranks))

    def case_counts(self) -> Iterator[EncodedCaseCounts]:
        """Yield how often each word of each document is capitalized."""
        for words, counts in self._word_counts():
            uses = np.stack([counts, words % 7 == 0, words % 11 == 0], axis=1).astype(np.uint8)
            yield EncodedCaseCounts(words.tobytes(), uses.tobytes(), "en")

    def text_counts(self) -> Iterator[EncodedText]:
        """Yield the words of each document with their counts."""
        sketches = np.random.default_rng(1).integers(0, 2**63, (_BATCH, SKETCH_SIZE), np.uint64)
        sketches.sort()
        for number, (words, counts) in enumerate(self._word_counts()):
            sketch = (sketches[number % _BATCH] ^ number).astype("<u8").tobytes()
            digest = hashlib.sha256(str(number).encode()).hexdigest()
            yield EncodedText(words.tobytes(), counts.tobytes(), sketch, digest, 6_700)

    def _word_counts(self) -> Iterator[tuple[IdArray, npt.NDArray[np.uint8]]]:
        chance = np.random.default_rng(self.size)
        for start in range(0, self.size, _BATCH):
            rows = min(_BATCH, self.size - start)
            places = chance.random((rows, _DRAWN_WORDS), np.float32)
            places[:, :_OF_TOPIC] = self._topic_words(chance.random((rows, _OF_TOPIC + 1)))
            for row in (self.vocabulary_size**places).astype(np.uint32):
                words, counts = np.unique(row - 1, return_counts=True)
                yield words, np.minimum(counts, 255).astype(np.uint8)

    def _topic_words(self, drawn: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return words of the topic of each row, which its first number decides.

        They are numbers from 0 to 1: the power to which the vocabulary is raised for their rank.
        """
        topics = (self.topic_count ** drawn[:, :1]).astype(np.uint64)
        words = topics * np.uint64(_TOPIC_WORDS) + (_TOPIC_WORDS ** drawn[:, 1:]).astype(np.uint64)
        scattered = words * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(32)
        return scattered / 2**32

    def _rank(self, chance: random.Random, count: int) -> int:
        """Return a rank below `count`; the first are the most frequent."""
        return int(count ** chance.random()) - 1


def _usage(rank: int, chance: random.Random) -> NameUsage:
    kinds: Sequence[EntityKind] = ("person", "person", "organization", "place")
    kind = kinds[rank % len(kinds)]
    name = _name(rank) if kind == "person" else _pronounceable(rank + 1_000).title()
    return NameUsage(kind, name, name, strong=True, count=chance.randint(1, 4))


def _name(rank: int) -> str:
    """Return a given name and a surname."""
    given = _pronounceable(rank % 397 + 70).title()
    return f"{given} {_pronounceable(rank // 3 + 5_000).title()}"


def _pronounceable(number: int) -> str:
    """Return a word; different numbers have different words."""
    word = ""
    number += 1
    while number:
        number, digit = divmod(number - 1, len(_SYLLABLES))
        word += _SYLLABLES[digit]
    return word
