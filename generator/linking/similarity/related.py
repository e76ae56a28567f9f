"""Related documents: which documents have the same subject, and which are versions of one text."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import msgspec
import numpy as np

from generator.linking.similarity.compare import Similarity, changed_positions, map_positions
from generator.linking.similarity.cosine_index import Neighbours
from generator.linking.similarity.letter_answers import possible_answers
from generator.linking.similarity.nearest import Mask
from generator.linking.similarity.reasons import (
    DocumentFacts,
    Shared,
    explain,
    facts_of,
    name_weight,
    weigh,
)
from generator.model import AnyDocument, Relations, SeedPath

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Relations).decode

MAX_RELATED = 3
"""Related documents of one document; none rather than one without a good reason."""


@dataclass(frozen=True, slots=True)
class EncodedRelations(Mapping[SeedPath, Relations]):
    """The relations of documents, decoded whenever they are asked for.

    So they take 0.4 kB a document: decoded it would be 1.9 kB.
    """

    encoded: Mapping[SeedPath, bytes]

    def __getitem__(self, source: SeedPath) -> Relations:
        """Return the relations of a document; raises KeyError for one that is not there."""
        return _decode(self.encoded[source])

    def __iter__(self) -> Iterator[SeedPath]:
        """Yield the documents, in the order of the corpus."""
        return iter(self.encoded)

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self.encoded)


class SavedRelated(msgspec.Struct, frozen=True):
    """The related documents of a corpus, with what the next run needs to update them."""

    fingerprints: tuple[bytes, ...]
    """A digest of the facts about each document that may appear in reasons."""
    name_counts: dict[str, int]
    """In how many documents each name is."""
    encoded: dict[SeedPath, bytes]
    """The relations of each document."""

    @property
    def relations(self) -> EncodedRelations:
        """The versions and the related documents of each document."""
        return EncodedRelations(self.encoded)


class _Candidate(NamedTuple):
    """A document that may be related to another one."""

    document: int
    """Its place in the corpus."""
    shared: Shared
    """What both share."""
    weight: int


class Explainer(msgspec.Struct, frozen=True):
    """Finds the reasons why two documents are related, from facts that both contain."""

    similarity: Similarity
    facts: tuple[DocumentFacts, ...]
    names: Mapping[SeedPath, Sequence[str]]
    name_counts: Mapping[str, int]
    answers: Mapping[int, tuple[int, ...]]
    """The letters that may answer each letter."""

    @property
    def sources(self) -> tuple[SeedPath, ...]:
        """The documents, in the order of the corpus."""
        return self.similarity.saved.sources

    def fingerprint_of(self, index: int) -> bytes:
        """Return a digest of the facts about a document that may appear in others' reasons."""
        source = self.sources[index]
        versions = [self.sources[version] for version in self.similarity.versions[index]]
        keywords = self.similarity.saved.row_digests[index]
        passages = self._passages_of(index)
        answers = [self.sources[answer] for answer in self.answers.get(index, ())]
        own = (keywords, self.facts[index], self.names.get(source, ()))
        facts = _encode((own, versions, passages, answers))
        return hashlib.blake2b(facts, digest_size=16).digest()

    def with_changed_partners(self, changed: Mask) -> Mask:
        """Return which documents have an answer or share a passage with a changed document."""
        partners = (
            (index, others)
            for relations in (self.answers, self.similarity.passages)
            for index, others in relations.items()
        )
        outdated = np.zeros(len(changed), bool)
        for index, others in partners:
            outdated[index] |= changed[list(others)].any()
        return outdated

    def _passages_of(self, index: int) -> dict[SeedPath, str]:
        """Return the passages that a document shares with others, in the order of the corpus."""
        passages = self.similarity.passages.get(index, {})
        return {self.sources[other]: passages[other] for other in sorted(passages)}

    def relations_of(self, index: int) -> Relations:
        """Return the versions of a document and its related documents, the best reasons first."""
        neighbours = self.similarity.nearest.neighbours_of(index)
        others = self._one_of_each_version(index, neighbours)
        candidates = [*self._candidates(index, others)]
        candidates.sort(key=lambda candidate: -candidate.weight)  # the nearest of equal ones first
        return Relations(
            self.sources[index],
            tuple(
                self.sources[other] for other in self.similarity.versions[index] if other != index
            ),
            tuple(
                explain(candidate.shared, self.sources[candidate.document])
                for candidate in candidates[:MAX_RELATED]
            ),
        )

    def _one_of_each_version(self, index: int, neighbours: Neighbours) -> Iterator[int]:
        """Yield answers, documents with a passage of it, and neighbours, but one version of each.

        None is a version of the document's own.
        """
        versions = self.similarity.versions
        seen = {versions[index][0]}
        quoting = sorted(self.similarity.passages.get(index, ()))
        answers = self.answers.get(index, ())
        for other in (*answers, *quoting, *neighbours.documents.tolist()):
            if versions[other][0] not in seen:
                seen.add(versions[other][0])
                yield other

    def _candidates(self, index: int, others: Iterable[int]) -> Iterator[_Candidate]:
        """Yield the other documents for which there are reasons, nearest first."""
        others = list(others)
        shared_terms = self.similarity.keyword_rows.shared_keywords(index, others)
        own_names = self._names_of(index)
        for other, terms in zip(others, shared_terms, strict=True):
            shared = self._shared(index, other, terms, own_names)
            if weight := weigh(shared):
                yield _Candidate(other, shared, weight)

    def _shared(self, index: int, other: int, terms: Iterable[int], own: frozenset[str]) -> Shared:
        others = self._names_of(other)
        shared = sorted(own & others, key=lambda name: (self.name_counts[name], name))
        words = (self.similarity.vocabulary[term] for term in terms)
        return Shared(
            {name: name_weight(self.name_counts[name], len(self.facts)) for name in shared},
            tuple(words),
            self.facts[index],
            self.facts[other],
            own,
            others,
            self.similarity.passages.get(index, {}).get(other),
        )

    def _names_of(self, index: int) -> frozenset[str]:
        return frozenset(self.names.get(self.sources[index], ()))


RelateEach = Callable[[Explainer, Sequence[int]], Iterable[Relations]]
"""Returns the relations of each of these documents, in order."""


def relate_each(explainer: Explainer, indices: Sequence[int]) -> Iterator[Relations]:
    """Yield the relations of each of these documents, found in this process."""
    return map(explainer.relations_of, indices)


def relate_documents(
    documents: Sequence[AnyDocument],
    similarity: Similarity,
    names: Mapping[SeedPath, Sequence[str]],
    previous: SavedRelated | None = None,
    relate: RelateEach = relate_each,
) -> SavedRelated:
    """Return the versions and the related documents of every document, each with its reason.

    `similarity` is that of the same documents in the same order. `names` has the entities that
    each of them links to. A near document without a reason that a person would give is left out.
    Relations of the `previous` run are reused where they still hold; `similarity` must have been
    computed from the results of that same run. `relate` finds the relations of documents.
    """
    sources = similarity.saved.sources
    facts = facts_of(documents)
    explainer = Explainer(similarity, facts, names, _count_names(names), possible_answers(facts))
    fingerprints = tuple(map(explainer.fingerprint_of, range(len(sources))))
    if previous is None:
        outdated, encoded = np.ones(len(sources), bool), dict[SeedPath, bytes]()
    else:
        encoded = previous.encoded
        positions = map_positions(tuple(encoded), sources)
        changed = changed_positions(positions, previous.fingerprints, fingerprints)
        ranks_before = _rank_names(previous.name_counts, len(encoded))
        ranks = _rank_names(explainer.name_counts, len(sources))
        outdated = similarity.recomputed | changed | similarity.nearest.referring_to(changed)
        outdated |= _with_changed_names(sources, names, ranks_before, ranks)
        outdated |= explainer.with_changed_partners(changed)
    found = relate(explainer, np.flatnonzero(outdated).tolist())
    current = encoded | {relation.source: _encode(relation) for relation in found}
    relations = {source: current[source] for source in sources}
    return SavedRelated(fingerprints, dict(explainer.name_counts), relations)


def _count_names(names: Mapping[SeedPath, Sequence[str]]) -> Counter[str]:
    return Counter(chain.from_iterable(map(frozenset, names.values())))


def _rank_names(name_counts: Mapping[str, int], documents: int) -> dict[str, tuple[int, int]]:
    """Return for each name the count by which reasons sort it, and what it weighs as a reason."""
    return {name: (count, name_weight(count, documents)) for name, count in name_counts.items()}


def _with_changed_names(
    sources: Iterable[SeedPath],
    names: Mapping[SeedPath, Sequence[str]],
    previous: Mapping[str, tuple[int, int]],
    current: Mapping[str, tuple[int, int]],
) -> Mask:
    """Return which documents have a name that is ranked differently than in the previous run."""
    changed = {name for name, rank in current.items() if previous.get(name) != rank}
    return np.array([not changed.isdisjoint(names.get(path, ())) for path in sources], bool)
