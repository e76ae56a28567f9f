"""The corpus as pages, each with front matter and Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Corpus, Document, OutputFile, PagePath
from generator.writing import urls
from generator.writing.imprint import Imprint
from generator.writing.pages.authors import author_pages, authors_pages
from generator.writing.pages.corpus import corpus_page
from generator.writing.pages.data import data_page
from generator.writing.pages.document import Neighbours, document_page
from generator.writing.pages.entities import entity_pages
from generator.writing.pages.home import home_page
from generator.writing.pages.hubs import hub_pages
from generator.writing.pages.search import search_page
from generator.writing.pages.timeline import timeline_pages
from generator.writing.pages.withdrawn import withdrawn_page


def hubs(imprint: Imprint) -> tuple[tuple[str, PagePath], ...]:
    """Give the lists from which every page can be reached, each with its name."""
    named = ((hub, PagePath(f"{hub}/index.md")) for hub in urls.HUBS.values())
    places = (("timeline", urls.TIMELINE), *named, ("authors", urls.AUTHORS))
    return tuple((imprint.labels(name), path) for name, path in places)


def compose(corpus: Corpus, imprint: Imprint) -> Iterator[OutputFile]:
    """Make every page of the corpus; the hubs are there even when they have nothing to list."""
    for document, neighbours in _in_time(corpus):
        yield document_page(document, corpus, imprint, neighbours)
    for author in corpus.authors:
        yield from author_pages(author, corpus, imprint)
    for withdrawn in corpus.withdrawn:
        yield withdrawn_page(withdrawn, corpus, imprint)
    yield from authors_pages(corpus, imprint)
    yield from entity_pages(corpus, imprint)
    yield from hub_pages(corpus, imprint)
    yield from timeline_pages(corpus, imprint)
    yield data_page(corpus, imprint)
    yield corpus_page(corpus, imprint)
    yield search_page(imprint)
    yield home_page(corpus, imprint)


def _in_time(corpus: Corpus) -> Iterator[tuple[Document, Neighbours]]:
    """Each document with those before and after it; undated ones have no place in time."""
    dated = [document for document in corpus.documents if document.metadata.date]
    for earlier, document, later in zip([None, *dated], dated, [*dated[1:], None], strict=False):
        yield document, Neighbours(earlier, later)
    for document in corpus.documents:
        if not document.metadata.date:
            yield document, Neighbours()
