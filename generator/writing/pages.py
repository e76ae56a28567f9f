"""The corpus as pages: documents, authors, timeline, home, each with front matter and Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from generator.model import Author, Corpus, Document, OutputFile, PagePath
from generator.writing import markup, urls
from generator.writing.dates import in_words
from generator.writing.markup import MetaValue

_NEWEST = 10
"""How many documents the home page lists."""


def compose(corpus: Corpus, site_description: str) -> Iterator[OutputFile]:
    """Make every page of the corpus; the hubs are there even when they have nothing to list."""
    for document in corpus.documents:
        yield _document_page(document, corpus)
    for author in corpus.authors:
        yield _author_page(author, corpus)
    yield _authors_page(corpus)
    yield _timeline_page(corpus)
    yield _home_page(corpus, site_description)


def _document_page(document: Document, corpus: Corpus) -> OutputFile:
    path = urls.page_of(corpus.addresses[document.source])
    names = urls.paragraph_ids(block.text for block in document.blocks)
    classes = {"footer": "sb-footer", "paragraph": ""}
    body = (
        markup.paragraph(block, name, classes[block.kind])
        for block, name in zip(document.blocks, names, strict=True)
    )
    return _page(path, _document_meta(document), body)


def _document_meta(document: Document) -> dict[str, MetaValue]:
    """The written contract: what is unknown is absent."""
    said = document.metadata
    authors = [author.value for author in said.authors]
    meta: dict[str, MetaValue] = {
        "title": markup.html_safe(said.title.value),
        "description": markup.html_safe(said.description),
        "date": said.date.value if said.date else "",
        "date_text": in_words(said.date.value) if said.date else "",
        "authors": [markup.html_safe(name) for name in authors],
        "author_pages": [urls.author_address(name) for name in authors],
        "language": said.language.value if said.language else "",
        "source": markup.html_safe(document.source),
        "sha256": document.digest,
        "encoding": document.encoding,
        "words": document.words,
        "kind": "document",
        "hide": ["navigation", "toc"],
    }
    return _known(meta)


def _author_page(author: Author, corpus: Corpus) -> OutputFile:
    path = urls.page_of(author.address)
    documents = [
        document for document in corpus.documents if document.source in set(author.documents)
    ]
    meta = _meta(author.name, f"{_count(len(documents), 'document')} by {author.name}.", "entity")
    return _page(path, meta, _listing(path, reversed(documents), corpus))


def _authors_page(corpus: Corpus) -> OutputFile:
    meta = _meta("Authors", "Everyone whose byline stands over a document.", "index")
    if not corpus.authors:
        return _page(urls.AUTHORS, meta, ["No document of this corpus names its author."])
    lines = (
        f"- {markup.link(author.name, urls.relative(urls.AUTHORS, urls.page_of(author.address)))}"
        f" ({_count(len(author.documents), 'document')})"
        for author in corpus.authors
    )
    return _page(urls.AUTHORS, meta, ["\n".join(lines)])


def _timeline_page(corpus: Corpus) -> OutputFile:
    meta = _meta("Timeline", "All documents in the order of their dates.", "timeline")
    dated = [document for document in corpus.documents if document.metadata.date]
    undated = [document for document in corpus.documents if not document.metadata.date]
    sections: list[str] = []
    for year, documents in groupby(dated, key=_year):
        sections += (markup.heading(2, year), *_listing(urls.TIMELINE, documents, corpus))
    if undated:
        sections += (markup.heading(2, "Without a date"), *_listing(urls.TIMELINE, undated, corpus))
    return _page(urls.TIMELINE, meta, sections or ["This corpus has no documents yet."])


def _home_page(corpus: Corpus, site_description: str) -> OutputFile:
    # No title: the template prints the site's name, and browsers show it once.
    meta = _meta("", site_description, "home")
    intro = [markup.line(site_description)] if site_description else []
    if not corpus.documents:
        advice = "This corpus is empty. Put plain-text files into the seeds folder and build again."
        return _page(urls.HOME, meta, [*intro, advice])
    newest = list(reversed(corpus.documents))[:_NEWEST]
    return _page(
        urls.HOME,
        meta,
        [
            *intro,
            _summary(corpus),
            markup.heading(2, "Newest documents"),
            *_listing(urls.HOME, newest, corpus),
            markup.link("All documents by date", urls.TIMELINE),
        ],
    )


def _summary(corpus: Corpus) -> str:
    words = sum(document.words for document in corpus.documents)
    years = [_year(document) for document in corpus.documents if document.metadata.date]
    parts = [_count(len(corpus.documents), "document"), _count(words, "word")]
    if years:
        span = years[0] if years[0] == years[-1] else f"{years[0]} to {years[-1]}"
        parts.append(f"from {span}")
    return f"{', '.join(parts)}."


def _listing(page: PagePath, documents: Iterable[Document], corpus: Corpus) -> list[str]:
    """A list of documents, each linked, with what identifies it beside another of its title."""
    return ["\n".join(f"- {_entry(page, document, corpus)}" for document in documents)]


def _entry(page: PagePath, document: Document, corpus: Corpus) -> str:
    said = document.metadata
    target = urls.relative(page, urls.page_of(corpus.addresses[document.source]))
    facts = [in_words(said.date.value)] if said.date else []
    facts += [author.value for author in said.authors]
    behind = f" · {markup.text(' · '.join(facts))}" if facts else ""
    return f"{markup.link(said.title.value, target)}{behind}"


def _year(document: Document) -> str:
    return document.metadata.date.value[:4] if document.metadata.date else ""


def _meta(title: str, description: str, kind: str) -> dict[str, MetaValue]:
    meta: dict[str, MetaValue] = {
        "title": markup.html_safe(title),
        "description": markup.html_safe(description),
        "kind": kind,
        "hide": ["navigation", "toc"],
    }
    return _known(meta)


def _known(meta: dict[str, MetaValue]) -> dict[str, MetaValue]:
    return {key: value for key, value in meta.items() if value not in ("", [])}


def _page(path: PagePath, meta: dict[str, MetaValue], body: Iterable[str]) -> OutputFile:
    return OutputFile(path, markup.page(meta, "\n\n".join(body)))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"
