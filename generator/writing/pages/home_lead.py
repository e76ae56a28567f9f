"""The documents with which the front page begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from generator.model import Corpus, DocumentRecord, SeedPath

_LEADS = 3
"""Documents that the front page shows with their first words."""

_NOT_PROSE = ("table", "list")
"""Kinds of documents whose first words invite nobody to read on."""

_MIN_WORDS = 100
"""Words of a text long enough to read; a receipt of thirty is not."""


class Lead(NamedTuple):
    """A document, and the words below its title."""

    document: DocumentRecord
    words: str
    is_chosen: bool
    """Whether the editor chose it."""


class Weaknesses(NamedTuple):
    """Why a document is not one to begin with, the strongest reason first."""

    is_no_prose: bool
    has_no_title: bool
    is_short: bool


def find_leads(corpus: Corpus) -> list[Lead]:
    """Return the documents that the editor chose in the note about the site, else long ones."""
    note = corpus.notes.get("")
    sources = map(SeedPath, note.lead if note else ())
    chosen = [corpus.by_source[source] for source in sources if source in corpus.by_source]
    if chosen:
        return [Lead(document, _words(document, corpus), True) for document in chosen[:_LEADS]]
    documents = without_versions(_longest(corpus), corpus)
    return [
        Lead(document, _words(document, corpus), False) for document in islice(documents, _LEADS)
    ]


def _words(document: DocumentRecord, corpus: Corpus) -> str:
    """Return a line of the editor about a document, else its own summary or first words."""
    note, metadata = corpus.notes.get(document.source), document.metadata
    if note and note.description:
        return note.description
    return metadata.standfirst.value if metadata.standfirst else metadata.description or ""


def _longest(corpus: Corpus) -> Iterator[DocumentRecord]:
    """Yield the longest document of each collection, the first by name first, then all others.

    Lists and tables come last, also among those of the collections, then documents without a title
    in their text, then short ones.
    """
    ordered = sorted(corpus.documents, key=_rank)
    firsts = [
        document
        for collection in corpus.collections
        for document in islice(_inside(collection.folder, ordered), 1)
    ]
    yield from sorted(firsts, key=_weaknesses)
    yield from ordered


def _inside(folder: str, documents: Iterable[DocumentRecord]) -> Iterator[DocumentRecord]:
    return (document for document in documents if document.source.startswith(f"{folder}/"))


def _rank(document: DocumentRecord) -> tuple[Weaknesses, int, SeedPath]:
    return _weaknesses(document), -document.words, document.source


def _weaknesses(document: DocumentRecord) -> Weaknesses:
    genre, title = document.metadata.genre, document.metadata.title
    is_no_prose = genre is not None and genre.value in _NOT_PROSE
    return Weaknesses(is_no_prose, title.rule == "file name", document.words < _MIN_WORDS)


def without_versions(
    documents: Iterable[DocumentRecord], corpus: Corpus, shown: Iterable[SeedPath] = ()
) -> Iterator[DocumentRecord]:
    """Yield documents once: none that is a version of one before it or of one that is shown."""
    seen: set[SeedPath] = set()
    for source in shown:
        seen.update((source, *_versions(source, corpus)))
    for document in documents:
        if document.source not in seen:
            seen.update((document.source, *_versions(document.source, corpus)))
            yield document


def _versions(source: SeedPath, corpus: Corpus) -> tuple[SeedPath, ...]:
    relations = corpus.relations.get(source)
    return relations.versions if relations else ()
