"""Which words of a document tell what it is about: no function words, no figures, no scraps."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from generator.linking.stopwords import stopwords
from generator.words import Counted, spaceless

_SHORTEST = 3
"""Letters of a word that tells something; of a script without spaces two signs do."""
_FIGURES = re.compile(r"[\d_]")


@dataclass(frozen=True, slots=True)
class Terms:
    """The telling words of each document, document after document, and how often each is there."""

    starts: npt.NDArray[np.int64]
    """Where those of each document begin; one more than there are documents."""
    terms: npt.NDArray[np.uint32]
    """Places in the vocabulary of the corpus."""
    counts: npt.NDArray[np.uint8]
    different: int
    """How many words the vocabulary has, at least one."""

    def __len__(self) -> int:
        return len(self.starts) - 1


def terms(counted: Counted, languages: Sequence[str]) -> Terms:
    """Leave out of every document, given with its language's tag, what tells nothing."""
    tells = np.array([_tells(word) for word in counted.vocabulary], dtype=bool)
    sizes = np.diff(counted.starts)
    kept = tells[counted.words]
    tags: dict[frozenset[str], set[str]] = defaultdict(set)
    for language in set(languages):
        tags[stopwords(language)].add(language)
    for silent, speaking in tags.items():
        spoken = np.array([language in speaking for language in languages])
        said = np.array([word in silent for word in counted.vocabulary], dtype=bool)
        kept &= ~(np.repeat(spoken, sizes) & said[counted.words])
    before = np.concatenate(([0], np.cumsum(kept, dtype=np.int64)))
    return Terms(
        starts=before[counted.starts],
        terms=counted.words[kept],
        counts=counted.counts[kept],
        different=max(1, len(counted.vocabulary)),
    )


def _tells(word: str) -> bool:
    if spaceless(word):
        return len(word) > 1
    return len(word) >= _SHORTEST and not _FIGURES.search(word)
