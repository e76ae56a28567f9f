"""Keywords: the words of a document that can say what it is about.

Left out are function words, words with digits, and very short ones.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from generator.linking.similarity.stopwords import stopwords
from generator.text import is_unspaced
from generator.text.distinct_numbers import distinct_numbers
from generator.text.term_counts import CorpusTerms, TermBatch
from generator.text.vocabulary import IdArray

_MIN_LENGTH = 3
"""Letters of a keyword; two characters are enough in a script without spaces."""
_DIGITS = re.compile(r"[\d_]")

_Mask = npt.NDArray[np.bool_]


class Keywords(msgspec.Struct, frozen=True):
    """The words of the documents of a corpus that can be keywords; some are read at a time."""

    words: CorpusTerms
    languages: Sequence[str | None]
    """The BCP 47 tag of each document."""
    is_known: _Mask
    """Which words were looked at, by their ids: those of the documents that were read."""
    is_candidate: _Mask
    """Which of these can be keywords."""
    is_stopword: Mapping[frozenset[str], _Mask]
    """Which of these are no keywords in some languages, for each list of stopwords."""

    def __len__(self) -> int:
        return len(self.words)

    @property
    def vocabulary_size(self) -> int:
        """The number of words, at least one."""
        return max(1, len(self.words.vocabulary))

    def fingerprint(self, documents: slice) -> bytes:
        """Return a fingerprint of what the keywords of some documents depend on."""
        state = msgspec.msgpack.encode((self.words.keys[documents], self.languages[documents]))
        return hashlib.blake2b(state, digest_size=16).digest()

    def part(self, documents: slice) -> TermBatch:
        """Read some documents, and return their keywords."""
        batch = self.words.part(documents)
        self._look_at(distinct_numbers(batch.words))
        selected = self.is_candidate[batch.words]
        sizes = np.diff(batch.starts)
        lists = [*map(stopwords, self.languages[documents])]
        for listed, excluded in self.is_stopword.items():
            having = np.array([own == listed for own in lists], bool)
            selected &= ~(np.repeat(having, sizes) & excluded[batch.words])
        running_count = np.concatenate(([0], np.cumsum(selected, dtype=np.int64)))
        return TermBatch(running_count[batch.starts], batch.words[selected], batch.counts[selected])

    def _look_at(self, words: IdArray) -> None:
        new = words[~self.is_known[words]]
        texts = [self.words.vocabulary[word] for word in new.tolist()]
        self.is_known[new] = True
        self.is_candidate[new] = [*map(_is_candidate, texts)]
        for listed, excluded in self.is_stopword.items():
            excluded[new] = [text in listed for text in texts]


def select_keywords(terms: CorpusTerms, languages: Sequence[str | None]) -> Keywords:
    """Return the words of every document that can be keywords.

    `languages` has the BCP 47 tag of each document, which decides its stopwords.
    """
    count = len(terms.vocabulary)
    lists = {stopwords(language): np.zeros(count, bool) for language in set(languages)}
    return Keywords(terms, languages, np.zeros(count, bool), np.zeros(count, bool), lists)


def _is_candidate(word: str) -> bool:
    if not word.isascii() and is_unspaced(word):
        return len(word) > 1
    return len(word) >= _MIN_LENGTH and not _DIGITS.search(word)
