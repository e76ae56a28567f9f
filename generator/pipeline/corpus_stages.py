"""Stages that look at the words of all documents at once: their similarity, and the search index.

Both run in the background, in a process that reads the words from the database, so that they are
never in the memory of the parent. This module imports no more than that process needs, because it
starts with nothing loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from functools import partial
from itertools import chain
from pathlib import Path

from generator.engine import workers
from generator.engine.cache_entries import Run, decode_entry, decode_result
from generator.engine.database import Database, open_readonly
from generator.engine.encoding import decoder, encode, get_value
from generator.engine.fingerprint import Fingerprint
from generator.engine.incremental import Build
from generator.engine.outdated import CHANGED
from generator.engine.stored_vocabulary import StoredVocabulary
from generator.engine.tasks import Item
from generator.linking.similarity.compare import (
    ComparedDocument,
    SavedSimilarity,
    Similarity,
    compare_texts,
    with_passages,
)
from generator.linking.similarity.passages import quotable_paragraphs
from generator.linking.similarity.related import Explainer, SavedRelated, relate_each
from generator.model import Document, DocumentRecord, OutputFile, PagePath, Relations, SeedPath
from generator.pipeline.build_tasks import COMPARE_TEXTS, CORPUS, DOCUMENTS, RELATE, TERM_IDS
from generator.search import index
from generator.search.search_entries import SearchEntry
from generator.text.term_counts import CorpusTerms, EncodedText

_RELATED_PER_WORKER = 250
"""Fewest documents per worker: to relate one takes 0.6 ms, and workers of earlier stages wait."""

_RELATED_BATCH = 64
"""Documents per message between processes."""


def compare_in_background(
    build: Build, documents: Iterable[DocumentRecord], submit: workers.Submit
) -> Callable[[], Similarity]:
    """Compare documents by their words, which must have ids, in the background."""
    build.database.commit()
    compared = encode([*map(ComparedDocument.from_document, documents)])
    return submit(partial(_compare, build.database.path, build.fingerprint(), compared))


def index_in_background(
    database: Database,
    entries: bytes,
    sources: Sequence[SeedPath],
    intact: Set[str],
    submit: workers.Submit,
) -> Callable[[], list[OutputFile | PagePath]]:
    """Build the search index from encoded entries, in the background.

    Only the paths of files that are `intact` are returned.
    """
    database.commit()
    return submit(partial(_indexed, database.path, entries, sources, intact))


def load_related(build: Build) -> SavedRelated | None:
    """Return what this program found when it last compared documents."""
    saved: SavedRelated | None = decode_result(
        build.entry(RELATE, CORPUS), build.fingerprint(), SavedRelated
    )
    return saved


def save_related(build: Build, similarity: Similarity, related: SavedRelated) -> None:
    """Save both for the next build; forget words that are in no document any more."""
    StoredVocabulary(build.database, TERM_IDS).retain(similarity.used_words)
    item = Item(CORPUS, build.fingerprint())
    run = Run(build.number, CHANGED)
    build.save(COMPARE_TEXTS, item, similarity.saved, run)
    build.save(RELATE, item, related, run)


def relate_in_workers(
    jobs: int, explainer: Explainer, indices: Sequence[int]
) -> Iterator[Relations]:
    """Yield the relations of each of these documents, found by processes of this computer.

    Each of them gets what the relations of the whole corpus depend on: 1 kB a document.
    """
    most = len(indices) // _RELATED_PER_WORKER
    used = max(1, min(jobs or workers.available_cores(), most))
    batches = workers.batches(indices, _RELATED_BATCH)
    return chain.from_iterable(workers.map_ordered(partial(_relating, explainer), batches, used))


def _relating(explainer: Explainer) -> Callable[[Sequence[int]], list[Relations]]:
    return lambda indices: [*relate_each(explainer, indices)]


def _compare(path: Path, program: Fingerprint, documents: bytes) -> Similarity:
    texts = decoder(tuple[ComparedDocument, ...]).decode(documents)
    with open_readonly(path) as database:
        data = database.get(COMPARE_TEXTS.name, CORPUS)
        saved: SavedSimilarity | None = decode_result(decode_entry(data), program, SavedSimilarity)
        terms = _corpus_terms(database, [text.source for text in texts])
        similarity = compare_texts(texts, terms, saved)
        sketches = terms.survey().sketches  # read again: nobody held them meanwhile
        return with_passages(similarity, texts, sketches, partial(_paragraphs, database), saved)


def _paragraphs(database: Database, source: SeedPath) -> Sequence[str]:
    return quotable_paragraphs(get_value(database, DOCUMENTS, source, Document))


def _indexed(
    path: Path, encoded: bytes, sources: Sequence[SeedPath], intact: Set[str]
) -> list[OutputFile | PagePath]:
    entries = decoder(tuple[SearchEntry, ...]).decode(encoded)
    with open_readonly(path) as database:
        return list(index.update_index(entries, _corpus_terms(database, sources), intact))


def _corpus_terms(database: Database, sources: Sequence[SeedPath]) -> CorpusTerms:
    """Return the words of documents whose words have ids; each pass reads them again."""
    decode = decoder(EncodedText).decode

    def read() -> Iterator[EncodedText]:
        return map(decode, database.get_many(TERM_IDS, sources))

    return CorpusTerms(StoredVocabulary(database, TERM_IDS).words, len(sources), read)
