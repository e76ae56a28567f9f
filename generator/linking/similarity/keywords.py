"""Keywords: the words of a document that can say what it is about.

Left out are function words, words with digits, and very short ones.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from generator.linking.similarity.stopwords import stopwords
from generator.text import is_unspaced
from generator.text.term_counts import TermMatrix

_MIN_LENGTH = 3
"""Letters of a keyword; two characters are enough in a script without spaces."""
_DIGITS = re.compile(r"[\d_]")
_BATCH = 4_096
"""Documents per step: numpy needs some twenty bytes for each of their words."""

_Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Keywords:
    """The keywords of each document, document after document, and how often each occurs."""

    starts: npt.NDArray[np.int64]
    """Where those of each document begin; one more than there are documents."""
    terms: npt.NDArray[np.uint32]
    """Positions in the vocabulary of the corpus."""
    counts: npt.NDArray[np.uint8]
    vocabulary_size: int
    """At least one."""

    def __len__(self) -> int:
        return len(self.starts) - 1


def select_keywords(terms: TermMatrix, languages: Sequence[str | None]) -> Keywords:
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
    batches = (slice(start, start + _BATCH) for start in range(0, len(terms), _BATCH))
    results = [_select(terms, batch, is_candidate, exclusions) for batch in batches]
    selected = np.concatenate([np.empty(0, bool), *(result.is_keyword for result in results)])
    counts = np.concatenate([np.zeros(1, np.int64), *(result.counts for result in results)])
    return Keywords(
        starts=np.cumsum(counts),
        terms=terms.words[selected],
        counts=terms.counts[selected],
        vocabulary_size=max(1, len(terms.vocabulary)),
    )


class _Selection(NamedTuple):
    """The keywords of some documents."""

    is_keyword: _Mask
    """Of each word, document after document."""
    counts: npt.NDArray[np.int64]
    """Keywords of each document."""


def _select(
    terms: TermMatrix,
    batch: slice,
    is_candidate: _Mask,
    exclusions: Iterable[tuple[_Mask, _Mask]],
) -> _Selection:
    """Select the keywords of a batch of documents.

    `exclusions` are pairs: documents, and the words that are no keywords in them.
    """
    starts = terms.starts[batch.start : batch.stop + 1]
    words, sizes = terms.words[starts[0] : starts[-1]], np.diff(starts)
    selected = is_candidate[words]
    for documents, excluded in exclusions:
        selected &= ~(np.repeat(documents[batch], sizes) & excluded[words])
    running_count = np.concatenate(([0], np.cumsum(selected, dtype=np.int64)))
    return _Selection(selected, np.diff(running_count[starts - starts[0]]))


def _is_candidate(word: str) -> bool:
    if is_unspaced(word):
        return len(word) > 1
    return len(word) >= _MIN_LENGTH and not _DIGITS.search(word)
