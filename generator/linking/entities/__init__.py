"""Who is who: the names in all documents become people, organizations and places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import attrgetter

from generator.linking.corrections import NameCorrections
from generator.linking.entities import decisions, policy
from generator.linking.entities.decisions import Told
from generator.linking.entities.forms import fold
from generator.linking.entities.merge import Group, groups_of
from generator.linking.entities.review import doubts, shared_surnames
from generator.linking.entities.tally import Naming, tally, usages
from generator.model import (
    Address,
    Alias,
    Document,
    Entity,
    EntityId,
    Mention,
    NameKey,
    Problem,
    Register,
    SeedPath,
    Spoken,
    Usage,
)

__all__ = [
    "Naming",
    "Told",
    "register",
    "same_spelling",
    "speaks_of",
    "spoken_of",
    "stale",
    "usages",
]

_NAME = attrgetter("name")

Allocate = Callable[[Mapping[NameKey, tuple[str, ...]]], dict[NameKey, Address]]
"""Gives every entity, by kind and canonical name, an address of its own.

It is told the other names of each; none where a person gave the name, which has its own address.
"""


def spoken_of(document: Document, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Leave out what a footer names: it is the publisher who speaks there, not the document."""
    return tuple(mention for mention in mentions if document.blocks[mention.block].kind != "footer")


def speaks_of(usages: Iterable[Usage], who: Register) -> Spoken:
    """Tell of whom a document speaks, and how often."""
    found: dict[EntityId, int] = {}
    mentions = 0
    for usage in usages:
        mentions += usage.times
        entity = who.entity_of(usage)
        if entity is not None:
            found[entity.id] = found.get(entity.id, 0) + usage.times
    return Spoken(tuple(found), tuple(found.values()), mentions)


def same_spelling(one: str, other: str) -> bool:
    """Tell whether two names have the same letters, accents, capitals and signs put aside."""
    return fold(one) == fold(other) != ""


def register(
    namings: Iterable[Naming],
    documents: int,
    allocate: Allocate,
    said: NameCorrections,
) -> Register:
    """Make the register of a corpus of so many documents from the names in them.

    `namings` are as people told them in the same corrections, and are walked through once. The
    cost grows with the number of names in all documents.
    """
    open_ones: list[Naming] = []
    uses = tally(_noting(namings, open_ones))
    groups = groups_of(uses.values(), decisions.families(said))
    before = {use.key: (group.kind, group.name) for group in groups for use in group.uses}
    groups = decisions.apply(groups, uses, said)
    slips = policy.slips(groups)
    addresses = allocate({(group.kind, group.name): _known_as(group) for group in groups})
    entities = [_entity(group, addresses, documents, slips) for group in groups]
    by_name = {
        use.key: entity.id
        for group, entity in zip(groups, entities, strict=True)
        for use in group.uses
    }
    by_id = {entity.id: entity for entity in sorted(entities, key=lambda entity: entity.id)}
    return Register(
        entities=by_id,
        by_name=dict(sorted(by_name.items())),
        decided=frozenset(use.key for group in groups if group.decided for use in group.uses),
        doubts=doubts(groups, uses, slips, shared_surnames(open_ones)),
        moved=_moved(before, by_name, by_id),
    )


def _noting(namings: Iterable[Naming], open_ones: list[Naming]) -> Iterator[Naming]:
    """Pass names on, and keep those of documents with a name that nobody could tell."""
    for source, used in namings:
        if not all(map(_NAME, used)):
            told = (usage for usage in used if usage.kind == "person" or not usage.name)
            open_ones.append((source, tuple(told)))
        yield source, used


def stale(namings: Iterable[Naming], said: NameCorrections) -> tuple[Problem, ...]:
    """Report corrections of names that match nothing; `namings` as the finder gave them."""
    if said == NameCorrections():
        return ()
    split_names = {fold(entry.name): entry.name for entry in said.split}
    found: dict[str, set[SeedPath]] = {name: set() for name in split_names.values()}
    for source, used in namings if split_names else ():
        for usage in used:
            name = split_names.get(fold(usage.name or usage.text))
            if name:
                found[name].add(source)
    there = {name: frozenset(sources) for name, sources in found.items()}
    return tuple(decisions.stale(said, tally(namings), there))


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


def _known_as(group: Group) -> tuple[str, ...]:
    return () if group.called else tuple(use.name for use in group.uses)


def _entity(
    group: Group, addresses: Mapping[NameKey, Address], documents: int, slips: frozenset[int]
) -> Entity:
    address = addresses[group.kind, group.name]
    page, reason = policy.verdict(group, documents, slips)
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
