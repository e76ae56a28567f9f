"""Cosines between documents: their telling terms, weighted, in an inverted index.

TF-IDF with sublinear counts and 64 terms a document found half of a news article by its other
half among the first five in 98.9 % (all terms: 99.1 %), better than BM25 and than sentence
embeddings, at a tenth of the cost of all terms with 100,000 documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from generator.linking.profiles import Profile
from generator.model import SeedPath

TERMS = 64
"""Terms kept per document: @5 falls by 0.2 points against all, the time by nine tenths."""
_CANDIDATES = 30
"""How many nearest documents are looked at, so that copies do not crowd out the rest."""
_COMMON = 0.1
"""A term in more than this share of the documents tells nothing (study: max_df 0.1)."""
_ALWAYS = 50
"""A term may stand in this many documents in any case, if not in all: copies share theirs."""
_RARE = 0.02
"""A term in at most this share of the documents is called rare."""
_FEW = 10
"""In a small corpus a term in this many documents, or half of them, tells enough as well."""
_NEAR = 0.05
"""Below this cosine two documents merely share a language."""

_Numbers = npt.NDArray[np.uint32]
_Weights = npt.NDArray[np.float32]
Near = tuple[tuple[int, float], ...]
"""Documents by their place in the corpus, each with its cosine, nearest first."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """All profiles, packed: terms as numbers, counts and sketches as arrays."""

    sources: tuple[SeedPath, ...]
    dates: tuple[date | None, ...]
    vocabulary: tuple[str, ...]
    terms: tuple[_Numbers, ...]
    counts: tuple[_Numbers, ...]
    sketches: tuple[npt.NDArray[np.uint64], ...]
    digests: tuple[str, ...]

    @staticmethod
    def of(profiles: Iterable[Profile]) -> Shelf:
        """Take the profiles one by one; terms get their numbers in the order of the corpus."""
        numbers: dict[str, int] = {}
        rows = [_row(each, numbers) for each in profiles]
        sources, dates, terms, counts, sketches, digests = (
            zip(*rows, strict=True) if rows else _NONE
        )
        return Shelf(sources, dates, tuple(numbers), terms, counts, sketches, digests)


_NONE: tuple[tuple[()], ...] = ((),) * 6
_Row = tuple[SeedPath, date | None, _Numbers, _Numbers, npt.NDArray[np.uint64], str]


def _row(each: Profile, numbers: dict[str, int]) -> _Row:
    terms = sorted(each.terms)
    return (
        each.source,
        _day(each.date),
        np.array([numbers.setdefault(term, len(numbers)) for term in terms], dtype=np.uint32),
        np.array([each.terms[term] for term in terms], dtype=np.uint32),
        np.array(each.sketch, dtype=np.uint64),
        each.digest,
    )


def _day(edtf: str) -> date | None:
    return date.fromisoformat(edtf) if re.fullmatch(r"\d{4}-\d\d-\d\d", edtf) else None


@dataclass(frozen=True, slots=True)
class Index:
    """The telling terms of each document with their weights, and the documents of each term."""

    terms: tuple[_Numbers, ...]
    weights: tuple[_Weights, ...]
    spread: npt.NDArray[np.int64]
    """In how many documents each term stands."""
    starts: npt.NDArray[np.int64]
    documents: npt.NDArray[np.int64]
    shares: _Weights

    @staticmethod
    def of(shelf: Shelf) -> Index:
        """Weigh each document's terms against the corpus and keep the telling ones."""
        spread = np.bincount(_joined(shelf.terms, np.uint32), minlength=len(shelf.vocabulary))
        telling = _telling(spread, len(shelf.sources))
        kept = [_heaviest(*row, telling) for row in zip(shelf.terms, shelf.counts, strict=True)]
        terms, weights = tuple(row[0] for row in kept), tuple(row[1] for row in kept)
        flat = _joined(terms, np.uint32)
        order = np.argsort(flat, kind="stable")
        lengths = np.bincount(flat, minlength=len(shelf.vocabulary))
        return Index(
            terms,
            weights,
            spread,
            np.concatenate(([0], np.cumsum(lengths))),
            np.repeat(np.arange(len(terms)), [len(row) for row in terms])[order],
            _joined(weights, np.float32)[order],
        )

    def nearest(self, at: int) -> Near:
        """The documents next to one by cosine, nearest first, without itself."""
        slices = [slice(self.starts[term], self.starts[term + 1]) for term in self.terms[at]]
        if not slices:
            return ()
        documents = np.concatenate([self.documents[one] for one in slices])
        products = np.concatenate(
            [
                self.shares[one] * weight
                for one, weight in zip(slices, self.weights[at], strict=True)
            ]
        )
        cosines = np.bincount(documents, weights=products, minlength=len(self.terms))
        cosines[at] = 0
        near = np.flatnonzero(cosines >= _NEAR)
        best = near[np.lexsort((near, -cosines[near]))][:_CANDIDATES]
        return tuple(zip(best.tolist(), cosines[best].tolist(), strict=True))

    def shared(self, one: int, other: int) -> list[int]:
        """The terms of both documents that are rare in the corpus, the weightiest first."""
        limit = max(_RARE * len(self.terms), min(_FEW, len(self.terms) / 2))
        weight = dict(zip(self.terms[other].tolist(), self.weights[other].tolist(), strict=True))
        products = (
            (own * weight[term], term)
            for term, own in zip(self.terms[one].tolist(), self.weights[one].tolist(), strict=True)
            if term in weight and self.spread[term] <= limit
        )
        return [term for _, term in sorted(products, key=lambda pair: (-pair[0], pair[1]))]


def _joined(rows: Sequence[npt.NDArray[Any]], kind: type[np.generic]) -> npt.NDArray[Any]:
    return np.concatenate((np.empty(0, kind), *rows))


def _telling(spread: npt.NDArray[np.int64], total: int) -> _Weights:
    """The weight of each term by its rareness; 0 for one that stands alone or nearly everywhere."""
    most = max(_COMMON * total, min(_ALWAYS, total - 1))
    rareness = np.log(total / np.maximum(spread, 1))
    return np.where((spread >= 2) & (spread <= most), rareness, 0).astype(np.float32)


def _heaviest(terms: _Numbers, counts: _Numbers, telling: _Weights) -> tuple[_Numbers, _Weights]:
    """The weightiest terms of one document, their weights brought to a length of one."""
    weights = (1 + np.log(counts.astype(np.float32))) * telling[terms]
    best = np.lexsort((terms, -weights))[:TERMS]
    best = np.sort(best[weights[best] > 0])
    length = np.linalg.norm(weights[best])
    return terms[best], weights[best] / length if len(best) else weights[best]
