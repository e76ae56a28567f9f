"""Fingerprints of pages. A page is rewritten only if its fingerprint changed.

What many pages show has a fingerprint that is computed once: a document as it is listed, a name and
its entity. The fingerprint of a page is made of the few fingerprints of what it shows, so it costs
little to find the outdated pages of a large corpus.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
import numpy as np

from generator.engine.derived_values import KeyedColumns, ValueTable, derive_from_columns
from generator.engine.encoding import encode
from generator.engine.fingerprint import FINGERPRINT_SIZE, Fingerprint, combine, fingerprint
from generator.model import (
    Corpus,
    DocumentRecord,
    EntityId,
    SeedPath,
)
from generator.pipeline.mention_fingerprints import MentionFingerprints, NameLookup
from generator.pipeline.mention_sums import sum_mentions
from generator.pipeline.own_fingerprints import OwnFingerprints
from generator.writing.editor_notes import note_on
from generator.writing.entity_views import NOTHING, EntityIndex
from generator.writing.views import (
    ContextIndex,
    PageContext,
    build_context_index,
    linked_documents,
)

_OWN = ValueTable("fingerprints of documents", bytes)


class DocumentFingerprints(msgspec.Struct, frozen=True):
    """The fingerprints of the pages of documents, and the context that is needed to write them."""

    common: bytes
    """Fingerprint of what every page depends on: the program and the settings."""
    records: Mapping[SeedPath, bytes]
    """Of each document without its text."""
    names: NameLookup
    index: ContextIndex
    own: OwnFingerprints
    mentioned: bytes
    """Of all entities, and of which each document mentions."""

    @staticmethod
    def build(
        corpus: Corpus, records: Mapping[SeedPath, bytes], names: NameLookup, common: str
    ) -> DocumentFingerprints:
        """Return the fingerprints of a corpus; `records` are those of its documents."""
        index = build_context_index(corpus)
        own = OwnFingerprints.of(_own_fingerprints(index, records, names))
        mentioned = fingerprint((corpus.entities.entities, corpus.mention_table))
        shared = bytes.fromhex(common)
        return DocumentFingerprints(shared, records, names, index, own, mentioned)

    def fingerprint(self, source: SeedPath) -> Fingerprint:
        """Return the fingerprint of a document's page."""
        corpus = self.index.corpus
        record = corpus.by_source[source]
        related = self.index.related_to(source)
        family = self.index.family_of(source)
        paths = (*linked_documents(*related), *family.members)
        linked = map(self.own.reference, paths)
        inputs = (
            self.common,
            self.records[source],
            encode(corpus.addresses[source]),
            self.own.names(source),
            encode((related, family, *linked)),
            encode((self.index.author_pages(record), self.index.head_pages(record))),
            encode(source in corpus.fully_escaped),
            encode((self.index.collection_of(source), note_on(source, corpus))),
            encode(corpus.pictures.get(source)),
        )
        return combine(inputs)

    def in_lists(self, sources: Iterable[SeedPath]) -> bytes:
        """Return a fingerprint of all that pages show of documents that they list, in order."""
        return hashlib.sha256(b"".join(map(self.own.without_names, sources))).digest()

    def context(self, record: DocumentRecord) -> PageContext:
        """Return all that the page shows besides the document's own text."""
        return self.index.context_of(record, *self.names.for_document(record.source))


def _own_fingerprints(
    index: ContextIndex, records: Mapping[SeedPath, bytes], names: NameLookup
) -> dict[SeedPath, bytes]:
    """Return the fingerprints of what pages show of each document, and save them."""
    corpus, build = index.corpus, names.usages.build
    addresses, first, added = corpus.addresses, corpus.first_addresses, corpus.added
    mentions = MentionFingerprints.of(index, names)

    def fingerprints(sources: Sequence[SeedPath]) -> Iterator[bytes]:
        for source, own_names in zip(sources, mentions.of_documents(sources), strict=True):
            metadata = corpus.by_source[source].metadata
            entry = (metadata.description, first.get(source), added.get(source))
            values = (index.document_ref(source), entry, metadata)
            yield b"".join((*map(fingerprint, values), own_names))

    sources = corpus.mention_table.sources
    columns = (
        [*map(records.__getitem__, sources)],
        [*map(addresses.__getitem__, sources)],
        [*map(first.get, sources)],
        [*map(added.get, sources)],
        mentions.inputs(),
    )
    items = KeyedColumns(sources, columns)
    return derive_from_columns(build.database, _OWN, build.program, items, fingerprints)


class EntityFingerprints(msgspec.Struct, frozen=True):
    """The fingerprints of the pages of entities, and the short values that they follow from."""

    index: EntityIndex
    documents: DocumentFingerprints
    co_mentions: Mapping[EntityId, bytes]
    """The `co_mention_fingerprints`."""
    sums: Mapping[EntityId, bytes]
    """Of the documents that mention each entity (`sum_mentions`)."""

    @staticmethod
    def of(
        index: EntityIndex,
        documents: DocumentFingerprints,
        sentences: bytes,
        co_mentions: Mapping[EntityId, bytes],
    ) -> EntityFingerprints:
        """Return those of a corpus; `sentences` are those of each document, joined."""
        table, listed = documents.index.corpus.mention_table, documents.own.list_entries
        sums = sum_mentions(table, listed, sentences, index.with_page)
        return EntityFingerprints(index, documents, co_mentions, sums)

    def columns(self) -> tuple[Sequence[object], ...]:
        """Return all that the fingerprints follow from, in the order of the `sums`."""
        index, corpus = self.index, self.documents.index.corpus
        with_list = {*index.works, *index.received, *index.written_here}
        lists = {entity_id: self._lists(entity_id) for entity_id in with_list}
        notes = {each: note_on(each, corpus) for each in corpus.notes if each in self.sums}
        places = dict.fromkeys(index.places, fingerprint([*index.places.values()]))
        sources = (corpus.entities.entities, self.co_mentions, self.sums, lists, notes, places)
        return tuple([*map(source.get, self.sums)] for source in sources)

    def fingerprint(self, entity_id: EntityId) -> Fingerprint:
        """Return the fingerprint of an entity's pages."""
        corpus = self.documents.index.corpus
        entity, near = corpus.entities.entities[entity_id], self.index.neighbours(entity_id)
        inputs = (
            self.documents.common,
            encode((entity, self._lists(entity_id), near)),
            self.co_mentions[entity_id],
            self.sums[entity_id],
            encode(note_on(entity_id, corpus)),
        )
        return combine(inputs)

    def _lists(self, entity_id: EntityId) -> list[list[bytes]]:
        entry = self.documents.own.list_entry
        return [[*map(entry, sources)] for sources in self.index.lists_of(entity_id)]


def co_mention_fingerprints(index: EntityIndex) -> dict[EntityId, bytes]:
    """Return for each entity with a page a fingerprint of those often mentioned with it."""
    mentions, refs, no_page = index.mentions, index.refs_without_notes, bytes(FINGERPRINT_SIZE)
    ids = index.contexts.corpus.mention_table.ids
    joined = b"".join(fingerprint(refs[each]) if each in refs else no_page for each in ids)
    of_entity = np.frombuffer(joined, np.uint64).reshape(-1, 2)
    listed = np.column_stack((of_entity[mentions.others], mentions.counts.astype(np.uint64)))
    parts = ((each, listed[mentions.together.get(each, NOTHING)]) for each in sorted(refs))
    return {entity_id: fingerprint(part.tobytes()) for entity_id, part in parts}


def listing_fingerprint(documents: DocumentFingerprints) -> str:
    """Return the fingerprint of the pages that list all documents."""
    corpus = documents.index.corpus
    shown = documents.own.all_without_names
    authors = corpus.authors, corpus.author_pages
    return fingerprint((shown, authors, corpus.collections, corpus.notes)).hex()


def entity_listing_fingerprint(documents: DocumentFingerprints) -> str:
    """Return the fingerprint of the pages that list all entities.

    The names of a single document have other counts than those of several (`glosses.frequency`).
    """
    corpus = documents.index.corpus
    is_single = len(corpus.documents) == 1
    return fingerprint((documents.mentioned, corpus.entity_languages, is_single)).hex()
