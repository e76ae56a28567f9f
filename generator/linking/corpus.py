"""Assembly of the corpus: documents in chronological order, and their authors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from generator.model import Address, Author, Corpus, DocumentRecord, SeedPath


def assemble_corpus(
    documents: Iterable[DocumentRecord],
    addresses: Mapping[SeedPath, Address],
    author_addresses: Callable[[Iterable[str]], dict[str, Address]],
) -> Corpus:
    """Return the corpus with documents sorted by date, undated ones last, and authors by name.

    `author_addresses` assigns an address to each name of an author; names may share one.
    """
    ordered = tuple(sorted(documents, key=_chronological))
    by_source = {document.source: document for document in ordered}
    author_pages = author_addresses(
        author.value for document in ordered for author in document.metadata.authors
    )
    authors = _authors(ordered, author_pages)
    return Corpus(ordered, dict(addresses), authors, by_source=by_source, author_pages=author_pages)


def _chronological(document: DocumentRecord) -> tuple[bool, str, str, SeedPath]:
    date = document.metadata.date
    return (
        date is None,
        date.value if date else "",
        document.metadata.title.value,
        document.source,
    )


def _authors(
    documents: Sequence[DocumentRecord], author_pages: Mapping[str, Address]
) -> tuple[Author, ...]:
    """Return one author per address, sorted by last name.

    "José Pérez" and "Jose Perez" share a page, under the name that comes first in the corpus.
    """
    names: dict[Address, str] = {}
    sources: dict[Address, list[SeedPath]] = defaultdict(list)
    for document in documents:
        for author in document.metadata.authors:
            address = author_pages[author.value]
            names.setdefault(address, author.value)
            sources[address].append(document.source)
    authors = (Author(name, address, tuple(sources[address])) for address, name in names.items())
    return tuple(
        sorted(authors, key=lambda author: (author.name.split()[-1].casefold(), author.name))
    )
