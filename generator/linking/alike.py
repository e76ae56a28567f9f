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

from generator.linking.nearness import Index, Rows
from generator.linking.neighbours import GONE, Mask, Neighbours, renewed
from generator.linking.telling import terms
from generator.model import AnyDocument, SeedPath
from generator.words import SKETCH, Counted

_COPY_COSINE = 0.6
_COPY_LIKENESS = 0.6
"""From this share of common four-word shingles on, two documents are versions of each other."""


@dataclass(frozen=True, slots=True)
class Text:
    """Of a document what is told of its words besides them."""

    source: SeedPath
    digest: str
    """SHA-256 of the seed's bytes."""
    language: str
    """A BCP 47 tag; empty when unknown."""

    @staticmethod
    def of(document: AnyDocument) -> Text:
        """Take it from a document."""
        found = document.metadata.language
        return Text(document.source, document.digest, found.value if found else "")


@dataclass(frozen=True, slots=True)
class Weighed:
    """The nearest of all documents, with what the next run needs to know of them."""

    sources: tuple[SeedPath, ...] = ()
    rows: tuple[bytes, ...] = ()
    """A digest of each document's terms and weights."""
    near: bytes = b""
    cosines: bytes = b""
    """The nearest of each document, as rows of an array."""


UNWEIGHED = Weighed()


@dataclass(frozen=True, slots=True)
class Alike:
    """What the words of a corpus tell of its documents."""

    weighed: Weighed
    anew: Mask
    """Whose nearest were looked for anew."""
    versions: tuple[tuple[int, ...], ...]
    """Of each document its group of versions, itself among them."""
    rows: Rows
    vocabulary: tuple[str, ...]
    numbers: npt.NDArray[np.uint32]
    """Those of the words of the vocabulary in every run."""

    @property
    def near(self) -> Neighbours:
        """The nearest of each document."""
        return Neighbours.read(self.weighed.near, self.weighed.cosines)


def alike(texts: Sequence[Text], counted: Counted, before: Weighed = UNWEIGHED) -> Alike:
    """Find the versions and the nearest of every text; `counted` has their words in their order.

    The order decides between equals, so it should be the corpus's own. Of what was found `before`,
    where words had the same numbers, all is kept that must be as it was.
    """
    telling = terms(counted, [one.language for one in texts])
    counted = counted.without_words
    index = Index.of(telling)
    del telling  # as are the words by now, where our caller does not hold them
    sources = tuple(one.source for one in texts)
    rows = tuple(index.rows.digests(counted.numbers))
    places = places_of(before.sources, sources)
    changed = changed_of(places, before.rows, rows)
    near, anew = renewed(index, _known(before, places, changed), changed)
    weighed = Weighed(sources, rows, near.documents.tobytes(), near.cosines.tobytes())
    versions = _versions(texts, counted, near)
    return Alike(weighed, anew, versions, index.rows, counted.vocabulary, counted.numbers)


def places_of(before: Sequence[SeedPath], now: Sequence[SeedPath]) -> npt.NDArray[np.int64]:
    """Where the documents of before stand now."""
    place = {source: at for at, source in enumerate(now)}
    return np.array([place.get(source, GONE) for source in before], np.int64)


def changed_of(
    places: npt.NDArray[np.int64], before: Sequence[bytes], now: Sequence[bytes]
) -> Mask:
    """Which documents are not what they were, or were not there."""
    changed = np.ones(len(now), bool)
    for place, digest in zip(places.tolist(), before, strict=True):
        if place != GONE:
            changed[place] = digest != now[place]
    return changed


def _known(before: Weighed, places: npt.NDArray[np.int64], changed: Mask) -> Neighbours:
    """The nearest as they were found before; nobody's where others come first among equals."""
    stay = places[places != GONE]
    if (np.diff(stay[~changed[stay]]) < 0).any():
        return Neighbours.unknown(len(changed))
    return Neighbours.read(before.near, before.cosines).moved(places, len(changed))


def _versions(
    texts: Sequence[Text], counted: Counted, nearest: Neighbours
) -> tuple[tuple[int, ...], ...]:
    """Every document's group of versions, itself among them: equal words, or nearly all of them.

    A text without a word has only its bytes, so that a page of signs is no other's twin.
    """
    first: dict[str, int] = {}
    digests = (digest or one.digest for one, digest in zip(texts, counted.digests, strict=True))
    leader = [first.setdefault(digest, at) for at, digest in enumerate(digests)]
    for one, other in _copies(counted, nearest):
        kept, joined = sorted((_root(leader, one), _root(leader, other)))
        leader[joined] = kept
    groups: dict[int, list[int]] = defaultdict(list)
    for at in range(len(leader)):
        groups[_root(leader, at)].append(at)
    whole = {first: tuple(group) for first, group in groups.items()}
    return tuple(whole[_root(leader, at)] for at in range(len(leader)))


def _copies(counted: Counted, nearest: Neighbours) -> Iterator[tuple[int, int]]:
    """Pairs of near neighbours whose shingles, too, are nearly all the same."""
    rows, columns = np.nonzero(nearest.cosines >= _COPY_COSINE)
    others = nearest.documents[rows, columns]
    for at, other in zip(rows.tolist(), others.tolist(), strict=True):
        if other > at:
            alike = likeness(counted.sketches[at], counted.sketches[other])
            if alike >= _COPY_LIKENESS:
                yield at, other


def likeness(one: npt.NDArray[np.uint64], other: npt.NDArray[np.uint64]) -> float:
    """The share of shingles that two documents have in common, read from their sketches.

    The bottom-k estimate of the Jaccard similarity (Broder 1997): of the smallest digests of
    both together, how many stand in both. Between 0 and 1; 0 when a text is too short for any.
    """
    smallest = np.union1d(one, other)[:SKETCH]
    both = np.intersect1d(one, other, assume_unique=True)
    return float(np.isin(smallest, both).mean()) if len(smallest) else 0.0


def _root(leader: list[int], at: int) -> int:
    while leader[at] != at:
        leader[at] = leader[leader[at]]
        at = leader[at]
    return at
