"""Keywords: the words of a document that can say what it is about.

Left out are function words, words with digits, and very short ones.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from generator.linking.similarity.stopwords import stopwords
from generator.text import is_unspaced
from generator.text.term_counts import CorpusTerms, TermBatch

_MIN_LENGTH = 3
"""Letters of a keyword; two characters are enough in a script without spaces."""
_DIGITS = re.compile(r"[\d_]")

_Mask = npt.NDArray[np.bool_]


class Keywords(msgspec.Struct, frozen=True):
    """The words of the documents of a corpus that can be keywords; some are read at a time."""

    words: CorpusTerms
    languages: Sequence[str | None]
    """The BCP 47 tag of each document."""
    is_candidate: _Mask
    """Which words can be keywords, by their ids."""
    exclusions: Sequence[tuple[_Mask, _Mask]]
    """Pairs: documents, and the words that are no keywords in them."""

    def __len__(self) -> int:
        return len(self.words)

    @property
    def vocabulary_size(self) -> int:
        """The number of words, at least one."""
        return max(1, len(self.words.vocabulary))

    def fingerprint(self, documents: slice) -> bytes:
        """Return a fingerprint of what the keywords of some documents depend on."""
        state = repr((self.words.keys[documents], self.languages[documents]))
        return hashlib.blake2b(state.encode(), digest_size=16).digest()

    def part(self, documents: slice) -> TermBatch:
        """Read some documents, and return their keywords."""
        batch = self.words.part(documents)
        selected = self.is_candidate[batch.words]
        sizes = np.diff(batch.starts)
        for having, excluded in self.exclusions:
            selected &= ~(np.repeat(having[documents], sizes) & excluded[batch.words])
        running_count = np.concatenate(([0], np.cumsum(selected, dtype=np.int64)))
        return TermBatch(running_count[batch.starts], batch.words[selected], batch.counts[selected])


def select_keywords(terms: CorpusTerms, languages: Sequence[str | None]) -> Keywords:
    """Return the words of every document that can be keywords.

    `languages` has the BCP 47 tag of each document, which decides its stopwords.
    """
    is_candidate = np.array([_is_candidate(word) for word in terms.vocabulary], dtype=bool)
    tags: dict[frozenset[str], set[str | None]] = defaultdict(set)
    for language in set(languages):
        tags[stopwords(language)].add(language)
    exclusions = [
        (
            np.array([language in with_these for language in languages], dtype=bool),
            np.array([word in words for word in terms.vocabulary], dtype=bool),
        )
        for words, with_these in tags.items()
    ]
    return Keywords(terms, languages, is_candidate, exclusions)


def _is_candidate(word: str) -> bool:
    if is_unspaced(word):
        return len(word) > 1
    return len(word) >= _MIN_LENGTH and not _DIGITS.search(word)
