"""Documents as a chronicle lists them: the day, the title, and the first words."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from generator.model import FIRST_WORDS, Corpus, Metadata, PagePath
from generator.writing import markup
from generator.writing.document_refs import DocumentRef
from generator.writing.pages.common import title_link

_MAX_FIRST_WORDS = 120
"""Characters of a document's first words, which is one line on a screen."""


def chronicle_lines(
    path: PagePath,
    documents: Iterable[DocumentRef],
    corpus: Corpus,
    in_words: Callable[[str], str],
) -> str:
    """Return documents in their order, each with its date as `in_words` says it."""
    return "\n".join(
        _line(path, document, corpus, in_words(document.date) if document.date else "")
        for document in documents
    )


def _line(path: PagePath, document: DocumentRef, corpus: Corpus, date: str) -> str:
    metadata = corpus.by_source[document.source].metadata
    facts = [*map(markup.escape, document.authors), markup.escape(opening(metadata))]
    words = " · ".join(filter(None, facts))
    meta = f" {markup.span('sb-meta', words)}" if words else ""
    day = date if document.date else metadata.open_date
    shown = markup.span("sb-day", markup.time(document.date or "", day)) if day else ""
    return f"- {shown}{title_link(path, document)}{meta}"


def opening(metadata: Metadata) -> str:
    """Return the standfirst or the first words of a document, in a line below its title.

    The cells of a table are no sentence, and words that stand for a title are there already.
    """
    if metadata.standfirst:
        return first_words(metadata.standfirst.value)
    is_table = metadata.genre is not None and metadata.genre.value == "table"
    is_title = metadata.title.rule == FIRST_WORDS
    return "" if is_table or is_title else first_words(metadata.description or "")


def first_words(description: str) -> str:
    """Return the beginning of a description, cut after a sentence or at a space."""
    if len(description) <= _MAX_FIRST_WORDS:
        return description
    start = description[:_MAX_FIRST_WORDS]
    return f"{start.rpartition(' ')[0] or start} …"
