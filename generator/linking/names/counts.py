"""The first pass: how often each word stands with and without a capital, over the corpus."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.linking.names.words import scan
from generator.model import Document

_LOWER = re.compile(r"(?<![\w'’-])[^\W\d_]{2,}")

_LARGEST = 400_000
"""Words that `tabulate` holds at one time: about 100 MB."""


@dataclass(frozen=True, slots=True)
class NameCounts:
    """What one document's letters tell: (word, lower, capital inside, capital at a start)."""

    words: tuple[tuple[str, int, int, int], ...]
    language: str
    """The document's language, or nothing."""


@dataclass(frozen=True)
class NameTable:
    """What the second pass must know of the corpus: words that are mostly one or the other."""

    tendency: Mapping[str, int]
    """1: has a capital wherever it stands; -1: has one only where every word has."""
    language: str | None = None
    """The language of most documents: that of a document too short to tell."""

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the table, in hexadecimal: the same table, the same mentions."""
        lines = [f"{word} {sign}" for word, sign in sorted(self.tendency.items())]
        lines.append(str(self.language))
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def digest_for(self, counts: NameCounts) -> str:
        """A digest of the part of the table that one document's mentions can depend on."""
        lines = [f"{word} {self.tendency.get(word, 0)}" for word, *_ in counts.words]
        lines.append(counts.language or str(self.language))
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


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
    rows = tuple((word, lower[word], inside[word], opening[word]) for word in words)
    return NameCounts(rows, said.value if said else "")


def tabulate(counts: Iterable[NameCounts]) -> NameTable:
    """Sum the counts of all documents and keep what is clear.

    At most 400,000 words are held at a time; when there are more, the rarest half goes.
    """
    seen: dict[str, tuple[int, int, int]] = {}
    languages: Counter[str] = Counter()
    for counted in counts:
        languages[counted.language] += bool(counted.language)
        for word, low, mid, opening in counted.words:
            lower, inside, capital = seen.get(word, (0, 0, 0))
            seen[word] = lower + low, inside + mid, capital + mid + opening
        if len(seen) > _LARGEST:
            seen = _frequent(seen)
    tendency = {
        word: sign
        for word, (lower, inside, capital) in sorted(seen.items())
        if capital and (sign := _tendency(lower, inside))
    }
    most = max(sorted(languages), key=lambda language: languages[language], default=None)
    return NameTable(tendency, most or None)


def _frequent(seen: dict[str, tuple[int, int, int]]) -> dict[str, tuple[int, int, int]]:
    """Leave out the rarest words until half remain: each word that comes in pays for one look."""
    least = 1
    while len(seen) > _LARGEST // 2:
        seen = {word: row for word, row in seen.items() if row[0] + row[2] > least}
        least *= 2
    return seen


def _tendency(lower: int, inside: int) -> int:
    if inside >= 2 and inside >= 4 * lower:
        return 1
    return -1 if lower >= 2 and lower > 1.5 * inside else 0
