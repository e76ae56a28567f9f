"""From the names in all documents to people, organizations and places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import msgspec
from msgspec import structs

from generator import corrections
from generator.engine.incremental import Build
from generator.engine.tasks import PROGRAM, Task
from generator.files import ENTITY_ADDRESSES, read_addresses
from generator.linking.corpus import join_people
from generator.linking.corrected_mentions import match_documents
from generator.linking.entities import authority_records, resolve
from generator.linking.entities.origins import Origins
from generator.model import Corpus, EntityRegistry, Problem, SeedPath
from generator.model.mention_table import MentionTable
from generator.pipeline.name_usages import NameUsages
from generator.settings import Settings
from generator.writing.addresses import entity_permalinks as entity_addresses
from generator.writing.addresses.entity_permalinks import EntityAddress


class LinkedCorpus(msgspec.Struct, frozen=True):
    """A corpus with its entities."""

    corpus: Corpus
    corrected: resolve.CorrectedUsages
    """The usages of names with the corrections of people."""
    problems: tuple[Problem, ...]
    """Corrections of names that are in no document."""


def load_entity_addresses(settings: Settings) -> tuple[EntityAddress, ...]:
    """Read the addresses at which people, organizations and places were published."""
    return entity_addresses.load(read_addresses(settings.root, ENTITY_ADDRESSES), ENTITY_ADDRESSES)


class MatchedNames(NamedTuple):
    """Corrections of names, and what is wrong with those that were left out."""

    corrections: corrections.NameCorrections
    problems: tuple[Problem, ...]


def match_names(decided: corrections.NameCorrections, corpus: Corpus) -> MatchedNames:
    """Return the corrections of names without those of mentions in documents that are not shown."""
    matched = match_documents(decided.mentions, corpus.documents)
    return MatchedNames(structs.replace(decided, mentions=matched.corrections), matched.unmatched)


class ResolvedNames(NamedTuple):
    """The entities that the names in all documents mean, as people corrected them."""

    registry: EntityRegistry
    mentions: MentionTable
    unmatched: tuple[Problem, ...]
    """Corrections of names that are in no document."""


RESOLVE_NAMES: Task[ResolvedNames] = Task(
    "entities",
    "finding names",
    ResolvedNames,
    (
        PROGRAM,
        "the names in all documents",
        "corrections of names",
        "published addresses",
        "authors, years and kinds of documents",
    ),
)
"""Most edits of a text leave its names as they were, and then nothing is resolved again."""


def link_entities(
    corpus: Corpus,
    names: Iterable[resolve.DocumentUsages],
    name_corrections: corrections.NameCorrections,
    addresses: Iterable[EntityAddress],
) -> LinkedCorpus:
    """Resolve the names in all documents to entities, as people corrected them.

    `names` are iterated several times. An entity that has an address keeps it.
    """
    corrected = resolve.CorrectedUsages.build(names, name_corrections)
    return _linked(corpus, corrected, _resolved(corrected, addresses, corpus))


def update_entities(
    build: Build,
    corpus: Corpus,
    names: NameUsages,
    name_corrections: corrections.NameCorrections,
    addresses: Sequence[EntityAddress],
) -> LinkedCorpus:
    """Return the same as `link_entities`; only changed names are resolved again."""
    corrected = resolve.CorrectedUsages.build(names, name_corrections)
    inputs = build.fingerprint(
        names.fingerprint(), name_corrections, addresses, names.origins_fingerprint()
    )
    make = partial(_resolved, corrected, addresses, corpus)
    return _linked(corpus, corrected, build.reuse(RESOLVE_NAMES, inputs, make))


def _resolved(
    corrected: resolve.CorrectedUsages,
    addresses: Iterable[EntityAddress],
    corpus: Corpus,
) -> ResolvedNames:
    name_corrections, origins = corrected.corrections, Origins.of(corpus.documents)
    allocate = entity_addresses.allocator(addresses)
    registry = resolve.resolve_entities(corrected, len(corpus.documents), allocate, origins)
    counted = (
        (source, resolve.count_entities(source, usages, registry)) for source, usages in corrected
    )
    problems = resolve.unmatched_names(corrected.usages, name_corrections, origins)
    unmentioned = authority_records.unmentioned(name_corrections.authority_records, registry)
    mentions = MentionTable.collect(counted).in_order(_sources(corpus))
    return ResolvedNames(registry, mentions, (*problems, *unmentioned))


def _linked(
    corpus: Corpus, corrected: resolve.CorrectedUsages, resolved: ResolvedNames
) -> LinkedCorpus:
    mentions = resolved.mentions.in_order(_sources(corpus))  # it may have changed since
    linked = replace(corpus, entities=resolved.registry, mentions=mentions)
    return LinkedCorpus(join_people(linked), corrected, resolved.unmatched)


def _sources(corpus: Corpus) -> list[SeedPath]:
    return [document.source for document in corpus.documents]
