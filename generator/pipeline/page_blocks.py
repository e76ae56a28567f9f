"""The fingerprints of the pages of documents, computed only for blocks in which something changed.

A block is a run of consecutive documents. What its pages show is compared at once with what they
showed when the block was saved.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from generator.engine.database import Database
from generator.engine.derived_values import split_keys
from generator.engine.encoding import decoder, encode
from generator.engine.fingerprint import FINGERPRINT_SIZE, Fingerprint
from generator.linking.similarity.related import EncodedRelations
from generator.model import Corpus, SeedPath
from generator.pipeline.page_fingerprints import DocumentFingerprints
from generator.writing.editor_notes import note_on

_TABLE = "blocks of pages"

_MAX_SEARCHED = 64
"""Changed documents from which on every block counts as one that links to some of them."""


class _Names(NamedTuple):
    """How other pages name consecutive documents."""

    sources: tuple[SeedPath, ...]
    references: bytes
    """The fingerprint of each, joined."""

    def by_source(self) -> dict[SeedPath, bytes]:
        """Return the fingerprint of each document."""
        starts = range(0, len(self.references), FINGERPRINT_SIZE)
        parts = (self.references[start : start + FINGERPRINT_SIZE] for start in starts)
        return dict(zip(self.sources, parts, strict=True))


class _Block(NamedTuple):
    """Consecutive documents, and what their pages show."""

    names: _Names
    shown: bytes
    """A digest of all that their pages show, but for how they name the documents that they link."""

    @property
    def sources(self) -> tuple[SeedPath, ...]:
        """The documents."""
        return self.names.sources


class _Saved(msgspec.Struct, frozen=True, array_like=True):
    """A block of an earlier run with the fingerprints of its pages."""

    block: _Block
    fingerprints: tuple[Fingerprint, ...]
    values: tuple[str, ...]
    """Of these fingerprints."""


class _Blocks:
    """The documents of a corpus in blocks."""

    def __init__(self, documents: DocumentFingerprints) -> None:
        self.documents = documents
        self.index, self.corpus = documents.index, documents.index.corpus
        self.relations = _encoded_relations(self.corpus)
        self.common = encode((documents.common, [*self.index.collections.items()]))

    def __iter__(self) -> Iterator[_Block]:
        """Yield the blocks in the order of the documents."""
        for sources in split_keys([record.source for record in self.corpus.documents]):
            digest = hashlib.sha256(self.common)
            for column in (*self._columns(sources), self.links(sources)):
                digest.update(b"%d " % len(column))
                digest.update(column)
            references = b"".join(map(self.documents.references.__getitem__, sources))
            yield _Block(_Names(tuple(sources), references), digest.digest())

    def links(self, sources: Iterable[SeedPath]) -> bytes:
        """Return the documents that pages link, with the reasons; their paths stand as encoded."""
        index, relations = self.index, self.relations
        family = [index.families.get(source) for source in sources] if index.families else None
        adjacent = [index.adjacent.get(source) for source in sources]
        related = [relations.get(source, b"") for source in sources]
        return encode((family, adjacent, [*map(len, related)])) + b"".join(related)

    def link_to(self, targets: Iterable[SeedPath], sources: Sequence[SeedPath]) -> bool:
        """Whether the pages of any of the sources link to any of the targets, or nearly so."""
        links = self.links(sources) if targets else b""
        return any(encode(target) in links for target in targets)

    def _columns(self, sources: Sequence[SeedPath]) -> Iterator[bytes]:
        """Yield all else that the pages of documents show, each kind for all of them."""
        corpus, documents = self.corpus, self.documents
        yield b"".join(map(documents.records.__getitem__, sources))
        yield b"".join(map(documents.mentions.__getitem__, sources))
        yield encode([*map(corpus.addresses.__getitem__, sources)])
        records = [corpus.by_source[source] for source in sources]
        authors = [author.value for record in records for author in record.metadata.authors]
        yield encode([*map(corpus.author_pages.__getitem__, authors)])
        with_head = [record for record in records if record.metadata.has_head]
        yield encode([*map(self.index.head_pages, with_head)])
        yield encode([source in corpus.fully_escaped for source in sources])
        yield encode([corpus.pictures.get(source) for source in sources])
        noted = [source for source in sources if source in corpus.notes]
        yield encode([(source, note_on(source, corpus)) for source in noted])


class PageFingerprints(NamedTuple):
    """The fingerprints of the pages of all documents, in their order."""

    fingerprints: Mapping[SeedPath, Fingerprint]
    values: Mapping[SeedPath, str]


def page_fingerprints(database: Database, documents: DocumentFingerprints) -> PageFingerprints:
    """Return the fingerprint of each document's page, and save them by blocks."""
    saved = {label: decoder(_Saved).decode(data) for label, data in database.items(_TABLE)}
    blocks = _Blocks(documents)
    current = {block.sources[-1]: block for block in blocks}
    renamed = _renamed(current.values(), [each.block for each in saved.values()])
    pages = {
        label: saved[label]
        for label, block in current.items()
        if label in saved
        and saved[label].block == block
        and len(renamed) <= _MAX_SEARCHED
        and not blocks.link_to(renamed, block.sources)
    }
    changed = {
        label: _saved(block, documents) for label, block in current.items() if label not in pages
    }
    # In one transaction: a fingerprint is made of how all other documents are named.
    database.drop(_TABLE, sorted(saved.keys() - current.keys()))
    database.put(_TABLE, ((label, encode(each)) for label, each in changed.items()))
    pages |= changed
    fingerprints: dict[SeedPath, Fingerprint] = {}
    values: dict[SeedPath, str] = {}
    for label, block in current.items():
        fingerprints.update(zip(block.sources, pages[label].fingerprints, strict=True))
        values.update(zip(block.sources, pages[label].values, strict=True))
    return PageFingerprints(fingerprints, values)


def _saved(block: _Block, documents: DocumentFingerprints) -> _Saved:
    fingerprints = tuple(map(documents.fingerprint, block.sources))
    return _Saved(block, fingerprints, tuple([each.value for each in fingerprints]))


def _renamed(current: Iterable[_Block], before: Iterable[_Block]) -> set[SeedPath]:
    """Return the documents that other pages name differently than before, and new ones."""
    names, known = ({block.names for block in blocks} for blocks in (current, before))
    old: dict[SeedPath, bytes] = {}
    for block in known - names:
        old |= block.by_source()
    return {
        source
        for block in names - known
        for source, reference in block.by_source().items()
        if old.get(source) != reference
    }


def _encoded_relations(corpus: Corpus) -> Mapping[SeedPath, bytes]:
    """Return the encoded relations of documents, which those of a build are already."""
    if isinstance(corpus.relations, EncodedRelations):
        return corpus.relations.encoded
    return {source: encode(relations) for source, relations in corpus.relations.items()}
