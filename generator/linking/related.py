"""Which documents are about the same thing, and which are the same document again."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

import numpy as np
import numpy.typing as npt

from generator.linking.nearness import Index, Near
from generator.linking.telling import terms
from generator.model import AnyDocument, Kinship, Neighbour, SeedPath
from generator.words import SKETCH, Counted

NEIGHBOURS = 5
_SAID = 3
"""How many names or terms a reason lists."""
_COPY_COSINE = 0.6
_COPY_LIKENESS = 0.6
"""From this share of common four-word shingles on, two documents are versions of each other."""


def relate(
    documents: Sequence[AnyDocument], counted: Counted, names: Mapping[SeedPath, Sequence[str]]
) -> Iterator[Kinship]:
    """Give every document's versions and its nearest documents, each with a reason that is true.

    `counted` has the words of the same documents in the same order; `names` holds the entities
    that each of them links to. A neighbour for whom there is no reason in words is not given.
    The order of the documents decides between equals, so it should be the corpus's own.
    """
    languages = [one.metadata.language for one in documents]
    index = Index.of(terms(counted, [found.value if found else "" for found in languages]))
    nearest = [index.nearest(at) for at in range(len(documents))]
    versions = _versions(documents, counted, nearest)
    sources = tuple(one.source for one in documents)
    days = tuple(_day(one.metadata.date.value if one.metadata.date else "") for one in documents)
    reasons = _Reasons(sources, days, counted.vocabulary, index, names, _spread(names))
    for at, source in enumerate(sources):
        others = _one_of_each(nearest[at], versions, at)
        yield Kinship(
            source,
            tuple(sources[other] for other in versions[at] if other != at),
            tuple(islice(reasons.given(at, others), NEIGHBOURS)),
        )


def _versions(
    documents: Sequence[AnyDocument], counted: Counted, nearest: Sequence[Near]
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


def _copies(counted: Counted, nearest: Sequence[Near]) -> Iterator[tuple[int, int]]:
    """Pairs of near neighbours whose shingles, too, are nearly all the same."""
    for at, near in enumerate(nearest):
        for other in near.documents[near.cosines >= _COPY_COSINE].tolist():
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


def _one_of_each(near: Near, versions: Sequence[list[int]], at: int) -> Iterator[tuple[int, float]]:
    """The neighbours, one of each group of versions and none of the document's own."""
    seen = {versions[at][0]}
    for other, cosine in zip(near.documents.tolist(), near.cosines.tolist(), strict=True):
        if versions[other][0] not in seen:
            seen.add(versions[other][0])
            yield other, cosine


def _spread(names: Mapping[SeedPath, Sequence[str]]) -> Counter[str]:
    return Counter(name for listed in names.values() for name in set(listed))


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

    def given(self, one: int, others: Iterator[tuple[int, float]]) -> Iterator[Neighbour]:
        """The neighbours of whom something can be said, with what both share."""
        own = self._telling_names(one)
        for (other, cosine), listed in self._with_terms(one, others):
            source = self.sources[other]
            both = own.intersection(self.names.get(source, ()))
            names = sorted(both, key=lambda name: (self.spread[name], name))[:_SAID]
            spoken = {part for name in names for part in name.casefold().split()}
            terms = (self.vocabulary[term] for term in listed)
            rare = list(islice((term for term in terms if term not in spoken), _SAID))
            if names or len(rare) >= 2:
                week = self._same_week(one, other)
                near = round(cosine, 4)
                yield Neighbour(source, near, tuple(names), tuple(rare), same_week=week)

    def _with_terms(
        self, one: int, others: Iterator[tuple[int, float]]
    ) -> Iterator[tuple[tuple[int, float], list[int]]]:
        """Others with the rare terms shared, a few at a time: most have a reason at once."""
        while some := list(islice(others, NEIGHBOURS)):
            yield from zip(some, self.index.shared(one, [at for at, _ in some]), strict=True)

    def _telling_names(self, one: int) -> frozenset[str]:
        """Names in a document, but for those that half of all documents have."""
        most = max(2, len(self.sources) / 2)
        own = self.names.get(self.sources[one], ())
        return frozenset(name for name in own if self.spread[name] <= most)

    def _same_week(self, one: int, other: int) -> bool:
        here, there = self.days[one], self.days[other]
        return bool(here and there and abs((here - there).days) < 7)
