"""An entity's mentions as readers see them: sentences, grouped by document, on one page or more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from generator.model import Document, EntityId, PagePath
from generator.writing import markup
from generator.writing.addresses import urls
from generator.writing.labels import Labels
from generator.writing.mentions import MentionSentence, excerpt, mention_sentences
from generator.writing.pages.common import date_and_authors
from generator.writing.views import DocumentEntry, DocumentView

_LARGEST = 60_000
"""Characters of sentences on one page; as HTML, with the site around it, at most about 200 kB."""

_AROUND = 200
"""Characters that a line costs besides its sentence: its mark, and the address in it."""


class Quote(NamedTuple):
    """A sentence with a name in it, as Markdown."""

    paragraph: str
    """The id of the paragraph."""
    before: str
    """Ready for a link behind it."""
    words: str
    """The first mention in the sentence, as it stands there."""
    after: str


DocumentQuote = tuple[DocumentEntry, Quote]
"""A quote and the document that it is from."""


def quote(document: Document, seen: MentionSentence) -> Quote:
    """Cut the sentence of a sighting out of its document, as what stands around the name."""
    text, name = document.blocks[seen.block].text, seen.name
    shown, dots_before, dots_after = excerpt(text, seen.sentence, name)
    before = dots_before + _one_line(text[shown.start : name.start]).lstrip()
    return Quote(
        seen.paragraph,
        markup.escape_before_link(markup.escape_line(before)) if before else "",
        markup.escape(_one_line(text[name.start : name.end])),
        markup.escape(_one_line(text[name.end : shown.end]).rstrip() + dots_after),
    )


def quotes_by_entity(view: DocumentView) -> dict[EntityId, list[Quote]]:
    """Cut the sentences out of a document for everybody with a page whom it names."""
    found: dict[EntityId, list[Quote]] = {}
    for entity_id, seen in mention_sentences(view):
        found.setdefault(entity_id, []).append(quote(view.document, seen))
    return found


def paginate_quotes(found: Iterable[DocumentQuote]) -> Iterator[list[DocumentQuote]]:
    """Divide quotes into pages; at least one."""
    chunk: list[DocumentQuote] = []
    size = 0
    for record, quote in found:
        size += _AROUND + len(quote.before) + len(quote.words) + len(quote.after)
        if chunk and size > _LARGEST:
            yield chunk
            chunk, size = [], 0
        chunk.append((record, quote))
    yield chunk


def quote_list(chunk: Iterable[DocumentQuote], page: PagePath, labels: Labels) -> Iterator[str]:
    """Write quotes below a heading for each document, every name a link to its paragraph."""
    for _, group in groupby(chunk, key=lambda of: of[0][0].source):
        found = list(group)
        record, address = found[0][0]
        target = urls.relative(page, urls.page_path(address))
        title = markup.link(record.metadata.title.value, target)
        yield f"### {title}{date_and_authors(record, labels)}"
        yield "\n".join(_line(quote, target) for _, quote in found)


def _line(quote: Quote, target: str) -> str:
    return f"- {quote.before}[{quote.words}]({target}#{quote.paragraph}){quote.after}"


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
