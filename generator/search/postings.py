"""Which word stands in which entry, and how much it says there, for a whole corpus at a time.

The one thing of an index that grows with the corpus. Texts are taken some thousand at a time,
their words sorted as numbers, and the lists packed at once, so that 100,000 documents need some
0.2 GB beside what was counted.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

import numpy as np
import numpy.typing as npt

from generator.search import bm25, codec
from generator.text import MAX_WORD_LENGTH, TermMatrix, fold

BITS = 4
"""Of a posting's lowest bits, which say how much the word says there: 0 to 15."""

_AT_ONCE = 1_024
"""Texts whose words are sorted together; more need memory, and are no faster."""
_ENTRY_BITS, _COUNT_BITS = 16, 8
"""Of a sorted number: which of these texts, and how often the word is there; the rest is the word.
"""

_Numbers = npt.NDArray[np.int64]
_Keys = npt.NDArray[np.uint64]
More = tuple[int, Sequence[str]]
"""The number of an entry, and words in it besides those of the corpus, each as often as it is
there: authors, standfirst."""


@dataclass(frozen=True, slots=True)
class Postings:
    """The lists of all words, packed, one behind the other in the order of the words."""

    data: npt.NDArray[np.uint8]
    """Of each word: entries in rising order, as distance and weight."""
    starts: _Numbers
    """Where each list begins; one more than there are words."""
    entries: _Numbers
    """In how many entries each word stands."""
    spoken: _Numbers
    """The rank of each word's language: that of the commonest whose entries have it."""

    def of_term(self, word: int) -> bytes:
        """Give the list of one word, by its place in the order."""
        return self.data[self.starts[word] : self.starts[word + 1]].tobytes()

    @property
    def sizes(self) -> _Numbers:
        """Of every list, in bytes."""
        return np.diff(self.starts)


@dataclass(frozen=True, slots=True)
class PostingsBatch:
    """Some entries' share of the lists, one behind the other."""

    words: _Numbers
    """Each once, rising, by its place in the order of words."""
    ends: _Numbers
    """Where each one's share ends."""
    sizes: _Numbers
    """How many entries are in it."""
    ranks: _Numbers
    data: bytes


@dataclass(frozen=True, slots=True)
class IndexInput:
    """All that is to be listed: entry after entry, first those that the corpus counted."""

    counted: TermMatrix
    more: Sequence[More]
    """In rising order of the entries."""
    lengths: _Numbers
    """Of every entry's text, in characters; 0 for one without."""
    ranks: _Numbers
    """Of every entry's language."""

    def folded(self) -> list[str]:
        """The words of the vocabulary, folded, in its order."""
        known = self.counted.vocabulary
        return [word if word.isascii() else fold(word)[:MAX_WORD_LENGTH] for word in known]


def build_postings(texts: IndexInput, folded: Sequence[str], order: Mapping[str, int]) -> Postings:
    """List the words of all texts; `order` has the place of each, those of the others too."""
    names = np.fromiter(map(order.__getitem__, folded), np.uint64, len(folded))
    latest = np.full(len(order), -1, dtype=np.int64)
    norms = bm25.length_norms(texts.lengths, bm25.average_length(texts.lengths))
    parts = []
    for first in range(0, len(texts.lengths), _AT_ONCE):
        keys = _sorted(texts, first, names, order)
        entries = (keys >> np.uint64(_COUNT_BITS) & np.uint64(0xFFFF)).astype(np.int64) + first
        said = bm25.quantized_impacts(keys & np.uint64(0xFF), norms[entries])
        words = (keys >> np.uint64(_ENTRY_BITS + _COUNT_BITS)).astype(np.int64)
        parts.append(encode_batch(words, entries, said, latest, texts.ranks))
    return merge_batches(parts, len(order))


def _sorted(texts: IndexInput, first: int, names: _Keys, order: Mapping[str, int]) -> _Keys:
    """The words of some texts as sorted numbers, each word and text once."""
    terms = texts.counted
    last = min(first + _AT_ONCE, len(texts.lengths))
    rows = terms.starts[min(first, len(terms)) : min(last, len(terms)) + 1]
    inside = slice(rows[0], rows[-1])
    here = np.arange(len(rows) - 1, dtype=np.uint64)
    texts_ = np.repeat(here, np.diff(rows))
    own = _keys(names[terms.words[inside]], texts_, terms.counts[inside].astype(np.uint64))
    more = _between(texts.more, first, last)
    words = np.fromiter((order[word] for _, found in more for word in found), np.uint64)
    there = np.array([number - first for number, _ in more], dtype=np.uint64)
    besides = np.repeat(there, np.array([len(found) for _, found in more], dtype=np.int64))
    keys = _keys(words, besides, np.ones(len(words), dtype=np.uint64))
    return _merged(np.sort(np.concatenate((own, keys))))


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


def encode_batch(
    words: _Numbers, entries: _Numbers, said: _Keys, latest: _Numbers, ranks: _Numbers
) -> PostingsBatch:
    """Pack the words of some entries, sorted, to be put behind those of the entries before.

    `latest` has for every word the last entry before these, and is brought up to date.
    """
    starts = np.flatnonzero(np.concatenate(([True], words[1:] != words[:-1]))[: len(words)])
    before = np.concatenate(([0], entries[:-1]))[: len(entries)]
    before[starts] = latest[words[starts]]
    data, ends = codec.encode_many(
        (entries - before - 1).astype(np.uint64) << np.uint64(BITS) | said
    )
    lasts = np.concatenate((starts[1:], [len(words)]))[: len(starts)]
    latest[words[starts]] = entries[lasts - 1]
    return PostingsBatch(
        words=words[starts],
        ends=ends[lasts - 1],
        sizes=lasts - starts,
        ranks=np.minimum.reduceat(ranks[entries], starts) if len(starts) else starts,
        data=data,
    )


def merge_batches(parts: Iterable[PostingsBatch], count: int) -> Postings:
    """Put the pieces of each word's list one behind the other; there are so many words."""
    held = list(parts)
    sizes, entries = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    spoken = np.full(count, np.iinfo(np.int64).max, dtype=np.int64)
    for part in held:
        sizes[part.words] += np.diff(part.ends, prepend=0)
        entries[part.words] += part.sizes
        spoken[part.words] = np.minimum(spoken[part.words], part.ranks)
    starts = np.concatenate(([0], np.cumsum(sizes)))
    data = np.empty(int(starts[-1]), dtype=np.uint8)
    free = starts[:-1].copy()
    for part in held:
        own = np.diff(part.ends, prepend=0)
        shift = np.repeat(free[part.words] - part.ends + own, own)
        data[shift + np.arange(len(part.data))] = np.frombuffer(part.data, np.uint8)
        free[part.words] += own
    return Postings(data, starts, entries, np.where(entries > 0, spoken, 0))
