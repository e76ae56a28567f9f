"""Search entries: in this order documents, pages by hand, authors, and entities with a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec
from msgspec import structs

from generator.model import (
    FOUND_KINDS,
    Address,
    Author,
    Corpus,
    DocumentRecord,
    Entity,
    EntityKind,
)

OWN_KIND_PREFIX = "names-"
"""Begins the facets of kinds that people named, so that none is taken for another facet."""


class SearchEntry(msgspec.Struct, frozen=True, array_like=True):
    """One page in the search index."""

    address: Address
    kind: str
    """`document`, `page`, `author`, or the kind of an entity."""
    title: str
    names: tuple[str, ...] = ()
    """Other names of an entity, each of which counts as a title."""
    texts: tuple[str, ...] = ()
    """The text of the page, paragraph by paragraph; of a document only the standfirst, because
    its other words are in the term counts."""
    date: str | None = None
    """As EDTF."""
    authors: tuple[str, ...] = ()
    genre: str | None = None
    """The kind of a document, such as `letter`."""
    collection: str | None = None
    """The title of the collection in which a document is."""
    language: str | None = None
    documents: int = 0
    """Number of documents that mention the entity or are by the author."""
    facets: Mapping[str, tuple[str, ...]] = {}
    """Values by which a reader can filter, by facet; documents only."""

    @property
    def length(self) -> int:
        """The length of the texts in characters: BM25 lowers the impacts of long texts."""
        return sum(map(len, self.texts))


class FacetValue(NamedTuple):
    """A value by which a reader can filter."""

    facet: str
    value: str


class DocumentEntries(msgspec.Struct, frozen=True):
    """The entries of documents, and what they show of a corpus besides the documents."""

    corpus: Corpus
    collections: Mapping[str, str]
    """The title of the collection of each folder."""
    names: Sequence[FacetValue | None]
    """Of each entity in the table of mentions; None for one without a page."""
    index: str
    """What addresses have after the folder of a page."""

    @staticmethod
    def of(corpus: Corpus, index: str = "") -> DocumentEntries:
        """Return the entries of a corpus."""
        mentioned = map(corpus.entities.entities.__getitem__, corpus.mention_table.ids)
        names = [
            FacetValue(facet_of(entity.kind), entity.name) if entity.address else None
            for entity in mentioned
        ]
        titles = {collection.folder: collection.title for collection in corpus.collections}
        return DocumentEntries(corpus, titles, names, index)

    def entries(self, start: int = 0, stop: int | None = None) -> Iterator[SearchEntry]:
        """Yield the entries of some documents, in the order of the corpus."""
        table = self.corpus.mention_table
        for row, document in enumerate(self.corpus.documents[start:stop], start):
            named = [self.names[number] for number in table.entities[table.part_of(row)].tolist()]
            address = self.corpus.addresses[document.source]
            collection = self.collections.get(document.folder)
            facets = _by_facet(filter(None, named))
            yield _with_index(_document(document, address, collection, facets), self.index)


def other_entries(
    corpus: Corpus, pages: Iterable[SearchEntry], index: str = ""
) -> Iterator[SearchEntry]:
    """Yield the entries that follow those of the documents: of pages, authors and entities.

    `index` is what addresses have after the folder of a page.
    """
    yield from pages
    for author in corpus.authors:
        if author.person is None:
            yield _with_index(_author(author), index)
    entities = corpus.entities.entities.values()
    own_kinds = sorted({entity.kind for entity in entities}.difference(FOUND_KINDS))
    for kind in (*FOUND_KINDS, *own_kinds):
        for entity in entities:
            if entity.kind == kind and entity.address:
                yield _with_index(_entity(entity, entity.address), index)


def _with_index(entry: SearchEntry, index: str) -> SearchEntry:
    """Return the entry with the file name in its address, where links must have one."""
    return structs.replace(entry, address=Address(f"{entry.address}{index}")) if index else entry


def _document(
    document: DocumentRecord,
    address: Address,
    collection: str | None,
    named: dict[str, tuple[str, ...]],
) -> SearchEntry:
    metadata = document.metadata
    authors = tuple(author.value for author in metadata.authors)
    language = metadata.language.value if metadata.language else None
    texts = (metadata.standfirst.value,) if metadata.standfirst else ()
    section = metadata.section.value if metadata.section else None
    genre = metadata.genre.value if metadata.genre else None
    facets = {
        "genre": (genre,) if genre else (),
        "author": authors,
        "language": (language,) if language else (),
        "section": (section,) if section else (),
        "collection": (collection,) if collection else (),
    }
    return SearchEntry(
        address=address,
        kind="document",
        title=metadata.title.value,
        texts=texts,
        date=metadata.date.value if metadata.date else None,
        authors=authors,
        genre=genre,
        collection=collection,
        language=language,
        facets=facets | named,
    )


def facet_of(kind: EntityKind) -> str:
    """Return the facet of the names of a kind; that of a person's own kind has a prefix."""
    return kind if kind in FOUND_KINDS else f"{OWN_KIND_PREFIX}{kind}"


def _by_facet(values: Iterable[FacetValue]) -> dict[str, tuple[str, ...]]:
    """Return each value once, by its facet."""
    names: dict[str, dict[str, None]] = {}
    for facet, value in values:
        names.setdefault(facet, {})[value] = None
    return {facet: tuple(of_facet) for facet, of_facet in names.items()}


def _author(author: Author) -> SearchEntry:
    return SearchEntry(author.address, "author", author.name, documents=len(author.documents))


def _entity(entity: Entity, address: Address) -> SearchEntry:
    others = tuple(alias.text for alias in entity.other_names)
    return SearchEntry(address, entity.kind, entity.name, names=others, documents=entity.documents)


def result_line(entry: SearchEntry) -> bytes:
    """Return what a result shows.

    Address, title, date, authors, kind of document, collection, number of documents.
    """
    fields = [
        entry.address,
        entry.title,
        entry.date or "",
        list(entry.authors),
        entry.genre or "",
        entry.collection or "",
        entry.documents,
    ]
    while len(fields) > 1 and not fields[-1]:
        fields.pop()
    return msgspec.json.encode(fields)
