"""One text cut into words: once, for whoever compares texts or makes them found.

Of a text only its different pieces are folded, and of those only the ones that folding changes.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import filterfalse
from zlib import crc32

import numpy as np
import numpy.typing as npt

from generator.text.folding import MAX_WORD_LENGTH, fold, split_words

SKETCH_SIZE = 128
"""Runs of words kept per text; the similarity read from them is off by 0.04 (1/√128 of a half)."""
SHINGLE_SIZE = 4
"""Words in a run: as in the study that found 1,740 of 1,954 planted copies with it."""

_MANY = 255
"""Occurrences that fit into the byte that counts them."""

# What is never inside of a word, however it is folded: spaces, and the usual signs. Anything else
# may be a part of one, so it is left to the folding.
_PIECE = re.compile(r"[^\s!-/:-@\[-^`{-~“”„‘’…–—«»•，。、；：？！「」『』（）《》।]+")
_PLAIN = re.compile(f"[a-z0-9]{{1,{MAX_WORD_LENGTH}}}").fullmatch
"""Finds pieces that are one word and look the same folded: most do."""
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


def profile_text(text: str) -> TextProfile:
    """Count the words of a text and sketch its order; linear in its length."""
    found = _words(text)
    counts = Counter(found)
    often = counts.values()
    digests = {word: crc32(word.encode("utf-8", "replace")) for word in counts}
    whole = " ".join(found).encode("utf-8", "replace")
    return TextProfile(
        words=" ".join(counts),
        counts=bytes(often if max(often, default=0) <= _MANY else (min(n, _MANY) for n in often)),
        sketch=_sketch(np.array([digests[word] for word in found], dtype=np.uint64)),
        digest=hashlib.sha256(whole).hexdigest() if found else "",
        length=len(text),
    )


def _words(text: str) -> list[str]:
    pieces = _PIECE.findall(text.lower())
    odd = {piece: split_unspaced(piece) for piece in filterfalse(_PLAIN, dict.fromkeys(pieces))}
    if not odd:
        return pieces
    return [word for piece in pieces for word in odd.get(piece, (piece,))]


def split_unspaced(piece: str) -> tuple[str, ...]:
    """Cut a piece without spaces into words as people write them, but for case.

    Folded, they are the words of the piece as search has them, neither more nor less.
    """
    folded = split_words(piece)
    shown = unicodedata.normalize("NFKC", _UNSEEN.sub("", piece)).lower()
    if len(folded) == 1 and len(shown) <= MAX_WORD_LENGTH and fold(shown) == folded[0]:
        return (unicodedata.normalize("NFC", shown),)
    return tuple(folded)


def _sketch(row: npt.NDArray[np.uint64]) -> bytes:
    """Digest every run of words: a polynomial of theirs, scattered by splitmix64's steps."""
    if len(row) < SHINGLE_SIZE:
        return b""
    run = np.zeros(len(row) - SHINGLE_SIZE + 1, dtype=np.uint64)
    for index in range(SHINGLE_SIZE):
        run = run * np.uint64(0x9E3779B97F4A7C15) + row[index : index + len(run)]
    run = (run ^ (run >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    run = (run ^ (run >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    run ^= run >> np.uint64(31)
    run.sort()
    first = np.concatenate(([True], run[1:] != run[:-1]))
    return run[first][:SKETCH_SIZE].astype("<u8").tobytes()


@dataclass(frozen=True, slots=True)
class TextProfile:
    """What search and comparison need to know of one text; compact, so that a cache can keep it."""

    words: str
    """Its different words in the order in which they first stand there, a space between two: in
    lower case and composed, with their accents."""
    counts: bytes
    """How often each stands in the text, a byte for each; 255 is that often or more."""
    sketch: bytes
    """The smallest digests of the text's runs of four words, rising, eight bytes each, the lowest
    first."""
    digest: str
    """Of the words in their order: equal for texts that differ in spaces, signs and case only.
    Empty for a text without a word."""
    length: int
    """Of the text, in characters."""
