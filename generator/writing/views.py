"""The part of the corpus that a page shows: a small value, by which it is known when to compose it.

Whoever composes a page is given its part and nothing else. So a page whose part is as it was is as
it was, too, and nobody needs to look at the rest of the corpus to know it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import nlargest
from itertools import chain, islice

from generator.model import (
    Address,
    Author,
    Corpus,
    Document,
    DocumentRecord,
    Entity,
    EntityId,
    EntityMentions,
    EntityRegistry,
    Mention,
    Metadata,
    NameKey,
    NameUsage,
    Relations,
    SeedPath,
)

MAX_VERSIONS = 20
"""Versions that a page lists: a thousand copies of a form would list each other a million times."""

_TOGETHER = 10
"""How many entities are told that are seen together with one."""

_MOST_NAMED = 25
"""Entities of a document that count as seen together: the others it names only in passing."""

FEED_ENTRIES = 50
"""Documents in a feed."""

DocumentEntry = tuple[DocumentRecord, Address]
"""A document as other pages name it, and where its page is."""

ResolvedName = tuple[NameKey, bool, Entity]
"""A name, whether weak evidence is enough for it, and whom it means."""


@dataclass(frozen=True, slots=True)
class PageContext:
    """All that the page of a document shows besides the document's own text."""

    record: DocumentRecord
    address: Address
    names: tuple[ResolvedName, ...]
    """Whom the names in it mean."""
    relations: Relations
    linked: tuple[DocumentEntry, ...]
    """The documents that the page names."""
    earlier: SeedPath | None
    later: SeedPath | None
    """The documents before and after it in the order of time."""
    is_fully_escaped: bool
    author_pages: dict[str, Address]
    mentions: tuple[Mention, ...] | None = None
    """The names in its text, where people decided whose they are; else they are as found."""


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document with its text and the names in it, and what its page shows of the corpus."""

    document: Document
    mentions: tuple[Mention, ...]
    corpus: Corpus
    earlier: DocumentRecord | None = None
    later: DocumentRecord | None = None


LinkedDocuments = tuple[Relations, SeedPath | None, SeedPath | None]
"""A document's versions and neighbours, and those before and after it in the order of time."""


@dataclass(frozen=True, slots=True)
class ContextIndex:
    """The corpus, made ready to be asked for the surroundings of one document after the other."""

    corpus: Corpus
    entity_refs: Mapping[EntityId, Entity]
    document_refs: Mapping[SeedPath, DocumentEntry]
    """All documents as lists name them, in their order."""
    adjacent: Mapping[SeedPath, tuple[SeedPath | None, SeedPath | None]]

    def context_of(
        self,
        record: DocumentRecord,
        usages: Iterable[NameUsage],
        mentions: tuple[Mention, ...] | None = None,
    ) -> PageContext:
        """Give the surroundings of a document in which names are used so."""
        corpus, source = self.corpus, record.source
        kinship, earlier, later = self.related_to(source)
        return PageContext(
            record,
            corpus.addresses[source],
            tuple(self._known(usages)),
            kinship,
            tuple(self.document_refs[path] for path in linked_documents(kinship, earlier, later)),
            earlier,
            later,
            source in corpus.fully_escaped,
            self.author_pages(record),
            mentions,
        )

    def author_pages(self, record: DocumentRecord) -> dict[str, Address]:
        """Give the addresses of a document's authors, by their names."""
        names = [author.value for author in record.metadata.authors]
        return {name: self.corpus.author_pages[name] for name in names}

    def related_to(self, source: SeedPath) -> LinkedDocuments:
        """Give the documents that the page of one names."""
        kinship = self.corpus.relations.get(source, Relations(source))
        if len(kinship.versions) > MAX_VERSIONS:
            kinship = Relations(source, kinship.versions[:MAX_VERSIONS], kinship.related)
        return kinship, *self.adjacent.get(source, (None, None))

    def entities_by_name(self) -> Iterator[ResolvedName]:
        """Give all names, and whom they mean."""
        register = self.corpus.entities
        for key, entity_id in register.by_name.items():
            yield key, key in register.decided, self.entity_refs[entity_id]

    def _known(self, usages: Iterable[NameUsage]) -> Iterator[ResolvedName]:
        register = self.corpus.entities
        for key in dict.fromkeys((usage.kind, usage.name) for usage in usages):
            entity_id = register.by_name.get(key)
            if entity_id is not None:
                yield key, key in register.decided, self.entity_refs[entity_id]


def linked_documents(
    relations: Relations, earlier: SeedPath | None, later: SeedPath | None
) -> tuple[SeedPath, ...]:
    """List the documents that a page names, each once."""
    near = (*relations.versions, *(related.source for related in relations.related), earlier, later)
    return tuple(one for one in dict.fromkeys(near) if one is not None)


def build_context_index(corpus: Corpus) -> ContextIndex:
    """Make a corpus ready; undated documents have no place in time."""
    dated = [record.source for record in corpus.documents if record.metadata.date]
    around = zip([None, *dated], dated, [*dated[1:], None], strict=False)
    between = {source: (earlier, later) for earlier, source, later in around}
    shown = {record.source: document_ref(record.source, corpus) for record in corpus.documents}
    return ContextIndex(corpus, entity_refs(corpus.entities), shown, between)


def entity_refs(registry: EntityRegistry) -> dict[EntityId, Entity]:
    """Give every entity as other pages name it: without what changes with each document."""
    return {entity.id: entity_ref(entity) for entity in registry.entities.values()}


def entity_ref(entity: Entity) -> Entity:
    """Leave of an entity its name, and where its page is."""
    return Entity(entity.id, entity.kind, entity.name, entity.address, (), 0, 0)


def document_ref(source: SeedPath, corpus: Corpus) -> DocumentEntry:
    """Give a document as lists show it: its title, its date, its authors."""
    record = corpus.by_source[source]
    metadata = record.metadata
    shown = Metadata(metadata.title, metadata.authors, metadata.date)
    return DocumentRecord(source, "", "", shown), corpus.addresses[source]


def document_view(
    context: PageContext, document: Document, mentions: tuple[Mention, ...]
) -> DocumentView:
    """Put a document and its surroundings together; `mentions` as they were found."""
    source = context.record.source
    records = {record.source: record for record, _ in context.linked}
    addresses = {record.source: address for record, address in context.linked}
    corpus = Corpus(
        documents=(),
        addresses={**addresses, source: context.address},
        entities=EntityRegistry(
            entities={entity.id: entity for _, _, entity in context.names},
            by_name={key: entity.id for key, _, entity in context.names},
            decided=frozenset(key for key, decided, _ in context.names if decided),
        ),
        relations={source: context.relations},
        by_source={**records, source: context.record},
        author_pages=context.author_pages,
        fully_escaped=frozenset([source] if context.is_fully_escaped else []),
    )
    return DocumentView(
        replace(document, metadata=context.record.metadata),
        mentions if context.mentions is None else context.mentions,
        corpus,
        records[context.earlier] if context.earlier else None,
        records[context.later] if context.later else None,
    )


@dataclass(frozen=True, slots=True)
class EntityView:
    """All that the pages of an entity show besides the sentences with its name."""

    entity: Entity
    authors: tuple[Author, ...]
    """Who has the same name and writes."""
    documents: tuple[DocumentEntry, ...]
    """Where it is named, oldest first."""
    co_mentioned: tuple[tuple[Entity, int], ...]
    """Who is named beside it most, and in how many documents."""
    newest: tuple[DocumentEntry, ...]
    """The newest of its documents that have a date, newest first, with their first words."""
    first_addresses: dict[SeedPath, Address] = field(default_factory=dict)
    """Where those of them were first published that have another address now."""


@dataclass(frozen=True, slots=True)
class CoMentionIndex:
    """Who is named where, and by whose side: made ready to be asked for one after the other."""

    contexts: ContextIndex
    most_mentioned: Sequence[Sequence[EntityId]]
    """For each document, in the order of the corpus, the entities with a page it names most."""
    positions: Mapping[EntityId, Sequence[int]]
    """Of each entity with a page, the places of its documents in the corpus."""
    authors: Mapping[EntityId, Sequence[Author]]

    def view_of(self, entity_id: EntityId) -> EntityView:
        """Give what the pages of an entity show."""
        corpus, shown = self.contexts.corpus, self.contexts.document_refs
        newest = tuple(islice(self._newest(entity_id), FEED_ENTRIES))
        first = corpus.first_addresses
        return EntityView(
            corpus.entities.entities[entity_id],
            tuple(self.authors.get(entity_id, ())),
            tuple(shown[corpus.documents[index].source] for index in self.positions[entity_id]),
            tuple(self.most_co_mentioned(entity_id)),
            newest,
            {
                document.source: first[document.source]
                for document, _ in newest
                if document.source in first
            },
        )

    def _newest(self, entity_id: EntityId) -> Iterator[DocumentEntry]:
        corpus = self.contexts.corpus
        for index in reversed(self.positions[entity_id]):
            record = corpus.documents[index]
            if record.metadata.date:
                source, metadata = record.source, record.metadata
                told = Metadata(
                    metadata.title,
                    metadata.authors,
                    metadata.date,
                    description=metadata.description,
                )
                yield DocumentRecord(source, "", "", told), corpus.addresses[source]

    def most_co_mentioned(self, entity_id: EntityId) -> Iterator[tuple[Entity, int]]:
        """Give who is named beside an entity most, and in how many documents."""
        counts: Counter[EntityId] = Counter()
        here = (self.most_mentioned[index] for index in self.positions[entity_id])
        counts.update(chain.from_iterable(most for most in here if entity_id in most))
        del counts[entity_id]
        entities = self.contexts.corpus.entities.entities
        least = min(nlargest(_TOGETHER, counts.values()), default=0)
        most = ((one, many) for one, many in counts.items() if many >= least)
        ordered = sorted(most, key=lambda pair: (-pair[1], -entities[pair[0]].mentions, pair[0]))
        for other, count in ordered[:_TOGETHER]:
            yield self.contexts.entity_refs[other], count


def build_co_mention_index(contexts: ContextIndex) -> CoMentionIndex:
    """Go through a corpus once, and note who is named where."""
    corpus = contexts.corpus
    paged = {entity.id for entity in corpus.entities.entities.values() if entity.address}
    places: dict[EntityId, list[int]] = defaultdict(list)
    most: list[tuple[EntityId, ...]] = []
    for index, record in enumerate(corpus.documents):
        mentions = corpus.mentions.get(record.source, EntityMentions())
        for entity_id in mentions.entities:
            if entity_id in paged:
                places[entity_id].append(index)
        ordered = (one for one in mentions.by_count if one in paged)
        most.append(tuple(islice(ordered, _MOST_NAMED)))
    authors: dict[EntityId, list[Author]] = defaultdict(list)
    for author in corpus.authors:
        if person := person_for_author(author, corpus):
            authors[person.id].append(author)
    return CoMentionIndex(contexts, most, places, authors)


def person_for_author(author: Author, corpus: Corpus) -> Entity | None:
    """Give the person with a page of whom documents speak under an author's name."""
    entity_id = corpus.entities.by_name.get(("person", author.name))
    entity = corpus.entities.entities[entity_id] if entity_id else None
    return entity if entity and entity.address else None
