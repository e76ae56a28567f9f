"""Entity resolution: whom and what the names in all documents mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from generator.corrections import NameCorrections
from generator.linking.entities import apply_corrections, authority_records, page_policy
from generator.linking.entities.corpus_evidence import settle_names
from generator.linking.entities.forms import fold_name
from generator.linking.entities.given_names import join_given_names
from generator.linking.entities.merge import NameGroup, group_names
from generator.linking.entities.namesakes import Namesakes, find_namesakes
from generator.linking.entities.open_mentions import count_open_mentions
from generator.linking.entities.open_questions import SharedSurname, open_questions, shared_surnames
from generator.linking.entities.origins import Origins
from generator.linking.entities.roles import role_of
from generator.linking.entities.split_names import (
    CorrectedUsages,
    authority_names_of,
    split_families,
    split_names,
    with_split_heads,
)
from generator.linking.entities.titled_surnames import join_parts, join_titled_surnames
from generator.linking.entities.usage import DocumentUsages, NameStats, collect_stats, count_usages
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
    "with_split_heads",
    "without_footer",
]

AssignAddresses = Callable[[Mapping[NameKey, tuple[str, ...]]], dict[NameKey, Address]]
"""A function that returns a unique address for each entity, by kind and canonical name.

Its argument has the other names of each entity; none if a person gave the canonical name, as that
name has an address of its own.
"""


def without_footer(document: Document, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return the mentions in the words of the document.

    The footer is by the publisher, and an ornament has no words.
    """
    return tuple(
        mention
        for mention in mentions
        if document.blocks[mention.block].kind not in {"footer", "ornament"}
    )


def count_entities(
    source: SeedPath, usages: Iterable[NameUsage], entities: EntityRegistry
) -> EntityMentions:
    """Return which entities a document mentions, and how often."""
    counts: dict[EntityId, int] = {}
    mentions, exceptions = 0, entities.by_document.get(source, {})
    for usage in usages:
        entity = entities.id_of(usage, exceptions)
        mentions += usage.count if entity or usage.has_kind else 0
        if entity is not None:
            counts[entity] = counts.get(entity, 0) + usage.count
    return EntityMentions(tuple(counts), tuple(counts.values()), mentions)


def same_spelling(first: str, second: str) -> bool:
    """Whether two names are the same but for accents, capitals and punctuation."""
    return fold_name(first) == fold_name(second) != ""


def resolve_entities(
    corrected: CorrectedUsages,
    document_count: int,
    assign_addresses: AssignAddresses,
    origins: Origins | None = None,
) -> EntityRegistry:
    """Return the entities of a corpus with `document_count` documents, from the names in them.

    The usages are iterated again if one name means different people in different documents.
    The cost grows with the number of names in all documents.
    """
    corrections = corrected.corrections
    found = _group(corrected, document_count, origins or Origins())
    uncorrected = {name.key: group.key for group in found.groups for name in group.names}
    groups = apply_corrections.apply_corrections(found.groups, found.stats, corrections)
    misclassified = page_policy.likely_misclassified(groups, found.stats.values())
    addresses = assign_addresses({group.key: _other_names(group) for group in groups})
    open_mentions = count_open_mentions(groups, found.stats.values(), found.shared)
    entities = [
        replace(
            _entity(group, addresses, document_count, misclassified),
            open_mentions=open_mentions[id(group)],
        )
        for group in groups
    ]
    pairs = list(zip(groups, entities, strict=True))
    by_name = {name.key: entity.id for group, entity in pairs for name in group.names}
    forms = authority_records.other_names(by_name, entities, corrections.authority_records)
    by_name = forms | by_name
    by_id = {entity.id: entity for entity in sorted(entities, key=lambda entity: entity.id)}
    return EntityRegistry(
        entities=by_id,
        by_name=dict(sorted(by_name.items())),
        by_document=_by_document(found.namesakes, pairs, by_name),
        decided=_keys(group for group in groups if group.is_decided),
        settled=_keys(group for group in groups if group.is_settled),
        open_questions=open_questions(
            groups, found.stats, misclassified, found.shared, corrections.authority_records
        ),
        moved=_moved(uncorrected, by_name, by_id),
    )


class _Found(NamedTuple):
    """The names of a corpus in groups, without corrections of single names."""

    groups: list[NameGroup]
    stats: dict[NameKey, NameStats]
    namesakes: Namesakes
    shared: dict[str, SharedSurname]
    """Surnames that several people of a document share."""


def _group(usages: CorrectedUsages, document_count: int, origins: Origins) -> _Found:
    """Group the names that mean one entity, and settle what other documents make certain.

    A name that only corrections have changes what no other mention means.
    """
    years, corrections = origins.years, usages.corrections
    ambiguous: list[DocumentUsages] = []
    stats = collect_stats(_collecting_ambiguous(usages, ambiguous))
    namesakes = _namesakes(stats, corrections, origins)
    if namesakes.names:
        stats = namesakes.recount(stats, usages)
    families = {**namesakes.families, **split_families(corrections)}
    introduced = usages.introduced
    in_texts = {key: name for key, name in stats.items() if fold_name(name.name) not in introduced}
    groups = group_names(in_texts.values(), families, years)
    groups = settle_names(groups, in_texts, document_count)
    parts = {
        **join_titled_surnames(groups, in_texts, years),
        **join_given_names(groups, in_texts, origins),
    }
    join_parts(parts, usages if parts else ())
    others = (name for key, name in stats.items() if key not in in_texts)
    groups += group_names(others, families, years)
    for group in groups:
        group.reasons += filter(None, (namesakes.reasons.get(name.name) for name in group.names))
    return _Found(groups, stats, namesakes, shared_surnames(ambiguous))


def _namesakes(
    stats: Mapping[NameKey, NameStats], corrections: NameCorrections, origins: Origins
) -> Namesakes:
    """Return the names that mean several people, without those that a person has split."""
    decided = split_families(corrections)
    return find_namesakes((it for it in stats.values() if it.name not in decided), origins)


def _keys(groups: Iterable[NameGroup]) -> frozenset[NameKey]:
    return frozenset(name.key for group in groups for name in group.names)


def _by_document(
    namesakes: Namesakes,
    pairs: Iterable[tuple[NameGroup, Entity]],
    by_name: Mapping[NameKey, EntityId],
) -> dict[SeedPath, dict[NameKey, EntityId | None]]:
    """Return what names mean in single documents, where that differs from document to document."""
    exceptions: dict[SeedPath, dict[NameKey, EntityId | None]] = defaultdict(dict)
    for source, names in namesakes.names.items():
        for name, other in names.items():
            exceptions[source][name] = by_name.get(other)
    for group, entity in pairs:
        for part in group.parts:
            for source in part.weak_documents:
                exceptions[source][part.key] = entity.id
    return {source: exceptions[source] for source in sorted(exceptions)}


def _collecting_ambiguous(
    usages: Iterable[DocumentUsages], ambiguous: list[DocumentUsages]
) -> Iterator[DocumentUsages]:
    """Yield the usages; add documents with an ambiguous name to `ambiguous`, with their people."""
    for source, names in usages:
        if not all(usage.name for usage in names):
            people = (usage for usage in names if usage.kind == "person" or not usage.name)
            ambiguous.append((source, tuple(people)))
        yield source, names


def unmatched_names(
    usages: Iterable[DocumentUsages], corrections: NameCorrections, origins: Origins
) -> tuple[Problem, ...]:
    """Report corrections of names that match nothing; `usages` are those before corrections.

    The names that divided namesakes have, such as "J. Storr (1926)", are in no text.
    """
    if corrections == NameCorrections():
        return ()
    split = {fold_name(entry.name): entry.name for entry in corrections.split}
    documents: dict[str, set[SeedPath]] = {name: set() for name in split.values()}
    authority_names = authority_names_of(corrections)
    for source, names in usages if split else ():
        for usage in names:
            for split_name in split_names(usage, authority_names):
                if split_name in split:
                    documents[split[split_name]].add(source)
    frozen = {name: frozenset(sources) for name, sources in documents.items()}
    stats = collect_stats(usages)
    namesakes = _namesakes(stats, corrections, origins).families
    return tuple(apply_corrections.find_unmatched(corrections, stats, frozen, namesakes))


def _moved(
    uncorrected: Mapping[NameKey, NameKey],
    by_name: Mapping[NameKey, EntityId],
    entities: Mapping[EntityId, Entity],
) -> dict[NameKey, Address]:
    """Return the page of each entity whose page would be another without corrections.

    `uncorrected` has kind and canonical name of each name without corrections.
    """
    moved: dict[NameKey, Address] = {}
    for key, uncorrected_key in uncorrected.items():
        entity = entities[by_name[key]] if key in by_name else None
        if entity and entity.address and uncorrected_key != (entity.kind, entity.name):
            moved.setdefault(uncorrected_key, entity.address)
    return dict(sorted(moved.items()))


def _other_names(group: NameGroup) -> tuple[str, ...]:
    if group.corrected_name:
        return group.authority_forms
    return tuple(name.name for name in group.names)


def _entity(
    group: NameGroup,
    addresses: Mapping[NameKey, Address],
    documents: int,
    misclassified: frozenset[int],
) -> Entity:
    address = addresses[group.key]
    decision = page_policy.page_decision(group, documents, misclassified)
    texts = group.texts
    by_count = sorted(texts.items(), key=lambda pair: (-pair[1], pair[0]))
    return Entity(
        id=EntityId(address.strip("/")),
        kind=group.kind,
        name=group.name,
        address=address if decision.has_page else None,
        aliases=tuple(Alias(text, count) for text, count in by_count),
        documents=len(group.documents),
        mentions=texts.total(),
        reasons=(decision.reason, *group.reasons),
        same_as=group.same_as,
        facts=group.facts,
        is_clear=decision.has_page or decision.reason == page_policy.ONE_DOCUMENT,
        role=role_of((*group.names, *group.parts)) if group.kind == "person" else None,
    )
