"""What the corpus needs to know of one document in order to find its neighbours: small, pure."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt

from generator.linking.stopwords import stopwords
from generator.model import Document, SeedPath

SKETCH = 128
"""Shingles kept per document; the similarity read from them is off by 0.04 (1/√128 of a half)."""
SHINGLE = 4
"""Words in a shingle: as in the study that found 1,740 of 1,954 planted copies with it."""

# Scripts that write no spaces: their words are taken two letters at a time.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[^\W\d_{_UNSPACED}]+")
_PAIR = re.compile(rf"(?=([{_UNSPACED}]{{2}}))")
_TERM_LENGTH = 3


@dataclass(frozen=True, slots=True)
class Profile:
    """A document as its neighbours see it; plain values, so that a cache can keep them."""

    source: SeedPath
    date: str
    """EDTF; empty when unknown."""
    terms: dict[str, int]
    """How often each telling word stands in the document: no function words, no numbers."""
    sketch: tuple[int, ...]
    """The smallest digests of the document's four-word shingles, in ascending order."""
    digest: str
    """Of the words alone: equal for texts that differ in spaces, signs and case only.

    A text without a word has the digest of its bytes, so that a page of figures is no other's twin.
    """


def profile(document: Document) -> Profile:
    """Count the telling words of one document and sketch its shingles; linear in its text."""
    words = _words(document.text)
    said = document.metadata
    common = stopwords(said.language.value if said.language else "")
    counts = Counter(words)
    return Profile(
        source=document.source,
        date=said.date.value if said.date else "",
        terms={term: n for term, n in counts.items() if _tells(term) and term not in common},
        sketch=_sketch(words, counts),
        digest=_digest(words) if words else document.digest,
    )


def likeness(one: npt.NDArray[np.uint64], other: npt.NDArray[np.uint64]) -> float:
    """The share of shingles that two documents have in common, read from their sketches.

    The bottom-k estimate of the Jaccard similarity (Broder 1997): of the smallest digests of
    both together, how many stand in both. Between 0 and 1; 0 when a text is too short for any.
    """
    smallest = np.union1d(one, other)[:SKETCH]
    both = np.intersect1d(one, other, assume_unique=True)
    return float(np.isin(smallest, both).mean()) if len(smallest) else 0.0


def _words(text: str) -> list[str]:
    letters = unicodedata.normalize("NFC", text).casefold()
    return _WORD.findall(letters) + _PAIR.findall(letters)


def _digest(words: list[str]) -> str:
    return hashlib.sha256(" ".join(words).encode("utf-8", "replace")).hexdigest()


def _tells(word: str) -> bool:
    return len(word) >= _TERM_LENGTH or _PAIR.match(word) is not None


def _sketch(words: list[str], counts: Counter[str]) -> tuple[int, ...]:
    if len(words) < SHINGLE:
        return ()
    digests = {word: crc32(word.encode("utf-8", "replace")) for word in counts}
    row = np.fromiter((digests[word] for word in words), dtype=np.uint64, count=len(words))
    mixed = _mixed(row)
    smallest = np.unique(mixed)[:SKETCH]
    return tuple(smallest.tolist())


def _mixed(row: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Digest every run of four words: a polynomial of theirs, scattered by splitmix64's steps."""
    run = np.zeros(len(row) - SHINGLE + 1, dtype=np.uint64)
    for at in range(SHINGLE):
        run = run * np.uint64(0x9E3779B97F4A7C15) + row[at : at + len(run)]
    run = (run ^ (run >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    run = (run ^ (run >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return run ^ (run >> np.uint64(31))
