"""Who is who: the names in all documents become people, organizations and places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import attrgetter

from generator.corrections import NameCorrections
from generator.linking.entities import apply_corrections, page_policy
from generator.linking.entities.apply_corrections import CorrectedUsages
from generator.linking.entities.forms import fold_name
from generator.linking.entities.merge import NameGroup, group_names
from generator.linking.entities.open_questions import open_questions, shared_surnames
from generator.linking.entities.usage import DocumentUsages, collect_stats, count_usages
from generator.model import (
    Address,
    Alias,
    Document,
    Entity,
    EntityId,
    EntityMentions,
    EntityRegistry,
    Mention,
    NameKey,
    NameUsage,
    Problem,
    SeedPath,
)

__all__ = [
    "CorrectedUsages",
    "DocumentUsages",
    "count_entities",
    "count_usages",
    "resolve_entities",
    "same_spelling",
    "unmatched_names",
    "without_footer",
]

_NAME = attrgetter("name")

AssignAddresses = Callable[[Mapping[NameKey, tuple[str, ...]]], dict[NameKey, Address]]
"""Gives every entity, by kind and canonical name, an address of its own.

It is told the other names of each; none where a person gave the name, which has its own address.
"""


def without_footer(document: Document, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Leave out what a footer names: it is the publisher who speaks there, not the document."""
    return tuple(mention for mention in mentions if document.blocks[mention.block].kind != "footer")


def count_entities(usages: Iterable[NameUsage], entities: EntityRegistry) -> EntityMentions:
    """Tell of whom a document speaks, and how often."""
    found: dict[EntityId, int] = {}
    mentions = 0
    for usage in usages:
        mentions += usage.times
        entity = entities.entity_of(usage)
        if entity is not None:
            found[entity.id] = found.get(entity.id, 0) + usage.times
    return EntityMentions(tuple(found), tuple(found.values()), mentions)


def same_spelling(first: str, second: str) -> bool:
    """Tell whether two names have the same letters, accents, capitals and signs put aside."""
    return fold_name(first) == fold_name(second) != ""


def resolve_entities(
    usages: Iterable[DocumentUsages],
    document_count: int,
    assign_addresses: AssignAddresses,
    corrections: NameCorrections,
) -> EntityRegistry:
    """Make the register of a corpus of so many documents from the names in them.

    `namings` are as people told them in the same corrections, and are walked through once. The
    cost grows with the number of names in all documents.
    """
    open_ones: list[DocumentUsages] = []
    uses = collect_stats(_noting(usages, open_ones))
    groups = group_names(uses.values(), apply_corrections.split_families(corrections))
    before = {use.key: (group.kind, group.name) for group in groups for use in group.names}
    groups = apply_corrections.apply_corrections(groups, uses, corrections)
    slips = page_policy.likely_misclassified(groups)
    addresses = assign_addresses({(group.kind, group.name): _known_as(group) for group in groups})
    entities = [_entity(group, addresses, document_count, slips) for group in groups]
    by_name = {
        use.key: entity.id
        for group, entity in zip(groups, entities, strict=True)
        for use in group.names
    }
    by_id = {entity.id: entity for entity in sorted(entities, key=lambda entity: entity.id)}
    return EntityRegistry(
        entities=by_id,
        by_name=dict(sorted(by_name.items())),
        decided=frozenset(use.key for group in groups if group.is_decided for use in group.names),
        doubts=open_questions(groups, uses, slips, shared_surnames(open_ones)),
        moved=_moved(before, by_name, by_id),
    )


def _noting(
    namings: Iterable[DocumentUsages], open_ones: list[DocumentUsages]
) -> Iterator[DocumentUsages]:
    """Pass names on, and keep those of documents with a name that nobody could tell."""
    for source, used in namings:
        if not all(map(_NAME, used)):
            told = (usage for usage in used if usage.kind == "person" or not usage.name)
            open_ones.append((source, tuple(told)))
        yield source, used


def unmatched_names(
    usages: Iterable[DocumentUsages], corrections: NameCorrections
) -> tuple[Problem, ...]:
    """Report corrections of names that match nothing; `namings` as the finder gave them."""
    if corrections == NameCorrections():
        return ()
    split_names = {fold_name(entry.name): entry.name for entry in corrections.split}
    found: dict[str, set[SeedPath]] = {name: set() for name in split_names.values()}
    for source, used in usages if split_names else ():
        for usage in used:
            name = split_names.get(fold_name(usage.name or usage.text))
            if name:
                found[name].add(source)
    there = {name: frozenset(sources) for name, sources in found.items()}
    return tuple(apply_corrections.find_unmatched(corrections, collect_stats(usages), there))


def _moved(
    before: Mapping[NameKey, NameKey],
    by_name: Mapping[NameKey, EntityId],
    entities: Mapping[EntityId, Entity],
) -> dict[NameKey, Address]:
    """Tell where the pages are that entities would have if no person had decided anything."""
    moved: dict[NameKey, Address] = {}
    for key, name in before.items():
        entity = entities[by_name[key]] if key in by_name else None
        if entity and entity.address and name != (entity.kind, entity.name):
            moved.setdefault(name, entity.address)
    return dict(sorted(moved.items()))


def _known_as(group: NameGroup) -> tuple[str, ...]:
    return () if group.corrected_name else tuple(use.name for use in group.names)


def _entity(
    group: NameGroup, addresses: Mapping[NameKey, Address], documents: int, slips: frozenset[int]
) -> Entity:
    address = addresses[group.kind, group.name]
    page, reason = page_policy.page_decision(group, documents, slips)
    texts = group.texts
    ordered = sorted(texts.items(), key=lambda pair: (-pair[1], pair[0]))
    return Entity(
        id=EntityId(address.strip("/")),
        kind=group.kind,
        name=group.name,
        address=address if page else None,
        aliases=tuple(Alias(text, count) for text, count in ordered),
        documents=len(group.documents),
        mentions=texts.total(),
        reasons=(reason, *group.reasons),
        same_as=group.same_as,
    )
