"""The names and entities of documents that are in memory, as one corpus."""

from __future__ import annotations

from collections.abc import Sequence

from generator.corrections import AuthorityRecord, NameCorrections
from generator.linking.authority.replace_mentions import with_authority_names
from generator.linking.entities.origins import Origins
from generator.linking.entities.resolve import CorrectedUsages, count_usages, resolve_entities
from generator.linking.names import corpus_hints_for_all, count_case, find_names
from generator.model import Document, EntityRegistry, Mention
from generator.writing.addresses.urls import entity_addresses


def resolve_names(
    documents: Sequence[Document], records: tuple[AuthorityRecord, ...] = ()
) -> tuple[list[tuple[Mention, ...]], EntityRegistry]:
    """Return the mentions of each document, and the entities of all; records are of names.csv."""
    hints = corpus_hints_for_all([count_case(document) for document in documents])
    mentions = [
        with_authority_names(document, find_names(document, own), records)
        for document, own in zip(documents, hints, strict=True)
    ]
    usages = [
        (document.source, count_usages(names))
        for document, names in zip(documents, mentions, strict=True)
    ]
    entities = resolve_entities(
        CorrectedUsages(usages, NameCorrections(authority_records=records)),
        len(documents),
        entity_addresses,
        Origins.of(documents),
    )
    return mentions, entities
