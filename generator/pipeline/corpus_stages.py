"""What is made of the words of all documents at once: who is near whom, and the search's index.

Both are made aside, by a process that reads the words from the cache for itself, so that they are
never in the memory of the run. It imports no more than it needs, as that process starts afresh.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from functools import partial
from pathlib import Path

from generator.engine import workers
from generator.engine.database import Database, open_readonly
from generator.engine.entries import decoder, encode
from generator.engine.stored_vocabulary import StoredVocabulary
from generator.linking.similarity.compare import (
    ComparedDocument,
    SavedSimilarity,
    Similarity,
    compare_texts,
)
from generator.linking.similarity.related import SavedRelated
from generator.model import DocumentRecord, OutputFile, PagePath, SeedPath
from generator.pipeline.tables import TERM_IDS
from generator.search import index
from generator.search.entries import SearchEntry
from generator.text import EncodedText, TermMatrix, TermMatrixBuilder

_WEIGHED, _COMPARED = "weighed", "compared"
"""The shelves of what was found when documents were compared: by their words, and by all else."""


def compare_in_background(
    database: Database, program: str, documents: Iterable[DocumentRecord], begin: workers.Submit
) -> Callable[[], Similarity]:
    """Have documents compared by their words, which must be numbered."""
    database.commit()
    return begin(
        partial(
            _alike,
            database.path,
            program,
            encode([*map(ComparedDocument.from_document, documents)]),
        )
    )


def index_in_background(
    database: Database,
    entries: bytes,
    sources: Sequence[SeedPath],
    intact: Set[str],
    begin: workers.Submit,
) -> Callable[[], list[OutputFile | PagePath]]:
    """Have the search's index made of entries that were encoded.

    Of files that are `lying` there the name alone is given.
    """
    database.commit()
    return begin(partial(_indexed, database.path, entries, sources, intact))


def load_related(database: Database, program: str) -> SavedRelated | None:
    """Return what this program found when it compared documents the last time."""
    found = database.get(_COMPARED, program)
    return decoder(SavedRelated).decode(found) if found else None


def save_related(database: Database, program: str, words: Similarity, found: SavedRelated) -> None:
    """Keep it for the next time, and nothing else of the kind; forget words that none has."""
    StoredVocabulary(database, TERM_IDS).retain(words.term_ids)
    for table, value in ((_WEIGHED, words.saved), (_COMPARED, found)):
        database.retain(table, [program])
        database.put(table, [(program, encode(value))])


def _alike(path: Path, program: str, told: bytes) -> Similarity:
    texts = decoder(tuple[ComparedDocument, ...]).decode(told)
    with open_readonly(path) as database:
        found = database.get(_WEIGHED, program)
        before = decoder(SavedSimilarity).decode(found) if found else None
        return compare_texts(
            texts, _load_term_counts(database, [one.source for one in texts]), before
        )


def _indexed(
    path: Path, told: bytes, sources: Sequence[SeedPath], intact: Set[str]
) -> list[OutputFile | PagePath]:
    entries = decoder(tuple[SearchEntry, ...]).decode(told)
    with open_readonly(path) as database:
        return list(index.update_index(entries, _load_term_counts(database, sources), intact))


def _load_term_counts(database: Database, sources: Iterable[SeedPath]) -> TermMatrix:
    """Gather the words of documents that were numbered."""
    pieces = TermMatrixBuilder()
    words = decoder(EncodedText)
    for row in database.get_many(TERM_IDS, sources):
        pieces.add(words.decode(row))
    return pieces.build(StoredVocabulary(database, TERM_IDS).words)
