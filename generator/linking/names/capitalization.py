"""The first pass: how often each word stands with and without a capital, over the corpus."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from generator.linking.names.capitals import find_capitalized_words
from generator.model import Document
from generator.text import IdArray, Vocabulary

_LOWER = re.compile(r"(?<![\w'’-])[^\W\d_]{2,}")

_AT_ONCE = 1_000_000
"""Words of documents that are summed at once: 30 MB."""

_WAYS = 3
"""In which a word stands: in lower case, with a capital inside a sentence, opening one."""

_MANY = 255
"""Uses that fit into the byte that counts them."""


@dataclass(frozen=True, slots=True)
class CaseCounts:
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
class CorpusHints:
    """What the second pass must know of the corpus to find the names of one document."""

    tendency: Mapping[str, int]
    """How the corpus writes each word of the document. 1: with a capital wherever it stands; -1:
    with one only where every word has; 0: not clear."""
    language: str = ""
    """The language of most documents: that of a document too short to tell."""


Packed = tuple[bytes, bytes, str]
"""One document's words by their numbers in the corpus, four bytes each; how often each stands in
lower case, inside a sentence, opening one, a byte each, in which 255 is that or more; its
language."""


@dataclass(frozen=True, slots=True)
class CaseColumns:
    """What the letters of all documents tell, one document behind the other."""

    words: IdArray
    uses: npt.NDArray[np.uint8]
    """A row of three for each word."""
    starts: Sequence[int]
    """Where the words of each document begin; one more than there are documents."""
    languages: Sequence[str]

    @staticmethod
    def stack(documents: Iterable[Packed]) -> CaseColumns:
        """Put documents one behind the other."""
        words, uses = bytearray(), bytearray()
        starts, languages = [0], []
        for more, used, language in documents:
            words += more
            uses += used
            starts.append(len(uses) // _WAYS)
            languages.append(language)
        rows = np.frombuffer(uses, np.uint8).reshape(-1, _WAYS)
        return CaseColumns(np.frombuffer(words, np.uint32), rows, starts, languages)


@dataclass(frozen=True, slots=True)
class CaseModel:
    """How a corpus writes its words, each by its number."""

    signs: npt.NDArray[np.uint8]
    """0, 1, 2 for words that tend to no capital, nowhere, to one."""
    used: npt.NDArray[np.bool_]
    """Whether any document has the word."""
    language: str

    @staticmethod
    def fit(documents: CaseColumns) -> CaseModel:
        """Sum up the uses of all documents, and keep what is clear."""
        sums = _summed(documents)
        languages = Counter(filter(None, documents.languages))
        most = max(sorted(languages), key=lambda language: languages[language], default="")
        return CaseModel(_signs(sums), sums.sum(axis=0) > 0, most)

    def per_document(self, documents: CaseColumns) -> Iterator[bytes]:
        """Give the signs of each document's words, one after the other."""
        for start, end in pairwise(documents.starts):
            yield self.signs[documents.words[start:end]].tobytes()


def count_case(document: Document) -> CaseCounts:
    """Count the words of one document by how they are written."""
    lower: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    opening: Counter[str] = Counter()
    for block in document.blocks:
        lower.update(word for word in _LOWER.findall(block.text) if word[0].islower())
        for word in find_capitalized_words(block.text):
            (opening if word.first else inside)[word.text.lower()] += 1
    words = sorted({*lower, *inside, *opening})
    value = document.metadata.language
    low, mid, first = (tuple(kind[word] for word in words) for kind in (lower, inside, opening))
    return CaseCounts(tuple(words), low, mid, first, value.value if value else "")


def encode_counts(counted: CaseCounts, number: Callable[[Sequence[str]], IdArray]) -> Packed:
    """Put numbers in the place of words."""
    columns = (counted.lower, counted.inside, counted.opening)
    uses = np.minimum(np.array(columns, dtype=np.int64).reshape(_WAYS, -1), _MANY)
    rows = uses.T.astype(np.uint8).tobytes()
    return number(counted.words).tobytes(), rows, counted.language


def corpus_hints(counted: CaseCounts, signs: bytes, language: str) -> CorpusHints:
    """Make the table of a document from the signs of its words."""
    tendency = (sign - 1 for sign in signs)
    return CorpusHints(dict(zip(counted.words, tendency, strict=True)), language)


def corpus_hints_for_all(counts: Sequence[CaseCounts]) -> list[CorpusHints]:
    """Give each document of a corpus that is at hand its table."""
    number = Vocabulary().ids
    documents = CaseColumns.stack(encode_counts(counted, number) for counted in counts)
    found = CaseModel.fit(documents)
    return [
        corpus_hints(counted, signs, found.language)
        for counted, signs in zip(counts, found.per_document(documents), strict=True)
    ]


def _summed(documents: CaseColumns) -> npt.NDArray[np.int64]:
    """Sum up, for each way in which a word can be written, how often each word is."""
    size = int(documents.words.max(initial=0)) + 1
    sums = np.zeros((_WAYS, size), np.int64)
    for first in range(0, len(documents.words), _AT_ONCE):
        some = slice(first, first + _AT_ONCE)
        uses = documents.uses[some].T
        counted = [np.bincount(documents.words[some], use, size) for use in uses]
        sums += np.array(counted).astype(np.int64)
    return sums


def _signs(sums: npt.NDArray[np.int64]) -> npt.NDArray[np.uint8]:
    lower, inside, opening = sums
    named = (inside >= 2) & (inside >= 4 * lower)
    plain = (lower >= 2) & (lower > 1.5 * inside) & (inside + opening > 0)
    return np.where(named, 2, np.where(plain, 0, 1)).astype(np.uint8)
