"""The page of a document."""

from __future__ import annotations

from generator.model import Corpus, Document, Found, OutputFile
from generator.writing import markup, urls
from generator.writing.dates import in_words
from generator.writing.markup import MetaValue
from generator.writing.pages.common import known, page


def document_page(document: Document, corpus: Corpus) -> OutputFile:
    """Make the page of a document: its words, each paragraph with an address of its own."""
    path = urls.page_of(corpus.addresses[document.source])
    names = urls.paragraph_ids(block.text for block in document.blocks)
    classes = {"footer": "sb-footer", "paragraph": ""}
    body = (
        markup.paragraph(block, name, classes[block.kind])
        for block, name in zip(document.blocks, names, strict=True)
    )
    return page(path, _meta(document), body)


def _meta(document: Document) -> dict[str, MetaValue]:
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
        "standfirst": _shown(said.standfirst),
        "section": _shown(said.section),
        "publication": _shown(said.publication),
        "dateline": _shown(said.dateline),
        "language": said.language.value if said.language else "",
        "source": markup.html_safe(document.source),
        "sha256": document.digest,
        "encoding": document.encoding,
        "words": document.words,
        "kind": "document",
        "hide": ["navigation", "toc"],
    }
    return known(meta)


def _shown(found: Found[str] | None) -> str:
    return markup.html_safe(found.value) if found else ""
