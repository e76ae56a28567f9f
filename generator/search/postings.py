"""Postings: for each term the entries that contain it, with a quantized BM25 impact.

The only part of an index that grows with the corpus. Texts are processed in batches: the words of
a thousand texts are read, sorted as numbers and encoded at once.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

import numpy as np
import numpy.typing as npt

from generator.search import bm25, file_encoding
from generator.text import MAX_WORD_LENGTH, fold
from generator.text.term_counts import CorpusTerms, TermBatch
from generator.text.vocabulary import IdArray

IMPACT_BITS = 4
"""The lowest bits of a posting, which hold the impact: 0 to 15."""

_BATCH = 1_024
"""Texts whose words are sorted together. More need more memory and are no faster."""
_ENTRY_BITS, _COUNT_BITS = 16, 8
"""Layout of a sort key, from the highest bits: the position of the word, the number of the text
within the batch, and how often the word occurs in it."""
_ENTRY_MASK, _COUNT_MASK = np.uint64(0xFFFF), np.uint64(0xFF)

_Numbers = npt.NDArray[np.int64]
_Keys = npt.NDArray[np.uint64]
_Small = npt.NDArray[np.uint32]
"""Half the memory of `_Numbers`: the batches of a corpus are in memory together."""
ExtraWords = tuple[int, Sequence[str]]
"""The number of an entry, and its words that the corpus did not count, each as often as it
occurs: authors, standfirst."""


@dataclass(frozen=True, slots=True)
class Postings:
    """The encoded lists of all terms, one after the other in the order of the words."""

    data: npt.NDArray[np.uint8]
    """For each term its entries in rising order, each as distance and impact."""
    starts: _Numbers
    """The offset of each list, and the end of the last one."""
    entry_counts: _Numbers
    """Number of entries with each term."""
    language_ranks: _Numbers
    """The rank of each term's language: the most frequent one of the entries with the term."""

    def of_term(self, term: int) -> bytes:
        """Return the list of the term at a position in the order of words."""
        return self.data[self.starts[term] : self.starts[term + 1]].tobytes()

    @property
    def sizes(self) -> _Numbers:
        """The size of each list in bytes."""
        return np.diff(self.starts)


@dataclass(frozen=True, slots=True)
class PostingsBatch:
    """The postings of some entries, one term after the other."""

    terms: _Small
    """Positions in the order of words; each once, rising."""
    ends: _Small
    """The offset at which the postings of each term end."""
    entry_counts: _Small
    """Number of postings of each term."""
    language_ranks: npt.NDArray[np.uint16]
    data: bytes

    @property
    def sizes(self) -> _Numbers:
        """The size of each term's postings in bytes."""
        ends: _Numbers = self.ends.astype(np.int64)
        return np.diff(ends, prepend=0)


@dataclass(frozen=True, slots=True)
class IndexInput:
    """The words of all entries in order: first the entries that the corpus counted."""

    terms: CorpusTerms
    used: IdArray
    """The ids of the words that are in any text."""
    extra: Sequence[ExtraWords]
    """In rising order of the entries."""
    lengths: _Numbers
    """Length of each entry's text in characters; 0 for one without."""
    language_ranks: _Numbers
    """The rank of each entry's language."""

    def folded(self) -> list[str]:
        """Return the used words, folded, in the order of their ids."""
        words = map(self.terms.vocabulary.__getitem__, self.used.tolist())
        return [word if word.isascii() else fold(word)[:MAX_WORD_LENGTH] for word in words]


def build_postings(texts: IndexInput, folded: Sequence[str], order: Mapping[str, int]) -> Postings:
    """Return the postings of all texts.

    `order` has the position of each word, of those without a text too. `folded` is
    `texts.folded()`, which the caller has at hand.
    """
    positions = np.zeros(len(texts.terms.vocabulary), np.uint64)
    positions[texts.used] = [order[word] for word in folded]
    last_entries = np.full(len(order), -1, dtype=np.int64)
    norms = bm25.length_norms(texts.lengths, bm25.average_length(texts.lengths))
    batches = []
    counted = texts.terms.batches(_BATCH)
    for first in range(0, len(texts.lengths), _BATCH):
        batch = next(counted, TermBatch.of(()))
        keys = _sorted_keys(batch, positions, _extra_of(texts.extra, first, order))
        entries = (keys >> np.uint64(_COUNT_BITS) & _ENTRY_MASK).astype(np.int64) + first
        impacts = bm25.quantized_impacts(keys & _COUNT_MASK, norms[entries])
        terms = (keys >> np.uint64(_ENTRY_BITS + _COUNT_BITS)).astype(np.int64)
        batches.append(encode_batch(terms, entries, impacts, last_entries, texts.language_ranks))
    return merge_batches(batches, len(order))


def _sorted_keys(batch: TermBatch, positions: _Keys, extra: _Keys) -> _Keys:
    """Return the words of one batch as sorted keys, one for each word of each text."""
    rows = batch.starts
    entries = np.repeat(np.arange(len(rows) - 1, dtype=np.uint64), np.diff(rows))
    counted = _keys(positions[batch.words], entries, batch.counts.astype(np.uint64))
    return _sum_equal(np.sort(np.concatenate((counted, extra))))


def _extra_of(extra: Sequence[ExtraWords], first: int, order: Mapping[str, int]) -> _Keys:
    """Return the keys of the words of a batch that the corpus did not count."""
    bounds = first, first + _BATCH
    start, end = (bisect_left(extra, number, key=itemgetter(0)) for number in bounds)
    in_batch = extra[start:end]
    terms = np.fromiter((order[word] for _, words in in_batch for word in words), np.uint64)
    numbers = np.array([number - first for number, _ in in_batch], dtype=np.uint64)
    entries = np.repeat(numbers, np.array([len(words) for _, words in in_batch], dtype=np.int64))
    return _keys(terms, entries, np.ones(len(terms), dtype=np.uint64))


def _keys(terms: _Keys, entries: _Keys, counts: _Keys) -> _Keys:
    term_and_entry = terms << np.uint64(_ENTRY_BITS) | entries
    return term_and_entry << np.uint64(_COUNT_BITS) | counts


def _sum_equal(keys: _Keys) -> _Keys:
    """Add up the counts of words that folding made equal in the same text."""
    term_and_entry = keys >> np.uint64(_COUNT_BITS)
    if not len(keys):
        return keys
    is_first = np.concatenate(([True], term_and_entry[1:] != term_and_entry[:-1]))
    if is_first.all():
        return keys
    counts = np.add.reduceat(keys & _COUNT_MASK, np.flatnonzero(is_first))
    return term_and_entry[is_first] << np.uint64(_COUNT_BITS) | np.minimum(counts, _COUNT_MASK)


def encode_batch(
    terms: _Numbers,
    entries: _Numbers,
    impacts: _Keys,
    last_entries: _Numbers,
    language_ranks: _Numbers,
) -> PostingsBatch:
    """Encode the postings of some entries, sorted by term and entry.

    `last_entries` has for every term its last entry in earlier batches, from which distances are
    counted; it is updated. `language_ranks` are those of all entries.
    """
    starts = np.flatnonzero(np.concatenate(([True], terms[1:] != terms[:-1]))[: len(terms)])
    previous = np.concatenate(([0], entries[:-1]))[: len(entries)]
    previous[starts] = last_entries[terms[starts]]
    distances = (entries - previous - 1).astype(np.uint64)
    data, ends = file_encoding.encode_many(distances << np.uint64(IMPACT_BITS) | impacts)
    stops = np.concatenate((starts[1:], [len(terms)]))[: len(starts)]
    last_entries[terms[starts]] = entries[stops - 1]
    ranks = np.minimum.reduceat(language_ranks[entries], starts) if len(starts) else starts
    return PostingsBatch(
        terms=terms[starts].astype(np.uint32),
        ends=ends[stops - 1].astype(np.uint32),
        entry_counts=(stops - starts).astype(np.uint32),
        language_ranks=ranks.astype(np.uint16),
        data=data,
    )


def merge_batches(batches: Sequence[PostingsBatch], term_count: int) -> Postings:
    """Join the lists of each term from all batches; `term_count` is the number of all terms."""
    sizes, entry_counts = np.zeros(term_count, dtype=np.int64), np.zeros(term_count, dtype=np.int64)
    language_ranks = np.full(term_count, np.iinfo(np.int64).max, dtype=np.int64)
    for batch in batches:
        sizes[batch.terms] += batch.sizes
        entry_counts[batch.terms] += batch.entry_counts
        ranks = np.minimum(language_ranks[batch.terms], batch.language_ranks)
        language_ranks[batch.terms] = ranks
    starts = np.concatenate(([0], np.cumsum(sizes)))
    data = np.empty(int(starts[-1]), dtype=np.uint8)
    free = starts[:-1].copy()
    for batch in batches:
        shift = np.repeat(free[batch.terms] - batch.ends + batch.sizes, batch.sizes)
        data[shift + np.arange(len(batch.data))] = np.frombuffer(batch.data, np.uint8)
        free[batch.terms] += batch.sizes
    return Postings(data, starts, entry_counts, np.where(entry_counts > 0, language_ranks, 0))
