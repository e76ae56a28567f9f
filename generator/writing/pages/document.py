"""The page of a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from generator.model import Corpus, Document, DocumentRecord, Extracted, OutputFile, PagePath
from generator.writing import citations, date_forms, markup
from generator.writing.addresses import urls
from generator.writing.markup import Meta
from generator.writing.mentions import EntityMention, choose_links, entity_mentions
from generator.writing.pages.common import page, without_empty
from generator.writing.pages.related import related_meta
from generator.writing.site_info import SiteInfo
from generator.writing.views import DocumentView

_MANY = 2_000
"""Paragraphs from which on a page is written as HTML; the longest articles have some hundred."""

_TYPES = {False: "Person", True: "Organization"}
"""What schema.org calls an author."""

_WORDS_A_MINUTE = 230
"""Silent reading of English prose: 238 on average (Brysbaert 2019), a little less on screens."""


def document_page(view: DocumentView, site_info: SiteInfo) -> OutputFile:
    """Make the page of a document: its words, each paragraph with an address of its own."""
    document, corpus = view.document, view.corpus
    path = urls.page_path(corpus.addresses[document.source])
    meta = {
        **_said(document, corpus, site_info),
        **_seed(document, site_info),
        **_cited(citations.cited_work(document, corpus, site_info)),
        **_entities(view, site_info),
        **related_meta(document, corpus, site_info.labels, site_info.index),
        "earlier": _neighbour(view.earlier, corpus, site_info),
        "later": _neighbour(view.later, corpus, site_info),
        "hide": ["navigation", "toc"],
    }
    return page(path, without_empty(meta), article(view, site_info.index))


def article(view: DocumentView, index: str = "") -> list[str]:
    """Write the words of a document, and nothing else, in Markdown or as HTML.

    `index` is what addresses have after their folders, where HTML has to say it.
    """
    document, corpus = view.document, view.corpus
    path = urls.page_path(corpus.addresses[document.source])
    names = urls.paragraph_ids(block.text for block in document.blocks)
    classes = {"footer": "sb-footer", "paragraph": ""}
    links = choose_links(view)
    as_html = document.source in corpus.fully_escaped or len(document.blocks) > _MANY
    written = markup.html_paragraph if as_html else markup.paragraph
    body = [
        written(block, name, classes[block.kind], tuple(_links(path, links.get(at, ()), index)))
        for at, (block, name) in enumerate(zip(document.blocks, names, strict=True))
    ]
    return [markup.join_html_paragraphs(body)] if as_html else body


def _links(
    here: PagePath, chosen: Iterable[EntityMention], index: str
) -> Iterator[markup.InternalLink]:
    for mention in chosen:
        target = urls.relative(here, urls.entity_page(mention.entity.id))
        yield markup.InternalLink(mention.mention.start, mention.mention.end, target, index)


def _entities(shown: DocumentView, site_info: SiteInfo) -> Meta:
    """Whom the document speaks of, most mentioned first, each with its page's address if any.

    Before them stand those with a page to which no link of the text leads, as in a long list of
    names, and how many they are: the page has to name them all, since theirs quote it.
    """
    counts = Counter(one.entity.id for one in entity_mentions(shown))
    ordered = sorted(counts, key=lambda entity_id: (-counts[entity_id], entity_id))
    found = [shown.corpus.entities.entities[entity_id] for entity_id in ordered]
    in_text = {mention.entity.id for chosen in choose_links(shown).values() for mention in chosen}
    only = {entity.id for entity in found if entity.address} - in_text
    found.sort(key=lambda entity: entity.id not in only)
    meta: Meta = {}
    for kind, hub in urls.HUBS.items():
        those = [entity for entity in found if entity.kind == kind]
        meta[f"{hub}_only"] = sum(entity.id in only for entity in those)
        meta[hub] = [markup.html_safe(entity.name) for entity in those]
        meta[f"{hub}_pages"] = [
            site_info.page(entity.address) if entity.address else "" for entity in those
        ]
    return meta


def _said(document: Document, corpus: Corpus, site_info: SiteInfo) -> Meta:
    """What the document says of itself: the written contract."""
    metadata = document.metadata
    authors = [author.value for author in metadata.authors]
    return {
        "title": markup.html_safe(metadata.title.value),
        "description": markup.html_safe(metadata.description),
        "date": metadata.date.value if metadata.date else "",
        "date_text": site_info.labels.date(metadata.date.value)
        if metadata.date
        else markup.html_safe(metadata.open_date),
        "date_iso": date_forms.iso(metadata.date.value) if metadata.date else "",
        "authors": [markup.html_safe(name) for name in authors],
        "author_pages": [site_info.page(corpus.author_pages[name]) for name in authors],
        "standfirst": _shown(metadata.standfirst),
        "section": _shown(metadata.section),
        "publication": _shown(metadata.publication),
        "dateline": _shown(metadata.dateline),
        "language": metadata.language.value if metadata.language else "",
        "words": document.words,
        "minutes": max(1, round(document.words / _WORDS_A_MINUTE)),
        "kind": "document",
    }


def _seed(document: Document, site_info: SiteInfo) -> Meta:
    """Where the words come from, and what was repaired on their way."""
    repairs = (site_info.labels.describe_repair(rule, times) for rule, times in document.repairs)
    changes = sum(times for _, times in document.repairs)
    return {
        "source": markup.html_safe(document.source),
        "sha256": document.digest,
        "encoding": document.encoding,
        "changes": site_info.labels.count(changes, "change") if changes else "",
        "repairs": [markup.html_safe(words) for words in repairs],
        "raw": "source.txt" if site_info.raw else "",
    }


def _cited(cited: citations.CitedWork) -> Meta:
    return {
        "genre": cited.genre,
        "citation": markup.html_safe(citations.citation_text(cited)),
        "coins": citations.openurl_coins(cited),
        **_creators(cited),
    }


def _creators(cited: citations.CitedWork) -> Meta:
    """Give the authors in the forms of Dublin Core and schema.org, each list in their order."""
    authors = cited.authors
    parts: Meta = {
        "creators": [markup.html_safe(author.inverted) for author in authors],
        "author_names": [markup.html_safe(author.natural) for author in authors],
        "author_families": [markup.html_safe(author.family) for author in authors],
        "author_givens": [markup.html_safe(author.given) for author in authors],
        "author_types": [_TYPES[author.is_organization] for author in authors],
    }
    return parts


def _neighbour(
    document: DocumentRecord | None, corpus: Corpus, site_info: SiteInfo
) -> dict[str, str]:
    if document is None:
        return {}
    date = document.metadata.date
    return {
        "title": markup.html_safe(document.metadata.title.value),
        "address": site_info.page(corpus.addresses[document.source]),
        "date": site_info.labels.date(date.value) if date else "",
    }


def _shown(value: Extracted[str] | None) -> str:
    return markup.html_safe(value.value) if value else ""
