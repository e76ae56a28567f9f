"""Case counts: the first of two passes over all documents; the second finds names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import filterfalse, repeat
from string import ascii_lowercase
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from generator.linking.names.capitalized_words import find_capitalized_words
from generator.linking.names.lines import join_prose
from generator.model import Document
from generator.text.vocabulary import IdArray, Vocabulary

_LOWER = re.compile(r"(?<![\w'’-])[^\W\d_]{2,}")
_NO_LETTER = re.compile(r"[\W\d_]")
_BETWEEN_WORDS = {code: " " for code in range(128) if not re.match(r"[\w'-]", chr(code))}
"""ASCII characters that stand before a word, where `_LOWER` could match."""

_BATCH = 4_000_000
"""Bytes of the ids of words that are summed together: a million words, 30 MB."""

_COLUMNS = 3
"""Counts for each word: in lower case, capitalized inside a sentence, capitalized at its start."""

_MAX_COUNT = 255
"""Highest count that fits into a byte."""


class CaseCounts(msgspec.Struct, frozen=True):
    """How often each word of one document is capitalized."""

    words: tuple[str, ...]
    """In lower case; those with a capital somewhere come first."""
    uses: bytes
    """The three counts of each word, a byte each; 255 means 255 or more."""
    language: str
    """The document's language, or an empty string."""


class CorpusHints(msgspec.Struct, frozen=True):
    """What the second pass must know of the corpus to find the names of one document."""

    tendency: Mapping[str, int]
    """How the corpus writes each word of the document, as in `CaseModel.tendencies`."""
    language: str = ""
    """The language of most documents, used for a document that is too short to detect its own."""


class EncodedCaseCounts(msgspec.Struct, frozen=True):
    """The counts of one document as bytes."""

    words: bytes
    """The ids of its words, four bytes each."""
    uses: bytes
    """The three counts of each word, a byte each; 255 means 255 or more."""
    language: str


class CaseModel(msgspec.Struct, frozen=True):
    """How a corpus capitalizes each of its words, by word id."""

    tendencies: npt.NDArray[np.uint8]
    """0: only at starts of sentences; 1: unclear; 2: everywhere."""
    used: npt.NDArray[np.bool_]
    """Whether any document has the word."""
    language: str

    @staticmethod
    def fit(documents: Iterable[EncodedCaseCounts]) -> CaseModel:
        """Return the model of a corpus."""
        return CaseSums.of(documents).model

    def tendencies_of(self, document: EncodedCaseCounts) -> bytes:
        """Return the tendencies of a document's words, a byte for each word."""
        return self.tendencies[np.frombuffer(document.words, np.uint32)].tobytes()


def have_same_tendencies(before: CaseModel, after: CaseModel) -> bool:
    """Whether a model says the same of every word that was known before and is used now."""
    known = after.used[: len(before.tendencies)]
    now = after.tendencies[: len(before.tendencies)]
    same = np.array_equal(before.tendencies[known], now[known])
    return same and before.language == after.language


class CaseSums(NamedTuple):
    """The sums of the counts of documents, to which those of single documents can be added."""

    sums: npt.NDArray[np.int64]
    """By count and word id."""
    languages: Mapping[str, int]
    """Number of documents in each language."""

    @staticmethod
    def of(documents: Iterable[EncodedCaseCounts]) -> CaseSums:
        """Sum up the counts of documents; those of a batch are in memory."""
        sums = np.zeros((_COLUMNS, 0), np.int64)
        languages: Counter[str] = Counter()
        for batch in _batches(documents):
            sums = _added(sums, batch)
            languages.update(document.language for document in batch if document.language)
        return CaseSums(sums, languages)

    def with_changes(
        self, old: Iterable[EncodedCaseCounts], new: Iterable[EncodedCaseCounts]
    ) -> CaseSums:
        """Return the sums without the old counts of some documents, and with the new ones."""
        less, more = CaseSums.of(old), CaseSums.of(new)
        size = max(part.sums.shape[1] for part in (self, less, more))
        sums = _widened(self.sums, size) - _widened(less.sums, size) + _widened(more.sums, size)
        languages = Counter(self.languages)
        languages.subtract(less.languages)
        languages.update(more.languages)
        return CaseSums(sums, +languages)

    @property
    def model(self) -> CaseModel:
        """Return how these documents capitalize words."""
        language = max(sorted(self.languages), key=lambda name: self.languages[name], default="")
        return CaseModel(_tendencies(self.sums), self.sums.sum(axis=0) > 0, language)


def count_case(document: Document) -> CaseCounts:
    """Count how often each word of one document is capitalized."""
    text = "\n\n".join([join_prose(block.text) for block in document.blocks])
    capitalized = find_capitalized_words(text)
    inside = Counter([word.text.lower() for word in capitalized if not word.opens_sentence])
    opening = Counter([word.text.lower() for word in capitalized if word.opens_sentence])
    lower = _count_lower(text)
    with_capital = tuple({**inside, **opening})
    words = tuple({**dict.fromkeys(with_capital), **lower})
    uses = bytearray(_COLUMNS * len(words))
    for column, counts, used in (
        (0, lower, words),
        (1, inside, with_capital),
        (2, opening, with_capital),
    ):
        uses[column : _COLUMNS * len(used) : _COLUMNS] = _as_bytes(counts, used)
    language = document.metadata.language
    return CaseCounts(words, bytes(uses), language.value if language else "")


def _as_bytes(counts: Mapping[str, int], words: Iterable[str]) -> bytes:
    """Return the count of each word."""
    numbers: Iterable[int] = map(counts.get, words, repeat(0))
    if max(counts.values(), default=0) > _MAX_COUNT:  # as in few documents
        numbers = map(min, numbers, repeat(_MAX_COUNT))
    return bytes(numbers)


def _count_lower(text: str) -> dict[str, int]:
    """Count the words in lower case, each by the letters that it begins with."""
    if not text.isascii():
        counts = Counter(_LOWER.findall(text))
        return {word: count for word, count in counts.items() if word[0].islower()}
    counts = Counter(text.translate(_BETWEEN_WORDS).split())
    lower = {word: count for word, count in counts.items() if word >= "a"}
    for joined in [*filterfalse(str.isalpha, lower)]:  # don't, well-known
        letters, *_ = _NO_LETTER.split(joined, 1)
        lower[letters] = lower.get(letters, 0) + lower.pop(joined)
    for letter in ascii_lowercase:
        lower.pop(letter, None)
    return lower


def encode_counts(
    counts: CaseCounts, ids_of: Callable[[Sequence[str]], IdArray]
) -> EncodedCaseCounts:
    """Encode the counts of one document; `ids_of` returns the ids of words."""
    return EncodedCaseCounts(ids_of(counts.words).tobytes(), counts.uses, counts.language)


def corpus_hints(counts: CaseCounts, tendencies: bytes, language: str) -> CorpusHints:
    """Return the hints for a document from `CaseModel.tendencies_of` and the corpus's language."""
    return CorpusHints(dict(zip(counts.words, tendencies, strict=True)), language)


def corpus_hints_for_all(counts: Sequence[CaseCounts]) -> list[CorpusHints]:
    """Return the hints for each document of a corpus that is in memory."""
    vocabulary = Vocabulary()
    encoded = [encode_counts(document, vocabulary.ids) for document in counts]
    model = CaseModel.fit(encoded)
    return [
        corpus_hints(document, model.tendencies_of(own), model.language)
        for document, own in zip(counts, encoded, strict=True)
    ]


def _batches(documents: Iterable[EncodedCaseCounts]) -> Iterator[list[EncodedCaseCounts]]:
    batch: list[EncodedCaseCounts] = []
    size = 0
    for document in documents:
        batch.append(document)
        size += len(document.words)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    yield batch


def _added(
    sums: npt.NDArray[np.int64], documents: Sequence[EncodedCaseCounts]
) -> npt.NDArray[np.int64]:
    """Return the sums of the three counts for each word id, with those of more documents.

    There is a row for each count; it is as long as the highest word id needs.
    """
    words = np.frombuffer(b"".join(document.words for document in documents), np.uint32)
    uses = np.frombuffer(b"".join(document.uses for document in documents), np.uint8)
    size = max(sums.shape[1], int(words.max(initial=0)) + 1)
    counts = [np.bincount(words, column, size) for column in uses.reshape(-1, _COLUMNS).T]
    added = np.array(counts).astype(np.int64)
    added[:, : sums.shape[1]] += sums
    return added


def _widened(sums: npt.NDArray[np.int64], size: int) -> npt.NDArray[np.int64]:
    return np.pad(sums, ((0, 0), (0, size - sums.shape[1])))


def _tendencies(sums: npt.NDArray[np.int64]) -> npt.NDArray[np.uint8]:
    """Return 2 for words that are always capitalized, 0 for others in lower case, 1 if unclear."""
    lower, inside, opening = sums
    is_name = (inside >= 2) & (inside >= 4 * lower)
    is_plain = (lower >= 2) & (lower > 1.5 * inside) & (inside + opening > 0)
    return np.where(is_name, 2, np.where(is_plain, 0, 1)).astype(np.uint8)
