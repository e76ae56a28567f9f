"""Related documents: which documents have the same subject, and which are versions of one text."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from generator.linking.similarity.compare import Similarity, changed_rows, map_positions
from generator.linking.similarity.cosine_index import Neighbours
from generator.linking.similarity.letter_answers import possible_answers
from generator.linking.similarity.linked_names import LinkedNames
from generator.linking.similarity.nearest import REMOVED, Mask
from generator.linking.similarity.reasons import (
    DocumentFacts,
    Shared,
    explain,
    name_weight,
    weigh,
)
from generator.model import Relations, SeedPath

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
    """What the next run needs to find out whose related documents are outdated."""

    sources: tuple[SeedPath, ...]
    fingerprints: bytes
    """Digests of the facts about each document that may appear in reasons, joined."""
    name_counts: dict[str, int]
    """In how many documents each name is."""
    runs: bytes
    """For each document the run that last found its relations: numbers of 4 bytes."""


class RelatedDocuments(NamedTuple):
    """The related documents of a corpus."""

    relations: EncodedRelations
    """The versions and the related documents of each document, in the order of the corpus."""
    saved: SavedRelated


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
    facts: Mapping[int, DocumentFacts]
    """By the position of each document."""
    records: npt.NDArray[np.uint64]
    """For each document a fingerprint of what facts follow from, as two numbers."""
    names: LinkedNames
    name_counts: Mapping[str, int]
    answers: Mapping[int, tuple[int, ...]]
    """The letters that may answer each letter."""

    @staticmethod
    def of(
        similarity: Similarity,
        facts: Mapping[int, DocumentFacts],
        records: Iterable[bytes],
        names: LinkedNames,
    ) -> Explainer:
        """Return what finds reasons; all are of the same documents in the same order.

        `facts` must have those of letters already, `records` have 16 bytes.
        """
        columns = np.frombuffer(b"".join(records), np.uint64).reshape(-1, 2)
        answers = possible_answers(facts)
        return Explainer(similarity, facts, columns, names, names.counts(), answers)

    @property
    def sources(self) -> tuple[SeedPath, ...]:
        """The documents, in the order of the corpus."""
        return self.similarity.saved.sources

    def fingerprints(self) -> npt.NDArray[np.uint64]:
        """Return digests of the facts about each document that may appear in others' reasons."""
        keywords, names = self.similarity.saved.digests, self.names.digests()
        return np.concatenate((keywords, self.records, names, self._links()), axis=1)

    def _links(self) -> npt.NDArray[np.uint64]:
        """Return digests of the versions, passages and answers of each document; most have none."""
        linked = sorted({*self.similarity.versions, *self.similarity.passages, *self.answers})
        digests = b"".join(map(self._link_digest, linked))
        found = np.zeros((len(self.sources), 2), np.uint64)
        found[linked] = np.frombuffer(digests, np.uint64).reshape(-1, 2)
        return found

    def _link_digest(self, index: int) -> bytes:
        answers = [self.sources[answer] for answer in self.answers.get(index, ())]
        encoded = _encode((self._versions_of(index), self._passages_of(index), answers))
        return hashlib.blake2b(encoded, digest_size=16).digest()

    def _versions_of(self, index: int) -> tuple[SeedPath, ...]:
        versions = self.similarity.versions.get(index, ())
        return tuple([self.sources[other] for other in versions if other != index])

    def with_changed_partners(self, changed: Mask) -> Mask:
        """Return which documents have an answer or share a passage with a changed document."""
        outdated = np.zeros(len(changed), bool)
        for partners in (self.answers, self.similarity.passages):
            counts = np.fromiter(map(len, partners.values()), np.int64, len(partners))
            indices = np.repeat(np.fromiter(partners, np.int64, len(partners)), counts)
            others = np.fromiter(chain.from_iterable(partners.values()), np.int64, len(indices))
            outdated[indices[changed[others]]] = True
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
            self._versions_of(index),
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
        seen = {versions.get(index, (index,))[0]}
        quoting = sorted(self.similarity.passages.get(index, ()))
        answers = self.answers.get(index, ())
        for other in (*answers, *quoting, *neighbours.documents.tolist()):
            first = versions.get(other, (other,))[0]
            if first not in seen:
                seen.add(first)
                yield other

    def _candidates(self, index: int, others: Iterable[int]) -> Iterator[_Candidate]:
        """Yield the other documents for which there are reasons, nearest first."""
        others = list(others)
        shared_terms = self.similarity.keyword_rows.shared_keywords(index, others)
        own_names = self.names.of_document(index)
        for other, terms in zip(others, shared_terms, strict=True):
            shared = self._shared(index, other, terms, own_names)
            if weight := weigh(shared):
                yield _Candidate(other, shared, weight)

    def _shared(self, index: int, other: int, terms: Iterable[int], own: frozenset[str]) -> Shared:
        others = self.names.of_document(other)
        shared = sorted(own & others, key=lambda name: (self.name_counts[name], name))
        words = (self.similarity.vocabulary[term] for term in terms)
        return Shared(
            {name: name_weight(self.name_counts[name], len(self.sources)) for name in shared},
            tuple(words),
            self.facts[index],
            self.facts[other],
            own,
            others,
            self.similarity.passages.get(index, {}).get(other),
        )


FindRelations = Callable[[Explainer, Mapping[SeedPath, int]], Mapping[SeedPath, bytes]]
"""Returns the encoded relations of documents, in order; those that the same run found are the same.

Each document has the number of the run that found its relations.
"""


def find_each(explainer: Explainer, runs: Mapping[SeedPath, int]) -> dict[SeedPath, bytes]:
    """Return the relations of all documents, found in this process."""
    found = relate_each(explainer, range(len(runs)))
    return dict(zip(runs, found, strict=True))


def relate_each(explainer: Explainer, indices: Iterable[int]) -> Iterator[bytes]:
    """Yield the encoded relations of documents at some positions, found in this process."""
    return (_encode(explainer.relations_of(index)) for index in indices)


def relate_documents(
    explainer: Explainer,
    previous: SavedRelated | None = None,
    run: int = 1,
    find: FindRelations = find_each,
) -> RelatedDocuments:
    """Return the versions and the related documents of every document, each with its reason.

    A near document without a reason that a person would give is left out. Relations of the
    `previous` run are reused where they still hold; the similarity of documents must have been
    computed from the results of that same run. `run` is the number of this one, which no earlier
    run had.
    """
    sources = explainer.sources
    fingerprints = explainer.fingerprints()
    runs = np.full(len(sources), run, np.uint32)
    if previous is not None:
        positions = map_positions(previous.sources, sources)
        kept = np.flatnonzero(positions != REMOVED)
        is_outdated = _outdated(explainer, previous, positions, fingerprints)
        unchanged = kept[~is_outdated[positions[kept]]]
        runs[positions[unchanged]] = np.frombuffer(previous.runs, np.uint32)[unchanged]
    saved = SavedRelated(
        sources, fingerprints.tobytes(), dict(explainer.name_counts), runs.tobytes()
    )
    found = find(explainer, dict(zip(sources, runs.tolist(), strict=True)))
    return RelatedDocuments(EncodedRelations(found), saved)


def _outdated(
    explainer: Explainer,
    previous: SavedRelated,
    positions: npt.NDArray[np.int64],
    fingerprints: npt.NDArray[np.uint64],
) -> Mask:
    """Return which documents may have other relations than in the previous run."""
    similarity, names = explainer.similarity, explainer.names
    before = np.frombuffer(previous.fingerprints, np.uint64).reshape(-1, fingerprints.shape[1])
    changed = changed_rows(positions, before, fingerprints)
    reranked = _reranked(explainer, previous)
    outdated = similarity.recomputed | changed | similarity.nearest.referring_to(changed)
    return outdated | names.documents_with(reranked) | explainer.with_changed_partners(changed)


def _reranked(explainer: Explainer, previous: SavedRelated) -> set[str]:
    """Return the names that reasons sort or weigh otherwise than in the previous run."""
    counts, before = explainer.name_counts, previous.name_counts
    size, size_before = len(explainer.sources), len(previous.sources)
    if counts == before and size == size_before:
        return set()
    return {
        name
        for name, count in counts.items()
        if before.get(name) != count or name_weight(count, size) != name_weight(count, size_before)
    }
