"""The corpus put together: the order of time, and who wrote what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from generator.model import Address, Author, Corpus, DocumentRecord, SeedPath


def assemble_corpus(
    documents: Iterable[DocumentRecord],
    addresses: Mapping[SeedPath, Address],
    author_addresses: Callable[[Iterable[str]], dict[str, Address]],
) -> Corpus:
    """Put documents in the order of time, undated ones last, and gather the authors from A to Z."""
    ordered = tuple(sorted(documents, key=_by_time))
    by_source = {document.source: document for document in ordered}
    homes = author_addresses(value.value for each in ordered for value in each.metadata.authors)
    authors = _authors(ordered, homes)
    return Corpus(ordered, dict(addresses), authors, by_source=by_source, author_pages=homes)


def _by_time(document: DocumentRecord) -> tuple[bool, str, str, SeedPath]:
    date = document.metadata.date
    return (
        date is None,
        date.value if date else "",
        document.metadata.title.value,
        document.source,
    )


def _authors(
    documents: Sequence[DocumentRecord], homes: Mapping[str, Address]
) -> tuple[Author, ...]:
    """One author per address: "José Pérez" and "Jose Perez" share a page, under the first name."""
    names: dict[Address, str] = {}
    written: dict[Address, list[SeedPath]] = defaultdict(list)
    for document in documents:
        for author in document.metadata.authors:
            where = homes[author.value]
            names.setdefault(where, author.value)
            written[where].append(document.source)
    authors = (Author(name, where, tuple(written[where])) for where, name in names.items())
    return tuple(
        sorted(authors, key=lambda author: (author.name.split()[-1].casefold(), author.name))
    )
