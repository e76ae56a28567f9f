"""Quotes: the sentences that mention an entity, grouped by document and divided into pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from generator.model import Document, EntityId, PagePath
from generator.writing import markup
from generator.writing.addresses import urls
from generator.writing.document_refs import DocumentRef
from generator.writing.labels import Labels
from generator.writing.mentions import MentionSentence, excerpt, mention_sentences
from generator.writing.pages.common import title_link
from generator.writing.views import DocumentView

_MAX_PAGE = 60_000
"""Characters of sentences on one page; as HTML, with the site around it, at most about 200 kB."""

_LINE_OVERHEAD = 200
"""Characters of a line besides its sentence: its markup, and the address in it."""


class Quote(NamedTuple):
    """A sentence that mentions an entity, as Markdown."""

    paragraph: str
    """The id of the paragraph."""
    before: str
    """The text before the first mention, escaped for a link after it."""
    words: str
    """The first mention in the sentence."""
    after: str


class DocumentQuote(NamedTuple):
    """A quote and the document that it is from."""

    document: DocumentRef
    quote: Quote


def quote(document: Document, mentioned: MentionSentence) -> Quote:
    """Return a sentence of a document, divided at its first mention of the entity."""
    text, name = document.blocks[mentioned.block].text, mentioned.name
    part = excerpt(text, mentioned.sentence, name)
    before = part.dots_before + _one_line(text[part.shown.start : name.start]).lstrip()
    return Quote(
        mentioned.paragraph,
        markup.escape_before_link(markup.escape_line(before)) if before else "",
        markup.escape(_one_line(text[name.start : name.end])),
        markup.escape(_one_line(text[name.end : part.shown.end]).rstrip() + part.dots_after),
    )


def quotes_by_entity(view: DocumentView) -> dict[EntityId, list[Quote]]:
    """Return the quotes of a document for every entity with a page that it mentions."""
    quotes: dict[EntityId, list[Quote]] = {}
    for entity_id, sentence in mention_sentences(view):
        quotes.setdefault(entity_id, []).append(quote(view.document, sentence))
    return quotes


def paginate_quotes(quotes: Iterable[DocumentQuote]) -> Iterator[list[DocumentQuote]]:
    """Divide quotes into pages; yield at least one."""
    chunk: list[DocumentQuote] = []
    size = 0
    for item in quotes:
        quote = item.quote
        size += _LINE_OVERHEAD + len(quote.before) + len(quote.words) + len(quote.after)
        if chunk and size > _MAX_PAGE:
            yield chunk
            chunk, size = [], 0
        chunk.append(item)
    yield chunk


def quote_list(chunk: Iterable[DocumentQuote], page: PagePath, labels: Labels) -> Iterator[str]:
    """Yield quotes below a heading for each document; every name links to its paragraph."""
    for document, group in groupby(chunk, key=lambda item: item.document):
        target = urls.relative(page, urls.page_path(document.address))
        day = markup.time(document.date, labels.date(document.date)) if document.date else ""
        shown = f"{markup.span('sb-day', day)} " if day else ""
        yield f"### {shown}{title_link(page, document)}"
        yield "\n".join(_line(item.quote, target) for item in group)


def _line(quote: Quote, target: str) -> str:
    return f"- {quote.before}[{quote.words}]({target}#{quote.paragraph}){quote.after}"


def _one_line(text: str) -> str:
    if text.isprintable() and "  " not in text:  # white space but for a space is not printable
        return text
    return re.sub(r"\s+", " ", text)
