"""Assembly of the corpus: documents in chronological order, and their authors."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from msgspec import structs

from generator.linking.entities.forms import fold_name
from generator.model import Address, Author, Corpus, DocumentRecord, EntityId, SeedPath

_FEW = 100
"""A document is put in its place if there are so many times as many that have one, else all are
sorted."""


def assemble_corpus(
    documents: Iterable[DocumentRecord],
    addresses: Mapping[SeedPath, Address],
    author_addresses: Callable[[Iterable[str]], dict[str, Address]],
    ordered: Iterable[SeedPath] = (),
) -> Corpus:
    """Return the corpus with documents sorted by date, undated ones last, and authors by name.

    `author_addresses` assigns an address to each name of an author; names may share one.
    `ordered` are documents that have this order already.
    """
    by_source = {document.source: document for document in documents}
    in_time = tuple(_in_time(by_source, ordered))
    authors = _sources_by_author(in_time)
    author_pages = author_addresses(authors)
    return Corpus(
        in_time,
        dict(addresses),
        _authors(in_time, authors, author_pages),
        by_source=by_source,
        author_pages=author_pages,
    )


def _in_time(
    by_source: Mapping[SeedPath, DocumentRecord], ordered: Iterable[SeedPath]
) -> list[DocumentRecord]:
    waiting = dict(by_source)
    in_time = [*map(waiting.pop, ordered)]
    if len(waiting) * _FEW > len(in_time):
        return sorted((*in_time, *waiting.values()), key=_chronological)
    for document in waiting.values():
        insort(in_time, document, key=_chronological)
    return in_time


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
        structs.replace(author, person=people.get(fold_name(author.name)))
        for author in corpus.authors
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


def _sources_by_author(documents: Iterable[DocumentRecord]) -> dict[str, list[SeedPath]]:
    """Return the documents of each author in their order, by names in order of appearance."""
    sources: dict[str, list[SeedPath]] = defaultdict(list)
    for document in documents:
        for author in document.metadata.authors:
            sources[author.value].append(document.source)
    return sources


def _authors(
    documents: Iterable[DocumentRecord],
    by_name: Mapping[str, Sequence[SeedPath]],
    author_pages: Mapping[str, Address],
) -> tuple[Author, ...]:
    """Return one author per address, sorted by last name.

    "José Pérez" and "Jose Perez" share a page, under the name that comes first in the corpus.
    """
    names: dict[Address, list[str]] = defaultdict(list)
    for name in by_name:
        names[author_pages[name]].append(name)
    is_any_shared = len(names) < len(by_name)
    order = {each.source: place for place, each in enumerate(documents)} if is_any_shared else {}

    def sources(spellings: Sequence[str]) -> Iterable[SeedPath]:
        if len(spellings) == 1:
            return by_name[spellings[0]]
        return sorted(
            chain.from_iterable(map(by_name.__getitem__, spellings)), key=order.__getitem__
        )

    authors = (
        Author(spellings[0], address, tuple(sources(spellings)))
        for address, spellings in names.items()
    )
    return tuple(
        sorted(authors, key=lambda author: (author.name.split()[-1].casefold(), author.name))
    )
