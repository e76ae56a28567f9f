"""Cosine similarity of documents: their TF-IDF keyword vectors, in an inverted index.

TF-IDF with sublinear counts and 64 terms a document found half of a news article by its other
half among the first five in 98.9 % (all terms: 99.1 %), better than BM25 and than sentence
embeddings, at a tenth of the cost of all terms with 100,000 documents.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
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

MAX_NEAREST = 30
"""Nearest documents that are kept, so that copies do not crowd out the rest."""
_RARE_SHARE = 0.02
"""A term in at most this share of the documents is called rare."""
_RARE_COUNT = 10
"""In a small corpus a term in this many documents, or in half of them, is called rare as well."""
_MIN_COSINE = 0.05
"""Below this cosine two documents share no more than a language."""
LIGHT_LIMIT = 4000
"""Other documents with which a document is compared in full, on average. Only time depends on
it."""
_MAX_HEAVINESS = 0.5
"""From this heaviness on, light terms exclude too few documents to be tried first. Only time
depends on it."""
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
    """Which of the terms are in few documents."""
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
        scores = self.partial_scores(index, rows) * self.is_rare[rows]
        which, columns = np.nonzero(scores)
        # Unused places have the id of a word too. They are the last, so the first place counts.
        ranks = {term: rank for rank, term in reversed([*enumerate(self.terms[index].tolist())])}
        negative_scores = (-scores[which, columns]).tolist()
        shared = zip(which.tolist(), negative_scores, terms[which, columns].tolist(), strict=True)
        keywords: list[list[int]] = [[] for _ in others]
        for row, _, _, term in sorted(
            (row, score, ranks[term], term) for row, score, term in shared
        ):
            keywords[row].append(term)
        return keywords

    def digests(self) -> list[bytes]:
        """Return a digest of each row."""
        return [
            hashlib.blake2b(row, digest_size=16).digest()
            for batch in _batches(len(self))
            for row in self._row_bytes(batch)
        ]

    def _row_bytes(self, batch: slice) -> npt.NDArray[np.uint8]:
        """Return the bytes of some rows."""
        weights = self.weights[batch]
        row_ids = np.where(weights > 0, self.terms[batch], 0).astype("<u4", copy=False)
        columns = [row_ids.view(np.uint8), weights.view(np.uint8), self.is_rare[batch]]
        return np.concatenate(columns, axis=1)

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


class _ByHeaviness(NamedTuple):
    """All documents, the one with most weight in frequent terms first."""

    documents: npt.NDArray[np.int32]
    negative: npt.NDArray[np.float64]
    """The heaviness of each, times -1."""

    @staticmethod
    def of(heaviness: npt.NDArray[np.float64]) -> _ByHeaviness:
        """Return documents in the order of their heaviness."""
        order = np.argsort(-heaviness).astype(np.int32)
        return _ByHeaviness(order, -heaviness[order])


class CosineIndex(msgspec.Struct, frozen=True):
    """The keywords of each document with their weights, and the postings of each term."""

    rows: KeywordRows
    starts: _Numbers
    """Where the postings of each term begin; one more than there are terms."""
    documents: npt.NDArray[np.int32]
    weights: _Weights
    """The postings: a document, and the weight of the term in it."""
    is_light: _Mask
    """Which terms are in so few documents that all of these can be compared in full."""
    heaviness: npt.NDArray[np.float64]
    """The length of each row without its light terms: these can add at most the product of the
    heaviness of two documents to their cosine (Cauchy and Schwarz)."""
    by_heaviness: _ByHeaviness
    sums: npt.NDArray[np.float64]
    """A number for each document: its cosine with one while that is looked at, else zeros."""
    places: _Numbers
    """A number for each document, which has a meaning only while one is looked at."""
    light_limit: int

    @staticmethod
    def build(keywords: WeighedKeywords, light_limit: int = LIGHT_LIMIT) -> CosineIndex:
        """Return an index of the keywords of all documents, without postings."""
        terms, weights, document_counts = keywords
        size, vocabulary_size = len(terms), len(document_counts)
        lengths = np.bincount(terms[weights > 0], minlength=vocabulary_size)
        is_light = _light_terms(lengths, size, light_limit)
        rare_count = max(_RARE_SHARE * size, min(_RARE_COUNT, size / 2))
        is_rare = (document_counts <= rare_count)[terms]
        scratch = np.zeros(vocabulary_size, np.float32)
        heaviness = _heaviness(terms, weights, is_light) + _TOLERANCE
        return CosineIndex(
            rows=KeywordRows(terms, weights, is_rare, scratch),
            starts=np.zeros(vocabulary_size + 1, np.int64),
            documents=np.empty(0, np.int32),
            weights=np.empty(0, np.float32),
            is_light=is_light,
            heaviness=heaviness,
            by_heaviness=_ByHeaviness.of(heaviness),
            sums=np.zeros(size),
            places=np.zeros(size, np.int64),
            light_limit=light_limit,
        )

    def with_postings(self, documents: _Mask) -> CosineIndex:
        """Return the index with the postings that are needed to compare these with all others."""
        terms, weights = self.rows.terms.reshape(-1), self.rows.weights.reshape(-1)
        is_wanted = np.zeros(len(self.is_light), bool)
        is_wanted[self.rows.terms[documents]] = True
        used = np.flatnonzero((weights > 0) & is_wanted[terms]).astype(np.uint32)
        lengths = np.bincount(terms[used], minlength=len(is_wanted))
        used = used[np.argsort(terms[used], kind="stable")]
        return replace(
            self,
            starts=np.concatenate(([0], np.cumsum(lengths))),
            documents=(used // KEYWORDS_PER_DOCUMENT).astype(np.int32),
            weights=weights[used],
        )

    def nearest(self, index: int) -> Neighbours:
        """Return the documents with a cosine of at least 0.05 with one, at most thirty.

        Only those are compared in full that can be among the nearest: a document that shares none
        of the light terms, and too little of the others, is left out.
        """
        used = self.rows.weights[index] > 0
        if not used.any():
            return Neighbours(np.empty(0, np.int32), np.empty(0, np.float32))
        candidates = (
            self._light_candidates(index, used) if self.heaviness[index] < _MAX_HEAVINESS else None
        )
        if candidates is None:
            cosines = self.cosines(index)
            candidates = np.flatnonzero(cosines >= _lowest_admitted(cosines))
        candidates = candidates[candidates != index]
        exact = self.rows.partial_scores(index, candidates).sum(axis=1, dtype=np.float64)
        near = np.flatnonzero(exact >= _MIN_COSINE)
        best = near[np.lexsort((candidates[near], -exact[near]))][:MAX_NEAREST]
        return Neighbours(candidates[best].astype(np.int32), exact[best].astype(np.float32))

    def _light_candidates(self, index: int, used: _Mask) -> _Numbers | None:
        """Return the documents that can be among the nearest, judged by light terms alone.

        None if light terms exclude too few. The cost grows with the documents that share a light
        term, not with all.
        """
        light = used & self.is_light[self.rows.terms[index]]
        documents, products = self._products(index, light)
        np.add.at(self.sums, documents, products)
        self.sums[index] = 0
        numbers = np.arange(len(documents))
        self.places[documents] = numbers
        documents = documents[self.places[documents] == numbers]  # each once
        cosines, heaviness = self.sums[documents], self.heaviness[index]
        lowest = _lowest_admitted(cosines)
        sharing = documents[cosines + heaviness * self.heaviness[documents] >= lowest]
        count = np.searchsorted(self.by_heaviness.negative, -lowest / heaviness, "right")
        heavy = self.by_heaviness.documents[:count]
        others = heavy[self.sums[heavy] == 0]
        self.sums[documents] = 0
        candidates = np.concatenate((sharing, others))
        return candidates if len(candidates) <= self.light_limit else None

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


def _light_terms(lengths: _Numbers, total: int, light_limit: int) -> _Mask:
    """Return the rarest terms, as many as lead to `light_limit` documents on average."""
    order = np.argsort(lengths, kind="stable")
    comparisons = np.cumsum(lengths[order].astype(np.float64) ** 2)
    is_light = np.zeros(len(lengths), bool)
    is_light[order[comparisons <= light_limit * max(total, 1)]] = True
    return is_light


def _heaviness(
    terms: npt.NDArray[np.uint32], weights: _Weights, is_light: _Mask
) -> npt.NDArray[np.float64]:
    """Return the length of each row without its light terms."""
    heavy = (np.where(is_light[terms[batch]], 0, weights[batch]) for batch in _batches(len(terms)))
    return np.concatenate([np.empty(0), *map(row_lengths, heavy)])


def _batches(count: int) -> Iterator[slice]:
    """Yield slices of so many documents, to limit memory."""
    for start in range(0, count, _BATCH):
        yield slice(start, min(start + _BATCH, count))
