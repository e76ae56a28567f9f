"""The pages of collections: folders of seeds with an introduction and their documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from generator.model import Collection, Corpus, DocumentRecord, OutputFile, PagePath, SeedPath
from generator.writing import feeds, markup
from generator.writing.addresses import urls
from generator.writing.document_refs import document_ref, newest_entries
from generator.writing.document_sums import (
    DocumentSums,
    Span,
    add_spans,
    span_of,
    sum_documents,
)
from generator.writing.editor_notes import note_html, note_on
from generator.writing.enclosed_documents import folders_above
from generator.writing.labels import Labels
from generator.writing.pages.chronicle import chronicle_lines
from generator.writing.pages.collection_facts import collection_facts
from generator.writing.pages.common import editor_note, index_meta, page, without_empty
from generator.writing.pages.listings import Listing
from generator.writing.pages.pagination import chunks, paginate
from generator.writing.site_info import SiteInfo

_PER_PAGE = 300
"""Documents on one page; as HTML about 100 kB."""


def collection_listings(corpus: Corpus, site_info: SiteInfo) -> Iterator[Listing]:
    """Yield the listing of all collections, and that of each."""
    make = partial(_list_of_collections, corpus, site_info)
    years = [span_of(_records(collection, corpus)).years for collection in corpus.collections]
    yield Listing("collections", (), (corpus.collections, years), make)
    for collection in corpus.collections:
        authors = [
            (author.value, corpus.author_pages[author.value])
            for record in _records(collection, corpus)
            for author in record.metadata.authors
        ]
        others = collection, note_on(f"{collection.folder}/", corpus), authors
        make = partial(_collection, collection, corpus, site_info)
        yield Listing(f"collection {collection.folder}", collection.documents, others, make)


def _list_of_collections(corpus: Corpus, site_info: SiteInfo) -> Iterator[OutputFile]:
    labels = site_info.labels
    meta = index_meta(labels("collections"), labels("collections_about"), "index")
    if not corpus.collections:
        # In the navigation of every project; the theme leaves its tab out.
        hidden = {"hide": ["navigation", "toc", "tab"]}
        yield page(urls.COLLECTIONS, meta | hidden, [labels("collections_none")])
        return
    sums = sum_documents(corpus.documents)
    body = "\n".join(collection_lines(urls.COLLECTIONS, corpus, sums, labels))
    yield page(urls.COLLECTIONS, meta, [markup.block("sb-collections", [body])])


def _collection(
    collection: Collection, corpus: Corpus, site_info: SiteInfo
) -> Iterator[OutputFile]:
    """Yield the pages and the feed of a collection."""
    yield from _pages(collection, corpus, site_info)
    first = urls.page_path(collection.address)
    entries = newest_entries(_in_time(collection, corpus), corpus)
    yield feeds.atom(urls.sibling(first, urls.FEED), collection.title, entries, site_info)


def collections_section(
    path: PagePath, corpus: Corpus, sums: DocumentSums, labels: Labels
) -> list[str]:
    """Return the collections below their heading; nothing for a corpus without folders."""
    if not corpus.collections:
        return []
    title = f"## {markup.link(labels('collections'), urls.relative(path, urls.COLLECTIONS))}"
    lines = "\n".join(collection_lines(path, corpus, sums, labels))
    return [markup.block("sb-collections", [title, lines], "section")]


def collection_lines(
    path: PagePath, corpus: Corpus, sums: DocumentSums, labels: Labels
) -> Iterator[str]:
    """Yield the collections as the lines of a list; a folder in a folder is indented."""
    spans: dict[str, list[Span]] = defaultdict(list)
    for below, span in sums.folders.items():
        for folder in folders_above(f"{below}/"):
            spans[folder].append(span)
    for collection in corpus.collections:
        depth = collection.folder.count("/")
        target = urls.relative(path, urls.page_path(collection.address))
        size = _size(add_spans(spans[collection.folder]), labels)
        words = (collection.note and collection.note.description) or ""
        facts = markup.span("sb-meta", " · ".join(filter(None, (size, markup.escape(words)))))
        yield f"{'    ' * depth}- {markup.link(collection.title, target)} {facts}"


def _pages(collection: Collection, corpus: Corpus, site_info: SiteInfo) -> Iterator[OutputFile]:
    labels = site_info.labels
    records = _records(collection, corpus)
    size = _size(span_of(records), labels)
    words = (collection.note and collection.note.description) or ""
    first = urls.page_path(collection.address)
    note = note_on(f"{collection.folder}/", corpus)
    for part in paginate(first, chunks(collection.documents, _PER_PAGE)):
        meta = index_meta(part.title(collection.title, labels), words or size, "collection")
        meta |= {"summary": size, "feed": part.number == 1}
        if part.number == 1:
            meta["facts"] = list(collection_facts(records, corpus, site_info))
        refs = [document_ref(corpus.by_source[s], corpus.addresses[s]) for s in part.items]
        about = [editor_note(note_html(note, part.path, site_info.index))] if note else []
        body = [
            *(about if part.number == 1 else []),
            markup.block("sb-days", [chronicle_lines(part.path, refs, corpus, labels.date)]),
        ]
        yield page(part.path, without_empty(meta), body + part.navigation(labels))


def _records(collection: Collection, corpus: Corpus) -> list[DocumentRecord]:
    return [corpus.by_source[source] for source in collection.documents]


def _size(span: Span, labels: Labels) -> str:
    """Return the number of documents and their years."""
    count = labels.count(span.documents, "document")
    return ", ".join(filter(None, (count, span.years)))


def _in_time(collection: Collection, corpus: Corpus) -> list[SeedPath]:
    """Return the documents of a collection in the order of time."""
    members = frozenset(collection.documents)
    return [record.source for record in corpus.documents if record.source in members]
