"""The home page: a summary of the corpus, its newest documents and most mentioned entities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from generator.model import Corpus, DocumentRecord, OutputFile, PagePath, SeedPath
from generator.writing import markup
from generator.writing.addresses import urls
from generator.writing.document_refs import document_ref
from generator.writing.editor_notes import note_html, note_on
from generator.writing.pages.collections import collection_lines
from generator.writing.pages.common import (
    date_and_authors,
    document_list,
    editor_note,
    index_meta,
    link_to,
    page,
)
from generator.writing.pages.hubs import Hub, hubs
from generator.writing.pages.timeline import time_chart
from generator.writing.site_info import SiteInfo

_NEWEST = 9
"""Documents on the home page."""

_LEADING = 3
"""Documents of these that are shown with their first words."""

_MOST_MENTIONED = 10
"""Names of each kind."""


def home_page(corpus: Corpus, site_info: SiteInfo) -> OutputFile:
    """Return the home page; for an empty corpus it says how to add documents."""
    # No title: the template prints the name of the site, which browsers would show twice.
    meta = index_meta("", site_info.description, "home")
    if not corpus.documents:
        return page(urls.HOME, meta, [site_info.labels("home_empty")])
    meta["summary"] = markup.html_safe(_summary(corpus, site_info))
    dated = [document for document in corpus.documents if document.metadata.date]
    newest = list(islice(_without_versions(reversed(dated or corpus.documents), corpus), _NEWEST))
    front = [_lead(newest[:_LEADING], corpus, site_info), *_more(newest, corpus, site_info)]
    sections = [markup.block("sb-front", front), *_by_time(corpus, site_info)]
    sections = [*_introduction(corpus, site_info), *sections, *_collections(corpus, site_info)]
    names = list(_most_mentioned(corpus, site_info))
    if names:
        sections += [
            markup.block("sb-hubs", names),
            markup.link(site_info.labels("names_index"), urls.NAMES_INDEX),
        ]
    return page(urls.HOME, meta, sections)


def _introduction(corpus: Corpus, site_info: SiteInfo) -> list[str]:
    note = note_on("", corpus)
    return [editor_note(note_html(note, urls.HOME, site_info.index))] if note else []


def _collections(corpus: Corpus, site_info: SiteInfo) -> list[str]:
    """Return the list of collections; a corpus without folders has none."""
    if not corpus.collections:
        return []
    title = f"## {markup.link(site_info.labels('collections'), urls.COLLECTIONS)}"
    lines = "\n".join(collection_lines(urls.HOME, corpus, site_info.labels))
    return [markup.block("sb-collections", [title, lines], "section")]


def _without_versions(
    documents: Iterable[DocumentRecord], corpus: Corpus
) -> Iterator[DocumentRecord]:
    """Yield the documents that are not a version of one before them."""
    versions: set[SeedPath] = set()
    for document in documents:
        if document.source not in versions:
            relations = corpus.relations.get(document.source)
            versions.update(relations.versions if relations else ())
            yield document


def _lead(documents: list[DocumentRecord], corpus: Corpus, site_info: SiteInfo) -> str:
    """Return the newest documents with their first words; the first has the largest heading."""
    sections: list[str] = []
    for index, document in enumerate(documents):
        metadata = document.metadata
        ref = document_ref(document, corpus.addresses[document.source])
        title = markup.link(ref.title, link_to(urls.HOME, ref))
        words = metadata.standfirst.value if metadata.standfirst else metadata.description
        sections += (f"{'###' if index else '##'} {title}", markup.escape_line(words))
        sections.append(date_and_authors(ref, site_info.labels).strip())
    return markup.block("sb-lead", filter(None, sections), "section")


def _more(newest: list[DocumentRecord], corpus: Corpus, site_info: SiteInfo) -> list[str]:
    """Return the list of the other newest documents; a small corpus has none."""
    labels = site_info.labels
    if not newest[_LEADING:]:
        return []
    refs = [document_ref(document, corpus.addresses[document.source]) for document in newest]
    sections = [
        markup.heading(2, labels("more")),
        document_list(urls.HOME, refs[_LEADING:], labels),
        markup.link(labels("all"), urls.TIMELINE),
    ]
    return [markup.block("sb-recent", sections, "section")]


def _by_time(corpus: Corpus, site_info: SiteInfo) -> list[str]:
    """Return the chart of all documents by date, with its heading."""
    chart = time_chart(urls.HOME, corpus, site_info)
    title = f"## {markup.link(site_info.labels('by_time'), urls.TIMELINE)}"
    return [markup.block("sb-when", [title, *chart], "section")] if chart else []


def _most_mentioned(corpus: Corpus, site_info: SiteInfo) -> Iterator[str]:
    """Yield the names in most documents, by kind; a kind without names is left out."""
    for hub in _hubs(corpus, site_info):
        names = sorted(_names(hub, corpus), key=_by_count)[:_MOST_MENTIONED]
        if names:
            # In a corpus of one document every count is 1 and means nothing.
            show_counts = len(corpus.documents) > 1
            chips = (
                f"- {markup.link(name.text, name.page)}"
                + f" {site_info.labels.number(name.documents)}" * show_counts
                for name in names
            )
            title = f"## {markup.link(hub.name, hub.path)}"
            yield markup.block("sb-named", [title, "\n".join(chips)], "section")


def _hubs(corpus: Corpus, site_info: SiteInfo) -> Iterator[Hub]:
    """Yield the lists that the home page shows; those of own kinds last, unless a setting chose.

    The list of authors is of no kind.
    """
    labels = site_info.labels
    every = {hub.path: hub for hub in hubs(corpus, labels)}
    every[urls.AUTHORS] = Hub("", urls.AUTHORS, labels("authors"), "")
    chosen = [urls.hub_page(name) for name in site_info.hubs]
    others = every.keys() - chosen if site_info.shows_all_hubs else ()
    yield from (every[path] for path in (*chosen, *sorted(others)))


class _Name(NamedTuple):
    """The name of an author or an entity, with its counts and its page."""

    text: str
    documents: int
    mentions: int
    page: PagePath


def _by_count(name: _Name) -> tuple[int, int, str]:
    return -name.documents, -name.mentions, name.text


def _names(hub: Hub, corpus: Corpus) -> Iterator[_Name]:
    if hub.path == urls.AUTHORS:
        for author in corpus.authors:
            page = urls.page_path(author.page)
            yield _Name(author.name, len(author.documents), 0, page)
    for entity in corpus.entities.entities.values():
        if entity.kind == hub.kind and entity.address:
            page = urls.entity_page(entity.id)
            yield _Name(entity.name, entity.documents, entity.mentions, page)


def _summary(corpus: Corpus, site_info: SiteInfo) -> str:
    labels = site_info.labels
    counts = {
        "documents": labels.count(len(corpus.documents), "document"),
        "words": labels.count(sum(document.words for document in corpus.documents), "word"),
    }
    dates = (document.metadata.date for document in corpus.documents)
    years = [date.value[:4] for date in dates if date]
    if not years:
        return labels("summary_undated", **counts)
    first, last = years[0], years[-1]
    span = (
        labels("span_one", year=first) if first == last else labels("span", first=first, last=last)
    )
    return labels("summary", **counts, span=span)
