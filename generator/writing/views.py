"""Views: the part of the corpus that one page shows.

A page depends on its view only, so a digest of the view tells whether the page is outdated.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import msgspec
from msgspec import structs

from generator.model import (
    Address,
    Corpus,
    Document,
    DocumentRecord,
    Entity,
    EntityId,
    EntityKind,
    EntityMentions,
    EntityRegistry,
    Extracted,
    Mention,
    NameKey,
    NameUsage,
    Relations,
    SeedPath,
    WeakEvidence,
    is_sufficient,
)
from generator.model.pictures import DocumentPictures
from generator.writing.document_pictures import with_pictures
from generator.writing.document_refs import DocumentRef, document_ref
from generator.writing.editor_notes import NoteView, note_on
from generator.writing.enclosed_documents import NO_FAMILY, Family, find_families

MAX_VERSIONS = 20
"""Versions that a page lists: a thousand copies of a form would list each other a million times."""


class EntityRef(NamedTuple):
    """An entity as other pages name it: without counts, which change with each document."""

    id: EntityId
    kind: EntityKind
    name: str
    address: Address | None
    """The address of its page, if it has one."""
    note: str | None = None
    """What people wrote about it."""


class ResolvedName(NamedTuple):
    """A name and the entity that it means."""

    key: NameKey
    weak_evidence: WeakEvidence
    """Which mentions with weak evidence count."""
    entity: EntityRef


class CollectionRef(NamedTuple):
    """A collection as the pages of its documents name it."""

    title: str
    address: Address


class LinkedDocuments(NamedTuple):
    """The documents that a document's page links."""

    relations: Relations
    """Versions and related documents."""
    earlier: SeedPath | None
    """The document before it in chronological order."""
    later: SeedPath | None


class PageContext(msgspec.Struct, frozen=True):
    """Everything that the page of a document shows besides the document's own text."""

    record: DocumentRecord
    address: Address
    names: tuple[ResolvedName, ...]
    """The names in the document that mean an entity."""
    relations: Relations
    linked: tuple[DocumentRef, ...]
    """The documents that the page links."""
    earlier: SeedPath | None
    later: SeedPath | None
    is_fully_escaped: bool
    author_pages: dict[str, Address]
    head_pages: dict[str, Address]
    """The pages of who wrote to whom and where, by their fields."""
    collection: CollectionRef | None
    """Of its own folder."""
    note: NoteView | None
    """What the editor says about it."""
    mentions: tuple[Mention, ...] | None = None
    """The names in its text, if corrections change them; otherwise those found are used."""
    family: Family = NO_FAMILY
    """The document that encloses it, and those that it encloses."""
    pictures: DocumentPictures | None = None
    """Its pictures, if some are files of their own; otherwise those in its file are used."""
    entities: tuple[EntityId, ...] = ()
    """All that it mentions, in the order of its text."""


class DocumentView(msgspec.Struct, frozen=True, eq=False):
    """A document with its text, and the facts of the corpus that its page shows.

    A view equals only itself, so that what was computed from it can be remembered.
    """

    document: Document
    address: Address
    mentions: tuple[Mention, ...] = ()
    names: Mapping[NameKey, ResolvedName] = msgspec.field(default_factory=dict)
    relations: Relations | None = None
    linked: Mapping[SeedPath, DocumentRef] = msgspec.field(default_factory=dict)
    """The documents that the page links."""
    earlier: DocumentRef | None = None
    """The document before it in chronological order."""
    later: DocumentRef | None = None
    author_pages: Mapping[str, Address] = msgspec.field(default_factory=dict)
    head_pages: Mapping[str, Address] = msgspec.field(default_factory=dict)
    """The pages of who wrote to whom and where, by their fields."""
    collection: CollectionRef | None = None
    note: NoteView | None = None
    """What the editor says about it."""
    is_fully_escaped: bool = False
    """Whether the page is written as HTML because Markdown would change its text."""
    family: Family = NO_FAMILY
    pictures: DocumentPictures | None = None
    """The sheets of its original are among them."""

    def entity_of(self, mention: Mention) -> EntityRef | None:
        """Return the entity that a mention means, or None if that is ambiguous."""
        if mention.name is None:
            return None
        resolved = self.names.get((mention.kind, mention.name))
        if resolved is None or not is_sufficient(mention, resolved.weak_evidence):
            return None
        return resolved.entity


HEAD_FIELDS: Mapping[str, tuple[EntityKind, ...]] = {
    "sender": ("person", "organization"),
    "recipient": ("person", "organization"),
    "place": ("place",),
}
"""Fields of metadata that name somebody or something, with its possible kinds."""


def entity_named(corpus: Corpus, source: SeedPath, kind: EntityKind, name: str) -> Entity | None:
    """Return the entity that a name means in a document, if that is certain."""
    registry = corpus.entities
    exceptions = registry.by_document.get(source, {})
    key = (kind, name)
    entity_id = exceptions[key] if key in exceptions else registry.by_name.get(key)
    return registry.entities[entity_id] if entity_id else None


class ContextIndex(msgspec.Struct, frozen=True):
    """The corpus, indexed to build the contexts of many pages."""

    corpus: Corpus
    entity_refs: Mapping[EntityId, EntityRef]
    earlier: Mapping[SeedPath, SeedPath]
    """For each dated document the one before it in the time of its collection, if there is one."""
    later: Mapping[SeedPath, SeedPath]
    """Likewise the one after it."""
    collections: Mapping[str, CollectionRef]
    """By folder."""
    families: Mapping[SeedPath, Family]
    _refs: dict[SeedPath, DocumentRef] = msgspec.field(default_factory=dict)
    """The documents that pages asked for: some twenty pages list each."""

    def context_of(
        self,
        record: DocumentRecord,
        usages: Iterable[NameUsage],
        mentions: tuple[Mention, ...] | None = None,
    ) -> PageContext:
        """Return the context of a document with these usages of names."""
        corpus, source = self.corpus, record.source
        relations, earlier, later = self.related_to(source)
        family = self.family_of(source)
        linked = (*linked_documents(relations, earlier, later), *family.members)
        return PageContext(
            record,
            corpus.addresses[source],
            tuple(self.resolved(source, usages)),
            relations,
            tuple(map(self.document_ref, dict.fromkeys(linked))),
            earlier,
            later,
            source in corpus.fully_escaped,
            self.author_pages(record),
            self.head_pages(record),
            self.collection_of(source),
            note_on(source, corpus),
            mentions,
            family,
            corpus.pictures.get(source),
            corpus.mentions.get(source, EntityMentions()).entities,
        )

    def document_ref(self, source: SeedPath) -> DocumentRef:
        """Return a document as other pages list it."""
        ref = self._refs.get(source)
        if ref is None:
            ref = document_ref(self.corpus.by_source[source], self.corpus.addresses[source])
            self._refs[source] = ref
        return ref

    def family_of(self, source: SeedPath) -> Family:
        """Return the document that encloses one, and those that it encloses."""
        return self.families.get(source, NO_FAMILY)

    def collection_of(self, source: SeedPath) -> CollectionRef | None:
        """Return the collection of a document."""
        return self.collections.get(self.corpus.by_source[source].folder)

    def author_pages(self, record: DocumentRecord) -> dict[str, Address]:
        """Return the addresses of a document's authors by their names."""
        names = [author.value for author in record.metadata.authors]
        return {name: self.corpus.author_pages[name] for name in names}

    def head_pages(self, record: DocumentRecord) -> dict[str, Address]:
        """Return the pages of who wrote to whom and where, where it is certain who is meant."""
        pages: dict[str, Address] = {}
        for name, kinds in HEAD_FIELDS.items():
            value: Extracted[str] | None = getattr(record.metadata, name)
            for kind in kinds if value is not None else ():
                words = value.value if value is not None else ""
                entity = entity_named(self.corpus, record.source, kind, words)
                if entity and entity.address:
                    pages.setdefault(name, entity.address)
        return pages

    def related_to(self, source: SeedPath) -> LinkedDocuments:
        """Return the documents that the page of a document links."""
        relations = self.corpus.relations.get(source) or Relations(source)
        if len(relations.versions) > MAX_VERSIONS:
            versions = relations.versions[:MAX_VERSIONS]
            relations = Relations(source, versions, relations.related)
        return LinkedDocuments(relations, self.earlier.get(source), self.later.get(source))

    def resolved(self, source: SeedPath, usages: Iterable[NameUsage]) -> Iterator[ResolvedName]:
        """Yield the names of a document with the entities that they mean in it."""
        registry = self.corpus.entities
        exceptions = registry.by_document.get(source, {})
        keys = ((usage.kind, usage.name) for usage in usages if usage.name is not None)
        for key in dict.fromkeys(keys):
            entity_id = exceptions[key] if key in exceptions else registry.by_name.get(key)
            if entity_id is not None:
                weak = "all" if key in exceptions else registry.weak_evidence(key)
                yield ResolvedName(key, weak, self.entity_refs[entity_id])


def linked_documents(
    relations: Relations, earlier: SeedPath | None, later: SeedPath | None
) -> tuple[SeedPath, ...]:
    """Return the documents that a page links, each once."""
    related = (document.source for document in relations.related)
    linked = dict.fromkeys((*relations.versions, *related, earlier, later))
    return tuple(path for path in linked if path is not None)


def build_context_index(corpus: Corpus) -> ContextIndex:
    """Index a corpus; undated documents have no position in time."""
    collections = {
        collection.folder: CollectionRef(collection.title, collection.address)
        for collection in corpus.collections
    }
    refs, families = entity_refs(corpus.entities), find_families(corpus.by_source)
    dated = [record for record in corpus.documents if record.metadata.date]
    sources, folders = [each.source for each in dated], [each.folder for each in dated]
    earlier, later = _following(sources[::-1], folders[::-1]), _following(sources, folders)
    return ContextIndex(corpus, refs, earlier, later, collections, families)


def _following(ordered: Sequence[SeedPath], folders: Sequence[str]) -> dict[SeedPath, SeedPath]:
    """Return for each document the next one of its folder, if there is one.

    For a document in no folder it is the next one of all.
    """
    by_folder: dict[str, list[SeedPath]] = defaultdict(list)
    for source, folder in zip(ordered, folders, strict=True):
        by_folder[folder].append(source)
    in_none = frozenset(by_folder.pop("", ()))
    pairs = pairwise(ordered) if in_none else ()
    following = {source: after for source, after in pairs if source in in_none}
    for members in by_folder.values():
        following.update(pairwise(members))
    return following


def entity_refs(registry: EntityRegistry) -> dict[EntityId, EntityRef]:
    """Return every entity as other pages name it."""
    return {entity.id: entity_ref(entity) for entity in registry.entities.values()}


def entity_ref(entity: Entity) -> EntityRef:
    """Return an entity as other pages name it."""
    return EntityRef(entity.id, entity.kind, entity.name, entity.address, entity.facts.note)


def document_refs(corpus: Corpus) -> Iterator[DocumentRef]:
    """Yield all documents as other pages list them, in their order."""
    return (document_ref(record, corpus.addresses[record.source]) for record in corpus.documents)


def document_view(
    context: PageContext, document: Document, mentions: tuple[Mention, ...]
) -> DocumentView:
    """Combine a document with its context; `mentions` are those found in its text."""
    linked = {ref.source: ref for ref in context.linked}
    own = structs.replace(document, metadata=context.record.metadata)
    return DocumentView(
        document=with_pictures(own, context.pictures),
        pictures=context.pictures,
        address=context.address,
        mentions=mentions if context.mentions is None else context.mentions,
        names={name.key: name for name in context.names},
        relations=context.relations,
        linked=linked,
        earlier=linked[context.earlier] if context.earlier else None,
        later=linked[context.later] if context.later else None,
        author_pages=context.author_pages,
        head_pages=context.head_pages,
        collection=context.collection,
        note=context.note,
        is_fully_escaped=context.is_fully_escaped,
        family=context.family,
    )
