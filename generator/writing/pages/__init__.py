"""The pages of a corpus, each with front matter and Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Corpus, OutputFile, PagePath
from generator.writing.addresses import urls
from generator.writing.document_sums import DocumentSums
from generator.writing.feeds import feeds
from generator.writing.pages.authors import author_listings
from generator.writing.pages.calendar import calendar_listing
from generator.writing.pages.collections import collection_listings
from generator.writing.pages.entity_lists import entity_list_pages, entity_lists
from generator.writing.pages.home import home_page
from generator.writing.pages.listings import Listing
from generator.writing.pages.search import search_page
from generator.writing.pages.statistics import statistics_page
from generator.writing.pages.timeline import timeline_listings
from generator.writing.pages.withdrawn import withdrawn_page
from generator.writing.site_info import SiteInfo


def index_pages(corpus: Corpus, site_info: SiteInfo) -> tuple[tuple[str, PagePath], ...]:
    """Return the index pages, from which every page can be reached, with their names."""
    labels = site_info.labels
    return (
        (labels("timeline"), urls.TIMELINE),
        *((index.name, index.path) for index in entity_lists(corpus, labels)),
        (labels("authors"), urls.AUTHORS),
        (labels("names_index"), urls.NAMES_INDEX),
    )


def document_listings(corpus: Corpus, site_info: SiteInfo) -> Iterator[Listing]:
    """Yield the listings of all documents: by author, by time, and by collection.

    They depend on the metadata and addresses of documents, authors, persons with a page,
    collections and notes only.
    """
    yield from author_listings(corpus, site_info)
    yield from timeline_listings(corpus, site_info)
    yield calendar_listing(corpus, site_info)
    yield from collection_listings(corpus, site_info)


def entity_listings(corpus: Corpus, site_info: SiteInfo) -> Iterator[OutputFile]:
    """Yield the pages that list all entities with a page, which may be empty.

    They depend on entities, on their language, and on which are mentioned in a document.
    """
    yield from entity_list_pages(corpus, site_info)


def search_and_feeds(corpus: Corpus, site_info: SiteInfo) -> Iterator[OutputFile]:
    """Yield the search page and the feeds, which depend on the same as the listings."""
    yield search_page(corpus, site_info)
    yield from feeds(corpus, site_info)


def other_pages(corpus: Corpus, sums: DocumentSums, site_info: SiteInfo) -> Iterator[OutputFile]:
    """Yield all other pages but those of documents, entities and data.

    `sums` are those of all documents.
    """
    for withdrawn in corpus.withdrawn:
        yield withdrawn_page(withdrawn, corpus, site_info)
    yield statistics_page(corpus, sums, site_info)
    yield home_page(corpus, sums, site_info)
