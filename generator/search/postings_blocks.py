"""The words of a thousand entries with their postings, saved until one of these entries changes.

Entries are numbered in the order of the corpus, so after an edit the postings of one block are made
again, and all blocks are joined.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from generator.search import bm25
from generator.search.postings import (
    PlacedBatch,
    Postings,
    PostingsBatch,
    encode_batch,
    first_of_each,
    merge_batches,
)
from generator.search.shards import sort_utf16
from generator.text import MAX_WORD_LENGTH, fold
from generator.text.distinct_numbers import distinct_numbers
from generator.text.term_counts import CorpusTerms, TermBatch
from generator.text.vocabulary import IdArray, Vocabulary

BLOCK_SIZE = 1_024
"""Entries whose words are sorted together. More need more memory and are no faster."""
_ENTRY_BITS, _COUNT_BITS = 16, 8
"""Layout of a sort key, from the highest bits: the position of the word, the number of the entry
within the block, and how often the word occurs in it."""
_ENTRY_MASK, _COUNT_MASK = np.uint64(0xFFFF), np.uint64(0xFF)

_DIGIT_BITS = 16
"""The longest numbers that numpy sorts in a time that grows with how many there are."""

_Numbers = npt.NDArray[np.int64]
_Keys = npt.NDArray[np.uint64]


class PostingsBlock(msgspec.Struct, frozen=True):
    """The postings of some entries that follow each other."""

    inputs: bytes
    """Fingerprint of the words, the lengths and the languages of the entries."""
    average: float
    """The average length of all entries for which the impacts were computed."""
    lengths: bytes
    """The length of each entry in characters, eight bytes each."""
    joined_words: str
    """The different words in order, separated by spaces."""
    postings: PostingsBatch

    @property
    def words(self) -> list[str]:
        """The different words in order."""
        return self.joined_words.split(" ") if self.joined_words else []


class IndexInput(msgspec.Struct, frozen=True):
    """The words of all entries in order: first the entries that the corpus counted."""

    terms: CorpusTerms
    extra: Sequence[Sequence[str]]
    """The words of each entry that the corpus did not count, each as often as it occurs: authors,
    standfirst."""
    lengths: Sequence[int]
    """The length of these words in characters; 0 without any."""
    language_ranks: Sequence[int]
    """The rank of each entry's language."""

    def slices(self, size: int) -> list[slice]:
        """Return which entries each block of a size has."""
        return [slice(start, start + size) for start in range(0, len(self.extra), size)]

    def fingerprint(self, part: slice) -> bytes:
        """Return a fingerprint of what some entries are."""
        inputs = (self.terms.keys, self.extra, self.lengths, self.language_ranks)
        state = repr([[*values[part]] for values in inputs])
        return hashlib.blake2b(state.encode("utf-8", "surrogatepass"), digest_size=16).digest()


class UpdatedBlocks(NamedTuple):
    """The blocks of all entries."""

    blocks: tuple[PostingsBlock, ...]
    size: int
    """Entries in a block; the last one may have fewer."""
    changed: Mapping[int, PostingsBlock]
    """Those that were made again, by their number."""

    def word_ids(self, vocabulary: Vocabulary) -> list[IdArray]:
        """Return the ids of the words of each block; new ones are added to the vocabulary."""
        return [vocabulary.ids(block.words) for block in self.blocks]

    def merged(self, positions: Sequence[_Numbers], word_count: int) -> Postings:
        """Return the postings of all entries.

        `positions` has those of the words of each block in the order of all words.
        """
        placed = [
            PlacedBatch(block.postings, number * self.size, own)
            for number, (block, own) in enumerate(zip(self.blocks, positions, strict=True))
        ]
        return merge_batches(placed, word_count)


def update_blocks(
    texts: IndexInput, saved: Mapping[int, PostingsBlock], size: int = BLOCK_SIZE
) -> UpdatedBlocks:
    """Return the blocks of all entries; those that are `saved` and still valid are not made again.

    The average length is rounded, so that it seldom changes.
    """
    slices = texts.slices(size)
    known = {
        number: block
        for number, part in enumerate(slices)
        if (block := saved.get(number)) and block.inputs == texts.fingerprint(part)
    }
    lengths = [
        np.frombuffer(known[number].lengths, np.int64) if number in known else _lengths(texts, part)
        for number, part in enumerate(slices)
    ]
    average = bm25.average_length(np.concatenate([np.empty(0, np.int64), *lengths]))
    changed = {
        number: _build(texts, part, lengths[number], average)
        for number, part in enumerate(slices)
        if number not in known or known[number].average != average
    }
    blocks = tuple(changed.get(number) or known[number] for number in range(len(slices)))
    return UpdatedBlocks(blocks, size, changed)


def _lengths(texts: IndexInput, part: slice) -> _Numbers:
    lengths = np.array(texts.lengths[part], np.int64)
    counted = np.array([text.length for text in texts.terms.read(part)], np.int64)
    lengths[: len(counted)] += counted
    return lengths


def _build(texts: IndexInput, part: slice, lengths: _Numbers, average: float) -> PostingsBlock:
    batch = texts.terms.part(part)
    used = distinct_numbers(batch.words)
    folded = _folded(texts.terms.vocabulary[word] for word in used.tolist())
    extra = texts.extra[part]
    words = sort_utf16({*folded, *(word for words in extra for word in words)})
    order = {word: position for position, word in enumerate(words)}
    positions = np.zeros(len(texts.terms.vocabulary), np.uint64)
    positions[used] = [order[word] for word in folded]
    keys = _sorted_keys(batch, positions, _extra_keys(extra, order))
    entries = (keys >> np.uint64(_COUNT_BITS) & _ENTRY_MASK).astype(np.int64)
    norms = bm25.length_norms(lengths, average)
    impacts = bm25.quantized_impacts(keys & _COUNT_MASK, norms[entries])
    terms = (keys >> np.uint64(_ENTRY_BITS + _COUNT_BITS)).astype(np.int64)
    ranks = np.array(texts.language_ranks[part], np.int64)
    encoded = encode_batch(terms, entries, impacts, ranks)
    return PostingsBlock(
        texts.fingerprint(part), average, lengths.tobytes(), " ".join(words), encoded
    )


def _folded(words: Iterable[str]) -> list[str]:
    return [word if word.isascii() else fold(word)[:MAX_WORD_LENGTH] for word in words]


def _sorted_keys(batch: TermBatch, positions: _Keys, extra: _Keys) -> _Keys:
    """Return the words of one block as sorted keys, one for each word of each entry."""
    rows = batch.starts
    entries = np.repeat(np.arange(len(rows) - 1, dtype=np.uint64), np.diff(rows))
    counted = _keys(positions[batch.words], entries, batch.counts.astype(np.uint64))
    return _sum_equal(_in_order(np.concatenate((counted, extra))))


def _in_order(keys: _Keys) -> _Keys:
    """Sort keys by word and entry, 16 bits at a time: a third of the time of one sort."""
    for shift in range(_COUNT_BITS, int(keys.max(initial=0)).bit_length(), _DIGIT_BITS):
        digits = (keys >> np.uint64(shift)).astype(np.uint16)
        keys = keys[np.argsort(digits, kind="stable")]
    return keys


def _extra_keys(extra: Sequence[Sequence[str]], order: Mapping[str, int]) -> _Keys:
    """Return the keys of the words of a block that the corpus did not count."""
    terms = np.fromiter((order[word] for words in extra for word in words), np.uint64)
    numbers = np.arange(len(extra), dtype=np.uint64)
    entries = np.repeat(numbers, np.array([len(words) for words in extra], dtype=np.int64))
    return _keys(terms, entries, np.ones(len(terms), dtype=np.uint64))


def _keys(terms: _Keys, entries: _Keys, counts: _Keys) -> _Keys:
    term_and_entry = terms << np.uint64(_ENTRY_BITS) | entries
    return term_and_entry << np.uint64(_COUNT_BITS) | counts


def _sum_equal(keys: _Keys) -> _Keys:
    """Add up the counts of words that folding made equal in the same entry."""
    term_and_entry = keys >> np.uint64(_COUNT_BITS)
    starts = first_of_each(term_and_entry)
    if len(starts) == len(keys):
        return keys
    counts = np.add.reduceat(keys & _COUNT_MASK, starts)
    return term_and_entry[starts] << np.uint64(_COUNT_BITS) | np.minimum(counts, _COUNT_MASK)
