"""The documents with which the front page begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from generator.model import Corpus, DocumentRecord, SeedPath
from generator.writing.document_sums import DocumentSums, LeadRank, lead_rank
from generator.writing.enclosed_documents import folders_above

_LEADS = 3
"""Documents that the front page shows with their first words."""


class Lead(NamedTuple):
    """A document, and the words below its title."""

    document: DocumentRecord
    words: str
    is_chosen: bool
    """Whether the editor chose it."""


def find_leads(corpus: Corpus, sums: DocumentSums) -> list[Lead]:
    """Return the documents that the editor chose in the note about the site, else long ones."""
    note = corpus.notes.get("")
    sources = map(SeedPath, note.lead if note else ())
    chosen = [corpus.by_source[source] for source in sources if source in corpus.by_source]
    if chosen:
        return [Lead(document, _words(document, corpus), True) for document in chosen[:_LEADS]]
    documents = without_versions(_longest(corpus, sums), corpus)
    return [
        Lead(document, _words(document, corpus), False) for document in islice(documents, _LEADS)
    ]


def _words(document: DocumentRecord, corpus: Corpus) -> str:
    """Return a line of the editor about a document, else its own summary or first words."""
    note, metadata = corpus.notes.get(document.source), document.metadata
    if note and note.description:
        return note.description
    return metadata.standfirst.value if metadata.standfirst else metadata.description or ""


def _longest(corpus: Corpus, sums: DocumentSums) -> Iterator[DocumentRecord]:
    """Yield the longest document of each collection, the first by name first, then all others.

    Lists and tables come last, also among those of the collections, then documents without a title
    in their text, then short ones.
    """
    best: dict[str, LeadRank] = {}
    for rank in sorted(sums.longest_in.values()):
        for folder in folders_above(rank.source):
            best.setdefault(folder, rank)
    firsts = [best[item.folder] for item in corpus.collections if item.folder in best]
    ranks = (*sorted(firsts, key=lambda rank: rank.weaknesses), *sums.longest)
    yield from (corpus.by_source[rank.source] for rank in ranks)
    yield from sorted(corpus.documents, key=lead_rank)  # if these are versions of each other


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
