"""What can be found: documents, hand-written pages, and whoever has a page of names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from generator.model import Address, Author, Corpus, DocumentRecord, Entity, EntityMentions


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """One page as search knows it."""

    address: Address
    kind: str
    """`document`, `page`, `author`, or the kind of an entity."""
    title: str
    names: tuple[str, ...] = ()
    """Other names of the same, each as good as the title."""
    texts: tuple[str, ...] = ()
    """The words of the page, paragraph by paragraph; of a document only the standfirst, as the
    others are counted already."""
    date: str = ""
    """As EDTF; empty when unknown."""
    authors: tuple[str, ...] = ()
    source: str = ""
    """The seed's path below the seeds folder."""
    language: str = ""
    documents: int = 0
    """In how many documents the named one is."""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What a reader can choose by; documents only."""

    @property
    def length(self) -> int:
        """How much there is to read here, in characters: long texts name more in passing."""
        return sum(map(len, self.texts))


def search_entries(
    corpus: Corpus, pages: Iterable[SearchEntry], index: str = ""
) -> Iterator[SearchEntry]:
    """Give every entry of a corpus: documents in the order of time first, then all others.

    `index` is what addresses have after their folders.
    """
    for document in corpus.documents:
        yield _led(_document(document, corpus), index)
    yield from pages
    for author in corpus.authors:
        yield _led(_author(author), index)
    entities = corpus.entities.entities.values()
    for kind in ("person", "organization", "place"):
        for entity in entities:
            if entity.kind == kind and entity.address:
                yield _led(_entity(entity, entity.address), index)


def _led(entry: SearchEntry, index: str) -> SearchEntry:
    """Have an entry lead to the file of its page, where that has to be named."""
    return replace(entry, address=Address(f"{entry.address}{index}")) if index else entry


def _document(document: DocumentRecord, corpus: Corpus) -> SearchEntry:
    metadata = document.metadata
    authors = tuple(author.value for author in metadata.authors)
    language = metadata.language.value if metadata.language else ""
    first = (metadata.standfirst.value,) if metadata.standfirst else ()
    folder, _, rest = document.source.partition("/")
    section = metadata.section.value if metadata.section else folder if rest else ""
    facets = {
        "author": authors,
        "language": tuple(filter(None, [language])),
        "section": tuple(filter(None, [section])),
    }
    return SearchEntry(
        address=corpus.addresses[document.source],
        kind="document",
        title=metadata.title.value,
        texts=first,
        date=metadata.date.value if metadata.date else "",
        authors=authors,
        source=document.source,
        language=language,
        facets=facets | _named(document, corpus),
    )


def _named(document: DocumentRecord, corpus: Corpus) -> dict[str, tuple[str, ...]]:
    """The names of those with a page of whom a document speaks, by kind."""
    found: dict[str, dict[str, None]] = {}
    mentions = corpus.mentions.get(document.source, EntityMentions())
    for entity in (corpus.entities.entities[entity_id] for entity_id in mentions.entities):
        if entity.address:
            found.setdefault(entity.kind, {})[entity.name] = None
    return {kind: tuple(names) for kind, names in found.items()}


def _author(author: Author) -> SearchEntry:
    return SearchEntry(author.address, "author", author.name, documents=len(author.documents))


def _entity(entity: Entity, address: Address) -> SearchEntry:
    others = tuple(alias.text for alias in entity.other_names)
    return SearchEntry(address, entity.kind, entity.name, names=others, documents=entity.documents)
