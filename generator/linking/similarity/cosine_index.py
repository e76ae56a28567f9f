"""Cosine similarity of documents: their TF-IDF keyword vectors, in an inverted index.

TF-IDF with sublinear counts and 64 terms a document found half of a news article by its other
half among the first five in 98.9 % (all terms: 99.1 %), better than BM25 and than sentence
embeddings, at a tenth of the cost of all terms with 100,000 documents.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt
from msgspec.structs import replace

from generator.linking.similarity.keyword_weights import (
    KEYWORDS_PER_DOCUMENT,
    WeighedKeywords,
    row_lengths,
)
from generator.text.distinct_numbers import bounds_of_equal

MAX_NEAREST = 30
"""Nearest documents that are kept, so that copies do not crowd out the rest."""
_RARE_SHARE = 0.02
"""A term in at most this share of the documents is called rare."""
_RARE_COUNT = 10
"""In a small corpus a term in this many documents, or in half of them, is called rare as well."""
_MIN_COSINE = 0.05
"""Below this cosine two documents share no more than a language."""
_MAX_SEARCHED = 10_000
"""Most documents with a term by which others are searched; what is found is compared by all terms.
A keyword is in a tenth of the documents at most, so with 100,000 of them each is searched."""
_ALL_SEARCHED = 100_000
"""With each doubling of this number of documents, a term may be in half as many."""
_TOLERANCE = 1e-6
"""More than rounding can change a cosine."""
_BATCH = 1_024
"""Documents whose rows are looked at together, to limit memory."""

_Numbers = npt.NDArray[np.int64]
_Weights = npt.NDArray[np.float32]
_Mask = npt.NDArray[np.bool_]


class Neighbours(msgspec.Struct, frozen=True):
    """The nearest documents of one document by cosine, nearest first, without itself."""

    documents: npt.NDArray[np.int32]
    cosines: _Weights


class KeywordRows(msgspec.Struct, frozen=True):
    """The keywords of each document, a row of 64 for each."""

    terms: npt.NDArray[np.uint32]
    """Ids of words, which are the same in every run, in order of weight, highest first; unused
    places have term 0."""
    weights: _Weights
    """Each row has a length of one, or of zero."""
    is_rare: _Mask
    """Which terms of the vocabulary are in few documents."""
    is_searched: _Mask
    """Which of them find other documents."""
    scratch: _Weights
    """A weight for each term of the vocabulary: those of one document while it is compared, else
    zeros."""

    def __len__(self) -> int:
        return len(self.terms)

    def shared_keywords(self, index: int, others: Sequence[int]) -> list[list[int]]:
        """Return for each other document the rare terms shared with one, highest weight first.

        Terms of equal weight are in the order of the document.
        """
        rows = np.array(others, dtype=np.int64)
        terms = self.terms[rows]
        scores = self.partial_scores(index, rows) * self.is_rare[terms]
        which, columns = np.nonzero(scores)
        found = terms[which, columns]
        # Unused places have the id of a word too. They are the last, so the first place counts.
        ranks = (found[:, np.newaxis] == self.terms[index]).argmax(axis=1)
        order = np.lexsort((ranks, -scores[which, columns], which))
        bounds = np.searchsorted(which, np.arange(len(rows) + 1)).tolist()
        in_order = found[order].tolist()
        return [in_order[start:stop] for start, stop in pairwise(bounds)]

    def digests(self) -> npt.NDArray[np.uint64]:
        """Return a digest of each row, as two numbers."""
        digests = (
            hashlib.blake2b(row, digest_size=16).digest()
            for batch in _batches(len(self))
            for row in self._row_bytes(batch)
        )
        return np.frombuffer(b"".join(digests), np.uint64).reshape(-1, 2)

    def _row_bytes(self, batch: slice) -> npt.NDArray[np.uint8]:
        """Return the bytes of some rows."""
        weights = self.weights[batch]
        row_ids = np.where(weights > 0, self.terms[batch], 0).astype("<u4", copy=False)
        kinds = self.is_rare[row_ids], self.is_searched[row_ids]
        return np.concatenate((row_ids.view(np.uint8), weights.view(np.uint8), *kinds), axis=1)

    def partial_scores(self, index: int, others: _Numbers) -> _Weights:
        """Return what each term of the other documents adds to their cosine with one."""
        terms, scratch = self.terms[index], self.scratch
        # Backwards, so that unused places, the last, do not overwrite the weight of term 0.
        scratch[terms[::-1]] = self.weights[index][::-1]
        scores: _Weights = scratch[self.terms[others]] * self.weights[others]
        scratch[terms] = 0
        return scores


class _Products(NamedTuple):
    """What terms of one document add to its cosine with others, in no order."""

    documents: _Numbers
    """A document as often as it has one of the terms."""
    products: npt.NDArray[np.float64]


class _Sums(NamedTuple):
    """Documents, each once, in no order."""

    documents: _Numbers
    sums: npt.NDArray[np.float64]
    """What chosen terms add to the cosine of each with one."""


class CosineIndex(msgspec.Struct, frozen=True):
    """The keywords of each document with their weights, and the postings of each term."""

    rows: KeywordRows
    lengths: _Numbers
    """In how many rows each term is."""
    starts: _Numbers
    """Where the postings of each term begin; one more than there are terms."""
    documents: npt.NDArray[np.int32]
    weights: _Weights
    """The postings: a document, and the weight of the term in it."""
    sums: npt.NDArray[np.float64]
    """A number for each document, not zero only while it is compared with one."""
    places: _Numbers
    """A number for each document, which has a meaning only while it is compared with one."""

    @staticmethod
    def build(keywords: WeighedKeywords, max_searched: int | None = None) -> CosineIndex:
        """Return an index of the keywords of all documents, without postings.

        A term in more than `max_searched` of them finds none; if None, their number decides.
        """
        terms, weights, document_counts = keywords
        size, vocabulary_size = len(terms), len(document_counts)
        lengths = _lengths(terms, weights, vocabulary_size)
        most = most_searched(size) if max_searched is None else max_searched
        is_searched = document_counts <= most
        is_rare = document_counts <= max(_RARE_SHARE * size, min(_RARE_COUNT, size / 2))
        scratch = np.zeros(vocabulary_size, np.float32)
        return CosineIndex(
            rows=KeywordRows(terms, weights, is_rare, is_searched, scratch),
            lengths=lengths,
            starts=np.zeros(vocabulary_size + 1, np.int64),
            documents=np.empty(0, np.int32),
            weights=np.empty(0, np.float32),
            sums=np.zeros(size),
            places=np.zeros(size, np.int64),
        )

    def with_postings(self, documents: _Mask) -> CosineIndex:
        """Return the index with the postings that are needed to compare these with all others."""
        is_wanted = np.zeros(len(self.lengths), bool)
        is_wanted[self.rows.terms[documents]] = True
        starts = np.concatenate(([0], np.cumsum(np.where(is_wanted, self.lengths, 0))))
        new = replace(
            self,
            starts=starts,
            documents=np.empty(starts[-1], np.int32),
            weights=np.empty(starts[-1], np.float32),
        )
        free = starts[:-1].copy()
        for batch in _batches(len(self.rows)):
            new.add_postings(batch, is_wanted, free)
        return new

    def add_postings(self, batch: slice, is_wanted: _Mask, free: _Numbers) -> None:
        """Add the wanted terms of some documents; `free` has the next place for each term."""
        terms, weights = self.rows.terms[batch].reshape(-1), self.rows.weights[batch].reshape(-1)
        used = np.flatnonzero((weights > 0) & is_wanted[terms])
        used = used[np.argsort(terms[used], kind="stable")]
        in_order = terms[used]
        bounds = bounds_of_equal(in_order)
        sizes, different = np.diff(bounds), in_order[bounds[:-1]]
        places = np.arange(len(used)) + np.repeat(free[different] - bounds[:-1], sizes)
        self.documents[places] = batch.start + used // KEYWORDS_PER_DOCUMENT
        self.weights[places] = weights[used]
        free[different] += sizes

    def nearest(self, index: int) -> Neighbours:
        """Return the nearest of all documents, as `nearest_among` does.

        Only those are compared in full that can be among them.
        """
        terms, used = self.rows.terms[index], self.rows.weights[index] > 0
        searched = used & self.rows.is_searched[terms]
        found = self._sums(index, searched)
        rest = float(row_lengths(self.rows.weights[index : index + 1][:, ~searched])[0])
        is_possible = found.sums + rest >= _lowest_admitted(found.sums)
        return self.nearest_among(index, found.documents[is_possible])

    def nearest_among(self, index: int, candidates: _Numbers) -> Neighbours:
        """Return at most thirty of these documents, those with the highest cosines first.

        One to whose cosine the searched terms add less than 0.05 is left out. No posting is needed.
        """
        scores = self.rows.partial_scores(index, candidates)
        exact = scores.sum(axis=1, dtype=np.float64)
        scores *= self.rows.is_searched[self.rows.terms[candidates]]
        near = np.flatnonzero(scores.sum(axis=1, dtype=np.float64) >= _MIN_COSINE)
        best = near[np.lexsort((candidates[near], -exact[near]))][:MAX_NEAREST]
        return Neighbours(candidates[best].astype(np.int32), exact[best].astype(np.float32))

    def _sums(self, index: int, chosen: _Mask) -> _Sums:
        """Return the other documents that are near one, judged by chosen terms of it.

        The cost grows with the postings of these terms, not with all documents.
        """
        documents, products = self._products(index, chosen)
        np.add.at(self.sums, documents, products)
        sums = self.sums[documents]
        self.sums[documents] = 0
        near = np.flatnonzero((sums >= _MIN_COSINE - _TOLERANCE) & (documents != index))
        documents, sums = documents[near], sums[near]
        self.places[documents] = numbers = np.arange(len(documents))
        is_first = self.places[documents] == numbers
        return _Sums(documents[is_first], sums[is_first])

    def cosines(self, index: int) -> npt.NDArray[np.float64]:
        """Return the approximate cosine with every document; 0 with itself."""
        documents, products = self._products(index, self.rows.weights[index] > 0)
        cosines = np.bincount(documents, products, minlength=len(self.rows.terms))
        cosines[index] = 0
        return cosines.astype(np.float64, copy=False)

    def _products(self, index: int, chosen: _Mask) -> _Products:
        """Return what the chosen terms of a document add to its cosine with each that has them."""
        terms = self.rows.terms[index][chosen]
        starts = self.starts[terms]
        lengths = self.starts[terms + 1] - starts
        offsets = np.cumsum(lengths) - lengths
        postings = np.repeat(starts - offsets, lengths) + np.arange(int(lengths.sum()))
        # Types that numpy adds up without converting each, in a thirtieth of the time.
        own_weights = self.rows.weights[index][chosen].astype(np.float64)
        products = self.weights[postings] * np.repeat(own_weights, lengths)
        return _Products(self.documents[postings].astype(np.int64), products)


def _lowest_admitted(cosines: npt.NDArray[np.float64]) -> float:
    """Return the cosine from which on a document can be among the nearest.

    None of `cosines` may be too high.
    """
    near = cosines[cosines > _MIN_COSINE]
    if len(near) < MAX_NEAREST:
        return _MIN_COSINE - _TOLERANCE
    return float(np.partition(near, -MAX_NEAREST)[-MAX_NEAREST]) - _TOLERANCE


def admission_score(is_full: _Mask, last: _Weights) -> npt.NDArray[np.float64]:
    """Return the approximate cosine needed to be among each document's nearest.

    It is the `last` cosine of a list that is full, which has thirty documents.
    """
    return np.where(is_full, last.astype(np.float64), _MIN_COSINE) - _TOLERANCE


def most_searched(size: int) -> int:
    """Return in how many of so many documents a term can be that finds others.

    Its product with their number is bounded, so all can be compared, however many they are.
    """
    return _MAX_SEARCHED >> max(0, (size // _ALL_SEARCHED).bit_length() - 1)


def _lengths(terms: npt.NDArray[np.uint32], weights: _Weights, vocabulary_size: int) -> _Numbers:
    """Return in how many rows each term is."""
    lengths = np.zeros(vocabulary_size, np.int64)
    for batch in _batches(len(terms)):
        np.add.at(lengths, terms[batch][weights[batch] > 0], 1)
    return lengths


def _batches(count: int) -> Iterator[slice]:
    """Yield slices of so many documents, to limit memory."""
    for start in range(0, count, _BATCH):
        yield slice(start, min(start + _BATCH, count))
