"""Which words of a document tell what it is about: no function words, no figures, no scraps."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from generator.linking.similarity.stopwords import stopwords
from generator.text import TermMatrix, is_unspaced

_SHORTEST = 3
"""Letters of a word that tells something; of a script without spaces two signs do."""
_FIGURES = re.compile(r"[\d_]")
_AT_ONCE = 4_096
"""Documents that are looked at together: numpy needs some twenty bytes for each of their words."""

_Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Keywords:
    """The telling words of each document, document after document, and how often each is there."""

    starts: npt.NDArray[np.int64]
    """Where those of each document begin; one more than there are documents."""
    terms: npt.NDArray[np.uint32]
    """Places in the vocabulary of the corpus."""
    counts: npt.NDArray[np.uint8]
    vocabulary_size: int
    """How many words the vocabulary has, at least one."""

    def __len__(self) -> int:
        return len(self.starts) - 1


def select_keywords(terms: TermMatrix, languages: Sequence[str]) -> Keywords:
    """Leave out of every document, given with its language's tag, what tells nothing."""
    tells = np.array([_tells(word) for word in terms.vocabulary], dtype=bool)
    tags: dict[frozenset[str], set[str]] = defaultdict(set)
    for language in set(languages):
        tags[stopwords(language)].add(language)
    silence = [
        (
            np.array([language in speaking for language in languages], dtype=bool),
            np.array([word in silent for word in terms.vocabulary], dtype=bool),
        )
        for silent, speaking in tags.items()
    ]
    firsts = range(0, len(terms), _AT_ONCE)
    looked_at = [_kept(terms, slice(first, first + _AT_ONCE), tells, silence) for first in firsts]
    kept = np.concatenate([np.empty(0, bool), *(some for some, _ in looked_at)])
    many = np.concatenate([np.zeros(1, np.int64), *(some for _, some in looked_at)])
    return Keywords(
        starts=np.cumsum(many),
        terms=terms.words[kept],
        counts=terms.counts[kept],
        vocabulary_size=max(1, len(terms.vocabulary)),
    )


def _kept(
    terms: TermMatrix, some: slice, tells: _Mask, silence: Iterable[tuple[_Mask, _Mask]]
) -> tuple[_Mask, npt.NDArray[np.int64]]:
    """Tell which words of some documents tell something, and how many of each document.

    `silence` has documents, and words that tell nothing in them.
    """
    starts = terms.starts[some.start : some.stop + 1]
    words, sizes = terms.words[starts[0] : starts[-1]], np.diff(starts)
    kept = tells[words]
    for spoken, silent in silence:
        kept &= ~(np.repeat(spoken[some], sizes) & silent[words])
    before = np.concatenate(([0], np.cumsum(kept, dtype=np.int64)))
    return kept, np.diff(before[starts - starts[0]])


def _tells(word: str) -> bool:
    if is_unspaced(word):
        return len(word) > 1
    return len(word) >= _SHORTEST and not _FIGURES.search(word)
