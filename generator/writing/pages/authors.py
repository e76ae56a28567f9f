"""The authors: who they are, and what each of them wrote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.model import Author, Corpus, DocumentRecord, OutputFile, PagePath
from generator.writing import markup
from generator.writing.addresses import urls
from generator.writing.labels import Labels
from generator.writing.pages.common import (
    document_list,
    index_meta,
    page,
    sorts_last,
    without_empty,
)
from generator.writing.pages.pagination import chunks, paginate
from generator.writing.site_info import SiteInfo
from generator.writing.views import person_for_author

_DOCUMENTS = 300
"""Documents on one page of an author, and names on one page of all authors: about 100 kB."""
_AUTHORS = 1_000


def author_pages(author: Author, corpus: Corpus, site_info: SiteInfo) -> Iterator[OutputFile]:
    """Make the pages of an author, newest document first."""
    labels = site_info.labels
    written = [corpus.by_source[source] for source in reversed(author.documents)]
    documents = sorted(written, key=sorts_last)
    counted = labels.count(len(documents), "document")
    described = labels("by_author", documents=counted, name=author.name)
    for leaf in paginate(urls.page_path(author.address), chunks(documents, _DOCUMENTS)):
        meta = index_meta(leaf.title(author.name, labels), described, "entity")
        meta["feed"] = leaf.number == 1
        others = [_of_others(document, author, corpus) for document in leaf.items]
        body = [markup.escape_line(described), *_about(author, leaf.path, corpus, labels)]
        body += document_list(leaf.path, others, corpus, labels)
        yield page(leaf.path, without_empty(meta), body + leaf.navigation(labels))


def authors_pages(corpus: Corpus, site_info: SiteInfo) -> Iterator[OutputFile]:
    """Make the list of all authors, from A to Z."""
    labels = site_info.labels
    for leaf in paginate(urls.AUTHORS, chunks(corpus.authors, _AUTHORS)):
        lines = [_line(author, leaf.path, labels) for author in leaf.items]
        meta = index_meta(leaf.title(labels("authors"), labels), labels("authors_about"), "index")
        meta |= {"summary": labels.count(len(corpus.authors), "author_n")} if lines else {}
        body = ["\n".join(lines) or labels("authors_none")]
        yield page(leaf.path, meta, body + leaf.navigation(labels))


def _of_others(document: DocumentRecord, author: Author, corpus: Corpus) -> DocumentRecord:
    """A document as the page of one of its authors lists it: with the names of the others only."""
    metadata = document.metadata
    others = [
        value for value in metadata.authors if corpus.author_pages[value.value] != author.address
    ]
    return replace(document, metadata=replace(metadata, authors=tuple(others)))


def _about(author: Author, here: PagePath, corpus: Corpus, labels: Labels) -> list[str]:
    """The way to what is said of an author, where documents name them too."""
    person = person_for_author(author, corpus)
    if person is None:
        return []
    target = urls.relative(here, urls.entity_page(person.id))
    return [markup.link(labels("documents_about", name=author.name), target)]


def _line(author: Author, here: PagePath, labels: Labels) -> str:
    target = urls.relative(here, urls.page_path(author.address))
    count = markup.span("sb-meta", labels.count(len(author.documents), "document"))
    return f"- {markup.link(author.name, target)} {count}"
