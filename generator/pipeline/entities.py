"""From the names in all documents to people, organizations and places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from generator import corrections
from generator.files import ENTITY_ADDRESSES, read_addresses
from generator.linking.corpus import join_people
from generator.linking.corrected_mentions import match_documents
from generator.linking.entities import authority_records, resolve
from generator.linking.entities.origins import Origins
from generator.model import Corpus, Problem
from generator.settings import Settings
from generator.writing.addresses import entity_permalinks as entity_addresses
from generator.writing.addresses.entity_permalinks import EntityAddress


@dataclass(frozen=True, slots=True)
class LinkedCorpus:
    """A corpus with its entities."""

    corpus: Corpus
    corrected: resolve.CorrectedUsages
    """Whose names they are according to corrections.yml."""
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
    return MatchedNames(replace(decided, mentions=matched.corrections), matched.unmatched)


def link_entities(
    corpus: Corpus,
    names: Iterable[resolve.DocumentUsages],
    name_corrections: corrections.NameCorrections | None = None,
    addresses: Iterable[EntityAddress] = (),
) -> LinkedCorpus:
    """Resolve the names in all documents to entities, as people corrected them.

    `names` are iterated several times. An entity that has an address keeps it.
    """
    name_corrections = name_corrections or corrections.NameCorrections()
    corrected = resolve.CorrectedUsages.build(names, name_corrections)
    registry = resolve.resolve_entities(
        corrected,
        len(corpus.documents),
        entity_addresses.allocator(addresses),
        name_corrections,
        Origins.of(corpus.documents),
    )
    mentions = {
        source: resolve.count_entities(source, usages, registry) for source, usages in corrected
    }
    return LinkedCorpus(
        join_people(replace(corpus, entities=registry, mentions=mentions)),
        corrected,
        (
            *resolve.unmatched_names(names, name_corrections),
            *authority_records.unmentioned(name_corrections.authority_records, registry),
        ),
    )
