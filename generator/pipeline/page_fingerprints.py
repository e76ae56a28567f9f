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
from generator.writing.editor_notes import note_on
from generator.writing.entity_views import NOTHING, EntityIndex
from generator.writing.views import (
    ContextIndex,
    PageContext,
    build_context_index,
    linked_documents,
)

_OWN = ValueTable("fingerprints of documents", bytes)
_LISTED, _SHOWN, OWN_SIZE = 2 * FINGERPRINT_SIZE, 3 * FINGERPRINT_SIZE, 4 * FINGERPRINT_SIZE
"""Bytes of a value: up to the entry in lists, up to the metadata, and with the names."""


class DocumentFingerprints(msgspec.Struct, frozen=True):
    """The fingerprints of the pages of documents, and the context that is needed to write them."""

    common: bytes
    """Fingerprint of what every page depends on: the program and the settings."""
    records: Mapping[SeedPath, bytes]
    """Of each document without its text."""
    names: NameLookup
    index: ContextIndex
    own: Mapping[SeedPath, bytes]
    """Four for each document, joined: of how other documents refer to it, of its entry in lists
    and feeds, of its metadata, and of its names with their entities."""
    joined: bytes
    """The same of all documents, in their order."""
    mentioned: bytes
    """Of all entities, and of which each document mentions."""

    @staticmethod
    def build(
        corpus: Corpus, records: Mapping[SeedPath, bytes], names: NameLookup, common: str
    ) -> DocumentFingerprints:
        """Return the fingerprints of a corpus; `records` are those of its documents."""
        index = build_context_index(corpus)
        own = _own_fingerprints(index, records, names)
        joined = b"".join(own.values())
        mentioned = fingerprint((corpus.entities.entities, corpus.mention_table))
        shared = bytes.fromhex(common)
        return DocumentFingerprints(shared, records, names, index, own, joined, mentioned)

    def reference(self, source: SeedPath) -> bytes:
        """Return the fingerprint of a document as other documents refer to it."""
        return self.own[source][:FINGERPRINT_SIZE]

    def column(self, size: int) -> bytes:
        """Return the first bytes of `own` of each document, in their order."""
        return np.frombuffer(self.joined, np.uint8).reshape(-1, OWN_SIZE)[:, :size].tobytes()

    def fingerprint(self, source: SeedPath) -> Fingerprint:
        """Return the fingerprint of a document's page."""
        corpus = self.index.corpus
        record = corpus.by_source[source]
        related = self.index.related_to(source)
        family = self.index.family_of(source)
        paths = (*linked_documents(*related), *family.members)
        linked = map(self.reference, paths)
        inputs = (
            self.common,
            self.records[source],
            encode(corpus.addresses[source]),
            self.own[source][_SHOWN:],
            encode((related, family, *linked)),
            encode((self.index.author_pages(record), self.index.head_pages(record))),
            encode(source in corpus.fully_escaped),
            encode((self.index.collection_of(source), note_on(source, corpus))),
            encode(corpus.pictures.get(source)),
        )
        return combine(inputs)

    def in_lists(self, sources: Iterable[SeedPath]) -> bytes:
        """Return a fingerprint of all that pages show of documents that they list, in order."""
        return hashlib.sha256(b"".join([self.own[source][:_SHOWN] for source in sources])).digest()

    def context(self, record: DocumentRecord) -> PageContext:
        """Return all that the page shows besides the document's own text."""
        return self.index.context_of(record, *self.names.for_document(record.source))


def _own_fingerprints(
    index: ContextIndex, records: Mapping[SeedPath, bytes], names: NameLookup
) -> dict[SeedPath, bytes]:
    """Return `DocumentFingerprints.own`, and save it."""
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
        table, listed = documents.index.corpus.mention_table, documents.column(_LISTED)
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
        lists = self.index.lists_of(entity_id)
        return [[self.documents.own[source][:_LISTED] for source in sources] for sources in lists]


def co_mention_fingerprints(index: EntityIndex) -> dict[EntityId, bytes]:
    """Return for each entity with a page a fingerprint of those often mentioned with it."""
    mentions, refs, nobody = index.mentions, index.refs_without_notes, bytes(FINGERPRINT_SIZE)
    ids = index.contexts.corpus.mention_table.ids
    each = b"".join(fingerprint(refs[one]) if one in refs else nobody for one in ids)
    of_entity = np.frombuffer(each, np.uint64).reshape(-1, 2)
    listed = np.column_stack((of_entity[mentions.others], mentions.counts.astype(np.uint64)))
    parts = ((one, listed[mentions.together.get(one, NOTHING)]) for one in sorted(refs))
    return {entity_id: fingerprint(part.tobytes()) for entity_id, part in parts}


def listing_fingerprint(documents: DocumentFingerprints) -> str:
    """Return the fingerprint of the pages that list all documents."""
    corpus = documents.index.corpus
    shown = documents.column(_SHOWN)
    authors = corpus.authors, corpus.author_pages
    return fingerprint((shown, authors, corpus.collections, corpus.notes)).hex()


def entity_listing_fingerprint(documents: DocumentFingerprints) -> str:
    """Return the fingerprint of the pages that list all entities.

    The names of a single document have other counts than those of several (`glosses.frequency`).
    """
    corpus = documents.index.corpus
    is_single = len(corpus.documents) == 1
    return fingerprint((documents.mentioned, corpus.entity_languages, is_single)).hex()
