"""The list of authors, and the pages of their documents."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.model import Author, Corpus, OutputFile, PagePath
from generator.writing import markup
from generator.writing.addresses import urls
from generator.writing.document_refs import DocumentRef, document_ref
from generator.writing.index_headings import author_index_heading
from generator.writing.labels import Labels
from generator.writing.pages.common import (
    document_list,
    index_meta,
    page,
    sorts_last,
    without_empty,
)
from generator.writing.pages.letter_lists import LetterItem, letter_pages, sorted_items
from generator.writing.pages.listings import Listing
from generator.writing.pages.pagination import chunks, paginate
from generator.writing.site_info import SiteInfo

_DOCUMENTS_PER_PAGE = 300
"""Documents on one page of an author; as HTML about 100 kB."""
_AUTHORS_PER_PAGE = 1_000
"""Names on one page of the list of authors; as HTML about 100 kB."""


def author_listings(corpus: Corpus, site_info: SiteInfo) -> Iterator[Listing]:
    """Yield the listing of each author without a page as a person, and that of all authors."""
    for author in corpus.authors:
        if author.person is None:
            names = (
                name.value
                for source in author.documents
                for name in corpus.by_source[source].metadata.authors
            )
            others = author, {name: corpus.author_pages[name] for name in names}
            make = partial(author_pages, author, corpus, site_info)
            yield Listing(f"author {author.address}", author.documents, others, make)
    named_by = [author.documents[0] for author in corpus.authors]
    make = partial(authors_pages, corpus, site_info)
    yield Listing("authors", named_by, corpus.authors, make)


def author_pages(author: Author, corpus: Corpus, site_info: SiteInfo) -> Iterator[OutputFile]:
    """Yield the pages of an author, newest document first."""
    labels = site_info.labels
    newest_first = (
        document_ref(corpus.by_source[source], corpus.addresses[source])
        for source in reversed(author.documents)
    )
    documents = sorted(newest_first, key=sorts_last)
    count = labels.count(len(documents), "document")
    description = labels("by_author", documents=count, name=author.name)
    for page_slice in paginate(
        urls.page_path(author.address), chunks(documents, _DOCUMENTS_PER_PAGE)
    ):
        meta = index_meta(page_slice.title(author.name, labels), description, "entity")
        meta |= {"summary": count, "feed": page_slice.number == 1}
        others = [_other_authors(document, author, corpus) for document in page_slice.items]
        listed = document_list(page_slice.path, others, labels)
        body = [markup.block("sb-titles", [listed])]
        yield page(page_slice.path, without_empty(meta), body + page_slice.navigation(labels))


def authors_pages(corpus: Corpus, site_info: SiteInfo) -> Iterator[OutputFile]:
    """Yield the list of all authors, from A to Z."""
    labels = site_info.labels
    authors = (_item(author, corpus, labels) for author in corpus.authors)
    items = sorted_items(authors, site_info.alphabet)
    for letter_page in letter_pages(urls.AUTHORS, items, _AUTHORS_PER_PAGE, site_info):
        page_slice = letter_page.page
        meta = index_meta(
            page_slice.title(labels("authors"), labels), labels("authors_about"), "index"
        )
        meta |= {"summary": labels.count(len(items), "author_n")} if items else {}
        body = letter_page.body if items else [labels("authors_none")]
        yield page(page_slice.path, meta, body)


def _other_authors(document: DocumentRef, author: Author, corpus: Corpus) -> DocumentRef:
    """Return a document for the page of one of its authors, with the names of the others only."""
    others = (name for name in document.authors if corpus.author_pages[name] != author.address)
    return document._replace(authors=tuple(others))


def _item(author: Author, corpus: Corpus, labels: Labels) -> LetterItem:
    name = author_index_heading(author, corpus)
    count = markup.span("sb-meta", labels.count(len(author.documents), "document"))

    def line(path: PagePath) -> str:
        target = urls.relative(path, urls.page_path(author.page))
        return f"{markup.link(name.shown, target)}, {count}"

    return LetterItem(name, line, author.address)
