"""Fingerprints of pages. A page is rewritten only if its fingerprint changed.

What many pages show has a fingerprint that is computed once: a document as it is listed, a name and
its entity. The fingerprint of a page is made of the few fingerprints of what it shows, so it costs
little to find the outdated pages of a large corpus.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from generator.engine.derived_values import ValueTable, derive
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
_SHOWN = 3 * FINGERPRINT_SIZE
"""The size of those of `own` that are not about names."""
_ENTITIES = ValueTable("fingerprints of entity pages", Fingerprint)


@dataclass(frozen=True, slots=True)
class DocumentFingerprints:
    """The fingerprints of the pages of documents, and the context that is needed to write them."""

    common: bytes
    """Fingerprint of what every page depends on: the program and the settings."""
    records: Mapping[SeedPath, bytes]
    """Of each document without its text."""
    names: NameLookup
    index: ContextIndex
    own: Mapping[SeedPath, bytes]
    """Four of each document, joined: as other documents refer to it, of its entry in lists and
    feeds, of its metadata, and of its names with their entities."""
    mentioned: bytes
    """Of all entities, and of which each document mentions."""

    @staticmethod
    def build(
        corpus: Corpus, records: Mapping[SeedPath, bytes], names: NameLookup, common: str
    ) -> DocumentFingerprints:
        """Return the fingerprints of a corpus; `records` are those of its documents."""
        index = build_context_index(corpus)
        own = _own_fingerprints(index, records, names)
        mentioned = fingerprint((corpus.entities.entities, corpus.mention_table))
        return DocumentFingerprints(bytes.fromhex(common), records, names, index, own, mentioned)

    def reference(self, source: SeedPath) -> bytes:
        """Return the fingerprint of a document as other documents refer to it."""
        return self.own[source][:FINGERPRINT_SIZE]

    def listed(self, source: SeedPath) -> bytes:
        """Return two fingerprints of a document as lists and feeds show it."""
        return self.own[source][: 2 * FINGERPRINT_SIZE]

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
        # They are saved, so a long one is replaced by a fingerprint of it.
        return combine(
            each if len(each) <= FINGERPRINT_SIZE else fingerprint(each) for each in inputs
        )

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

    in_text = mentions.inputs()
    columns = (
        map(records.__getitem__, in_text),
        map(addresses.__getitem__, in_text),
        map(first.get, in_text),
        map(added.get, in_text),
        in_text.values(),
    )
    inputs = dict(zip(in_text, zip(*columns, strict=True), strict=True))
    return derive(build.database, _OWN, build.program, inputs, fingerprints)


def entity_fingerprints(
    index: EntityIndex,
    documents: DocumentFingerprints,
    sentences: bytes,
    beside: Mapping[EntityId, bytes],
) -> dict[EntityId, Fingerprint]:
    """Return the fingerprint of each entity's pages, and save them.

    `sentences` are those of each document, joined; `beside` are the `co_mention_fingerprints`,
    which follow from the entities of all documents.
    """
    corpus, build = documents.index.corpus, documents.names.usages.build
    table = corpus.mention_table
    shown = b"".join(map(documents.listed, table.sources))
    sums = sum_mentions(table, shown, sentences, index.with_page)

    def listed(entity_id: EntityId) -> list[list[bytes]]:
        lists = index.lists_of(entity_id)
        return [[*map(documents.listed, sources)] for sources in lists]

    def fingerprints(ids: Iterable[EntityId]) -> Iterator[Fingerprint]:
        for entity_id in ids:
            entity, near = corpus.entities.entities[entity_id], index.neighbours(entity_id)
            own, note = (
                encode((entity, listed(entity_id), near)),
                encode(note_on(entity_id, corpus)),
            )
            yield combine((documents.common, own, beside[entity_id], sums[entity_id], note))

    inputs = {
        entity_id: (mentioned_in, listed(entity_id), note_on(entity_id, corpus))
        for entity_id, mentioned_in in sums.items()
    }
    common = documents.common + documents.mentioned
    return derive(build.database, _ENTITIES, common, inputs, fingerprints)


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
    shown = documents.in_lists(record.source for record in corpus.documents)
    authors = corpus.authors, corpus.author_pages
    return fingerprint((shown, authors, corpus.collections, corpus.notes)).hex()


def entity_listing_fingerprint(documents: DocumentFingerprints) -> str:
    """Return the fingerprint of the pages that list all entities.

    The names of a single document have other counts than those of several (`glosses.frequency`).
    """
    corpus = documents.index.corpus
    is_single = len(corpus.documents) == 1
    return fingerprint((documents.mentioned, corpus.entity_languages, is_single)).hex()
