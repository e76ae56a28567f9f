"""All documents together, and how they stand to each other."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from generator.model.documents import DocumentRecord, SeedPath, WithdrawnDocument
from generator.model.names import EntityId, EntityRegistry
from generator.model.pages import Address


class RelatedDocument(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A document that stands near another one, and what the two share.

    It is a struct, as `Usage` is, because every run reads those of all documents.
    """

    source: SeedPath
    names: tuple[str, ...]
    """Entities that both speak of, the rarest in the corpus first."""
    terms: tuple[str, ...]
    """Words in both that are rare in the corpus, the weightiest first."""
    same_week: bool
    """Whether their dates are known to the day and less than seven days apart."""


class Relations(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A document's place among the others: its other versions, and its neighbours."""

    source: SeedPath
    versions: tuple[SeedPath, ...] = ()
    """Documents with (nearly) the same words, in the order of the corpus."""
    related: tuple[RelatedDocument, ...] = ()
    """The nearest documents that are no versions, nearest first, each with its reason."""


@dataclass(frozen=True, slots=True)
class Author:
    """A person whose byline stands over at least one document."""

    name: str
    address: Address
    documents: tuple[SeedPath, ...]


@dataclass(frozen=True, slots=True)
class EntityMentions:
    """Of whom a document speaks, and how often."""

    entities: tuple[EntityId, ...] = ()
    """Each once, in the order of the text."""
    counts: tuple[int, ...] = ()
    """How many mentions each of them has."""
    mention_count: int = 0
    """How many names stand in the text, those that nobody can tell among them."""

    @property
    def by_count(self) -> list[EntityId]:
        """Whom it speaks of, most mentioned first."""
        counted = zip(self.counts, self.entities, strict=True)
        return [who for _, who in sorted(counted, key=lambda one: (-one[0], one[1]))]


@dataclass(frozen=True, slots=True)
class Corpus:
    """All documents together, in the order of time, each with its address; without their texts."""

    documents: tuple[DocumentRecord, ...]
    addresses: dict[SeedPath, Address]  # of what is left of withdrawn documents too
    authors: tuple[Author, ...] = ()
    withdrawn: tuple[WithdrawnDocument, ...] = ()
    entities: EntityRegistry = field(default_factory=EntityRegistry)
    mentions: dict[SeedPath, EntityMentions] = field(default_factory=dict)
    """Of whom each document speaks."""
    relations: dict[SeedPath, Relations] = field(default_factory=dict)
    """The versions and the neighbours of each document."""
    by_source: dict[SeedPath, DocumentRecord] = field(default_factory=dict)
    author_pages: dict[str, Address] = field(default_factory=dict)
    """Where the page of each author is, by the name as documents give it."""
    first_addresses: dict[SeedPath, Address] = field(default_factory=dict)
    """Where documents were first published that have another address now."""
    fully_escaped: frozenset[SeedPath] = frozenset()  # would be changed if written as Markdown
