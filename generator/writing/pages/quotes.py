"""An entity's mentions as readers see them: sentences, grouped by document, on one page or more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from generator.model import Corpus, Document, PagePath
from generator.writing import markup, urls
from generator.writing.labels import Labels
from generator.writing.mentions import Sighting, excerpt
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


def quote(document: Document, seen: Sighting) -> Quote:
    """Cut the sentence of a sighting out of its document, as what stands around the name."""
    text, name = document.blocks[seen.block].text, seen.name
    shown, dots_before, dots_after = excerpt(text, seen.sentence, name)
    return Quote(
        document,
        seen.paragraph,
        dots_before + _one_line(text[shown.start : name.start]).lstrip(),
        _one_line(text[name.start : name.end]),
        _one_line(text[name.end : shown.end]).rstrip() + dots_after,
    )


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


def listed(chunk: Iterable[Quote], here: PagePath, corpus: Corpus, labels: Labels) -> Iterator[str]:
    """Write quotes below a heading for each document, every name a link to its paragraph."""
    for _, group in groupby(chunk, key=lambda quote: quote.document.source):
        found = list(group)
        document = found[0].document
        yield f"### {entry(here, document, corpus, labels)}"
        target = urls.relative(here, urls.page_of(corpus.addresses[document.source]))
        yield "\n".join(_line(quote, target) for quote in found)


def _line(quote: Quote, target: str) -> str:
    name = markup.link(quote.words, f"{target}#{quote.paragraph}")
    if not quote.before:
        return f"- {name}{markup.text(quote.after)}"
    before = markup.line(quote.before)
    return f"- {markup.before_link(before)}{name}{markup.text(quote.after)}"


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
