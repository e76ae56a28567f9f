"""The corpus as pages, each with front matter and Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Corpus, OutputFile
from generator.writing.pages.authors import author_page, authors_page
from generator.writing.pages.document import document_page
from generator.writing.pages.entities import entity_pages
from generator.writing.pages.home import home_page
from generator.writing.pages.hubs import hub_pages
from generator.writing.pages.search import search_page
from generator.writing.pages.timeline import timeline_page
from generator.writing.pages.withdrawn import withdrawn_page


def compose(corpus: Corpus, site_description: str) -> Iterator[OutputFile]:
    """Make every page of the corpus; the hubs are there even when they have nothing to list."""
    for document in corpus.documents:
        yield document_page(document, corpus)
    for withdrawn in corpus.withdrawn:
        yield withdrawn_page(withdrawn, corpus)
    for author in corpus.authors:
        yield author_page(author, corpus)
    yield authors_page(corpus)
    yield from entity_pages(corpus)
    yield from hub_pages(corpus)
    yield timeline_page(corpus)
    yield search_page()
    yield home_page(corpus, site_description)
