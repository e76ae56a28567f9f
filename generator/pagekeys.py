"""Of what the pages of documents and entities are made: the same key, the same page.

What many pages show alike has a digest that is taken once: a document as lists name it, a name and
whom it means. A page's key is made of the few digests of what it shows, so that it costs little to
know which pages of a large corpus change.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from generator import shelves
from generator.linking.entities import Told
from generator.model import Corpus, EntityId, Mention, NameKey, Record, SeedPath, Spoken, Usage
from generator.stages import Namings
from generator.writing.parts import (
    Companies,
    Surrounding,
    Surroundings,
    bare,
    beside,
    person_of,
    surrounding,
)

_SIZE = 16
"""Bytes of a digest."""

_NO_SENTENCE = bytes(_SIZE)

Sentences = Mapping[EntityId, bytes]
"""A digest of the sentences in which a document names somebody."""


def digest(value: object) -> bytes:
    """Give a digest of any value of ours."""
    return hashlib.blake2b(shelves.encode(value), digest_size=_SIZE).digest()


@dataclass(frozen=True, slots=True)
class Names:
    """The names in the documents of a run."""

    found: Namings
    told: Told
    """Whose they are, as people say."""

    def of(self, source: SeedPath) -> tuple[Iterable[Usage], tuple[Mention, ...] | None]:
        """Give the names of a document; its mentions too where people decided whose they are."""
        _, usages = self.found.of(source)
        if source not in self.told.documents:
            return usages, None
        return self.told.usages(source, usages), self.told.mentions(
            source, self.found.mentions(source)
        )


@dataclass(frozen=True, slots=True)
class DocumentKeys:
    """The keys of documents' pages, and what is needed to write those pages."""

    common: bytes
    """Digest of what every page is made of: the program and the settings."""
    names: Names
    around: Surrounding
    listed: Mapping[SeedPath, bytes]
    """Of each document, as lists name it."""
    named: Mapping[SeedPath, bytes]
    """Of the names in each document, and of whom they mean."""

    @staticmethod
    def of(corpus: Corpus, names: Names, common: str) -> DocumentKeys:
        """Get ready to tell the keys of a corpus."""
        around = surrounding(corpus)
        shown = {source: digest(one) for source, one in around.listed.items()}
        return DocumentKeys(common.encode(), names, around, shown, dict(_named(around, names)))

    def key(self, record: Record) -> str:
        """Give the key of a document's page."""
        source, corpus = record.source, self.around.corpus
        near = self.around.near(source)
        said = (record, corpus.addresses[source], near, source in corpus.sign_by_sign)
        pages = self.around.author_pages(record)
        others = (self.listed[one] for one in beside(*near))
        made_of = (self.common, self.named[source], *others, shelves.encode((said, pages)))
        return hashlib.sha256(b"".join(made_of)).hexdigest()

    def surroundings(self, record: Record) -> Surroundings:
        """Give all that the page shows besides the document's own text."""
        return self.around.of(record, *self.names.of(record.source))


def _named(around: Surrounding, names: Names) -> Iterator[tuple[SeedPath, bytes]]:
    """Take the digests of names with whom they mean, and of all those in a document."""
    meant = {key: digest((key, entity)) for key, _, entity in around.meant()}
    told_of = names.told.documents
    for source, (read, found) in names.found.used():
        usages, told = names.of(source) if source in told_of else (found, None)
        sure = dict.fromkeys(_sure(usages, around.corpus.register.decided))
        states = [meant[key] + bytes([strong]) for key, strong in sure if key in meant]
        yield source, digest((read, b"".join(states), told))


def _sure(usages: Iterable[Usage], decided: Set[NameKey]) -> Iterator[tuple[NameKey, bool]]:
    """Names of whom it is sure whose they are: on strong evidence, or as a person said."""
    for usage in usages:
        key = (usage.kind, usage.name)
        if usage.strong or key in decided:
            yield key, usage.strong


def entity_keys(
    known: Companies, keys: DocumentKeys, sentences: Mapping[SeedPath, bytes]
) -> Iterator[tuple[EntityId, str]]:
    """Give the key of each entity's pages; `sentences` are packed for the corpus of `known`."""
    corpus = known.around.corpus
    found = {one: hashlib.sha256(keys.common) for one in known.places}
    for entity_id, key in found.items():
        entity, authors = corpus.register.entities[entity_id], known.authors.get(entity_id, ())
        key.update(shelves.encode((entity, authors, tuple(known.together(entity_id)))))
    for record in corpus.documents:
        first = corpus.first_addresses.get(record.source, "")
        here = keys.listed[record.source] + digest((record.metadata.description, first))
        packed = sentences[record.source]
        spoken = corpus.spoken.get(record.source, Spoken())
        for at, entity_id in enumerate(spoken.entities):
            if entity_id in found:
                found[entity_id].update(here + packed[at * _SIZE : (at + 1) * _SIZE])
    yield from ((entity_id, key.hexdigest()) for entity_id, key in found.items())


def catalogue_key(keys: DocumentKeys) -> str:
    """Give the key of the pages that list all documents."""
    corpus = keys.around.corpus
    found = (person_of(author, corpus) for author in corpus.authors)
    persons = [person and bare(person) for person in found]
    return digest((b"".join(keys.listed.values()), persons)).hex()


def packed(sentences: Sentences, spoken: Spoken) -> bytes:
    """Put the digests of a document's sentences in the order of those whom it speaks of."""
    return b"".join(sentences.get(one, _NO_SENTENCE) for one in spoken.entities)
