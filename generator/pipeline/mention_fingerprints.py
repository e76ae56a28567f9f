"""Fingerprints of the names in each document, with the entities that they mean.

Those of the last run are used again for each document whose names and entities stayed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec
import numpy as np

from generator.engine.derived_values import ValueTable, derive
from generator.engine.fingerprint import FINGERPRINT_SIZE, fingerprint
from generator.linking.entities.split_names import CorrectedUsages
from generator.model import (
    EntityId,
    EntityRegistry,
    Mention,
    NameKey,
    NameUsage,
    SeedPath,
    WeakEvidence,
    is_sufficient,
)
from generator.pipeline.build_tasks import NameSummary
from generator.pipeline.name_usages import NameUsages
from generator.writing.views import ContextIndex

_FINGERPRINTS = ValueTable("fingerprints of names", bytes)


class _DocumentNames(NamedTuple):
    """The names of a document, as corrected."""

    usages: Iterable[NameUsage]
    mentions: tuple[Mention, ...] | None
    """Only if their entities were corrected."""


class NameLookup(msgspec.Struct, frozen=True):
    """The names in the documents of a run."""

    usages: NameUsages
    corrected: CorrectedUsages
    """Their entities according to corrections.yml."""

    def for_document(self, source: SeedPath) -> _DocumentNames:
        """Return the names of a document."""
        usages = self.usages.for_document(source).usages
        if source not in self.corrected.corrected_documents:
            return _DocumentNames(usages, None)
        mentions = self.corrected.correct_mentions(source, self.usages.mentions(source))
        return _DocumentNames(self.corrected.correct_usages(source, usages), mentions)


def mention_fingerprints(index: ContextIndex, names: NameLookup) -> dict[SeedPath, bytes]:
    """Return for each document a fingerprint of its names with their entities, and save them."""
    build, table = names.usages.build, index.corpus.mention_table
    results, sums = names.usages.results, _sums(index)
    special = {*names.corrected.corrected_documents, *index.corpus.entities.by_document}
    inputs = {
        source: results[source].mentions + entities
        for source, entities in zip(table.sources, sums, strict=True)
        if source not in special
    }
    own = _Fingerprints(index, names)
    saved = derive(build.database, _FINGERPRINTS, build.program, inputs, own.of_documents)
    return saved | {source: own.of_document(source) for source in special & names.usages.sources}


def _sums(index: ContextIndex) -> list[bytes]:
    """Return for each document the sum of fingerprints of its entities.

    Each is of all names of an entity and of the evidence that they need. So while the mentions of a
    document and its sum stay, its names mean the same.
    """
    table, registry = index.corpus.mention_table, index.corpus.entities
    names: dict[EntityId, list[tuple[NameKey, WeakEvidence]]] = {entity: [] for entity in table.ids}
    for key, entity_id in registry.by_name.items():
        if entity_id in names:
            names[entity_id].append((key, registry.weak_evidence(key)))
    digests = [fingerprint((index.entity_refs[entity], own)) for entity, own in names.items()]
    of_entity = np.frombuffer(b"".join(digests), np.uint64).reshape(-1, 2)
    return table.sums(of_entity).view(f"V{FINGERPRINT_SIZE}").ravel().tolist()


@dataclass(frozen=True, slots=True)
class _Fingerprints:
    """Computes the fingerprints of documents from their names."""

    index: ContextIndex
    names: NameLookup
    known: dict[NameKey, bytes] = field(default_factory=dict)
    """Fingerprints of names with their entities."""

    def of_documents(self, sources: Sequence[SeedPath]) -> Iterator[bytes]:
        """Yield the fingerprints of documents without corrections and exceptions."""
        in_order = sorted(sources)
        summaries = self.names.usages.for_documents(in_order)
        found = {
            source: self._fingerprint(summary, summary.usages)
            for source, summary in zip(in_order, summaries, strict=True)
        }
        return map(found.__getitem__, sources)

    def of_document(self, source: SeedPath) -> bytes:
        """Return the fingerprint of a document with corrections or exceptions."""
        usages, mentions = self.names.for_document(source)
        usages = tuple(usages)
        exceptions = self.index.corpus.entities.by_document.get(source)
        own = tuple(self.index.resolved(source, usages)) if exceptions else ()
        return self._fingerprint(self.names.usages.for_document(source), usages, mentions, own)

    def _fingerprint(
        self, summary: NameSummary, usages: Iterable[NameUsage], *exceptions: object
    ) -> bytes:
        certain = dict.fromkeys(_certain_names(usages, self.index.corpus.entities))
        states = (self._of_name(key) + bytes([strong]) for key, strong in certain)
        return fingerprint((summary.digest, b"".join(states), exceptions))

    def _of_name(self, key: NameKey) -> bytes:
        if key not in self.known:
            entity = self.index.corpus.entities.by_name[key]
            self.known[key] = fingerprint((key, self.index.entity_refs[entity]))
        return self.known[key]


def _certain_names(
    usages: Iterable[NameUsage], entities: EntityRegistry
) -> Iterator[tuple[NameKey, bool]]:
    """Yield names whose entity is certain, by their own evidence or by that of others."""
    for usage in usages:
        if usage.name is None:
            continue
        key = (usage.kind, usage.name)
        if key in entities.by_name and is_sufficient(usage, entities.weak_evidence(key)):
            yield key, usage.strong
