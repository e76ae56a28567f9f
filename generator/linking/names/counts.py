"""The first pass: how often each word stands with and without a capital, over the corpus."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.linking.names.lists import cues
from generator.linking.names.words import scan
from generator.model import Document

_LOWER = re.compile(r"(?<![\w'’-])[^\W\d_]{2,}")

_LARGEST = 400_000
"""Words that `tabulate` keeps at one time: about 100 MB. Beyond, those seen once are dropped."""


@dataclass(frozen=True, slots=True)
class NameCounts:
    """What one document's letters tell: (word, lower, capital inside, capital at a start)."""

    words: tuple[tuple[str, int, int, int], ...]


@dataclass(frozen=True)
class NameTable:
    """What the second pass must know of the corpus: words that are mostly one or the other."""

    tendency: Mapping[str, int]
    """1: has a capital wherever it stands; -1: has one only where every word has."""

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the table, in hexadecimal: the same table, the same mentions."""
        lines = (f"{word} {sign}" for word, sign in sorted(self.tendency.items()))
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def digest_for(self, counts: NameCounts) -> str:
        """A digest of the part of the table that one document's mentions can depend on."""
        words = (f"{word} {self.tendency.get(word, 0)}" for word, *_ in counts.words)
        return hashlib.sha256("\n".join(words).encode()).hexdigest()


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
    return NameCounts(tuple((w, lower[w], inside[w], opening[w]) for w in words))


def tabulate(counts: Iterable[NameCounts]) -> NameTable:
    """Sum the counts of all documents and keep what is clear.

    At most 400,000 words are held at a time; when there are more, those seen once go.
    """
    lower: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for counted in counts:
        for word, low, mid, _ in counted.words:
            if low:
                lower[word] += low
            if mid:
                inside[word] += mid
        if len(lower) + len(inside) > _LARGEST:
            lower, inside = _frequent(lower), _frequent(inside)
    function = cues("en").function
    tendency = {
        word: sign
        for word in sorted({*lower, *inside} - function)
        if (sign := _tendency(lower[word], inside[word]))
    }
    return NameTable(tendency)


def _tendency(lower: int, inside: int) -> int:
    if inside >= 2 and inside >= 4 * lower:
        return 1
    return -1 if lower >= 2 and lower > 1.5 * inside else 0


def _frequent(counter: Counter[str]) -> Counter[str]:
    return Counter({word: number for word, number in counter.items() if number > 1})
