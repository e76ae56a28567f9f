"""What all pages share: front matter without empty values, lists of documents."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model import AnyDocument, Corpus, OutputFile, PagePath
from generator.writing import markup
from generator.writing.addresses import urls
from generator.writing.labels import Labels
from generator.writing.markup import Meta


def page(path: PagePath, meta: Meta, body: Iterable[str]) -> OutputFile:
    """Make a page of its front matter and its sections."""
    return OutputFile(path, markup.page(meta, "\n\n".join(body)))


def index_meta(title: str, description: str, kind: str) -> Meta:
    """Give the front matter of a page that is no document."""
    meta: Meta = {
        "title": markup.html_safe(title),
        "description": markup.html_safe(description),
        "kind": kind,
        "hide": ["navigation", "toc"],
    }
    return without_empty(meta)


def without_empty(meta: Meta) -> Meta:
    """Leave out what is unknown: the contract has no empty values."""
    return {key: value for key, value in meta.items() if value not in ("", [], {}, False)}


def document_list(
    here: PagePath, documents: Iterable[AnyDocument], corpus: Corpus, labels: Labels
) -> list[str]:
    """A list of documents, each linked, with what identifies it beside another of its title."""
    return [
        "\n".join(f"- {document_item(here, document, corpus, labels)}" for document in documents)
    ]


def document_item(here: PagePath, document: AnyDocument, corpus: Corpus, labels: Labels) -> str:
    """A document in a list: its linked title, and what identifies it on a line of its own."""
    title = document.metadata.title.value
    return (
        f"{markup.link(title, link_to(here, document, corpus))}{date_and_authors(document, labels)}"
    )


def link_to(here: PagePath, document: AnyDocument, corpus: Corpus) -> str:
    """Give the link from a page to a document."""
    return urls.relative(here, urls.page_path(corpus.addresses[document.source]))


def date_and_authors(document: AnyDocument, labels: Labels) -> str:
    """The line that identifies a document: its date and who wrote it, as far as known."""
    metadata = document.metadata
    date = (
        [markup.time(metadata.date.value, labels.date(metadata.date.value))]
        if metadata.date
        else []
    )
    known_facts = [*date, *(markup.escape(author.value) for author in metadata.authors)]
    return f" {markup.span('sb-meta', ' · '.join(known_facts))}" if known_facts else ""


def sorts_last(document: AnyDocument) -> bool:
    """Tell what stands behind all that has a date, whichever way a list is sorted."""
    return document.metadata.date is None


def year_of(document: AnyDocument) -> str:
    """Give the year of a document, or nothing."""
    return document.metadata.date.value[:4] if document.metadata.date else ""
