"""Term counts of a corpus as arrays: which words are in which text, and how often."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import compress

import numpy as np
import numpy.typing as npt

from generator.text.tokens import TextProfile
from generator.text.vocabulary import IdArray, Vocabulary

_BATCH = 1_000_000
"""Words that are renumbered together; numpy needs 8 MB for them."""


@dataclass(frozen=True, slots=True)
class TermMatrix:
    """The words of all texts: five bytes for each different word of a text.

    A text of 1,500 words takes about 3 kB, and 100,000 of them 0.3 GB; a sketch takes 1 kB more.
    """

    vocabulary: tuple[str, ...]
    """Every word once."""
    ids: IdArray
    """The id of each word, which stays the same from run to run."""
    starts: npt.NDArray[np.int64]
    """The index of the first word of each text, and the number of all words at the end."""
    words: IdArray
    """The words of all texts, one text after the other, as positions in the vocabulary."""
    counts: npt.NDArray[np.uint8]
    """The number of occurrences in the text; 255 means 255 or more."""
    lengths: npt.NDArray[np.int64]
    """The lengths of the texts, in characters."""
    sketches: tuple[npt.NDArray[np.uint64], ...]
    digests: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.digests)

    @property
    def without_vocabulary(self) -> TermMatrix:
        """The same texts without their words, which take most of the memory."""
        return replace(self, words=self.words[:0].copy(), counts=self.counts[:0].copy())


@dataclass(frozen=True, slots=True)
class EncodedText:
    """The counts of one text, with ids for words."""

    words: bytes
    """The id of each different word, four bytes each."""
    counts: bytes
    sketch: bytes
    digest: str
    length: int

    @property
    def without_sketch(self) -> EncodedText:
        """The same counts without what only a comparison of texts needs, 1 kB."""
        return replace(self, sketch=b"", digest="")


def encode_text(text: TextProfile, assign_ids: Callable[[Sequence[str]], IdArray]) -> EncodedText:
    """Return the counts of a text with ids for words."""
    words = assign_ids(text.words.split(" ") if text.words else [])
    return EncodedText(words.tobytes(), text.counts, text.sketch, text.digest, text.length)


def build_matrix(texts: Iterable[TextProfile]) -> TermMatrix:
    """Return the matrix of a corpus that is in memory."""
    vocabulary = Vocabulary()
    builder = TermMatrixBuilder()
    for text in texts:
        builder.add(encode_text(text, vocabulary.ids))
    return builder.build(vocabulary.words)


class TermMatrixBuilder:
    """Collects the encoded texts of a corpus, in its order."""

    def __init__(self) -> None:
        self._starts, self._words, self._counts = [0], bytearray(), bytearray()
        self._texts: list[tuple[npt.NDArray[np.uint64], str, int]] = []

    def add(self, text: EncodedText) -> None:
        """Append a text."""
        self._words += text.words
        self._counts += text.counts
        self._starts.append(len(self._counts))
        self._texts.append((np.frombuffer(text.sketch, "<u8"), text.digest, text.length))

    def build(self, words_by_id: Sequence[str]) -> TermMatrix:
        """Return the matrix; may be called once. `words_by_id` may contain words of no text.

        Ids are replaced by positions in place and in batches, because numpy needs eight more
        bytes for each word of a batch.
        """
        words = np.frombuffer(self._words, np.uint32)
        batches = [words[start : start + _BATCH] for start in range(0, len(words), _BATCH)]
        used = np.zeros(len(words_by_id), bool)
        for batch in batches:
            used[batch] = True
        positions = (np.cumsum(used) - 1).astype(np.uint32)
        for batch in batches:
            batch[:] = positions[batch]
        return TermMatrix(
            vocabulary=tuple(compress(words_by_id, used.tolist())),
            ids=np.flatnonzero(used).astype(np.uint32),
            starts=np.array(self._starts, dtype=np.int64),
            words=words,
            counts=np.frombuffer(self._counts, np.uint8),
            lengths=np.array([length for _, _, length in self._texts], dtype=np.int64),
            sketches=tuple(sketch for sketch, _, _ in self._texts),
            digests=tuple(digest for _, digest, _ in self._texts),
        )
