"""Fingerprints of pages. A page is rewritten only if its fingerprint changed.

What many pages show has a fingerprint that is computed once: a document as it is listed, a name and
its entity. The fingerprint of a page is made of the few fingerprints of what it shows, so it costs
little to find the outdated pages of a large corpus.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.engine.encoding import encode
from generator.engine.fingerprint import FINGERPRINT_SIZE, Fingerprint, combine, fingerprint
from generator.model import (
    Corpus,
    DocumentRecord,
    EntityId,
    EntityMentions,
    SeedPath,
)
from generator.pipeline.mention_fingerprints import NameLookup, mention_fingerprints
from generator.pipeline.mention_sums import MentioningDocument, sum_mentions
from generator.writing.editor_notes import note_on
from generator.writing.entity_views import EntityIndex
from generator.writing.views import (
    ContextIndex,
    PageContext,
    build_context_index,
    linked_documents,
)

_NO_SENTENCE = bytes(FINGERPRINT_SIZE)

Sentences = Mapping[EntityId, bytes]
"""A fingerprint of the sentences of a document that mention an entity."""


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
        references = {
            source: fingerprint(reference) for source, reference in index.document_refs.items()
        }
        return DocumentFingerprints(
            bytes.fromhex(common),
            records,
            names,
            index,
            references,
            {source: own + _in_a_list(corpus, source) for source, own in references.items()},
            mention_fingerprints(index, names),
            fingerprint((corpus.entities.entities, tuple(corpus.mentions.values()))),
        )

    def fingerprint(self, record: DocumentRecord) -> Fingerprint:
        """Return the fingerprint of a document's page."""
        source, corpus = record.source, self.index.corpus
        related = self.index.related_to(source)
        family = self.index.family_of(source)
        paths = (*linked_documents(*related), *family.members)
        linked = (self.references[path] for path in paths)
        return combine(
            (
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
        )

    def in_lists(self, sources: Iterable[SeedPath]) -> bytes:
        """Return a fingerprint of all that pages show of documents that they list, in order."""
        by_source = self.index.corpus.by_source
        return fingerprint(
            [(self.listed[source], by_source[source].metadata) for source in sources]
        )

    def context(self, record: DocumentRecord) -> PageContext:
        """Return all that the page shows besides the document's own text."""
        return self.index.context_of(record, *self.names.for_document(record.source))


def _in_a_list(corpus: Corpus, source: SeedPath) -> bytes:
    """Return a fingerprint of what lists and feeds show of a document, besides its reference."""
    first, added = corpus.first_addresses.get(source), corpus.added.get(source)
    return fingerprint((corpus.by_source[source].metadata.description, first, added))


def entity_fingerprints(
    index: EntityIndex,
    documents: DocumentFingerprints,
    sentences: Mapping[SeedPath, bytes],
    beside: Mapping[EntityId, bytes],
) -> Iterator[tuple[EntityId, Fingerprint]]:
    """Yield the fingerprint of each entity's pages.

    `sentences` are those of each document, `beside` the `co_mention_fingerprints`.
    """
    corpus = documents.index.corpus
    mentioning = [
        MentioningDocument(documents.listed[source], mentions.entities, sentences[source])
        for source, mentions in corpus.mentions.items()
    ]
    for entity_id, mentioned_in in sum_mentions(mentioning, index.with_page).items():
        listed = [
            [documents.listed[source] for source in sources]
            for sources in index.lists_of(entity_id)
        ]
        near = index.neighbours(entity_id)
        own = (corpus.entities.entities[entity_id], listed, near)
        note = encode(note_on(entity_id, corpus))
        inputs = (encode(own), beside[entity_id], mentioned_in, note)
        yield entity_id, combine((documents.common, *inputs))


def co_mention_fingerprints(index: EntityIndex) -> dict[EntityId, bytes]:
    """Return for each entity a fingerprint of those that are often mentioned with it."""
    return {
        entity_id: fingerprint(tuple(index.most_co_mentioned(entity_id)))
        for entity_id in index.mentions.positions
    }


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


def pack_fingerprints(sentences: Sentences, mentions: EntityMentions) -> bytes:
    """Return the fingerprints of a document's sentences, joined in the order of its entities."""
    return b"".join(sentences.get(entity_id, _NO_SENTENCE) for entity_id in mentions.entities)
