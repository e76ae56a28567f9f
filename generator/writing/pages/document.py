"""The page of a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from generator.model import Address, Corpus, Document, Found, OutputFile, PagePath
from generator.writing import markup, urls
from generator.writing.dates import in_words
from generator.writing.markup import MetaValue
from generator.writing.mentions import Named, linked, named
from generator.writing.pages.common import known, page
from generator.writing.pages.kin import kin

_MANY = 2_000
"""Paragraphs from which on a page is written as HTML; the longest articles have some hundred."""


def document_page(document: Document, corpus: Corpus) -> OutputFile:
    """Make the page of a document: its words, each paragraph with an address of its own."""
    path = urls.page_of(corpus.addresses[document.source])
    names = urls.paragraph_ids(block.text for block in document.blocks)
    classes = {"footer": "sb-footer", "paragraph": ""}
    links = linked(document, corpus)
    as_html = document.source in corpus.sign_by_sign or len(document.blocks) > _MANY
    written = markup.html_paragraph if as_html else markup.paragraph
    body = [
        written(block, name, classes[block.kind], tuple(_links(path, links.get(at, ()))))
        for at, (block, name) in enumerate(zip(document.blocks, names, strict=True))
    ]
    body = [markup.html_paragraphs(body)] if as_html else body
    meta = {**_meta(document), **_entities(document, corpus), **kin(document, corpus)}
    return page(path, meta, body)


def _links(here: PagePath, chosen: Iterable[Named]) -> Iterator[markup.Inward]:
    for one in chosen:
        target = urls.relative(here, urls.page_of(Address(f"{one.entity.id}/")))
        yield markup.Inward(one.mention.start, one.mention.end, target)


def _entities(document: Document, corpus: Corpus) -> dict[str, MetaValue]:
    """Whom the document speaks of, most mentioned first, each with its page's address if any."""
    counts = Counter(one.entity.id for one in named(document, corpus))
    ordered = sorted(counts, key=lambda entity_id: (-counts[entity_id], entity_id))
    found = [corpus.register.entities[entity_id] for entity_id in ordered]
    meta: dict[str, MetaValue] = {}
    for kind, hub in urls.HUBS.items():
        those = [entity for entity in found if entity.kind == kind]
        meta[hub] = [markup.html_safe(entity.name) for entity in those]
        meta[f"{hub}_pages"] = [entity.address or "" for entity in those]
    return known(meta)


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
