"""The corpus as pages, each with front matter and Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Corpus, OutputFile, PagePath
from generator.writing.addresses import urls
from generator.writing.pages.authors import author_pages, authors_pages
from generator.writing.pages.home import home_page
from generator.writing.pages.index_pages import entity_index_pages
from generator.writing.pages.search import search_page
from generator.writing.pages.statistics import statistics_page
from generator.writing.pages.timeline import timeline_pages
from generator.writing.pages.withdrawn import withdrawn_page
from generator.writing.site_info import SiteInfo


def index_pages(site_info: SiteInfo) -> tuple[tuple[str, PagePath], ...]:
    """Give the lists from which every page can be reached, each with its name."""
    named = ((hub, urls.hub_page(hub)) for hub in urls.HUBS.values())
    places = (("timeline", urls.TIMELINE), *named, ("authors", urls.AUTHORS))
    return tuple((site_info.labels(name), path) for name, path in places)


def document_listings(corpus: Corpus, site_info: SiteInfo) -> Iterator[OutputFile]:
    """Make the pages that list all documents: by author, and by time.

    They are made of documents as lists name them, of authors, and of persons with a page.
    """
    for author in corpus.authors:
        yield from author_pages(author, corpus, site_info)
    yield from authors_pages(corpus, site_info)
    yield from timeline_pages(corpus, site_info)


def other_pages(corpus: Corpus, site_info: SiteInfo) -> Iterator[OutputFile]:
    """Make every other page but those of documents, entities and data; hubs even when empty."""
    for withdrawn in corpus.withdrawn:
        yield withdrawn_page(withdrawn, corpus, site_info)
    yield from entity_index_pages(corpus, site_info)
    yield statistics_page(corpus, site_info)
    yield search_page(site_info)
    yield home_page(corpus, site_info)
