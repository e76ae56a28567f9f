"""Cosines between documents: their telling terms, weighted, in an inverted index.

TF-IDF with sublinear counts and 64 terms a document found half of a news article by its other
half among the first five in 98.9 % (all terms: 99.1 %), better than BM25 and than sentence
embeddings, at a tenth of the cost of all terms with 100,000 documents.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from generator.linking.similarity.keywords import Keywords

KEYWORDS_PER_DOCUMENT = 64
"""Terms kept per document: @5 falls by 0.2 points against all, the time by nine tenths."""
MAX_NEAREST = 30
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
_LIGHT = 4000
"""Other documents that a document is compared with in full, on average: for time alone."""
_HEAVY = 0.5
"""From this heaviness on the light terms leave too much open to be worth a look: for time alone."""
_SLACK = 1e-6
"""More than rounding can move a cosine."""
_AT_ONCE = 1_024
"""Documents whose terms are sorted together: 30 MB; at most twelve bits of a number."""
_PLACES = np.uint64(1 << 20)
"""Different terms of a document that are looked at: the lowest bits of it."""

_Numbers = npt.NDArray[np.int64]
_Weights = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The documents next to one by cosine, nearest first, without itself."""

    documents: npt.NDArray[np.int32]
    cosines: _Weights


@dataclass(frozen=True, slots=True)
class KeywordRows:
    """The telling terms of each document, a row of 64 for each."""

    terms: npt.NDArray[np.uint32]
    """The weightiest first; where there are fewer, term 0."""
    weights: _Weights
    """Each row has a length of one, or of zero."""
    is_rare: npt.NDArray[np.bool_]
    """Which of them stand in few documents."""
    scratch: _Weights
    """One document's weights by term, while it is compared; zeros in between."""

    def __len__(self) -> int:
        return len(self.terms)

    def shared_keywords(self, index: int, others: Sequence[int]) -> list[list[int]]:
        """The terms of one document that each other one has too, weightiest first, if rare.

        Between terms of one weight their order in the document decides.
        """
        chosen = np.array(others, dtype=np.int64)
        terms = self.terms[chosen]
        products = self.partial_scores(index, chosen) * self.is_rare[chosen]
        which, places = np.nonzero(products)
        # Backwards: an empty place bears the number of some word, too.
        ranks = {term: rank for rank, term in reversed([*enumerate(self.terms[index].tolist())])}
        lightness = (-products[which, places]).tolist()
        rows = zip(which.tolist(), lightness, terms[which, places].tolist(), strict=True)
        found: list[list[int]] = [[] for _ in others]
        for row, _, _, term in sorted((row, light, ranks[term], term) for row, light, term in rows):
            found[row].append(term)
        return found

    def digests(self, numbers: npt.NDArray[np.uint32]) -> list[bytes]:
        """Give a digest of each document's row; `numbers` are those of the words in every run."""
        known = np.append(numbers, np.uint32(0))
        return [
            hashlib.blake2b(row, digest_size=16).digest()
            for some in _slices(len(self))
            for row in self._row_bytes(known, some)
        ]

    def _row_bytes(self, known: npt.NDArray[np.uint32], some: slice) -> npt.NDArray[np.uint8]:
        """Put all that rows say side by side, with these numbers for terms."""
        terms, weights = self.terms[some], self.weights[some]
        own = np.where(weights > 0, known[terms], np.uint32(0)).astype("<u4", copy=False)
        said = [own.view(np.uint8), weights.view(np.uint8), self.is_rare[some]]
        return np.concatenate(said, axis=1)

    def partial_scores(self, index: int, others: _Numbers) -> _Weights:
        """What each term of other documents adds to their cosines with one."""
        terms, row = self.terms[index], self.scratch
        row[terms[::-1]] = self.weights[index][::-1]  # backwards: the empty places are the last
        products: _Weights = row[self.terms[others]] * self.weights[others]
        row[terms] = 0
        return products


@dataclass(frozen=True, slots=True)
class CosineIndex:
    """The telling terms of each document with their weights, and the documents of each term."""

    rows: KeywordRows
    starts: _Numbers
    documents: npt.NDArray[np.int32]
    weights: _Weights
    is_light: npt.NDArray[np.bool_]
    """Which terms stand in so few documents that all of these are worth a look."""
    heaviness: npt.NDArray[np.float64]
    """How long the rest of each row is: what the other terms can add at the most, times that of
    the other document (Cauchy and Schwarz)."""

    @staticmethod
    def build(found: Keywords) -> CosineIndex:
        """Weigh each document's terms against the corpus and keep the telling ones."""
        spread = np.bincount(found.terms, minlength=found.vocabulary_size).astype(np.int64)
        terms, weights = _heaviest(found, _rareness(spread, len(found)))
        listed = np.flatnonzero(weights).astype(np.uint32)
        flat = terms.reshape(-1)[listed]
        lengths = np.bincount(flat, minlength=found.vocabulary_size)
        light = _light(lengths, len(found))
        listed = listed[np.argsort(flat, kind="stable")]
        rare = spread <= max(_RARE * len(found), min(_FEW, len(found) / 2))
        return CosineIndex(
            rows=KeywordRows(
                terms, weights, rare[terms], np.zeros(found.vocabulary_size, np.float32)
            ),
            starts=np.concatenate(([0], np.cumsum(lengths))),
            documents=(listed // KEYWORDS_PER_DOCUMENT).astype(np.int32),
            weights=weights.reshape(-1)[listed],
            is_light=light,
            heaviness=_heaviness(terms, weights, light) + _SLACK,
        )

    def nearest(self, index: int) -> Neighbours:
        """Give the documents with a cosine worth the name, at most thirty.

        Only those are compared in full that can be among them: whoever shares none of the rare
        terms, and too few of the others for the place that is taken, is left out unseen.
        """
        own = self.rows.weights[index] > 0
        if not own.any():
            return Neighbours(np.empty(0, np.int32), np.empty(0, np.float32))
        some = self._promising(index, own) if self.heaviness[index] < _HEAVY else None
        if some is None:
            cosines = self._summed(index, own)
            some = np.flatnonzero(cosines >= _lowest_admitted(cosines))
        some = some[some != index]
        exact = self.rows.partial_scores(index, some).sum(axis=1, dtype=np.float64)
        near = np.flatnonzero(exact >= _NEAR)
        best = near[np.lexsort((some[near], -exact[near]))][:MAX_NEAREST]
        return Neighbours(some[best].astype(np.int32), exact[best].astype(np.float32))

    def _promising(self, index: int, own: npt.NDArray[np.bool_]) -> _Numbers | None:
        """Whoever may be among the nearest, by the light terms; None when they say too little."""
        cosines = self._summed(index, own & self.is_light[self.rows.terms[index]])
        some = np.flatnonzero(
            cosines + self.heaviness[index] * self.heaviness >= _lowest_admitted(cosines)
        )
        return some if len(some) <= _LIGHT else None

    def cosines(self, index: int) -> npt.NDArray[np.float64]:
        """Give the cosine with every document, nearly; 0 with itself."""
        return self._summed(index, self.rows.weights[index] > 0)

    def _summed(self, index: int, chosen: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
        """The cosine with every document, as far as these of the terms say; 0 with itself."""
        terms = self.rows.terms[index][chosen]
        begins = self.starts[terms]
        lengths = self.starts[terms + 1] - begins
        before = np.cumsum(lengths) - lengths
        places = np.repeat(begins - before, lengths) + np.arange(int(lengths.sum()))
        products = self.weights[places] * np.repeat(self.rows.weights[index][chosen], lengths)
        cosines = np.bincount(self.documents[places], products, minlength=len(self.rows.terms))
        cosines[index] = 0
        return cosines.astype(np.float64, copy=False)


def _lowest_admitted(cosines: npt.NDArray[np.float64]) -> float:
    """What a cosine must be to be among the nearest, when none of these is too high."""
    near = cosines[cosines > _NEAR]
    most = np.partition(near, -MAX_NEAREST)[-MAX_NEAREST] if len(near) >= MAX_NEAREST else _NEAR
    return float(most) - _SLACK


def admission_score(full: npt.NDArray[np.bool_], last: _Weights) -> npt.NDArray[np.float64]:
    """What a cosine must be, nearly, to be among those known: as the last, where there are 30."""
    return np.where(full, last.astype(np.float64), _NEAR) - _SLACK


def _rareness(spread: _Numbers, total: int) -> _Weights:
    """The weight of each term by its rareness; 0 for one that stands alone or nearly everywhere.

    It is the logarithm as in TF-IDF, in steps of half an octave, so that one document more or less
    seldom changes the weight of a term in all others. Among 1,624 pieces of 124 speeches, 18.0 of
    100 of the nearest five were of the same speech (18.1 without steps, 17.8 with whole octaves).
    """
    most = max(_COMMON * total, min(_ALWAYS, total - 1))
    steps = np.floor(2 * np.log2(np.maximum(spread, 1)))
    rareness = 1 + np.floor(2 * np.log2(max(total, 1))) - steps
    return np.where((spread >= 2) & (spread <= most), rareness, 0).astype(np.float32)


def _light(lengths: _Numbers, total: int) -> npt.NDArray[np.bool_]:
    """The rarest terms, as many as lead to so many documents."""
    order = np.argsort(lengths, kind="stable")
    met = np.cumsum(lengths[order].astype(np.float64) ** 2)
    light = np.zeros(len(lengths), bool)
    light[order[met <= _LIGHT * max(total, 1)]] = True
    return light


def _heaviest(found: Keywords, rareness: _Weights) -> tuple[npt.NDArray[np.uint32], _Weights]:
    """The weightiest terms of each document, their weights brought to a length of one."""
    terms = np.zeros((len(found), KEYWORDS_PER_DOCUMENT), np.uint32)
    weights = np.zeros((len(found), KEYWORDS_PER_DOCUMENT), np.float32)
    for some in _slices(len(found)):
        documents, ranks, chosen, weighed = _ranked(found, rareness, some)
        terms[documents, ranks] = chosen
        weights[documents, ranks] = weighed
        lengths = _lengths(weights[some])[:, np.newaxis]
        weights[some] = weights[some] / np.where(lengths, lengths, 1)
    return terms, weights


def _heaviness(
    terms: npt.NDArray[np.uint32], weights: _Weights, light: npt.NDArray[np.bool_]
) -> npt.NDArray[np.float64]:
    """How long each row is without its light terms."""
    heavy = (np.where(light[terms[some]], 0, weights[some]) for some in _slices(len(terms)))
    return np.concatenate([np.empty(0), *map(_lengths, heavy)])


def _lengths(rows: _Weights) -> npt.NDArray[np.float64]:
    lengths: npt.NDArray[np.float64] = np.sqrt((rows.astype(np.float64) ** 2).sum(axis=1))
    return lengths


def _slices(count: int) -> Iterator[slice]:
    """Cut so many documents into as many at a time as memory should be spent on."""
    for first in range(0, count, _AT_ONCE):
        yield slice(first, min(first + _AT_ONCE, count))


def _ranked(
    found: Keywords, rareness: _Weights, some: slice
) -> tuple[_Numbers, _Numbers, npt.NDArray[np.uint32], _Weights]:
    """The best terms of some documents, sorted at once as numbers of document, weight, place."""
    starts = found.starts[some.start : some.stop + 1]
    sizes = np.diff(starts)
    words = found.terms[starts[0] : starts[-1]]
    loud = 1 + np.log(np.maximum(np.arange(256), 1)).astype(np.float32)
    weighed = loud[found.counts[starts[0] : starts[-1]]] * rareness[words]
    owners = np.repeat(np.arange(len(sizes), dtype=np.uint64), sizes)
    places = (np.arange(len(words)) - np.repeat(starts[:-1] - starts[0], sizes)).astype(np.uint64)
    lightness = (~weighed.view(np.uint32)).astype(np.uint64)
    keys = owners << np.uint64(52) | lightness << np.uint64(20) | places
    keys = np.sort(keys[(weighed > 0) & (places < _PLACES)])
    documents = (keys >> np.uint64(52)).astype(np.int64)
    many = np.bincount(documents, minlength=len(sizes))
    ranks = np.arange(len(keys)) - np.repeat(np.cumsum(many) - many, many)
    best = ranks < KEYWORDS_PER_DOCUMENT
    chosen = (starts - starts[0])[documents[best]] + (keys[best] % _PLACES).astype(np.int64)
    return some.start + documents[best], ranks[best], words[chosen], weighed[chosen]
