"""Of what the pages of documents and entities are made: the same key, the same page.

What many pages show alike has a digest that is taken once: a document as lists name it, a name and
whom it means. A page's key is made of the few digests of what it shows, so that it costs little to
know which pages of a large corpus change.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from generator.engine.entries import encode
from generator.engine.fingerprint import FINGERPRINT_SIZE, fingerprint
from generator.linking.entities.resolve import CorrectedUsages
from generator.model import (
    Corpus,
    DocumentRecord,
    EntityId,
    EntityMentions,
    Mention,
    NameKey,
    NameUsage,
    SeedPath,
)
from generator.pipeline.document_stages import NameUsages
from generator.writing.views import (
    CoMentionIndex,
    ContextIndex,
    PageContext,
    build_context_index,
    entity_ref,
    linked_documents,
    person_for_author,
)

_NO_SENTENCE = bytes(FINGERPRINT_SIZE)

Sentences = Mapping[EntityId, bytes]
"""A digest of the sentences in which a document names somebody."""


@dataclass(frozen=True, slots=True)
class NameLookup:
    """The names in the documents of a run."""

    found: NameUsages
    told: CorrectedUsages
    """Whose they are, as people say."""

    def for_document(
        self, source: SeedPath
    ) -> tuple[Iterable[NameUsage], tuple[Mention, ...] | None]:
        """Give the names of a document; its mentions too where people decided whose they are."""
        usages = self.found.for_document(source).usages
        if source not in self.told.corrected_documents:
            return usages, None
        return self.told.correct_usages(source, usages), self.told.correct_mentions(
            source, self.found.mentions(source)
        )


@dataclass(frozen=True, slots=True)
class DocumentFingerprints:
    """The keys of documents' pages, and what is needed to write those pages."""

    common: bytes
    """Digest of what every page is made of: the program and the settings."""
    names: NameLookup
    around: ContextIndex
    listed: Mapping[SeedPath, bytes]
    """Of each document, as lists name it."""
    named: Mapping[SeedPath, bytes]
    """Of the names in each document, and of whom they mean."""

    @staticmethod
    def build(corpus: Corpus, names: NameLookup, common: str) -> DocumentFingerprints:
        """Get ready to tell the keys of a corpus."""
        around = build_context_index(corpus)
        shown = {source: fingerprint(one) for source, one in around.listed.items()}
        return DocumentFingerprints(
            common.encode(), names, around, shown, dict(_named(around, names))
        )

    def fingerprint(self, record: DocumentRecord) -> str:
        """Give the key of a document's page."""
        source, corpus = record.source, self.around.corpus
        near = self.around.related_to(source)
        said = (record, corpus.addresses[source], near, source in corpus.fully_escaped)
        pages = self.around.author_pages(record)
        others = (self.listed[path] for path in linked_documents(*near))
        made_of = (self.common, self.named[source], *others, encode((said, pages)))
        return hashlib.sha256(b"".join(made_of)).hexdigest()

    def context(self, record: DocumentRecord) -> PageContext:
        """Give all that the page shows besides the document's own text."""
        return self.around.context_of(record, *self.names.for_document(record.source))


def _named(around: ContextIndex, names: NameLookup) -> Iterator[tuple[SeedPath, bytes]]:
    """Take the digests of names with whom they mean, and of all those in a document."""
    meant = {key: fingerprint((key, entity)) for key, _, entity in around.entities_by_name()}
    told_of = names.told.corrected_documents
    for source, (read, found) in names.found.items():
        usages, told = names.for_document(source) if source in told_of else (found, None)
        sure = dict.fromkeys(_sure(usages, around.corpus.entities.decided))
        states = [meant[key] + bytes([strong]) for key, strong in sure if key in meant]
        yield source, fingerprint((read, b"".join(states), told))


def _sure(usages: Iterable[NameUsage], decided: Set[NameKey]) -> Iterator[tuple[NameKey, bool]]:
    """Names of whom it is sure whose they are: on strong evidence, or as a person said."""
    for usage in usages:
        key = (usage.kind, usage.name)
        if usage.strong or key in decided:
            yield key, usage.strong


def entity_fingerprints(
    known: CoMentionIndex, keys: DocumentFingerprints, sentences: Mapping[SeedPath, bytes]
) -> Iterator[tuple[EntityId, str]]:
    """Give the key of each entity's pages; `sentences` are packed for the corpus of `known`."""
    corpus = known.around.corpus
    found = {one: hashlib.sha256(keys.common) for one in known.places}
    for entity_id, key in found.items():
        entity, authors = corpus.entities.entities[entity_id], known.authors.get(entity_id, ())
        key.update(encode((entity, authors, tuple(known.most_co_mentioned(entity_id)))))
    for record in corpus.documents:
        first = corpus.first_addresses.get(record.source, "")
        here = keys.listed[record.source] + fingerprint((record.metadata.description, first))
        packed = sentences[record.source]
        mentions = corpus.mentions.get(record.source, EntityMentions())
        for index, entity_id in enumerate(mentions.entities):
            if entity_id in found:
                start = index * FINGERPRINT_SIZE
                found[entity_id].update(here + packed[start : start + FINGERPRINT_SIZE])
    yield from ((entity_id, key.hexdigest()) for entity_id, key in found.items())


def listing_fingerprint(keys: DocumentFingerprints) -> str:
    """Give the key of the pages that list all documents."""
    corpus = keys.around.corpus
    found = (person_for_author(author, corpus) for author in corpus.authors)
    persons = [person and entity_ref(person) for person in found]
    return fingerprint((b"".join(keys.listed.values()), persons)).hex()


def pack_fingerprints(sentences: Sentences, mentions: EntityMentions) -> bytes:
    """Put the digests of a document's sentences in the order of those whom it speaks of."""
    return b"".join(sentences.get(entity_id, _NO_SENTENCE) for entity_id in mentions.entities)
