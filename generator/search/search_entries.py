"""Search entries: documents, hand-written pages, authors, and entities with a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from generator.model import (
    FOUND_KINDS,
    Address,
    Author,
    Corpus,
    DocumentRecord,
    Entity,
    EntityKind,
    EntityMentions,
)

OWN_KIND_PREFIX = "names-"
"""Begins the facets of kinds that people named, so that none is taken for another facet."""


@dataclass(frozen=True, slots=True)
class SearchEntry:
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
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Values by which a reader can filter, by facet; documents only."""

    @property
    def length(self) -> int:
        """The length of the texts in characters: BM25 lowers the impacts of long texts."""
        return sum(map(len, self.texts))


def search_entries(
    corpus: Corpus, pages: Iterable[SearchEntry], index: str = ""
) -> Iterator[SearchEntry]:
    """Yield every entry of a corpus: documents in chronological order first, then all others.

    `index` is what addresses have after the folder of a page.
    """
    collections = {collection.folder: collection.title for collection in corpus.collections}
    for document in corpus.documents:
        yield _with_index(_document(document, corpus, collections), index)
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
    return replace(entry, address=Address(f"{entry.address}{index}")) if index else entry


def _document(
    document: DocumentRecord, corpus: Corpus, collections: Mapping[str, str]
) -> SearchEntry:
    metadata = document.metadata
    authors = tuple(author.value for author in metadata.authors)
    language = metadata.language.value if metadata.language else None
    texts = (metadata.standfirst.value,) if metadata.standfirst else ()
    section = metadata.section.value if metadata.section else None
    collection = collections.get(document.folder)
    genre = metadata.genre.value if metadata.genre else None
    facets = {
        "genre": tuple(filter(None, [genre])),
        "author": authors,
        "language": tuple(filter(None, [language])),
        "section": tuple(filter(None, [section])),
        "collection": tuple(filter(None, [collection])),
    }
    return SearchEntry(
        address=corpus.addresses[document.source],
        kind="document",
        title=metadata.title.value,
        texts=texts,
        date=metadata.date.value if metadata.date else None,
        authors=authors,
        genre=genre,
        collection=collection,
        language=language,
        facets=facets | _entity_names(document, corpus),
    )


def facet_of(kind: EntityKind) -> str:
    """Return the facet of the names of a kind; that of a person's own kind has a prefix."""
    return kind if kind in FOUND_KINDS else f"{OWN_KIND_PREFIX}{kind}"


def _entity_names(document: DocumentRecord, corpus: Corpus) -> dict[str, tuple[str, ...]]:
    """Return the names of the entities with a page that a document mentions, by kind."""
    names: dict[str, dict[str, None]] = {}
    mentions = corpus.mentions.get(document.source, EntityMentions())
    for entity in (corpus.entities.entities[entity_id] for entity_id in mentions.entities):
        if entity.address:
            names.setdefault(facet_of(entity.kind), {})[entity.name] = None
    return {kind: tuple(of_kind) for kind, of_kind in names.items()}


def _author(author: Author) -> SearchEntry:
    return SearchEntry(author.address, "author", author.name, documents=len(author.documents))


def _entity(entity: Entity, address: Address) -> SearchEntry:
    others = tuple(alias.text for alias in entity.other_names)
    return SearchEntry(address, entity.kind, entity.name, names=others, documents=entity.documents)
