"""Assembly of the corpus: documents in chronological order, and their authors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from generator.linking.entities.forms import fold_name
from generator.model import Address, Author, Corpus, DocumentRecord, EntityId, SeedPath


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


def join_people(corpus: Corpus) -> Corpus:
    """Return the corpus with one page for those who write and are written about.

    An author is the person with a page whom documents mention by this name, with other accents and
    capitals too; if several are called so, the author has a page apart.
    """
    by_name: dict[str, set[EntityId]] = defaultdict(set)
    for (kind, name), entity_id in corpus.entities.by_name.items():
        if kind == "person" and corpus.entities.entities[entity_id].address:
            by_name[fold_name(name)].add(entity_id)
    people = {name: next(iter(ids)) for name, ids in by_name.items() if len(ids) == 1}
    authors = tuple(
        replace(author, person=people.get(fold_name(author.name))) for author in corpus.authors
    )
    pages = {author.address: author.page for author in authors}
    author_pages = {name: pages[address] for name, address in corpus.author_pages.items()}
    return replace(corpus, authors=authors, author_pages=author_pages)


def moved_authors(corpus: Corpus) -> dict[Address, Address]:
    """Return the page of each author whose own address redirects to it."""
    return {author.address: author.page for author in corpus.authors if author.person}


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
