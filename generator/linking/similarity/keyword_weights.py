"""The keywords with most weight of each document, saved until its text or their weights change.

The weight of a word depends on the number of documents that have it, so an edit can change that of
a few words in all documents. Documents are looked at in blocks, and only those blocks are made
again that have such a word.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt
from msgspec.structs import replace

from generator.linking.similarity.keywords import Keywords
from generator.text.term_counts import TermBatch

KEYWORDS_PER_DOCUMENT = 64
"""Recall among the first five falls by 0.2 points against all terms, the time by nine tenths."""
_MAX_SHARE = 0.1
"""A term in more than this share of the documents has no weight (study: max_df 0.1)."""
_ALWAYS_ALLOWED = 50
"""A term in at most this many documents has a weight in any case, unless it is in all of them:
copies share their terms."""
_MAX_TERMS = np.uint64(1 << 20)
"""Different terms of a document that are considered: the lowest 20 bits of a sort key."""
BLOCK_SIZE = 256
"""Documents of a block. At most 4,096, the twelve bits of a key."""

_Numbers = npt.NDArray[np.int64]
_Weights = npt.NDArray[np.float32]


class KeywordBlock(msgspec.Struct, frozen=True):
    """The keywords of some documents that follow each other."""

    inputs: bytes
    """Fingerprint of their words and languages."""
    words: bytes
    """The ids of the different words that can be keywords, four bytes each."""
    counts: bytes
    """In how many of the documents each of them is, two bytes each."""
    rareness: bytes = b""
    """Fingerprint of the weights of these words in the corpus."""
    terms: bytes = b""
    weights: bytes = b""
    """The rows of these documents, as in `WeighedKeywords`."""

    @property
    def word_ids(self) -> npt.NDArray[np.uint32]:
        """The ids of the different words that can be keywords."""
        return np.frombuffer(self.words, np.uint32)

    def fingerprint_of(self, rareness: _Weights) -> bytes:
        """Return a fingerprint of the weights of its words; `rareness` has those of all words."""
        return hashlib.blake2b(rareness[self.word_ids].tobytes(), digest_size=16).digest()


class WeighedKeywords(NamedTuple):
    """The terms with most weight, a row of 64 for each document."""

    terms: npt.NDArray[np.uint32]
    """In order of weight, highest first; unused places have term 0."""
    weights: _Weights
    """Each row has a length of one, or of zero."""
    document_counts: _Numbers
    """In how many documents each word is a keyword."""


class UpdatedKeywords(NamedTuple):
    """The keywords of all documents."""

    weighed: WeighedKeywords
    changed: Mapping[int, KeywordBlock]
    """The blocks that were made again, by their number, without their rows."""
    block_count: int


def weigh_keywords(
    keywords: Keywords, saved: Mapping[int, KeywordBlock], size: int = BLOCK_SIZE
) -> UpdatedKeywords:
    """Weight each document's terms against the corpus and keep the 64 with most weight.

    Blocks of documents that are `saved` and still valid are not made again.
    """
    slices = [slice(start, start + size) for start in range(0, len(keywords), size)]
    blocks = [_counted(keywords, part, saved.get(number)) for number, part in enumerate(slices)]
    document_counts = np.zeros(keywords.vocabulary_size, np.int64)
    for block in blocks:
        document_counts[block.word_ids] += np.frombuffer(block.counts, np.uint16)
    rareness = _rareness(document_counts, len(keywords))
    changed: dict[int, KeywordBlock] = {}
    shape = len(keywords), KEYWORDS_PER_DOCUMENT
    terms, weights = np.empty(shape, np.uint32), np.empty(shape, np.float32)
    for number, (part, block) in enumerate(zip(slices, blocks, strict=True)):
        if block.rareness != (now := block.fingerprint_of(rareness)):
            terms[part], weights[part] = _select_terms(keywords.part(part), rareness)
            changed[number] = replace(block, rareness=now, terms=b"", weights=b"")
        else:
            terms[part].reshape(-1)[:] = np.frombuffer(block.terms, np.uint32)
            weights[part].reshape(-1)[:] = np.frombuffer(block.weights, np.float32)
    weighed = WeighedKeywords(terms, weights, document_counts)
    return UpdatedKeywords(weighed, changed, len(blocks))


def with_rows(
    blocks: Mapping[int, KeywordBlock],
    terms: npt.NDArray[np.uint32],
    weights: _Weights,
    size: int = BLOCK_SIZE,
) -> Iterator[tuple[int, KeywordBlock]]:
    """Yield blocks by their number, each with the rows of its documents, as they are saved."""
    for number, block in blocks.items():
        part = slice(number * size, (number + 1) * size)
        rows = {"terms": terms[part].tobytes(), "weights": weights[part].tobytes()}
        yield number, replace(block, **rows)


def _counted(keywords: Keywords, part: slice, saved: KeywordBlock | None) -> KeywordBlock:
    """Return the saved block if it is that of these documents, else one without their rows."""
    inputs = keywords.fingerprint(part)
    if saved and saved.inputs == inputs:
        return saved
    counts = np.bincount(keywords.part(part).words)
    words = np.flatnonzero(counts)
    return KeywordBlock(
        inputs, words.astype(np.uint32).tobytes(), counts[words].astype(np.uint16).tobytes()
    )


def _rareness(document_counts: _Numbers, total: int) -> _Weights:
    """Return the weight of each term; 0 if it is in one document only or in nearly all.

    It is the logarithm as in TF-IDF, in steps of half an octave, so that one document more or less
    seldom changes the weight of a term in all others. Among 1,624 pieces of 124 speeches, 18.0 of
    100 of the nearest five were of the same speech (18.1 without steps, 17.8 with whole octaves).
    """
    most = max(_MAX_SHARE * total, min(_ALWAYS_ALLOWED, total - 1))
    steps = np.floor(2 * np.log2(np.maximum(document_counts, 1)))
    rareness = 1 + np.floor(2 * np.log2(max(total, 1))) - steps
    has_weight = (document_counts >= 2) & (document_counts <= most)
    return np.where(has_weight, rareness, 0).astype(np.float32)


class _Rows(NamedTuple):
    """The terms with most weight, a row for each document."""

    terms: npt.NDArray[np.uint32]
    weights: _Weights


def _select_terms(batch: TermBatch, rareness: _Weights) -> _Rows:
    """Return the terms of each document with most weight, each row scaled to a length of one."""
    shape = len(batch.starts) - 1, KEYWORDS_PER_DOCUMENT
    terms, weights = np.zeros(shape, np.uint32), np.zeros(shape, np.float32)
    best = _rank_terms(batch, rareness)
    terms[best.documents, best.ranks] = best.terms
    weights[best.documents, best.ranks] = best.weights
    lengths = row_lengths(weights)[:, np.newaxis]
    return _Rows(terms, (weights / np.where(lengths, lengths, 1)).astype(np.float32))


def row_lengths(rows: _Weights) -> npt.NDArray[np.float64]:
    """Return the length of each row."""
    lengths: npt.NDArray[np.float64] = np.sqrt((rows.astype(np.float64) ** 2).sum(axis=1))
    return lengths


class _RankedTerms(NamedTuple):
    """The best terms of some documents, as columns."""

    documents: _Numbers
    ranks: _Numbers
    terms: npt.NDArray[np.uint32]
    weights: _Weights


def _rank_terms(batch: TermBatch, rareness: _Weights) -> _RankedTerms:
    """Return the best terms of a batch of documents.

    One sort does it: each term is a number of 64 bits with the document (12 bits), the inverted
    bits of the weight (32 bits; positive floats sort like their bits) and the term's position in
    the document (20 bits).
    """
    starts, terms = batch.starts, batch.words
    sizes = np.diff(starts)
    count_weights = 1 + np.log(np.maximum(np.arange(256), 1)).astype(np.float32)
    weights = count_weights[batch.counts] * rareness[terms]
    owners = np.repeat(np.arange(len(sizes), dtype=np.uint64), sizes)
    positions = np.arange(len(terms)) - np.repeat(starts[:-1], sizes)
    positions = positions.astype(np.uint64)
    inverted = (~weights.view(np.uint32)).astype(np.uint64)
    keys = owners << np.uint64(52) | inverted << np.uint64(20) | positions
    keys = np.sort(keys[(weights > 0) & (positions < _MAX_TERMS)])
    documents = (keys >> np.uint64(52)).astype(np.int64)
    counts = np.bincount(documents, minlength=len(sizes))
    ranks = np.arange(len(keys)) - np.repeat(np.cumsum(counts) - counts, counts)
    best = ranks < KEYWORDS_PER_DOCUMENT
    chosen = starts[documents[best]] + (keys[best] % _MAX_TERMS).astype(np.int64)
    return _RankedTerms(documents[best], ranks[best], terms[chosen], weights[chosen])
