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


class Lead(NamedTuple):
    """A document, and the words below its title."""

    document: DocumentRecord
    words: str
    is_chosen: bool
    """Whether the editor chose it."""


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

    Documents without a title in their text come last, and lists and tables too.
    """
    ordered = sorted(corpus.documents, key=_suitability)
    folders = [collection.folder for collection in corpus.collections]
    for folder in folders:
        inside = (document for document in ordered if document.source.startswith(f"{folder}/"))
        yield from islice(inside, 1)
    yield from ordered


def _suitability(document: DocumentRecord) -> tuple[bool, bool, int, SeedPath]:
    genre = document.metadata.genre
    return (
        genre is not None and genre.value in _NOT_PROSE,
        document.metadata.title.rule == "file name",
        -document.words,
        document.source,
    )


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
