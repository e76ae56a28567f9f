"""Related documents: which documents have the same subject, and which are versions of one text."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

import numpy as np

from generator.linking.similarity.compare import Similarity, changed_positions, map_positions
from generator.linking.similarity.cosine_index import Neighbours
from generator.linking.similarity.nearest import Mask
from generator.model import AnyDocument, RelatedDocument, Relations, SeedPath

MAX_RELATED = 5
_MAX_REASONS = 3
"""How many names, and how many terms, a reason lists."""


@dataclass(frozen=True, slots=True)
class SavedRelated:
    """The related documents of a corpus, with what the next run needs to update them."""

    fingerprints: tuple[bytes, ...]
    """A digest of the facts about each document that may appear in reasons."""
    name_counts: dict[str, int]
    """In how many documents each name is."""
    relations: tuple[Relations, ...]


def relate_documents(
    documents: Sequence[AnyDocument],
    similarity: Similarity,
    names: Mapping[SeedPath, Sequence[str]],
    previous: SavedRelated | None = None,
) -> SavedRelated:
    """Return the versions and the related documents of every document, each with its reason.

    `similarity` is that of the same documents in the same order. `names` has the entities that
    each of them links to. A near document that shares neither names nor rare words is left out.
    Relations of the `previous` run are reused where they still hold; `similarity` must have been
    computed from the results of that same run.
    """
    sources, nearest = similarity.saved.sources, similarity.nearest
    explainer = _Explainer(similarity, _days(documents), names, _count_names(names))
    fingerprints = tuple(map(explainer.fingerprint_of, range(len(sources))))
    if previous is None:
        outdated, previous_relations = np.ones(len(sources), bool), {}
    else:
        previous_relations = {relation.source: relation for relation in previous.relations}
        positions = map_positions(tuple(previous_relations), sources)
        changed = changed_positions(positions, previous.fingerprints, fingerprints)
        ranks_before = _rank_names(previous.name_counts, len(previous_relations))
        ranks = _rank_names(explainer.name_counts, len(sources))
        outdated = similarity.recomputed | changed | nearest.referring_to(changed)
        outdated |= _with_changed_names(sources, names, ranks_before, ranks)
    relations = tuple(
        explainer.relations_of(index, nearest.neighbours_of(index))
        if is_outdated
        else previous_relations[sources[index]]
        for index, is_outdated in enumerate(outdated.tolist())
    )
    return SavedRelated(fingerprints, dict(explainer.name_counts), relations)


def _days(documents: Iterable[AnyDocument]) -> tuple[date | None, ...]:
    """Return the date of each document where it is known to the day."""
    dates = (document.metadata.date for document in documents)
    return tuple(
        date.fromisoformat(edtf.value)
        if edtf and re.fullmatch(r"\d{4}-\d\d-\d\d", edtf.value)
        else None
        for edtf in dates
    )


def _count_names(names: Mapping[SeedPath, Sequence[str]]) -> Counter[str]:
    return Counter(name for document_names in names.values() for name in set(document_names))


def _rank_names(name_counts: Mapping[str, int], documents: int) -> dict[str, tuple[int, bool]]:
    """Return for each name the count by which reasons sort it, and whether they may list it."""
    most = _most_documents(documents)
    return {name: (count, count <= most) for name, count in name_counts.items()}


def _most_documents(documents: int) -> float:
    """Return in how many of all documents a name may be and still be a reason."""
    return max(2, documents / 2)


def _with_changed_names(
    sources: Iterable[SeedPath],
    names: Mapping[SeedPath, Sequence[str]],
    previous: Mapping[str, tuple[int, bool]],
    current: Mapping[str, tuple[int, bool]],
) -> Mask:
    """Return which documents have a name that is ranked differently than in the previous run."""
    changed = {name for name, rank in current.items() if previous.get(name) != rank}
    return np.array([not changed.isdisjoint(names.get(path, ())) for path in sources], bool)


@dataclass(frozen=True, slots=True)
class _Explainer:
    """Finds the reasons why two documents are related, from facts that both contain."""

    similarity: Similarity
    days: tuple[date | None, ...]
    names: Mapping[SeedPath, Sequence[str]]
    name_counts: Mapping[str, int]

    @property
    def sources(self) -> tuple[SeedPath, ...]:
        """The documents, in the order of the corpus."""
        return self.similarity.saved.sources

    def fingerprint_of(self, index: int) -> bytes:
        """Return a digest of the facts about a document that may appear in others' reasons."""
        source = self.sources[index]
        versions = [self.sources[version] for version in self.similarity.versions[index]]
        keywords = self.similarity.saved.row_digests[index]
        facts = repr((keywords, self.days[index], self.names.get(source, ()), versions))
        return hashlib.blake2b(facts.encode("utf-8", "surrogatepass"), digest_size=16).digest()

    def relations_of(self, index: int, neighbours: Neighbours) -> Relations:
        """Return the versions of a document and its related documents."""
        others = self._one_of_each_version(index, neighbours)
        return Relations(
            self.sources[index],
            tuple(
                self.sources[other] for other in self.similarity.versions[index] if other != index
            ),
            tuple(islice(self._explained(index, others), MAX_RELATED)),
        )

    def _one_of_each_version(self, index: int, neighbours: Neighbours) -> Iterator[int]:
        """Yield the neighbours, one of each group of versions and none of the document's own."""
        versions = self.similarity.versions
        seen = {versions[index][0]}
        for other in neighbours.documents.tolist():
            if versions[other][0] not in seen:
                seen.add(versions[other][0])
                yield other

    def _explained(self, index: int, others: Iterator[int]) -> Iterator[RelatedDocument]:
        """Yield the other documents that share names or terms with a document, and which."""
        own_names = self._listable_names(index)
        for other, shared_terms in self._with_shared_terms(index, others):
            source = self.sources[other]
            shared = own_names.intersection(self.names.get(source, ()))
            names = sorted(shared, key=lambda name: (self.name_counts[name], name))[:_MAX_REASONS]
            words_of_names = {word for name in names for word in name.casefold().split()}
            words = (self.similarity.vocabulary[term] for term in shared_terms)
            terms = [*islice((w for w in words if w not in words_of_names), _MAX_REASONS)]
            if names or len(terms) >= 2:
                same_week = self._is_same_week(index, other)
                yield RelatedDocument(source, tuple(names), tuple(terms), same_week=same_week)

    def _with_shared_terms(
        self, index: int, others: Iterator[int]
    ) -> Iterator[tuple[int, list[int]]]:
        """Yield the others with the rare terms they share; a few at a time, as few are needed."""
        while batch := list(islice(others, MAX_RELATED)):
            shared = self.similarity.keyword_rows.shared_keywords(index, batch)
            yield from zip(batch, shared, strict=True)

    def _listable_names(self, index: int) -> frozenset[str]:
        """Return the names in a document, without those that half of all documents have."""
        most = _most_documents(len(self.days))
        names = self.names.get(self.sources[index], ())
        return frozenset(name for name in names if self.name_counts[name] <= most)

    def _is_same_week(self, index: int, other: int) -> bool:
        day, other_day = self.days[index], self.days[other]
        return bool(day and other_day and abs((day - other_day).days) < 7)
