"""Fingerprints of the names in each document, with the entities that they mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import add
from typing import NamedTuple

import msgspec

from generator.engine.fingerprint import fingerprint
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


class MentionFingerprints(msgspec.Struct, frozen=True):
    """Computes for documents a fingerprint of their names with their entities."""

    index: ContextIndex
    names: NameLookup
    special: frozenset[SeedPath]
    """The documents with corrections or exceptions."""
    known: dict[NameKey, bytes] = msgspec.field(default_factory=dict)
    """Fingerprints of names with their entities."""

    @staticmethod
    def of(index: ContextIndex, names: NameLookup) -> MentionFingerprints:
        """Return what computes the fingerprints of a corpus."""
        corrected, exceptions = names.corrected.corrected_documents, index.corpus.entities
        special = {*corrected, *exceptions.by_document}
        return MentionFingerprints(index, names, frozenset(special & index.corpus.by_source.keys()))

    def inputs(self) -> list[bytes]:
        """Return for each document what its fingerprint follows from, in their order.

        Of special ones that is the fingerprint itself.
        """
        sources, results = self.index.corpus.mention_table.sources, self.names.usages.results
        mentions = [results[source].mentions for source in sources]
        inputs = [*map(add, mentions, self._of_entities())]
        for row in [row for row, source in enumerate(sources) if source in self.special]:
            inputs[row] = self._of_special(sources[row])
        return inputs

    def _of_entities(self) -> list[bytes]:
        """Return for each document a digest of its entities in their order.

        It covers all names of each entity and the evidence that they need. So while the mentions of
        a document and this digest stay, its names mean the same.
        """
        table, registry = self.index.corpus.mention_table, self.index.corpus.entities
        names: dict[EntityId, list[tuple[NameKey, WeakEvidence]]] = {each: [] for each in table.ids}
        for key, entity_id in registry.by_name.items():
            if entity_id in names:
                names[entity_id].append((key, registry.weak_evidence(key)))
        refs = self.index.entity_refs
        return table.digests([fingerprint((refs[each], own)) for each, own in names.items()])

    def of_documents(self, sources: Sequence[SeedPath]) -> Iterator[bytes]:
        """Yield the fingerprint of each of these documents."""
        in_order = sorted(source for source in sources if source not in self.special)
        summaries = self.names.usages.for_documents(in_order)
        found = {
            source: self._fingerprint(summary, summary.usages)
            for source, summary in zip(in_order, summaries, strict=True)
        }
        return (found.get(source) or self._of_special(source) for source in sources)

    def _of_special(self, source: SeedPath) -> bytes:
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
