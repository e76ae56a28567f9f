"""What the pages of an entity show of the corpus."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache as once
from functools import cached_property
from heapq import nsmallest
from itertools import chain, islice
from typing import NamedTuple

from generator.model import (
    Corpus,
    Entity,
    EntityId,
    EntityKind,
    EntityMentions,
    Extracted,
    Metadata,
    SeedPath,
)
from generator.writing.document_refs import DocumentRef, FeedEntry, newest_entries
from generator.writing.editor_notes import NoteView, note_on
from generator.writing.views import HEAD_FIELDS, ContextIndex, EntityRef, entity_named, entity_ref

_CO_MENTIONED = 6
"""Co-mentioned entities of each group that the page of an entity lists."""

MOST_MENTIONED = 25
"""Entities of a document that count as co-mentioned: it mentions the others only in passing."""

_NEIGHBOURS = 12
"""Other places on the map of a place; the names of more would cover each other."""


class CoMention(NamedTuple):
    """An entity, and the number of documents that mention it together with another one."""

    entity: EntityRef
    documents: int


class Position(NamedTuple):
    """A place on a map, in degrees north and east."""

    entity: EntityRef
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class EntityView:
    """Everything that the pages of an entity show besides the sentences with its name."""

    entity: Entity
    works: tuple[DocumentRef, ...]
    """The documents that the person wrote, in the order of time."""
    received: tuple[DocumentRef, ...]
    """The letters to the person or organization, in the order of time."""
    written_here: tuple[DocumentRef, ...]
    """The documents that were written at the place, in the order of time."""
    documents: tuple[DocumentRef, ...]
    """The documents that mention it, oldest first."""
    co_mentioned: tuple[CoMention, ...]
    """The entities of each kind that are most often mentioned with it."""
    newest: tuple[FeedEntry, ...]
    """The newest of its documents, and of those that the person wrote."""
    note: NoteView | None = None
    """What the editor says about it."""
    neighbours: tuple[Position, ...] = ()
    """Of a place whose position is known, the nearest other places with a position."""


class _Mentions(NamedTuple):
    """Which entities are mentioned in which documents, and which are mentioned together."""

    most_mentioned: Sequence[Sequence[EntityId]]
    """For each document of the corpus the entities with a page that it mentions most."""
    positions: Mapping[EntityId, Sequence[int]]
    """For each entity with a page the positions of its documents in the corpus."""
    mentioned_most_in: Mapping[EntityId, Sequence[int]]
    """The same without the documents that mention it only in passing."""
    ranks: Mapping[EntityId, int]
    """The position of each entity with a page if the most mentioned ones come first."""


@dataclass(frozen=True)
class EntityIndex:
    """What the pages of entities show, queried for each entity.

    Mentions are counted when a page first asks for them: after most edits none does.
    """

    contexts: ContextIndex
    with_page: frozenset[EntityId]
    works: Mapping[EntityId, Sequence[SeedPath]]
    """For each person who is an author the documents, in the order of time."""
    received: Mapping[EntityId, Sequence[SeedPath]]
    """For each recipient of letters the letters, in the order of time."""
    written_here: Mapping[EntityId, Sequence[SeedPath]]
    """For each place the documents that were written there, in the order of time."""
    places: Mapping[EntityId, Position]
    """The places with a page whose position is known."""

    @cached_property
    def mentions(self) -> _Mentions:
        """Which entities with a page are mentioned in which documents."""
        return _count_mentions(self.contexts.corpus, self.with_page)

    @cached_property
    def _document_ref(self) -> Callable[[SeedPath], DocumentRef]:
        """A function that returns a document as pages list it: once for all entities."""
        return once(self.contexts.document_ref)

    def view_of(self, entity_id: EntityId) -> EntityView:
        """Return everything that the pages of an entity show."""
        corpus, ref = self.contexts.corpus, self._document_ref
        return EntityView(
            entity=corpus.entities.entities[entity_id],
            works=self._refs(self.works, entity_id),
            received=self._refs(self.received, entity_id),
            written_here=self._refs(self.written_here, entity_id),
            documents=tuple(
                ref(corpus.documents[index].source) for index in self.mentions.positions[entity_id]
            ),
            co_mentioned=tuple(self.most_co_mentioned(entity_id)),
            newest=tuple(newest_entries(self._sources(entity_id), corpus)),
            note=note_on(entity_id, corpus),
            neighbours=self.neighbours(entity_id),
        )

    def _refs(
        self, sources: Mapping[EntityId, Sequence[SeedPath]], entity_id: EntityId
    ) -> tuple[DocumentRef, ...]:
        return tuple(map(self._document_ref, sources.get(entity_id, ())))

    def lists_of(self, entity_id: EntityId) -> Iterator[Sequence[SeedPath]]:
        """Yield the lists of documents that an entity's page has besides those that mention it."""
        for sources in (self.works, self.received, self.written_here):
            yield sources.get(entity_id, ())

    def _sources(self, entity_id: EntityId) -> Iterable[SeedPath]:
        """Return the documents that mention an entity or are by it, in the order of time."""
        documents = self.contexts.corpus.documents
        mentioning = (documents[index].source for index in self.mentions.positions[entity_id])
        works = self.works.get(entity_id)
        if not works:
            return mentioning
        wanted = {*mentioning, *works}
        return (document.source for document in documents if document.source in wanted)

    def most_co_mentioned(self, entity_id: EntityId) -> Iterator[CoMention]:
        """Yield the entities of each kind that are most often mentioned with an entity."""
        mentions = self.mentions
        documents = map(mentions.most_mentioned.__getitem__, mentions.mentioned_most_in[entity_id])
        counts = Counter(chain.from_iterable(documents))
        del counts[entity_id]
        entities = self.contexts.corpus.entities.entities
        listed: Counter[EntityKind] = Counter()
        # Two sorts without a function in Python, which would be called for every pair of entities.
        others = sorted(counts, key=mentions.ranks.__getitem__)
        for other in sorted(others, key=counts.__getitem__, reverse=True):
            kind = entities[other].kind
            listed[kind] += 1
            if listed[kind] <= _CO_MENTIONED:
                ref = self.contexts.entity_refs[other]._replace(note="")  # is not shown
                yield CoMention(ref, counts[other])

    def neighbours(self, entity_id: EntityId) -> tuple[Position, ...]:
        """Return the places nearest to a place, if its position is known."""
        own = self.places.get(entity_id)
        if own is None:
            return ()
        others = (place for place in self.places.values() if place is not own)
        return tuple(
            nsmallest(
                _NEIGHBOURS, others, key=lambda place: (distance(own, place), place.entity.id)
            )
        )


def distance(first: Position, second: Position) -> float:
    """Return how far two places are from each other on a flat map, in degrees."""
    return max(abs(first.latitude - second.latitude), abs(first.longitude - second.longitude))


def build_entity_index(contexts: ContextIndex) -> EntityIndex:
    """Index what the pages of entities show."""
    corpus = contexts.corpus
    return EntityIndex(
        contexts,
        frozenset(entity.id for entity in corpus.entities.entities.values() if entity.address),
        _works(corpus),
        _named_in_head(corpus, HEAD_FIELDS["recipient"], lambda metadata: metadata.recipient),
        _named_in_head(corpus, HEAD_FIELDS["place"], lambda metadata: metadata.place),
        {place.entity.id: place for place in known_positions(corpus)},
    )


def _count_mentions(corpus: Corpus, with_page: Set[EntityId]) -> _Mentions:
    positions: dict[EntityId, list[int]] = defaultdict(list)
    mentioned_most_in: dict[EntityId, list[int]] = defaultdict(list)
    most_mentioned: list[tuple[EntityId, ...]] = []
    for index, record in enumerate(corpus.documents):
        mentions = corpus.mentions.get(record.source, EntityMentions())
        for entity_id in mentions.entities:
            if entity_id in with_page:
                positions[entity_id].append(index)
        by_count = (entity_id for entity_id in mentions.by_count if entity_id in with_page)
        most_mentioned.append(tuple(islice(by_count, MOST_MENTIONED)))
        for entity_id in most_mentioned[-1]:
            mentioned_most_in[entity_id].append(index)
    ranks = {entity_id: rank for rank, entity_id in enumerate(_by_mentions(corpus, with_page))}
    return _Mentions(most_mentioned, positions, mentioned_most_in, ranks)


def _by_mentions(corpus: Corpus, with_page: Iterable[EntityId]) -> list[EntityId]:
    entities = corpus.entities.entities
    return sorted(with_page, key=lambda key: (-entities[key].mentions, key))


def known_positions(corpus: Corpus) -> Iterator[Position]:
    """Yield the places with a page whose position people wrote down."""
    for entity in corpus.entities.entities.values():
        latitude, longitude = entity.facts.latitude, entity.facts.longitude
        if entity.address and latitude is not None and longitude is not None:
            yield Position(entity_ref(entity), latitude, longitude)


def _works(corpus: Corpus) -> dict[EntityId, list[SeedPath]]:
    """Return the documents of each author whom documents mention, in the order of time."""
    by_person: dict[EntityId, set[SeedPath]] = defaultdict(set)
    for author in corpus.authors:
        if author.person:
            by_person[author.person].update(author.documents)
    if not by_person:
        return {}
    order = {document.source: index for index, document in enumerate(corpus.documents)}
    return {person: sorted(sources, key=order.__getitem__) for person, sources in by_person.items()}


def _named_in_head(
    corpus: Corpus,
    kinds: Iterable[EntityKind],
    value_of: Callable[[Metadata], Extracted[str] | None],
) -> dict[EntityId, list[SeedPath]]:
    """Return for each entity the documents whose head has its name as this value."""
    documents: dict[EntityId, list[SeedPath]] = defaultdict(list)
    for record in corpus.documents:
        value = value_of(record.metadata)
        for kind in kinds if value else ():
            entity = entity_named(corpus, record.source, kind, value.value if value else "")
            if entity and entity.address:
                documents[entity.id].append(record.source)
    return documents
