"""Parts of pages that several pages share: front matter, and lists of documents."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model import OutputFile, PagePath
from generator.writing import markup
from generator.writing.addresses import urls
from generator.writing.document_refs import DocumentRef, has_only_capitals
from generator.writing.front_matter import Meta
from generator.writing.labels import Labels


def page(path: PagePath, meta: Meta, body: Iterable[str]) -> OutputFile:
    """Return a page with its front matter and its sections."""
    return OutputFile(path, markup.page(meta, "\n\n".join(body)))


def index_meta(title: str, description: str, kind: str) -> Meta:
    """Return the front matter of a page that is not a document."""
    meta: Meta = {
        "title": markup.html_safe(title),
        "description": markup.html_safe(description),
        "kind": kind,
        "hide": ["navigation", "toc"],
    }
    return without_empty(meta)


def editor_note(html: str) -> str:
    """Return a note of the editor, distinct from the words of sources, as one block of HTML."""
    return f'<div class="sb-note" role="note">{html}</div>'


def without_empty(meta: Meta) -> Meta:
    """Return front matter without its empty values, as theme and docs promise."""
    return {key: value for key, value in meta.items() if value not in ("", [], {}, False)}


def document_list(path: PagePath, documents: Iterable[DocumentRef], labels: Labels) -> str:
    """Return a list of links to documents, each with its date and authors."""
    return "\n".join(
        f"- {title_link(path, document)}{date_and_authors(document, labels)}"
        for document in documents
    )


def title_link(path: PagePath, document: DocumentRef) -> str:
    """Return a document's title as a link from a page; a title in capitals has a class.

    First words that stand for a title are in quotation marks.
    """
    title = markup.escape(document.title)
    if document.is_untitled:
        shown = f'<q class="sb-untitled">{title}</q>'
    else:
        shown = markup.span("sb-capitals", title) if has_only_capitals(document.title) else title
    return markup.bracketed(shown, link_to(path, document))


def link_to(path: PagePath, document: DocumentRef) -> str:
    """Return the link from a page to a document."""
    return urls.relative(path, urls.page_path(document.address))


def date_and_authors(document: DocumentRef, labels: Labels) -> str:
    """Return the known date and authors of a document, which tell it from others of its title."""
    date = [markup.time(document.date, labels.date(document.date))] if document.date else []
    facts = [*date, *map(markup.escape, document.authors)]
    return f" {markup.span('sb-meta', ' · '.join(facts))}" if facts else ""


def sorts_last(document: DocumentRef) -> bool:
    """Whether a document comes after all others, in any order of time: it has no date."""
    return document.date is None


def year_of(document: DocumentRef) -> str:
    """Return the year of a document, or an empty string."""
    return document.date[:4] if document.date else ""
