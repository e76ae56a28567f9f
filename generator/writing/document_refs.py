"""Documents as other pages and feeds list them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
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
    return [*islice(_newest_first(sources, corpus), FEED_ENTRIES)]  # which looks at few of all


def _newest_first(sources: Iterable[SeedPath], corpus: Corpus) -> Iterator[SeedPath]:
    """Yield the documents by the days of their addition, on each day the dated ones first."""
    records = corpus.by_source
    by_day: dict[str, list[SeedPath]] = defaultdict(list)
    for source in [*sources][::-1]:  # so the first of equally new ones are the newest
        by_day[corpus.added.get(source, "")].append(source)
    for day in sorted(by_day, reverse=True):
        yield from (each for each in by_day[day] if records[each].metadata.date)
        others = by_day[day] if day else ()
        yield from (each for each in others if not records[each].metadata.date)


def feed_entry(document: DocumentRef, corpus: Corpus) -> FeedEntry:
    """Return a document as feeds list it."""
    source = document.source
    return FeedEntry(
        document,
        corpus.by_source[source].metadata.description,
        corpus.first_addresses.get(source, document.address),
        corpus.added.get(source),
    )
