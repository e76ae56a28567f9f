"""Documents as other pages and feeds list them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import repeat
from typing import NamedTuple

from generator.model import Address, AnyDocument, Corpus, SeedPath

FEED_ENTRIES = 50
"""Documents in a feed."""

_MAX_ACRONYM = 6
"""Letters of a title in capitals that may be an acronym, such as "NASA"."""


class DocumentRef(NamedTuple):
    """A document as other pages list it."""

    source: SeedPath
    address: Address
    title: str
    authors: tuple[str, ...]
    date: str | None
    """As EDTF."""
    is_untitled: bool = False
    """Whether its first words stand for a title."""


class FeedEntry(NamedTuple):
    """A document in a feed."""

    document: DocumentRef
    description: str | None
    first_address: Address
    """The address at which it was first published, which forms the id of the entry."""
    added: str | None
    """The day on which it was added to the site; None before the first release."""


def document_ref(document: AnyDocument, address: Address) -> DocumentRef:
    """Return a document as other pages list it."""
    metadata = document.metadata
    return DocumentRef(
        document.source,
        address,
        metadata.title.value,
        tuple(author.value for author in metadata.authors),
        metadata.date.value if metadata.date else None,
        metadata.is_untitled,
    )


def has_only_capitals(title: str) -> bool:
    """Whether a title is in capitals and no acronym; the theme sets it smaller."""
    letters = [letter for letter in title if letter.isalpha()]
    return len(letters) > _MAX_ACRONYM and all(map(str.isupper, letters))


def newest_entries(sources: Iterable[SeedPath], corpus: Corpus) -> list[FeedEntry]:
    """Return the `newest` documents as feeds list them."""
    records = map(corpus.by_source.__getitem__, newest(sources, corpus))
    refs = (document_ref(record, corpus.addresses[record.source]) for record in records)
    return [feed_entry(ref, corpus) for ref in refs]


def newest(sources: Iterable[SeedPath], corpus: Corpus) -> list[SeedPath]:
    """Return the newest documents: the last added first, then the latest by their dates.

    `sources` are in the order of time. Documents without a date are left out if no day of addition
    is known.
    """
    listed = [*sources][::-1]  # so the first of equally new ones are the newest
    days = map(corpus.added.get, listed, repeat(""))
    is_dated = [corpus.by_source[source].metadata.date is not None for source in listed]
    ranks = zip(days, is_dated, range(0, -len(listed), -1), strict=True)
    in_order = sorted([rank for rank in ranks if rank[0] or rank[1]], reverse=True)
    return [listed[-place] for _, _, place in in_order[:FEED_ENTRIES]]


def feed_entry(document: DocumentRef, corpus: Corpus) -> FeedEntry:
    """Return a document as feeds list it."""
    source = document.source
    return FeedEntry(
        document,
        corpus.by_source[source].metadata.description,
        corpus.first_addresses.get(source, document.address),
        corpus.added.get(source),
    )
