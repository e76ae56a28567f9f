"""Term counts of a corpus as arrays: which words are in which text, and how often.

The words of all texts are never in memory together: some are read at a time, again for each pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from generator.text.text_profile import TextProfile
from generator.text.vocabulary import IdArray, Vocabulary


class EncodedText(msgspec.Struct, frozen=True):
    """The counts of one text, with ids for words."""

    words: bytes
    """The id of each different word, four bytes each."""
    counts: bytes
    """The number of occurrences of each word, a byte each; 255 means 255 or more."""
    sketch: bytes
    digest: str
    length: int
    """In characters."""


class TermBatch(msgspec.Struct, frozen=True):
    """The words of some texts, one text after the other."""

    starts: npt.NDArray[np.int64]
    """The index of the first word of each text, and the number of all words at the end."""
    words: IdArray
    """The id of each different word of a text."""
    counts: npt.NDArray[np.uint8]

    @staticmethod
    def of(texts: Sequence[EncodedText]) -> TermBatch:
        """Return the words of these texts."""
        sizes = [len(text.counts) for text in texts]
        return TermBatch(
            starts=np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes, dtype=np.int64))),
            words=np.frombuffer(b"".join([text.words for text in texts]), np.uint32),
            counts=np.frombuffer(b"".join([text.counts for text in texts]), np.uint8),
        )


class CorpusTerms(msgspec.Struct, frozen=True):
    """The words of all texts of a corpus, in its order."""

    vocabulary: tuple[str, ...]
    """Each word by its id; some may be in no text."""
    keys: Sequence[object]
    """For each text what its words depend on."""
    read: Callable[[slice], Iterable[EncodedText]]
    """Reads some of the texts; called for each pass."""

    def __len__(self) -> int:
        return len(self.keys)

    def part(self, texts: slice) -> TermBatch:
        """Read some texts, and return their words."""
        return TermBatch.of([*self.read(texts)])


def encode_text(text: TextProfile, assign_ids: Callable[[Sequence[str]], IdArray]) -> EncodedText:
    """Return the counts of a text with ids for words."""
    words = assign_ids(text.words.split(" ") if text.words else [])
    return EncodedText(words.tobytes(), text.counts, text.sketch, text.digest, text.length)


def terms_in_memory(
    texts: Iterable[TextProfile], vocabulary: Vocabulary | None = None
) -> CorpusTerms:
    """Return the words of a corpus that is in memory; new ones are added to the vocabulary."""
    known = Vocabulary() if vocabulary is None else vocabulary
    encoded = [encode_text(text, known.ids) for text in texts]
    keys = [f"{text.digest} {text.length}" for text in encoded]
    return CorpusTerms(known.words, keys, encoded.__getitem__)
