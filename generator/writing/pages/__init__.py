"""The pages of a corpus, each with front matter and Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Corpus, OutputFile, PagePath
from generator.writing.addresses import urls
from generator.writing.pages.authors import author_pages, authors_pages
from generator.writing.pages.calendar import calendar_pages
from generator.writing.pages.collections import collection_pages
from generator.writing.pages.entity_lists import entity_list_pages, entity_lists
from generator.writing.pages.home import home_page
from generator.writing.pages.search import search_page
from generator.writing.pages.statistics import statistics_page
from generator.writing.pages.timeline import timeline_pages
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


def document_listings(corpus: Corpus, site_info: SiteInfo) -> Iterator[OutputFile]:
    """Yield the pages that list all documents: by author, and by time.

    They depend on `DocumentRef`s, authors, and persons with a page only.
    """
    for author in corpus.authors:
        if author.person is None:
            yield from author_pages(author, corpus, site_info)
    yield from authors_pages(corpus, site_info)
    yield from timeline_pages(corpus, site_info)
    yield from calendar_pages(corpus, site_info)
    yield from collection_pages(corpus, site_info)


def entity_listings(corpus: Corpus, site_info: SiteInfo) -> Iterator[OutputFile]:
    """Yield the pages that list all entities with a page, which may be empty.

    They depend on entities, on their language, and on which are mentioned in a document.
    """
    yield from entity_list_pages(corpus, site_info)


def other_pages(corpus: Corpus, site_info: SiteInfo) -> Iterator[OutputFile]:
    """Yield all other pages but those of documents, entities and data."""
    for withdrawn in corpus.withdrawn:
        yield withdrawn_page(withdrawn, corpus, site_info)
    yield statistics_page(corpus, site_info)
    yield search_page(site_info)
    yield home_page(corpus, site_info)
