"""Which word stands in which text, and how much it says there, for a whole corpus at a time.

The one thing of an index that grows with the corpus. Texts are taken some thousands at a time,
their words sorted as numbers, and the lists packed at once, so that 100,000 documents need some
0.2 GB beside what was counted.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

import numpy as np
import numpy.typing as npt

from generator.words import LONGEST, Counted, fold
from generator.writing.search import numbers, weights
from generator.writing.search.postings import BITS

_AT_ONCE = 1_024
"""Texts whose words are sorted together; more need memory, and are no faster."""
_ENTRY_BITS, _COUNT_BITS = 16, 8
"""Of a sorted number: which of these texts, and how often the word is there; the rest is the word.
"""

_Numbers = npt.NDArray[np.int64]
_Keys = npt.NDArray[np.uint64]
More = tuple[int, Counter[str]]
"""The number of an entry, and words in it besides those of the corpus: authors, standfirst."""


@dataclass(frozen=True, slots=True)
class Lists:
    """The list of every word, packed, and what else the index needs to know of each."""

    lists: dict[str, bytearray]
    """By word, in no order: entries in rising order, as distance and weight."""
    entries: dict[str, int]
    """In how many entries each word stands."""
    spoken: dict[str, int]
    """The rank of each word's language: that of the commonest whose texts have it."""


@dataclass(frozen=True, slots=True)
class _Part:
    """The lists of some thousand texts, one behind the other."""

    words: _Numbers
    """Each once, rising."""
    ends: _Numbers
    """Where each one's list ends."""
    sizes: _Numbers
    """How many entries are in it."""
    ranks: _Numbers
    data: bytes


@dataclass(frozen=True, slots=True)
class Texts:
    """All that is to be listed: entry after entry, first those that the corpus counted."""

    counted: Counted
    more: Sequence[More]
    """In rising order of the entries."""
    lengths: _Numbers
    """Of every entry's text, in characters; 0 for one without."""
    ranks: _Numbers
    """Of every entry's language."""


def listed(texts: Texts) -> Lists:
    """List the words of all texts, folded."""
    places: dict[str, int] = {}
    folded = [
        places.setdefault(word if word.isascii() else fold(word)[:LONGEST], len(places))
        for word in texts.counted.vocabulary
    ]
    for _, counts in texts.more:
        for word in counts:
            places.setdefault(word, len(places))
    names = np.array(folded, dtype=np.uint64)
    latest = np.full(len(places), -1, dtype=np.int64)
    read = texts.lengths[texts.lengths > 0]
    average = float(read.sum() / len(read)) if len(read) else 1.0
    norms = weights.norms(texts.lengths, average)
    parts = []
    for first in range(0, len(texts.lengths), _AT_ONCE):
        keys = _sorted(texts, first, names, places)
        parts.append(_packed(keys, first, latest, norms, texts.ranks))
    return _together(list(places), parts)


def _sorted(texts: Texts, first: int, names: _Keys, places: dict[str, int]) -> _Keys:
    """The words of some texts as sorted numbers, each word and text once."""
    counted = texts.counted
    last = min(first + _AT_ONCE, len(texts.lengths))
    rows = counted.starts[min(first, len(counted)) : min(last, len(counted)) + 1]
    inside = slice(rows[0], rows[-1])
    here = np.arange(len(rows) - 1, dtype=np.uint64)
    texts_ = np.repeat(here, np.diff(rows))
    own = _keys(names[counted.words[inside]], texts_, counted.counts[inside].astype(np.uint64))
    besides = [
        (places[word], number - first, min(times, 255))
        for number, counts in _between(texts.more, first, last)
        for word, times in counts.items()
    ]
    more = np.array(besides, dtype=np.uint64).reshape(-1, 3)
    keys = np.sort(np.concatenate((own, _keys(more[:, 0], more[:, 1], more[:, 2]))))
    return _merged(keys)


def _between(more: Sequence[More], first: int, last: int) -> Sequence[More]:
    start, end = (bisect_left(more, number, key=itemgetter(0)) for number in (first, last))
    return more[start:end]


def _keys(words: _Keys, entries: _Keys, counts: _Keys) -> _Keys:
    both = words << np.uint64(_ENTRY_BITS) | entries
    return both << np.uint64(_COUNT_BITS) | counts


def _merged(keys: _Keys) -> _Keys:
    """Add up what folding made the same word of the same text."""
    where = keys >> np.uint64(_COUNT_BITS)
    first = np.concatenate(([True], where[1:] != where[:-1])) if len(keys) else np.empty(0, bool)
    if first.all():
        return keys
    counts = np.add.reduceat(keys & np.uint64(0xFF), np.flatnonzero(first))
    return where[first] << np.uint64(_COUNT_BITS) | np.minimum(counts, np.uint64(0xFF))


def _packed(
    keys: _Keys, first: int, latest: _Numbers, norms: npt.NDArray[np.float64], ranks: _Numbers
) -> _Part:
    """Pack the lists of some texts, each to be put behind those of the texts before."""
    words = (keys >> np.uint64(_ENTRY_BITS + _COUNT_BITS)).astype(np.int64)
    entries = (keys >> np.uint64(_COUNT_BITS) & np.uint64(0xFFFF)).astype(np.int64) + first
    starts = np.flatnonzero(np.concatenate(([True], words[1:] != words[:-1]))[: len(words)])
    before = np.concatenate(([0], entries[:-1]))[: len(entries)]
    before[starts] = latest[words[starts]]
    said = weights.of(keys & np.uint64(0xFF), norms[entries])
    data, ends = numbers.varints((entries - before - 1).astype(np.uint64) << np.uint64(BITS) | said)
    lasts = np.concatenate((starts[1:], [len(words)]))[: len(starts)]
    latest[words[starts]] = entries[lasts - 1]
    return _Part(
        words=words[starts],
        ends=ends[lasts - 1],
        sizes=lasts - starts,
        ranks=np.minimum.reduceat(ranks[entries], starts) if len(starts) else starts,
        data=data,
    )


def _together(words: Sequence[str], parts: Sequence[_Part]) -> Lists:
    """Put the pieces of each word's list one behind the other."""
    lists: dict[str, bytearray] = defaultdict(bytearray)
    entries: Counter[str] = Counter()
    spoken: dict[str, int] = {}
    for part in parts:
        ends = part.ends.tolist()
        named = [words[place] for place in part.words.tolist()]
        for word, (start, end) in zip(named, itertools.pairwise([0, *ends]), strict=True):
            lists[word] += part.data[start:end]
        for word, size, rank in zip(named, part.sizes.tolist(), part.ranks.tolist(), strict=True):
            entries[word] += size
            spoken[word] = min(rank, spoken.get(word, rank))
    return Lists(dict(lists), entries, spoken)
