"""What the pages of an entity show of the corpus."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache as once
from functools import cached_property
from heapq import nsmallest
from typing import NamedTuple

import msgspec
import numpy as np

from generator.model import (
    Corpus,
    Entity,
    EntityId,
    EntityKind,
    SeedPath,
)
from generator.model.mention_table import MentionTable
from generator.writing.document_refs import DocumentRef, FeedEntry, feed_entry, newest
from generator.writing.editor_notes import NoteView, note_on
from generator.writing.entity_pairs import (
    EntityPairs,
    Integers,
    count_pairs,
    most_mentioned,
    ranks,
)
from generator.writing.views import HEAD_FIELDS, ContextIndex, EntityRef, entity_named, entity_ref

_CO_MENTIONED = 6
"""Co-mentioned entities of each group that the page of an entity lists."""

_NEIGHBOURS = 12
"""Other places on the map of a place; the names of more would cover each other."""


NOTHING = slice(0)
"""The part of an entity that has none."""


class CoMention(NamedTuple):
    """An entity, and the number of documents that mention it together with another one."""

    entity: EntityRef
    documents: int


class Position(NamedTuple):
    """A place on a map, in degrees north and east."""

    entity: EntityRef
    latitude: float
    longitude: float


class EntityView(msgspec.Struct, frozen=True):
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

    rows: Mapping[EntityId, slice]
    """The part of each entity of the next column."""
    documents: Integers
    """Positions of documents in the corpus."""
    together: Mapping[EntityId, slice]
    """The part of each entity of the next columns: those listed with it."""
    others: Integers
    """The numbers of entities in the table of mentions."""
    counts: Integers
    """The number of documents that mention both."""


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
    def _feed_entry(self) -> Callable[[SeedPath], FeedEntry]:
        """A function that returns a document as feeds list it: once for all entities."""
        contexts = self.contexts
        return once(lambda each: feed_entry(contexts.document_ref(each), contexts.corpus))

    @cached_property
    def _order(self) -> Mapping[SeedPath, int]:
        """The places of the documents in the order of time."""
        return {source: place for place, source in enumerate(self.contexts.corpus.mention_table)}

    @cached_property
    def refs_without_notes(self) -> Mapping[EntityId, EntityRef]:
        """The entities with a page as others list them, where notes are not shown."""
        refs = self.contexts.entity_refs
        return {entity_id: refs[entity_id]._replace(note="") for entity_id in self.with_page}

    def view_of(self, entity_id: EntityId) -> EntityView:
        """Return everything that the pages of an entity show."""
        corpus = self.contexts.corpus
        return EntityView(
            entity=corpus.entities.entities[entity_id],
            works=self._refs(self.works, entity_id),
            received=self._refs(self.received, entity_id),
            written_here=self._refs(self.written_here, entity_id),
            documents=tuple(map(self.contexts.document_ref, self._mentioning(entity_id))),
            co_mentioned=tuple(self.most_co_mentioned(entity_id)),
            newest=tuple(map(self._feed_entry, newest(self._sources(entity_id), corpus))),
            note=note_on(entity_id, corpus),
            neighbours=self.neighbours(entity_id),
        )

    def _refs(
        self, sources: Mapping[EntityId, Sequence[SeedPath]], entity_id: EntityId
    ) -> tuple[DocumentRef, ...]:
        return tuple(map(self.contexts.document_ref, sources.get(entity_id, ())))

    def lists_of(self, entity_id: EntityId) -> Iterator[Sequence[SeedPath]]:
        """Yield the lists of documents that an entity's page has besides those that mention it."""
        for sources in (self.works, self.received, self.written_here):
            yield sources.get(entity_id, ())

    def _sources(self, entity_id: EntityId) -> Iterable[SeedPath]:
        """Return the documents that mention an entity or are by it, in the order of time."""
        mentioning, works = self._mentioning(entity_id), self.works.get(entity_id)
        return sorted({*mentioning, *works}, key=self._order.__getitem__) if works else mentioning

    def _mentioning(self, entity_id: EntityId) -> list[SeedPath]:
        documents, mentions = self.contexts.corpus.documents, self.mentions
        rows = mentions.documents[mentions.rows.get(entity_id, NOTHING)]
        return [documents[row].source for row in rows.tolist()]

    def most_co_mentioned(self, entity_id: EntityId) -> Iterator[CoMention]:
        """Yield the entities of each kind that are most often mentioned with an entity."""
        mentions, refs = self.mentions, self.refs_without_notes
        ids = self.contexts.corpus.mention_table.ids
        part = mentions.together.get(entity_id, NOTHING)
        columns = mentions.others[part].tolist(), mentions.counts[part].tolist()
        for other, count in zip(*columns, strict=True):
            yield CoMention(refs[ids[other]], count)

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
        _named_in_head(corpus, "recipient"),
        _named_in_head(corpus, "place"),
        {place.entity.id: place for place in known_positions(corpus)},
    )


def _count_mentions(corpus: Corpus, with_page: Set[EntityId]) -> _Mentions:
    table = corpus.mention_table
    by_entity = np.argsort(table.entities, kind="stable")
    rows = _parts(table, table.entities[by_entity].astype(np.int64))
    pairs = _listed_pairs(corpus, with_page)
    together = _parts(table, pairs.first)
    return _Mentions(rows, table.rows[by_entity], together, pairs.second, pairs.documents)


def _listed_pairs(corpus: Corpus, with_page: Set[EntityId]) -> EntityPairs:
    """Return each entity with those listed with it: of each kind the most often mentioned ones.

    The columns to sort by are joined to one number for each pair, which takes a third of the time.
    """
    table, is_wanted = corpus.mention_table, corpus.mention_table.mask(with_page)
    pairs = count_pairs(table, most_mentioned(table, is_wanted))
    owners, others = (
        np.concatenate(ends) for ends in ((pairs.first, pairs.second), (pairs.second, pairs.first))
    )
    rank_of, kind_of = _ranks(corpus, with_page), _kinds(corpus)
    most = int(pairs.documents.max(initial=0))
    size = len(table.ids) or 1, int(kind_of.max(initial=0)) + 1, most + 1, len(with_page) or 1
    fewer = most - np.concatenate((pairs.documents, pairs.documents))
    columns = owners, kind_of[others], fewer, rank_of[others]
    keys = np.sort(np.ravel_multi_index(columns, size))
    listed = keys[ranks(keys // (size[2] * size[3])) < _CO_MENTIONED]
    owners, _, fewer, rank = np.unravel_index(listed, size)
    order = np.lexsort((rank, fewer, owners))
    by_rank = np.zeros(size[3], np.int64)
    by_rank[rank_of[is_wanted]] = np.flatnonzero(is_wanted)
    return EntityPairs(owners[order], by_rank[rank[order]], most - fewer[order])


def _kinds(corpus: Corpus) -> Integers:
    """Return the kind of each entity as a number."""
    entities, kinds = corpus.entities.entities, dict[EntityKind, int]()
    ids = corpus.mention_table.ids
    found = [kinds.setdefault(entities[each].kind, len(kinds)) for each in ids]
    return np.array(found, np.int64)


def _parts(table: MentionTable, owners: Integers) -> dict[EntityId, slice]:
    """Return where each entity is in a sorted column of numbers."""
    ends = np.searchsorted(owners, np.arange(len(table.ids)), "right").tolist()
    return dict(zip(table.ids, map(slice, [0, *ends], ends), strict=True))


def _ranks(corpus: Corpus, with_page: Set[EntityId]) -> Integers:
    """Return for each entity with a page its position if the most mentioned ones come first."""
    position = {entity_id: rank for rank, entity_id in enumerate(_by_mentions(corpus, with_page))}
    return np.array([position.get(each, 0) for each in corpus.mention_table.ids], np.int64)


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


def _named_in_head(corpus: Corpus, field: str) -> dict[EntityId, list[SeedPath]]:
    """Return for each entity the documents whose head has its name in a field of the metadata."""
    documents: dict[EntityId, list[SeedPath]] = defaultdict(list)
    for record in [each for each in corpus.documents if getattr(each.metadata, field)]:
        for kind in HEAD_FIELDS[field]:
            name = getattr(record.metadata, field).value
            entity = entity_named(corpus, record.source, kind, name)
            if entity and entity.address:
                documents[entity.id].append(record.source)
    return documents
