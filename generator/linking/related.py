"""Which documents are about the same thing, and which are the same document again."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from generator.linking.nearness import Index, Near, Shelf
from generator.linking.profiles import Profile, likeness
from generator.model import Kinship, Neighbour, SeedPath

NEIGHBOURS = 5
_SAID = 3
"""How many names or terms a reason lists."""
_COPY_COSINE = 0.6
_COPY_LIKENESS = 0.6
"""From this share of common four-word shingles on, two documents are versions of each other."""


def relate(
    profiles: Iterable[Profile], names: Mapping[SeedPath, Sequence[str]]
) -> Iterator[Kinship]:
    """Give every document's versions and its nearest documents, each with a reason that is true.

    `names` holds the entities that each document links to. A neighbour for whom there is no
    reason in words is not given. Profiles are taken one by one; about 2 kB a document is kept.
    The order of the profiles decides between equals, so it should be the corpus's own.
    """
    shelf = Shelf.of(profiles)
    index = Index.of(shelf)
    nearest = [index.nearest(at) for at in range(len(shelf.sources))]
    versions = _versions(shelf, nearest)
    reasons = _Reasons(shelf, index, names, _spread(names))
    for at, source in enumerate(shelf.sources):
        others = _one_of_each(nearest[at], versions, at)
        found = (reasons.between(at, other, cosine) for other, cosine in others)
        yield Kinship(
            source,
            tuple(shelf.sources[other] for other in versions[at] if other != at),
            tuple(islice((neighbour for neighbour in found if neighbour), NEIGHBOURS)),
        )


def _versions(shelf: Shelf, nearest: Sequence[Near]) -> list[list[int]]:
    """Every document's group of versions, itself among them: equal words, or nearly all of them."""
    first: dict[str, int] = {}
    leader = [first.setdefault(digest, at) for at, digest in enumerate(shelf.digests)]
    for one, other in _copies(shelf, nearest):
        kept, joined = sorted((_root(leader, one), _root(leader, other)))
        leader[joined] = kept
    groups: dict[int, list[int]] = defaultdict(list)
    for at in range(len(leader)):
        groups[_root(leader, at)].append(at)
    return [groups[_root(leader, at)] for at in range(len(leader))]


def _copies(shelf: Shelf, nearest: Sequence[Near]) -> Iterator[tuple[int, int]]:
    """Pairs of near neighbours whose shingles, too, are nearly all the same."""
    for at, near in enumerate(nearest):
        for other, cosine in near:
            if other > at and cosine >= _COPY_COSINE:
                alike = likeness(shelf.sketches[at], shelf.sketches[other])
                if alike >= _COPY_LIKENESS:
                    yield at, other


def _root(leader: list[int], at: int) -> int:
    while leader[at] != at:
        leader[at] = leader[leader[at]]
        at = leader[at]
    return at


def _one_of_each(
    nearest: Near, versions: Sequence[list[int]], at: int
) -> Iterator[tuple[int, float]]:
    """The neighbours, one of each group of versions and none of the document's own."""
    seen = {versions[at][0]}
    for other, cosine in nearest:
        if versions[other][0] not in seen:
            seen.add(versions[other][0])
            yield other, cosine


def _spread(names: Mapping[SeedPath, Sequence[str]]) -> Counter[str]:
    return Counter(name for listed in names.values() for name in set(listed))


@dataclass(frozen=True, slots=True)
class _Reasons:
    """Why two documents stand side by side, in facts that hold."""

    shelf: Shelf
    index: Index
    names: Mapping[SeedPath, Sequence[str]]
    spread: Mapping[str, int]

    def between(self, one: int, other: int, cosine: float) -> Neighbour | None:
        """The neighbour with what both share, or None when nothing can be said."""
        names = self._names(one, other)
        spoken = {part for name in names for part in name.casefold().split()}
        terms = [self.shelf.vocabulary[term] for term in self.index.shared(one, other)]
        rare = [term for term in terms if term not in spoken][:_SAID]
        if not names and len(rare) < 2:
            return None
        week = self._same_week(one, other)
        source = self.shelf.sources[other]
        return Neighbour(source, round(cosine, 4), tuple(names), tuple(rare), same_week=week)

    def _names(self, one: int, other: int) -> list[str]:
        """Names in both, the rarest in the corpus first; none that half of all documents have."""
        sources = self.shelf.sources
        own = self.names.get(sources[one], ())
        both = set(self.names.get(sources[other], ())).intersection(own)
        most = max(2, len(sources) / 2)
        telling = (
            name for name in dict.fromkeys(own) if name in both and self.spread[name] <= most
        )
        return sorted(telling, key=lambda name: (self.spread[name], name))[:_SAID]

    def _same_week(self, one: int, other: int) -> bool:
        here, there = self.shelf.dates[one], self.shelf.dates[other]
        return bool(here and there and abs((here - there).days) < 7)
