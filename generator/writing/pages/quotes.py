"""An entity's mentions as readers see them: sentences, grouped by document, on one page or more."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from generator.model import Block, Corpus, Document, Entity, Mention, PagePath, Span
from generator.writing import markup, urls
from generator.writing.mentions import excerpt, named, sentences
from generator.writing.pages.common import entry

_LARGEST = 60_000
"""Characters of sentences on one page; as HTML, with the site around it, at most about 200 kB."""

_AROUND = 200
"""Characters that a line costs besides its sentence: its mark, and the address in it."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a document with a name in it."""

    document: Document
    paragraph: str
    """The id of the paragraph."""
    before: str
    words: str
    """The first mention in the sentence, as it stands there."""
    after: str


def quotes(entity: Entity, documents: Iterable[Document], corpus: Corpus) -> Iterator[Quote]:
    """Give each sentence of these documents that mentions an entity, once."""
    for document in documents:
        mentions = (one.mention for one in named(document, corpus) if one.entity.id == entity.id)
        ids = urls.paragraph_ids(block.text for block in document.blocks)
        for at, inside in groupby(mentions, key=lambda mention: mention.block):
            for one in _of_block(document.blocks[at], inside):
                yield Quote(document, ids[at], *one)


def pages_of(found: Iterable[Quote]) -> Iterator[list[Quote]]:
    """Divide quotes into pages; at least one."""
    chunk: list[Quote] = []
    size = 0
    for quote in found:
        size += _AROUND + len(quote.before) + len(quote.words) + len(quote.after)
        if chunk and size > _LARGEST:
            yield chunk
            chunk, size = [], 0
        chunk.append(quote)
    yield chunk


def listed(chunk: Iterable[Quote], here: PagePath, corpus: Corpus) -> Iterator[str]:
    """Write quotes below a heading for each document, every name a link to its paragraph."""
    for _, group in groupby(chunk, key=lambda quote: quote.document.source):
        found = list(group)
        document = found[0].document
        yield f"### {entry(here, document, corpus)}"
        target = urls.relative(here, urls.page_of(corpus.addresses[document.source]))
        yield "\n".join(_line(quote, target) for quote in found)


def _line(quote: Quote, target: str) -> str:
    name = markup.link(quote.words, f"{target}#{quote.paragraph}")
    if not quote.before:
        return f"- {name}{markup.text(quote.after)}"
    before = markup.line(quote.before)
    return f"- {markup.before_link(before)}{name}{markup.text(quote.after)}"


def _of_block(block: Block, mentions: Iterable[Mention]) -> Iterator[tuple[str, str, str]]:
    """Cut out each sentence with a mention, as what stands before, in and after the first one."""
    cut = sentences(block)
    starts = [sentence.start for sentence in cut]

    def of(mention: Mention) -> int:
        return bisect_right(starts, mention.start) - 1

    for at, inside in groupby(mentions, key=of):
        first = next(inside)
        name = Span(first.start, first.end)
        shown, dots_before, dots_after = excerpt(block.text, cut[at], name)
        yield (
            dots_before + _one_line(block.text[shown.start : name.start]).lstrip(),
            _one_line(block.text[name.start : name.end]),
            _one_line(block.text[name.end : shown.end]).rstrip() + dots_after,
        )


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
