"""What the words of documents tell of each other, whoever is named in them.

It can be worked out while names are still looked for, and by another process: what it takes and
what it gives is smaller than the words of a corpus.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from generator.linking.similarity.cosine_index import CosineIndex, KeywordRows
from generator.linking.similarity.keywords import select_keywords
from generator.linking.similarity.nearest import GONE, Mask, NearestTable, update_nearest
from generator.model import AnyDocument, SeedPath
from generator.text import SKETCH_SIZE, TermMatrix

_COPY_COSINE = 0.6
_COPY_LIKENESS = 0.6
"""From this share of common four-word shingles on, two documents are versions of each other."""


@dataclass(frozen=True, slots=True)
class ComparedDocument:
    """Of a document what is told of its words besides them."""

    source: SeedPath
    digest: str
    """SHA-256 of the seed's bytes."""
    language: str
    """A BCP 47 tag; empty when unknown."""

    @staticmethod
    def from_document(document: AnyDocument) -> ComparedDocument:
        """Take it from a document."""
        value = document.metadata.language
        return ComparedDocument(document.source, document.digest, value.value if value else "")


@dataclass(frozen=True, slots=True)
class SavedSimilarity:
    """The nearest of all documents, with what the next run needs to know of them."""

    sources: tuple[SeedPath, ...] = ()
    rows: tuple[bytes, ...] = ()
    """A digest of each document's terms and weights."""
    near: bytes = b""
    cosines: bytes = b""
    """The nearest of each document, as rows of an array."""


UNWEIGHED = SavedSimilarity()


@dataclass(frozen=True, slots=True)
class Similarity:
    """What the words of a corpus tell of its documents."""

    weighed: SavedSimilarity
    anew: Mask
    """Whose nearest were looked for anew."""
    versions: tuple[tuple[int, ...], ...]
    """Of each document its group of versions, itself among them."""
    rows: KeywordRows
    vocabulary: tuple[str, ...]
    numbers: npt.NDArray[np.uint32]
    """Those of the words of the vocabulary in every run."""

    @property
    def nearest(self) -> NearestTable:
        """The nearest of each document."""
        return NearestTable.decode(self.weighed.near, self.weighed.cosines)


def compare_texts(
    texts: Sequence[ComparedDocument], terms: TermMatrix, before: SavedSimilarity = UNWEIGHED
) -> Similarity:
    """Find the versions and the nearest of every text; `counted` has their words in their order.

    The order decides between equals, so it should be the corpus's own. Of what was found `before`,
    where words had the same numbers, all is kept that must be as it was.
    """
    telling = select_keywords(terms, [one.language for one in texts])
    terms = terms.without_vocabulary
    index = CosineIndex.build(telling)
    del telling  # as are the words by now, where our caller does not hold them
    sources = tuple(one.source for one in texts)
    rows = tuple(index.rows.digests(terms.ids))
    places = map_positions(before.sources, sources)
    changed = changed_positions(places, before.rows, rows)
    near, anew = update_nearest(index, _known(before, places, changed), changed)
    weighed = SavedSimilarity(sources, rows, near.documents.tobytes(), near.cosines.tobytes())
    versions = _versions(texts, terms, near)
    return Similarity(weighed, anew, versions, index.rows, terms.vocabulary, terms.ids)


def map_positions(before: Sequence[SeedPath], now: Sequence[SeedPath]) -> npt.NDArray[np.int64]:
    """Where the documents of before stand now."""
    place = {source: index for index, source in enumerate(now)}
    return np.array([place.get(source, GONE) for source in before], np.int64)


def changed_positions(
    places: npt.NDArray[np.int64], before: Sequence[bytes], now: Sequence[bytes]
) -> Mask:
    """Which documents are not what they were, or were not there."""
    changed = np.ones(len(now), bool)
    for place, digest in zip(places.tolist(), before, strict=True):
        if place != GONE:
            changed[place] = digest != now[place]
    return changed


def _known(before: SavedSimilarity, places: npt.NDArray[np.int64], changed: Mask) -> NearestTable:
    """The nearest as they were found before; nobody's where others come first among equals."""
    stay = places[places != GONE]
    if (np.diff(stay[~changed[stay]]) < 0).any():
        return NearestTable.empty(len(changed))
    return NearestTable.decode(before.near, before.cosines).remapped(places, len(changed))


def _versions(
    texts: Sequence[ComparedDocument], terms: TermMatrix, nearest: NearestTable
) -> tuple[tuple[int, ...], ...]:
    """Every document's group of versions, itself among them: equal words, or nearly all of them.

    A text without a word has only its bytes, so that a page of signs is no other's twin.
    """
    first: dict[str, int] = {}
    digests = (digest or one.digest for one, digest in zip(texts, terms.digests, strict=True))
    leader = [first.setdefault(digest, at) for at, digest in enumerate(digests)]
    for one, other in _copies(terms, nearest):
        kept, joined = sorted((_root(leader, one), _root(leader, other)))
        leader[joined] = kept
    groups: dict[int, list[int]] = defaultdict(list)
    for at in range(len(leader)):
        groups[_root(leader, at)].append(at)
    whole = {first: tuple(group) for first, group in groups.items()}
    return tuple(whole[_root(leader, index)] for index in range(len(leader)))


def _copies(terms: TermMatrix, nearest: NearestTable) -> Iterator[tuple[int, int]]:
    """Pairs of near neighbours whose shingles, too, are nearly all the same."""
    rows, columns = np.nonzero(nearest.cosines >= _COPY_COSINE)
    others = nearest.documents[rows, columns]
    for index, other in zip(rows.tolist(), others.tolist(), strict=True):
        if other > index:
            alike = estimate_overlap(terms.sketches[index], terms.sketches[other])
            if alike >= _COPY_LIKENESS:
                yield index, other


def estimate_overlap(one: npt.NDArray[np.uint64], other: npt.NDArray[np.uint64]) -> float:
    """The share of shingles that two documents have in common, read from their sketches.

    The bottom-k estimate of the Jaccard similarity (Broder 1997): of the smallest digests of
    both together, how many stand in both. Between 0 and 1; 0 when a text is too short for any.
    """
    smallest = np.union1d(one, other)[:SKETCH_SIZE]
    both = np.intersect1d(one, other, assume_unique=True)
    return float(np.isin(smallest, both).mean()) if len(smallest) else 0.0


def _root(leader: list[int], index: int) -> int:
    while leader[index] != index:
        leader[index] = leader[leader[index]]
        index = leader[index]
    return index
