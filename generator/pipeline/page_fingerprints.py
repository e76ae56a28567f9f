"""Fingerprints of pages. A page is rewritten only if its fingerprint changed.

What many pages show has a fingerprint that is computed once: a document as it is listed, a name and
its entity. The fingerprint of a page is made of the few fingerprints of what it shows, so it costs
little to find the outdated pages of a large corpus.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from generator.engine.derived_values import ValueTable, derive
from generator.engine.encoding import encode
from generator.engine.fingerprint import FINGERPRINT_SIZE, Fingerprint, combine, fingerprint
from generator.engine.incremental import Build
from generator.model import (
    Corpus,
    DocumentRecord,
    EntityId,
    SeedPath,
)
from generator.pipeline.mention_fingerprints import NameLookup, mention_fingerprints
from generator.pipeline.mention_sums import sum_mentions
from generator.writing.editor_notes import note_on
from generator.writing.entity_views import NOTHING, EntityIndex
from generator.writing.views import (
    ContextIndex,
    PageContext,
    build_context_index,
    linked_documents,
)

_SHOWN = ValueTable("documents in lists", bytes)
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
    references: Mapping[SeedPath, bytes]
    """Of each document as other documents refer to it."""
    listed: Mapping[SeedPath, bytes]
    """Of each document as lists and feeds show it."""
    shown: Mapping[SeedPath, bytes]
    """Of the same, and of its metadata."""
    mentions: Mapping[SeedPath, bytes]
    """Of the names in each document, and of their entities."""
    mentioned: bytes
    """Of all entities, and of which each document mentions."""

    @staticmethod
    def build(
        corpus: Corpus, records: Mapping[SeedPath, bytes], names: NameLookup, common: str
    ) -> DocumentFingerprints:
        """Return the fingerprints of a corpus; `records` are those of its documents."""
        index = build_context_index(corpus)
        shown = _shown_in_lists(names.usages.build, index, records)
        references = {source: value[:FINGERPRINT_SIZE] for source, value in shown.items()}
        return DocumentFingerprints(
            bytes.fromhex(common),
            records,
            names,
            index,
            references,
            {source: value[: 2 * FINGERPRINT_SIZE] for source, value in shown.items()},
            shown,
            mention_fingerprints(index, names),
            fingerprint((corpus.entities.entities, corpus.mention_table)),
        )

    def fingerprint(self, source: SeedPath) -> Fingerprint:
        """Return the fingerprint of a document's page."""
        corpus = self.index.corpus
        record = corpus.by_source[source]
        related = self.index.related_to(source)
        family = self.index.family_of(source)
        paths = (*linked_documents(*related), *family.members)
        linked = (self.references[path] for path in paths)
        inputs = (
            self.common,
            self.records[source],
            encode(corpus.addresses[source]),
            self.mentions[source],
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
        return hashlib.sha256(b"".join(map(self.shown.__getitem__, sources))).digest()

    def context(self, record: DocumentRecord) -> PageContext:
        """Return all that the page shows besides the document's own text."""
        return self.index.context_of(record, *self.names.for_document(record.source))


def _shown_in_lists(
    build: Build, index: ContextIndex, records: Mapping[SeedPath, bytes]
) -> dict[SeedPath, bytes]:
    """Return for each document a fingerprint of its reference, of its entry, and of its metadata.

    They are joined: pages of other documents show the first, lists and feeds the second too.
    """
    corpus = index.corpus
    addresses, first, added = corpus.addresses, corpus.first_addresses, corpus.added

    def fingerprints(sources: Iterable[SeedPath]) -> Iterator[bytes]:
        for source in sources:
            metadata = corpus.by_source[source].metadata
            entry = (metadata.description, first.get(source), added.get(source))
            values = (index.document_ref(source), entry, metadata)
            yield b"".join(map(fingerprint, values))

    inputs = {
        source: (records[source], addresses[source], first.get(source), added.get(source))
        for source in [record.source for record in corpus.documents]
    }
    return derive(build.database, _SHOWN, build.program, inputs, fingerprints)


def entity_fingerprints(
    index: EntityIndex,
    documents: DocumentFingerprints,
    sentences: Mapping[SeedPath, bytes],
    beside: Mapping[EntityId, bytes],
) -> dict[EntityId, Fingerprint]:
    """Return the fingerprint of each entity's pages, and save them.

    `sentences` are those of each document, `beside` the `co_mention_fingerprints`, which follow
    from the entities of all documents.
    """
    corpus, build = documents.index.corpus, documents.names.usages.build
    table = corpus.mention_table
    shown, quoted = (
        b"".join(map(values.__getitem__, table.sources)) for values in (documents.listed, sentences)
    )
    sums = sum_mentions(table, shown, quoted, index.with_page)

    def listed(entity_id: EntityId) -> list[list[bytes]]:
        lists = index.lists_of(entity_id)
        return [[documents.listed[source] for source in sources] for sources in lists]

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
