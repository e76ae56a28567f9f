"""A corpus as numbers: which words stand in which text, and how often."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import compress

import numpy as np
import numpy.typing as npt

from generator.text.tokens import TextProfile
from generator.text.vocabulary import IdArray, Vocabulary

_AT_ONCE = 1_000_000
"""Words of texts that are looked at together: 8 MB."""


@dataclass(frozen=True, slots=True)
class TermMatrix:
    """The words of all texts, packed: five bytes for each different word of a text.

    Some 3 kB for a text of 1,500 words, 0.3 GB for 100,000 of them, and the sketches (1 kB each).
    """

    vocabulary: tuple[str, ...]
    """Every word, once."""
    ids: IdArray
    """The number of each of them, by which it is known from one run to the next."""
    starts: npt.NDArray[np.int64]
    """Where the words of each text begin; one more than there are texts."""
    words: IdArray
    """The words of text after text, by their places in the vocabulary."""
    counts: npt.NDArray[np.uint8]
    """How often each stands in its text; 255 is that often or more."""
    lengths: npt.NDArray[np.int64]
    """Of the texts, in characters."""
    sketches: tuple[npt.NDArray[np.uint64], ...]
    digests: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.digests)

    @property
    def without_vocabulary(self) -> TermMatrix:
        """The same texts, when nobody asks for their words any more, which take most of it."""
        return replace(self, words=self.words[:0].copy(), counts=self.counts[:0].copy())


@dataclass(frozen=True, slots=True)
class EncodedText:
    """One text counted, with numbers for words."""

    words: bytes
    """Four for each different word: its number."""
    counts: bytes
    sketch: bytes
    digest: str
    length: int


def encode_text(text: TextProfile, assign_ids: Callable[[Sequence[str]], IdArray]) -> EncodedText:
    """Put numbers in the place of words."""
    words = assign_ids(text.words.split(" ") if text.words else [])
    return EncodedText(words.tobytes(), text.counts, text.sketch, text.digest, text.length)


def build_matrix(texts: Iterable[TextProfile]) -> TermMatrix:
    """Take the texts of a corpus that is at hand one by one, in its order."""
    numbering = Vocabulary()
    pieces = TermMatrixBuilder()
    for text in texts:
        pieces.add(encode_text(text, numbering.ids))
    return pieces.build(numbering.words)


class TermMatrixBuilder:
    """Texts put one behind the other, in the order of the corpus; what they hold grows."""

    def __init__(self) -> None:
        self._starts, self._words, self._counts = [0], bytearray(), bytearray()
        self._said: list[tuple[npt.NDArray[np.uint64], str, int]] = []

    def add(self, text: EncodedText) -> None:
        """Put one more behind the others."""
        self._words += text.words
        self._counts += text.counts
        self._starts.append(len(self._counts))
        self._said.append((np.frombuffer(text.sketch, "<u8"), text.digest, text.length))

    def build(self, words_by_id: Sequence[str]) -> TermMatrix:
        """Give them as one, once; `known` are words by their numbers, some of which no text has.

        The words are put in the place of their numbers, and some at a time, because numpy needs
        eight bytes more for each that it looks at.
        """
        words = np.frombuffer(self._words, np.uint32)
        some = [words[first : first + _AT_ONCE] for first in range(0, len(words), _AT_ONCE)]
        used = np.zeros(len(words_by_id), bool)
        for numbers in some:
            used[numbers] = True
        places = (np.cumsum(used) - 1).astype(np.uint32)
        for numbers in some:
            numbers[:] = places[numbers]
        return TermMatrix(
            vocabulary=tuple(compress(words_by_id, used.tolist())),
            ids=np.flatnonzero(used).astype(np.uint32),
            starts=np.array(self._starts, dtype=np.int64),
            words=words,
            counts=np.frombuffer(self._counts, np.uint8),
            lengths=np.array([length for _, _, length in self._said], dtype=np.int64),
            sketches=tuple(sketch for sketch, _, _ in self._said),
            digests=tuple(digest for _, digest, _ in self._said),
        )
