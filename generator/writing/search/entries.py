"""What can be found: documents, hand-written pages, and whoever has a page of names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from generator.model import Address, Author, Corpus, Document


@dataclass(frozen=True, slots=True)
class Entry:
    """One page as search knows it."""

    address: Address
    kind: str
    """`document`, `page`, `author`, or the kind of an entity."""
    title: str
    names: tuple[str, ...] = ()
    """Other names of the same, each as good as the title."""
    texts: tuple[str, ...] = ()
    """The words of the page, paragraph by paragraph."""
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
        """How much there is to read, in characters: long texts name more things in passing."""
        return sum(map(len, self.texts))


def entries_of(corpus: Corpus, pages: Iterable[Entry]) -> Iterator[Entry]:
    """Give every entry of a corpus: documents in the order of time first, then all others."""
    for document in corpus.documents:
        yield _document(document, corpus.addresses[document.source])
    yield from pages
    yield from map(_author, corpus.authors)


def _document(document: Document, address: Address) -> Entry:
    said = document.metadata
    authors = tuple(author.value for author in said.authors)
    language = said.language.value if said.language else ""
    folder, _, rest = document.source.partition("/")
    return Entry(
        address=address,
        kind="document",
        title=said.title.value,
        texts=tuple(block.text for block in document.blocks),
        date=said.date.value if said.date else "",
        authors=authors,
        source=document.source,
        language=language,
        facets={
            "author": authors,
            "language": (language,) if language else (),
            "section": (folder,) if rest else (),
        },
    )


def _author(author: Author) -> Entry:
    return Entry(author.address, "author", author.name, documents=len(author.documents))
