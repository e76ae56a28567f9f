"""The fingerprints of the pages of documents, computed only for blocks in which something changed.

A block is a run of consecutive documents. What its pages show is compared at once with what they
showed when the block was saved.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from typing import NamedTuple

import msgspec

from generator.engine.database import Database
from generator.engine.derived_values import split_keys
from generator.engine.encoding import decoder, encode
from generator.engine.fingerprint import FINGERPRINT_SIZE
from generator.linking.similarity.related import EncodedRelations
from generator.model import Corpus, SeedPath
from generator.pipeline.background_tables import PageFingerprints
from generator.pipeline.page_fingerprints import DocumentFingerprints
from generator.writing.editor_notes import note_on

_TABLE = "blocks of pages"

_BLOCK_SIZE = 64
"""Documents in a block, on average. An edit changes the related documents of some others anywhere,
and the fingerprints of a block with one of them are computed again: 20 µs each."""

_MAX_SEARCHED = 64
"""Changed documents from which on every block counts as one that links to some of them."""


class _Block(msgspec.Struct, frozen=True, array_like=True):
    """Consecutive documents, and what their pages show."""

    names: bytes
    """How other pages name them: `_Names`, encoded."""
    shown: bytes
    """A digest of all that their pages show, but for how they name the documents that they link."""


class _Names(NamedTuple):
    """How other pages name consecutive documents."""

    sources: Sequence[SeedPath]
    references: bytes
    """A fingerprint of each, joined."""


class _Saved(msgspec.Struct, frozen=True, array_like=True):
    """A block of an earlier run with the fingerprints of its pages, joined."""

    common: bytes
    """As `DocumentFingerprints.common`: another version of the program may save something else."""
    block: _Block
    fingerprints: bytes


class _Blocks:
    """The documents of a corpus in blocks."""

    def __init__(self, documents: DocumentFingerprints) -> None:
        self.documents = documents
        self.index, self.corpus = documents.index, documents.index.corpus
        self.relations = _encoded_relations(self.corpus)
        self.common = encode((documents.common, [*self.index.collections.items()]))
        sources = self.corpus.mention_table.sources
        self.parts = {part[-1]: part for part in split_keys(sources, _BLOCK_SIZE)}
        """The documents of each block, by the last of them."""

    def __iter__(self) -> Iterator[tuple[SeedPath, _Block]]:
        """Yield the blocks in order, each with its last document."""
        own, references, start = self.documents.own, self.documents.own.references, 0
        for sources in self.parts.values():
            stop = start + len(sources)
            digest = hashlib.sha256(self.common)
            digest.update(own.of_documents(start, stop))
            for column in (*self._columns(sources), self.links(sources)):
                digest.update(b"%d " % len(column))
                digest.update(column)
            named = references[start * FINGERPRINT_SIZE : stop * FINGERPRINT_SIZE]
            yield sources[-1], _Block(encode(_Names(sources, named)), digest.digest())
            start = stop

    def links(self, sources: Iterable[SeedPath]) -> bytes:
        """Return the documents that pages link, with the reasons; their paths stand as encoded."""
        index = self.index
        family = [*map(index.families.get, sources)] if index.families else None
        adjacent = [*map(index.earlier.get, sources)], [*map(index.later.get, sources)]
        related = [self.relations.get(source, b"") for source in sources]
        return encode((family, adjacent, [*map(len, related)])) + b"".join(related)

    def link_to(self, targets: Iterable[SeedPath], sources: Sequence[SeedPath]) -> bool:
        """Whether the pages of any of the sources link to any of the targets, or nearly so."""
        links = self.links(sources) if targets else b""
        return any(encode(target) in links for target in targets)

    def _columns(self, sources: Sequence[SeedPath]) -> Iterator[bytes]:
        """Yield all else that the pages of documents show, each kind for all of them."""
        corpus, documents = self.corpus, self.documents
        yield b"".join(map(documents.records.__getitem__, sources))
        records = [*map(corpus.by_source.__getitem__, sources)]
        authors = [author.value for record in records for author in record.metadata.authors]
        yield encode([*map(corpus.author_pages.__getitem__, authors)])
        with_head = [record for record in records if record.metadata.has_head]
        yield encode([*map(self.index.head_pages, with_head)])
        yield encode([*filter(corpus.fully_escaped.__contains__, sources)])
        yield encode([*map(corpus.pictures.get, sources)])
        noted = filter(corpus.notes.__contains__, sources)
        yield encode([(source, note_on(source, corpus)) for source in noted])


def update_page_fingerprints(
    database: Database, documents: DocumentFingerprints
) -> PageFingerprints:
    """Return the fingerprint of each document's page; compute and save those of changed blocks."""
    saved, blocks = _load_blocks(database, documents.common), _Blocks(documents)
    parts, current = blocks.parts, dict(blocks)
    renamed = _renamed(current.values(), [each.block for each in saved.values()])
    pages = {
        label: saved[label].fingerprints
        for label, block in current.items()
        if label in saved
        and saved[label].block == block
        and len(renamed) <= _MAX_SEARCHED
        and not blocks.link_to(renamed, parts[label])
    }
    changed = {
        label: b"".join([bytes.fromhex(documents.fingerprint(source).value) for source in part])
        for label, part in parts.items()
        if label not in pages
    }
    # In one transaction: a fingerprint is made of how all other documents are named.
    database.drop(_TABLE, sorted(saved.keys() - current.keys()))
    rows = (
        (label, encode(_Saved(documents.common, current[label], each)))
        for label, each in changed.items()
    )
    database.put(_TABLE, rows)
    pages |= changed
    sources = documents.index.corpus.mention_table.sources
    return PageFingerprints(sources, b"".join(map(pages.__getitem__, current)))


def _load_blocks(database: Database, common: bytes) -> dict[str, _Saved]:
    """Return the saved blocks; none if something that is common to all pages changed."""
    saved: dict[str, _Saved] = {}
    with suppress(msgspec.DecodeError):
        saved = {label: decoder(_Saved).decode(data) for label, data in database.items(_TABLE)}
    if saved and all(each.common == common for each in saved.values()):
        return saved
    database.retain(_TABLE, ())
    return {}


def _renamed(current: Iterable[_Block], before: Iterable[_Block]) -> set[SeedPath]:
    """Return the documents that other pages name differently than before, and new ones."""
    names, known = ({block.names for block in blocks} for blocks in (current, before))
    old = dict(chain.from_iterable(map(_references, known - names)))
    new = chain.from_iterable(map(_references, names - known))
    return {source for source, reference in new if old.get(source) != reference}


def _references(names: bytes) -> Iterable[tuple[SeedPath, bytes]]:
    sources, joined = decoder(_Names).decode(names)
    return zip(sources, PageFingerprints(sources, joined).values, strict=True)


def _encoded_relations(corpus: Corpus) -> Mapping[SeedPath, bytes]:
    """Return the encoded relations of documents, which those of a build are already."""
    if isinstance(corpus.relations, EncodedRelations):
        return corpus.relations.encoded
    return {source: encode(relations) for source, relations in corpus.relations.items()}
