"""Which documents are about the same thing, and which are the same document again."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

import numpy as np
import numpy.typing as npt

from generator.linking.nearness import Index, Near
from generator.linking.neighbours import GONE, Mask, Neighbours, renewed
from generator.linking.telling import terms
from generator.model import AnyDocument, Kinship, Neighbour, SeedPath
from generator.words import SKETCH, Counted

NEIGHBOURS = 5
_SAID = 3
"""How many names or terms a reason lists."""
_COPY_COSINE = 0.6
_COPY_LIKENESS = 0.6
"""From this share of common four-word shingles on, two documents are versions of each other."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What was found in the documents of a corpus, with what the next run needs to know of it."""

    sources: tuple[SeedPath, ...] = ()
    rows: tuple[bytes, ...] = ()
    """A digest of each document's terms and weights."""
    near: bytes = b""
    cosines: bytes = b""
    """The nearest of each document, as rows of an array."""
    faces: tuple[bytes, ...] = ()
    """A digest of all that reasons tell of each document."""
    spread: dict[str, int] = field(default_factory=dict)
    """In how many documents each name is."""
    kinship: tuple[Kinship, ...] = ()


NOTHING = Compared()


def relate(
    documents: Sequence[AnyDocument],
    counted: Counted,
    names: Mapping[SeedPath, Sequence[str]],
    before: Compared = NOTHING,
) -> Compared:
    """Give every document's versions and its nearest documents, each with a reason that is true.

    `counted` has the words of the same documents in the same order; `names` holds the entities
    that each of them links to. A neighbour for whom there is no reason in words is not given.
    The order of the documents decides between equals, so it should be the corpus's own. Of what
    was found `before`, where words had the same numbers, all is kept that must be as it was.
    """
    languages = [one.metadata.language for one in documents]
    index = Index.of(terms(counted, [found.value if found else "" for found in languages]))
    sources = tuple(one.source for one in documents)
    rows = tuple(index.digests(counted.numbers))
    places = _places(before.sources, sources)
    changed = _changed(places, before.rows, rows)
    near, stale = renewed(index, _known(before, places, changed), changed)
    versions = _versions(documents, counted, near)
    days = tuple(_day(one.metadata.date.value if one.metadata.date else "") for one in documents)
    spread = _spread(names)
    reasons = _Reasons(sources, days, counted.vocabulary, index, names, spread)
    faces = tuple(reasons.face(at, rows[at], versions[at]) for at in range(len(sources)))
    faced = _changed(places, before.faces, faces)
    stale |= faced | near.among(faced) | _named(sources, names, _told(before), _told(reasons))
    old = {one.source: one for one in before.kinship}
    kinship = tuple(
        reasons.kinship(at, near.of(at), versions) if anew else old[sources[at]]
        for at, anew in enumerate(stale.tolist())
    )
    found = near.documents.tobytes(), near.cosines.tobytes()
    return Compared(sources, rows, *found, faces, dict(spread), kinship)


def _places(before: Sequence[SeedPath], now: Sequence[SeedPath]) -> npt.NDArray[np.int64]:
    """Where the documents of before stand now."""
    place = {source: at for at, source in enumerate(now)}
    return np.array([place.get(source, GONE) for source in before], np.int64)


def _changed(places: npt.NDArray[np.int64], before: Sequence[bytes], now: Sequence[bytes]) -> Mask:
    """Which documents are not what they were, or were not there."""
    changed = np.ones(len(now), bool)
    for place, digest in zip(places.tolist(), before, strict=True):
        if place != GONE:
            changed[place] = digest != now[place]
    return changed


def _known(before: Compared, places: npt.NDArray[np.int64], changed: Mask) -> Neighbours:
    """The nearest as they were found before; nobody's where others come first among equals."""
    stay = places[places != GONE]
    if (np.diff(stay[~changed[stay]]) < 0).any():
        return Neighbours.unknown(len(changed))
    return Neighbours.read(before.near, before.cosines).moved(places, len(changed))


def _told(found: Compared | _Reasons) -> dict[str, tuple[int, bool]]:
    """How reasons order names by their spread, and which of them they give."""
    most = _most(found.sources)
    return {name: (many, many <= most) for name, many in found.spread.items()}


def _named(
    sources: Iterable[SeedPath],
    names: Mapping[SeedPath, Sequence[str]],
    before: Mapping[str, tuple[int, bool]],
    now: Mapping[str, tuple[int, bool]],
) -> Mask:
    """Which documents have a name that reasons tell otherwise now."""
    others = {name for name, told in now.items() if before.get(name) != told}
    return np.array([not others.isdisjoint(names.get(one, ())) for one in sources], bool)


def _versions(
    documents: Sequence[AnyDocument], counted: Counted, nearest: Neighbours
) -> list[list[int]]:
    """Every document's group of versions, itself among them: equal words, or nearly all of them.

    A text without a word has only its bytes, so that a page of signs is no other's twin.
    """
    first: dict[str, int] = {}
    digests = (digest or one.digest for one, digest in zip(documents, counted.digests, strict=True))
    leader = [first.setdefault(digest, at) for at, digest in enumerate(digests)]
    for one, other in _copies(counted, nearest):
        kept, joined = sorted((_root(leader, one), _root(leader, other)))
        leader[joined] = kept
    groups: dict[int, list[int]] = defaultdict(list)
    for at in range(len(leader)):
        groups[_root(leader, at)].append(at)
    return [groups[_root(leader, at)] for at in range(len(leader))]


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


def _one_of_each(near: Near, versions: Sequence[list[int]], at: int) -> Iterator[int]:
    """The neighbours, one of each group of versions and none of the document's own."""
    seen = {versions[at][0]}
    for other in near.documents.tolist():
        if versions[other][0] not in seen:
            seen.add(versions[other][0])
            yield other


def _spread(names: Mapping[SeedPath, Sequence[str]]) -> Counter[str]:
    return Counter(name for listed in names.values() for name in set(listed))


def _most(sources: Sequence[SeedPath]) -> float:
    """In how many documents a name may be that still tells something."""
    return max(2, len(sources) / 2)


def _day(edtf: str) -> date | None:
    return date.fromisoformat(edtf) if re.fullmatch(r"\d{4}-\d\d-\d\d", edtf) else None


@dataclass(frozen=True, slots=True)
class _Reasons:
    """Why two documents stand side by side, in facts that hold."""

    sources: tuple[SeedPath, ...]
    days: tuple[date | None, ...]
    vocabulary: tuple[str, ...]
    index: Index
    names: Mapping[SeedPath, Sequence[str]]
    spread: Mapping[str, int]

    def face(self, at: int, row: bytes, versions: Iterable[int]) -> bytes:
        """Give a digest of all that can be told of a document, as far as it is its own."""
        source = self.sources[at]
        group = [self.sources[one] for one in versions]
        told = repr((row, self.days[at], self.names.get(source, ()), group))
        return hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).digest()

    def kinship(self, at: int, near: Near, versions: Sequence[list[int]]) -> Kinship:
        """Give the place of a document among the others."""
        others = _one_of_each(near, versions, at)
        return Kinship(
            self.sources[at],
            tuple(self.sources[other] for other in versions[at] if other != at),
            tuple(islice(self.given(at, others), NEIGHBOURS)),
        )

    def given(self, one: int, others: Iterator[int]) -> Iterator[Neighbour]:
        """The neighbours of whom something can be said, with what both share."""
        own = self._telling_names(one)
        for other, listed in self._with_terms(one, others):
            source = self.sources[other]
            both = own.intersection(self.names.get(source, ()))
            names = sorted(both, key=lambda name: (self.spread[name], name))[:_SAID]
            spoken = {part for name in names for part in name.casefold().split()}
            terms = (self.vocabulary[term] for term in listed)
            rare = list(islice((term for term in terms if term not in spoken), _SAID))
            if names or len(rare) >= 2:
                week = self._same_week(one, other)
                yield Neighbour(source, tuple(names), tuple(rare), same_week=week)

    def _with_terms(self, one: int, others: Iterator[int]) -> Iterator[tuple[int, list[int]]]:
        """Others with the rare terms shared, a few at a time: most have a reason at once."""
        while some := list(islice(others, NEIGHBOURS)):
            yield from zip(some, self.index.shared(one, some), strict=True)

    def _telling_names(self, one: int) -> frozenset[str]:
        """Names in a document, but for those that half of all documents have."""
        most = _most(self.sources)
        own = self.names.get(self.sources[one], ())
        return frozenset(name for name in own if self.spread[name] <= most)

    def _same_week(self, one: int, other: int) -> bool:
        here, there = self.days[one], self.days[other]
        return bool(here and there and abs((here - there).days) < 7)
