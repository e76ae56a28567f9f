"""Which documents are about the same thing, and which are the same document again."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

import numpy as np

from generator.linking.similarity.compare import Similarity, changed_positions, map_positions
from generator.linking.similarity.cosine_index import Neighbours
from generator.linking.similarity.nearest import Mask
from generator.model import AnyDocument, RelatedDocument, Relations, SeedPath

NEIGHBOURS = 5
_SAID = 3
"""How many names or terms a reason lists."""


@dataclass(frozen=True, slots=True)
class SavedRelated:
    """What was found in the documents of a corpus, with what the next run needs to know of it."""

    faces: tuple[bytes, ...] = ()
    """A digest of all that reasons tell of each document."""
    spread: dict[str, int] = field(default_factory=dict)
    """In how many documents each name is."""
    kinship: tuple[Relations, ...] = ()


NOTHING = SavedRelated()


def relate_documents(
    documents: Sequence[AnyDocument],
    found: Similarity,
    names: Mapping[SeedPath, Sequence[str]],
    before: SavedRelated = NOTHING,
) -> SavedRelated:
    """Give every document's versions and its nearest documents, each with a reason that is true.

    `found` is what the words of the same documents in the same order tell; `names` holds the
    entities that each of them links to. A neighbour for whom there is no reason in words is not
    given. Of what was found `before` all is kept that must be as it was; it must be of the same
    run as what was known when `found` was worked out.
    """
    sources, near = found.weighed.sources, found.nearest
    days = tuple(
        _day(document.metadata.date.value if document.metadata.date else "")
        for document in documents
    )
    reasons = _Explainer(found, days, names, _spread(names))
    faces = tuple(map(reasons.fingerprint_of, range(len(sources))))
    old = {one.source: one for one in before.kinship}
    faced = changed_positions(map_positions(tuple(old), sources), before.faces, faces)
    told = _told(before.spread, len(old)), _told(reasons.spread, len(sources))
    stale = found.anew | faced | near.referring_to(faced) | _named(sources, names, *told)
    kinship = tuple(
        reasons.relations_of(index, near.row(index)) if anew else old[sources[index]]
        for index, anew in enumerate(stale.tolist())
    )
    return SavedRelated(faces, dict(reasons.spread), kinship)


def _told(spread: Mapping[str, int], documents: int) -> dict[str, tuple[int, bool]]:
    """How reasons order names by their spread, and which of them they give."""
    most = _most(documents)
    return {name: (count, count <= most) for name, count in spread.items()}


def _named(
    sources: Iterable[SeedPath],
    names: Mapping[SeedPath, Sequence[str]],
    before: Mapping[str, tuple[int, bool]],
    now: Mapping[str, tuple[int, bool]],
) -> Mask:
    """Which documents have a name that reasons tell otherwise now."""
    others = {name for name, told in now.items() if before.get(name) != told}
    return np.array([not others.isdisjoint(names.get(path, ())) for path in sources], bool)


def _one_of_each(near: Neighbours, versions: Sequence[Sequence[int]], index: int) -> Iterator[int]:
    """The neighbours, one of each group of versions and none of the document's own."""
    seen = {versions[index][0]}
    for other in near.documents.tolist():
        if versions[other][0] not in seen:
            seen.add(versions[other][0])
            yield other


def _spread(names: Mapping[SeedPath, Sequence[str]]) -> Counter[str]:
    return Counter(name for listed in names.values() for name in set(listed))


def _most(documents: int) -> float:
    """In how many documents, of all, a name may be that still tells something."""
    return max(2, documents / 2)


def _day(edtf: str) -> date | None:
    return date.fromisoformat(edtf) if re.fullmatch(r"\d{4}-\d\d-\d\d", edtf) else None


@dataclass(frozen=True, slots=True)
class _Explainer:
    """Why two documents stand side by side, in facts that hold."""

    found: Similarity
    days: tuple[date | None, ...]
    names: Mapping[SeedPath, Sequence[str]]
    spread: Mapping[str, int]

    @property
    def sources(self) -> tuple[SeedPath, ...]:
        """The documents, in the order of the corpus."""
        return self.found.weighed.sources

    def fingerprint_of(self, index: int) -> bytes:
        """Give a digest of all that can be told of a document, as far as it is its own."""
        source = self.sources[index]
        group = [self.sources[one] for one in self.found.versions[index]]
        message = repr(
            (self.found.weighed.rows[index], self.days[index], self.names.get(source, ()), group)
        )
        return hashlib.blake2b(message.encode("utf-8", "surrogatepass"), digest_size=16).digest()

    def relations_of(self, index: int, near: Neighbours) -> Relations:
        """Give the place of a document among the others."""
        versions = self.found.versions
        others = _one_of_each(near, versions, index)
        return Relations(
            self.sources[index],
            tuple(self.sources[other] for other in versions[index] if other != index),
            tuple(islice(self.explained(index, others), NEIGHBOURS)),
        )

    def explained(self, one: int, others: Iterator[int]) -> Iterator[RelatedDocument]:
        """The neighbours of whom something can be said, with what both share."""
        own = self._telling_names(one)
        for other, listed in self._with_terms(one, others):
            source = self.sources[other]
            both = own.intersection(self.names.get(source, ()))
            names = sorted(both, key=lambda name: (self.spread[name], name))[:_SAID]
            spoken = {part for name in names for part in name.casefold().split()}
            terms = (self.found.vocabulary[term] for term in listed)
            rare = list(islice((term for term in terms if term not in spoken), _SAID))
            if names or len(rare) >= 2:
                week = self._same_week(one, other)
                yield RelatedDocument(source, tuple(names), tuple(rare), same_week=week)

    def _with_terms(self, one: int, others: Iterator[int]) -> Iterator[tuple[int, list[int]]]:
        """Others with the rare terms shared, a few at a time: most have a reason at once."""
        while some := list(islice(others, NEIGHBOURS)):
            yield from zip(some, self.found.rows.shared_keywords(one, some), strict=True)

    def _telling_names(self, one: int) -> frozenset[str]:
        """Names in a document, but for those that half of all documents have."""
        most = _most(len(self.days))
        own = self.names.get(self.sources[one], ())
        return frozenset(name for name in own if self.spread[name] <= most)

    def _same_week(self, one: int, other: int) -> bool:
        here, there = self.days[one], self.days[other]
        return bool(here and there and abs((here - there).days) < 7)
