"""The first pass: how often each word stands with and without a capital, over the corpus."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt

from generator.linking.names.words import scan
from generator.model import Document
from generator.words import Numbering, Numbers

_LOWER = re.compile(r"(?<![\w'’-])[^\W\d_]{2,}")

_AT_ONCE = 1_024
"""Documents whose words are summed at once: 10 MB."""

_MANY = 255
"""Uses that fit into the byte that counts them."""


@dataclass(frozen=True, slots=True)
class NameCounts:
    """What one document's letters tell, in columns: each word, and how often it stands how."""

    words: tuple[str, ...]
    """In lower case, sorted."""
    lower: tuple[int, ...]
    inside: tuple[int, ...]
    """With a capital inside a sentence."""
    opening: tuple[int, ...]
    """With a capital where every word has one."""
    language: str
    """The document's language, or nothing."""


@dataclass(frozen=True, slots=True)
class NameTable:
    """What the second pass must know of the corpus to find the names of one document."""

    tendency: Mapping[str, int]
    """How the corpus writes each word of the document. 1: with a capital wherever it stands; -1:
    with one only where every word has; 0: not clear."""
    language: str = ""
    """The language of most documents: that of a document too short to tell."""


@dataclass(frozen=True, slots=True)
class Capitals:
    """What one document's letters tell, in numbers."""

    words: Numbers
    """Each word by its number in the corpus."""
    uses: npt.NDArray[np.uint8]
    """How often each stands in lower case, inside a sentence, opening one; 255 is that or more."""
    language: str


@dataclass(frozen=True, slots=True)
class Tendencies:
    """How a corpus writes its words, each by its number."""

    signs: npt.NDArray[np.uint8]
    """0, 1, 2 for words that tend to no capital, nowhere, to one."""
    used: npt.NDArray[np.bool_]
    """Whether any document has the word."""
    language: str

    @staticmethod
    def of(documents: Iterable[Capitals]) -> Tendencies:
        """Sum up the uses of all documents, and keep what is clear."""
        sums = np.zeros((3, 0), np.int64)
        languages: Counter[str] = Counter()
        stream = iter(documents)
        while some := list(islice(stream, _AT_ONCE)):
            languages.update(one.language for one in some if one.language)
            sums = _summed(sums, some)
        most = max(sorted(languages), key=lambda language: languages[language], default="")
        return Tendencies(_signs(sums), sums.sum(axis=0) > 0, most)

    def within(self, document: Capitals) -> bytes:
        """Give the signs of a document's words, one after the other."""
        return self.signs[document.words].tobytes()


def count(document: Document) -> NameCounts:
    """Count the words of one document by how they are written."""
    lower: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    opening: Counter[str] = Counter()
    for block in document.blocks:
        lower.update(word for word in _LOWER.findall(block.text) if word[0].islower())
        for word in scan(block.text):
            (opening if word.first else inside)[word.text.lower()] += 1
    words = sorted({*lower, *inside, *opening})
    said = document.metadata.language
    low, mid, first = (tuple(kind[word] for word in words) for kind in (lower, inside, opening))
    return NameCounts(tuple(words), low, mid, first, said.value if said else "")


def numbered(counted: NameCounts, number: Callable[[Sequence[str]], Numbers]) -> Capitals:
    """Put numbers in the place of words."""
    columns = (counted.lower, counted.inside, counted.opening)
    uses = np.minimum(np.array(columns, dtype=np.int64).reshape(3, -1), _MANY)
    return Capitals(number(counted.words), uses.astype(np.uint8), counted.language)


def table(counted: NameCounts, signs: bytes, language: str) -> NameTable:
    """Make the table of a document from the signs of its words."""
    tendency = (sign - 1 for sign in signs)
    return NameTable(dict(zip(counted.words, tendency, strict=True)), language)


def tabulate(counts: Sequence[NameCounts]) -> list[NameTable]:
    """Give each document of a corpus that is at hand its table."""
    number = Numbering().numbers
    documents = [numbered(counted, number) for counted in counts]
    found = Tendencies.of(documents)
    return [
        table(counted, found.within(document), found.language)
        for counted, document in zip(counts, documents, strict=True)
    ]


def _summed(sums: npt.NDArray[np.int64], some: Sequence[Capitals]) -> npt.NDArray[np.int64]:
    words = np.concatenate([one.words for one in some])
    uses = np.concatenate([one.uses for one in some], axis=1)
    size = max(sums.shape[1], int(words.max(initial=0)) + 1)
    grown = np.array([np.bincount(words, use, size) for use in uses]).astype(np.int64)
    grown[:, : sums.shape[1]] += sums
    return grown


def _signs(sums: npt.NDArray[np.int64]) -> npt.NDArray[np.uint8]:
    lower, inside, opening = sums
    named = (inside >= 2) & (inside >= 4 * lower)
    plain = (lower >= 2) & (lower > 1.5 * inside) & (inside + opening > 0)
    return np.where(named, 2, np.where(plain, 0, 1)).astype(np.uint8)
