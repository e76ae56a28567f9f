"""Fingerprints of the names in each document, with the entities that they mean.

Those of the last run are used again for each document with the same names, as long as all names
mean the same entities.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec

from generator.engine.database import Database
from generator.engine.encoding import decoder, encode
from generator.engine.fingerprint import FINGERPRINT_SIZE, fingerprint
from generator.linking.entities.split_names import CorrectedUsages
from generator.model import (
    EntityRegistry,
    Mention,
    NameKey,
    NameUsage,
    SeedPath,
    is_sufficient,
)
from generator.pipeline.build_tasks import NameSummary
from generator.pipeline.name_usages import NameUsages
from generator.writing.views import ContextIndex

_TABLE, _KEY = "fingerprints of names", "all"


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


class _Known(NamedTuple):
    """The fingerprint of a document, and a digest of the names from which it was computed."""

    names: bytes
    fingerprint: bytes


class _Saved(NamedTuple):
    """What the last run saved."""

    entities: bytes
    """A fingerprint of the program, and of all names with their entities."""
    documents: dict[SeedPath, _Known]


def mention_fingerprints(index: ContextIndex, names: NameLookup) -> dict[SeedPath, bytes]:
    """Return for each document a fingerprint of its names with their entities, and save them."""
    by_name = {name.key: fingerprint((name.key, name.entity)) for name in index.entities_by_name()}
    registry, build = index.corpus.entities, names.usages.build
    weak = [registry.weak_evidence(key) for key in by_name]
    entities = fingerprint((build.program, [*by_name.values()], weak))
    saved = _load(build.database, entities)
    special = {*names.corrected.corrected_documents, *registry.by_document}
    known: dict[SeedPath, _Known] = {}
    for source, data in names.usages.encoded():
        digest = hashlib.blake2b(data, digest_size=FINGERPRINT_SIZE).digest()
        before = saved.get(source)
        if before and before.names == digest and source not in special:
            known[source] = before
        else:
            known[source] = _Known(digest, _fingerprint(index, names, by_name, source, data))
    new = {source: value for source, value in known.items() if source not in special}
    build.database.put(_TABLE, [(_KEY, encode(_Saved(entities, new)))])
    return {source: value.fingerprint for source, value in known.items()}


def _load(database: Database, entities: bytes) -> Mapping[SeedPath, _Known]:
    """Return what the last run saved; nothing if a name meant something else then."""
    data = database.get(_TABLE, _KEY)
    saved = decoder(_Saved).decode(data) if data else None
    return saved.documents if saved and saved.entities == entities else {}


def _fingerprint(
    index: ContextIndex,
    names: NameLookup,
    by_name: Mapping[NameKey, bytes],
    source: SeedPath,
    data: bytes,
) -> bytes:
    summary: NameSummary = decoder(NameSummary).decode(data)
    mentions: tuple[Mention, ...] | None = None
    current: Iterable[NameUsage] = summary.usages
    if source in names.corrected.corrected_documents:
        current, mentions = names.for_document(source)
    certain = dict.fromkeys(_certain_names(current, index.corpus.entities))
    states = [by_name[key] + bytes([strong]) for key, strong in certain if key in by_name]
    exceptions = index.corpus.entities.by_document.get(source)
    own = tuple(index.resolved(source, current)) if exceptions else ()
    return fingerprint((summary.digest, b"".join(states), mentions, own))


def _certain_names(
    usages: Iterable[NameUsage], entities: EntityRegistry
) -> Iterator[tuple[NameKey, bool]]:
    """Yield names whose entity is certain, by their own evidence or by that of others."""
    for usage in usages:
        if usage.name is None:
            continue
        key = (usage.kind, usage.name)
        if is_sufficient(usage, entities.weak_evidence(key)):
            yield key, usage.strong
