"""Stages that look at the words of all documents at once: their similarity, and the search index.

Both run in the background, in a process that reads the words from the database, so that they are
never in the memory of the parent. This module imports no more than that process needs, because it
starts with nothing loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple, TypeVar

from generator.engine import workers
from generator.engine.cache_entries import Run, decode_entry, decode_result
from generator.engine.database import Database, open_readonly
from generator.engine.encoding import decoder, encode, get_value
from generator.engine.fingerprint import Fingerprint
from generator.engine.incremental import Build, NewResult
from generator.engine.outdated import CHANGED
from generator.engine.stored_vocabulary import StoredVocabulary
from generator.engine.tasks import Item, Task
from generator.linking.similarity.compare import (
    ComparedDocument,
    SavedSimilarity,
    Similarity,
    compare_texts,
)
from generator.linking.similarity.passages import quotable_paragraphs
from generator.linking.similarity.related import Explainer, SavedRelated, relate_each
from generator.model import Document, DocumentRecord, OutputFile, PagePath, Relations, SeedPath
from generator.pipeline.build_tasks import (
    COMPARE_TEXTS,
    CORPUS,
    DOCUMENTS,
    INDEX_TEXTS,
    RELATE,
    TERM_IDS,
    WEIGH_KEYWORDS,
)
from generator.search import index
from generator.search.search_entries import SearchEntry
from generator.search.text_blocks import TextBlock
from generator.text.term_counts import CorpusTerms, EncodedText

T = TypeVar("T")

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
    build: Build,
    entries: bytes,
    texts: Mapping[str, str],
    intact: Set[str],
    submit: workers.Submit,
) -> Callable[[], list[OutputFile | PagePath]]:
    """Build the search index from encoded entries, in the background.

    `texts` has what the words of each document depend on. Only the paths of files that are `intact`
    are returned.
    """
    build.database.commit()
    program = build.fingerprint()
    wait = submit(partial(_indexed, build.database.path, program, entries, texts, intact))

    def save_and_return() -> list[OutputFile | PagePath]:
        index = wait()
        _save_blocks(build, INDEX_TEXTS, index.changed, index.block_count)
        return index.files

    return save_and_return


def forget_index(build: Build) -> None:
    """Delete what was saved of the words of the search index, some of which may be withdrawn."""
    _save_blocks(build, INDEX_TEXTS, {}, 0)


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
    _save_blocks(build, WEIGH_KEYWORDS, similarity.keyword_blocks, similarity.block_count)
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
        terms = _corpus_terms(database, {text.source: text.key for text in texts})
        blocks = _saved_blocks(database, WEIGH_KEYWORDS, program)
        return compare_texts(texts, terms, saved, partial(_paragraphs, database), blocks)


def _paragraphs(database: Database, source: SeedPath) -> Sequence[str]:
    return quotable_paragraphs(get_value(database, DOCUMENTS, source, Document))


class _Index(NamedTuple):
    """A new search index, and what of it is saved for the next one."""

    files: list[OutputFile | PagePath]
    changed: Mapping[int, TextBlock]
    block_count: int


def _indexed(
    path: Path,
    program: Fingerprint,
    encoded: bytes,
    texts: Mapping[str, str],
    intact: Set[str],
) -> _Index:
    entries = decoder(tuple[SearchEntry, ...]).decode(encoded)
    with open_readonly(path) as database:
        last = index.LastIndex(intact, _saved_blocks(database, INDEX_TEXTS, program))
        updated = index.update_index(entries, _corpus_terms(database, texts), last)
        blocks = updated.texts
        return _Index(list(updated.files), blocks.changed, len(blocks.blocks))


def _saved_blocks(database: Database, task: Task[T], program: Fingerprint) -> dict[int, T]:
    """Return what was saved of blocks of documents, by their number."""
    blocks: dict[int, T] = {}
    for key, data in database.items(task.name):
        block: T | None = decode_result(decode_entry(data), program, task.result_type)
        if block:
            blocks[int(key)] = block
    return blocks


def _save_blocks(build: Build, task: Task[T], changed: Mapping[int, T], count: int) -> None:
    """Save blocks of documents by their number, and delete all but the first `count`."""
    now, run = build.fingerprint(), Run(build.number, CHANGED)
    results = [NewResult(Item(_block_key(key), now), block, run) for key, block in changed.items()]
    build.save_all(task, results)
    build.database.retain(task.name, map(_block_key, range(count)))


def _block_key(number: int) -> str:
    return f"{number:06}"


def _corpus_terms(database: Database, texts: Mapping[str, str]) -> CorpusTerms:
    """Return the words of documents whose words have ids; each pass reads them again.

    `texts` has what the words of each document depend on.
    """
    decode, sources = decoder(EncodedText).decode, tuple(texts)

    def read(part: slice) -> Iterator[EncodedText]:
        return map(decode, database.get_many(TERM_IDS, sources[part]))

    words = StoredVocabulary(database, TERM_IDS).words
    return CorpusTerms(words, tuple(texts.values()), read)
