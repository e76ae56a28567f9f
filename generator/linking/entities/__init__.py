"""Who is who: the names in all documents become people, organizations and places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from generator.linking.entities import policy
from generator.linking.entities.merge import Group, groups_of
from generator.linking.entities.tally import Naming, tally
from generator.model import (
    Address,
    Alias,
    Document,
    Entity,
    EntityId,
    EntityKind,
    Mention,
    NameKey,
    Register,
)

Allocate = Callable[[Iterable[tuple[EntityKind, str]]], dict[NameKey, Address]]
"""Gives every entity, by kind and canonical name, an address of its own."""


def spoken_of(document: Document, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Leave out what a footer names: it is the publisher who speaks there, not the document."""
    return tuple(mention for mention in mentions if document.blocks[mention.block].kind != "footer")


def register(namings: Iterable[Naming], documents: int, allocate: Allocate) -> Register:
    """Make the register of a corpus of so many documents from the names in them.

    The cost grows with the number of mentions; of a document only its names are needed.
    """
    groups = groups_of(tally(namings).values())
    slips = policy.slips(groups)
    addresses = allocate((group.kind, group.name) for group in groups)
    entities: dict[EntityId, Entity] = {}
    by_name: dict[NameKey, EntityId] = {}
    for group in groups:
        entity = _entity(group, addresses[group.kind, group.name], documents, slips)
        entities[entity.id] = entity
        by_name |= {use.key: entity.id for use in group.uses}
    return Register(dict(sorted(entities.items())), by_name)


def _entity(group: Group, address: Address, documents: int, slips: frozenset[int]) -> Entity:
    page, reason = policy.verdict(group, documents, slips)
    texts: Counter[str] = Counter()
    for use in group.uses:
        texts.update(use.texts)
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
    )
