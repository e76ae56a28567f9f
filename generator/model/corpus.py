"""The corpus: all documents, and the relations between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from operator import neg
from typing import TYPE_CHECKING

import msgspec

from generator.model.documents import DocumentRecord, SeedPath, WithdrawnDocument
from generator.model.names import EntityId, EntityRegistry
from generator.model.pages import Address
from generator.model.pictures import DocumentPictures

if TYPE_CHECKING:
    from generator.model.mention_table import MentionTable


class RelatedDocument(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A document that is similar to another one, and what the two share.

    Every run reads the related documents of all documents, and a struct is read faster than a
    dataclass (see `NameUsage`).
    """

    source: SeedPath
    names: tuple[str, ...]
    """Entities that both mention, the rarest in the corpus first."""
    terms: tuple[str, ...]
    """Words in both that are rare in the corpus, the most significant first."""
    same_week: bool
    """Whether both dates are exact to the day and less than seven days apart."""
    is_answer: bool = False
    """Whether each names the author of the other, or is written to them, within half a year."""
    passage: str | None = None
    """A sequence of words that both contain; None if there is none."""


class Relations(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The other versions of a document, and the documents related to it."""

    source: SeedPath
    versions: tuple[SeedPath, ...] = ()
    """Documents with (nearly) the same words, in the order of the corpus."""
    related: tuple[RelatedDocument, ...] = ()
    """The most similar documents that are not versions, most similar first."""


class Author(msgspec.Struct, frozen=True):
    """A person with a byline in at least one document."""

    name: str
    address: Address
    """The address of the author's feed, and of the page unless documents mention the author."""
    documents: tuple[SeedPath, ...]
    person: EntityId | None = None
    """The person whom documents mention by this name, if that person has a page."""

    @property
    def page(self) -> Address:
        """The address of the author's page: that of the person, if there is one."""
        return Address(f"{self.person}/") if self.person else self.address


class EditorNote(msgspec.Struct, frozen=True):
    """Words of the editor of a site about the site, a collection, a document or an entity."""

    text: str
    """Markdown, without HTML."""
    title: str | None = None
    description: str | None = None
    order: str = "date"
    """The order of a collection's documents: `date`, `title` or `file`."""
    lead: tuple[str, ...] = ()
    """In the note about the site: the seeds of documents with which the front page begins."""
    rights: str | None = None
    """In the note about a collection: the rights of its documents, as stated."""


class Collection(msgspec.Struct, frozen=True):
    """A folder of seeds that holds documents, in it or in folders below it."""

    folder: str
    """The path below the seeds folder."""
    title: str
    address: Address
    documents: tuple[SeedPath, ...]
    """In the order in which they are listed."""
    note: EditorNote | None = None


class EntityMentions(msgspec.Struct, frozen=True):
    """The entities that a document mentions, and how often."""

    entities: tuple[EntityId, ...] = ()
    """Each entity once, in the order of the text."""
    counts: tuple[int, ...] = ()
    """The number of mentions of each entity."""
    mention_count: int = 0
    """The number of all names in the text, including ambiguous ones."""

    @property
    def by_count(self) -> list[EntityId]:
        """The entities, most mentioned first."""
        counts = zip(map(neg, self.counts), self.entities, strict=True)
        return [entity for _, entity in sorted(counts)]


@dataclass(frozen=True)
class Corpus:
    """All documents with their addresses, sorted by date, without their texts."""

    documents: tuple[DocumentRecord, ...]
    addresses: dict[SeedPath, Address]
    """Those of withdrawn documents too."""
    authors: tuple[Author, ...] = ()
    withdrawn: tuple[WithdrawnDocument, ...] = ()
    entities: EntityRegistry = field(default_factory=EntityRegistry)
    mentions: Mapping[SeedPath, EntityMentions] = field(default_factory=dict)
    """The entities that each document mentions."""
    relations: Mapping[SeedPath, Relations] = field(default_factory=dict)
    """The versions and related documents of each document."""
    by_source: dict[SeedPath, DocumentRecord] = field(default_factory=dict)
    author_pages: dict[str, Address] = field(default_factory=dict)
    """The address of each author's page, by the name in the documents."""
    first_addresses: dict[SeedPath, Address] = field(default_factory=dict)
    """The first address of each document that has another address now."""
    added: dict[SeedPath, str] = field(default_factory=dict)
    """The day on which each document was added to the site; none before its first release."""
    collections: tuple[Collection, ...] = ()
    """Sorted by folder."""
    notes: dict[str, EditorNote] = field(default_factory=dict)
    """Notes of the editor, by the seed or the entity that they are about; empty for the site."""
    pictures: dict[SeedPath, DocumentPictures] = field(default_factory=dict)
    """The pictures of each document that has some in files of their own."""
    fully_escaped: frozenset[SeedPath] = frozenset()
    """Documents in which every character is escaped, because a plugin changed their text."""

    @cached_property
    def mention_table(self) -> MentionTable:
        """The entities that each document mentions, as columns, in the order of the documents."""
        from generator.model.mention_table import MentionTable  # it loads numpy

        mentions = self.mentions
        table = mentions if isinstance(mentions, MentionTable) else MentionTable.of(mentions)
        return table.in_order([document.source for document in self.documents])

    @cached_property
    def entity_languages(self) -> dict[EntityId, str]:
        """For each entity the language of the first document that mentions it.

        The customs by which names are sorted depend on it.
        """
        table = self.mention_table
        known = [document.metadata.language for document in self.documents]
        names = [language.value if language else "" for language in known]
        numbers = {name: number for number, name in enumerate(dict.fromkeys(("", *names)))}
        languages = tuple(numbers)
        first = table.first_of_each([numbers[name] for name in names])
        return {entity: languages[number] for entity, number in first.items() if number}
