"""The first pass: how often each word stands with and without a capital, over the corpus."""

from __future__ import annotations

import hashlib
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import count as count_from
from itertools import repeat

import numpy as np

from generator.linking.names.words import scan
from generator.model import Document

_LOWER = re.compile(r"(?<![\w'’-])[^\W\d_]{2,}")

_LARGEST = 400_000
"""Words that `tabulate` holds at one time: about 100 MB."""

_WAITING = 1_000_000
"""Words of documents that are summed at once: 32 MB."""


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
        """A digest of the part of the table that one document's mentions can depend on.

        What the document's words are is not in it: only how the corpus writes each of them.
        """
        signs = bytes(map(self._signs.get, counts.words, repeat(1)))
        return hashlib.sha256(signs + (counts.language or str(self.language)).encode()).hexdigest()

    @cached_property
    def _signs(self) -> dict[str, int]:
        return {word: sign + 1 for word, sign in self.tendency.items()}


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


def tabulate(counts: Iterable[NameCounts]) -> NameTable:
    """Sum the counts of all documents and keep what is clear.

    At most 400,000 words are held at a time; when there are more, the rarest half goes.
    """
    seen = _Seen()
    languages: Counter[str] = Counter()
    for counted in counts:
        languages[counted.language] += bool(counted.language)
        seen.add(counted)
    tendency = {
        word: sign
        for word, lower, inside, opening in seen.rows()
        if inside + opening and (sign := _tendency(lower, inside))
    }
    most = max(sorted(languages), key=lambda language: languages[language], default=None)
    return NameTable(tendency, most or None)


class _Seen:
    """Words with their sums; they grow while documents are counted, many documents at a time."""

    def __init__(self) -> None:
        self._places: defaultdict[str, int] = defaultdict(count_from().__next__)
        self._sums = np.zeros((3, 0), dtype=np.int64)
        self._waiting: list[array[int]] = [array("q") for _ in range(4)]

    def add(self, counted: NameCounts) -> None:
        places = map(self._places.__getitem__, counted.words)
        columns = (places, counted.lower, counted.inside, counted.opening)
        for waiting, column in zip(self._waiting, columns, strict=True):
            waiting.extend(column)
        if len(self._waiting[0]) > _WAITING:
            self._sum()
            if len(self._places) > _LARGEST:
                self._forget()

    def rows(self) -> list[tuple[str, int, int, int]]:
        """Every word with its sums, sorted."""
        self._sum()
        return sorted(zip(self._places, *self._sums.tolist(), strict=True))

    def _sum(self) -> None:
        places = np.asarray(self._waiting[0])
        size = len(self._places)
        grown = [np.bincount(places, column, size).astype(np.int64) for column in self._waiting[1:]]
        for kind, before in zip(grown, self._sums, strict=True):
            kind[: len(before)] += before
        self._sums = np.array(grown)
        self._waiting = [array("q") for _ in range(4)]

    def _forget(self) -> None:
        """Leave out the rarest words until half remain: each that comes in pays for one look."""
        often = self._sums.sum(axis=0)
        least = 1
        while (kept := often > least).sum() > _LARGEST // 2:
            least *= 2
        words = [word for word, stays in zip(self._places, kept.tolist(), strict=True) if stays]
        self._places = defaultdict(count_from(len(words)).__next__, zip(words, count_from()))
        self._sums = self._sums[:, kept]


def _tendency(lower: int, inside: int) -> int:
    if inside >= 2 and inside >= 4 * lower:
        return 1
    return -1 if lower >= 2 and lower > 1.5 * inside else 0
