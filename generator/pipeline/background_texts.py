"""Comparing texts and building the search index, in a process of their own.

It reads the words of all documents from the database, so that they are never in the memory of the
parent. This module imports no more than that process needs, because it starts with nothing loaded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

from generator.engine.cache_entries import decode_entry, decode_result
from generator.engine.database import Database, open_readonly
from generator.engine.encoding import decoder, get_value
from generator.engine.fingerprint import Fingerprint
from generator.engine.stored_vocabulary import stored_words
from generator.engine.tasks import Task
from generator.linking.similarity.compare import (
    Blocks,
    ComparedDocument,
    Similarity,
    compare_texts,
)
from generator.linking.similarity.passages import quotable_paragraphs
from generator.model import Document, OutputFile, PagePath, SeedPath
from generator.pipeline.background_tasks import (
    COMPARE_TEXTS,
    CORPUS,
    DOCUMENTS,
    INDEX_PARTS,
    INDEX_TEXTS,
    SURVEY_TEXTS,
    TERM_IDS,
    WEIGH_KEYWORDS,
)
from generator.search import index
from generator.search.postings_blocks import PostingsBlock
from generator.search.saved_parts import SavedParts
from generator.search.search_entries import SearchEntry
from generator.text.term_counts import CorpusTerms, EncodedText

T = TypeVar("T")


def compare(path: Path, program: Fingerprint, documents: bytes) -> Similarity:
    """Compare documents, which are encoded, by their words."""
    texts = decoder(tuple[ComparedDocument, ...]).decode(documents)
    with open_readonly(path) as database:
        saved = _saved(database, COMPARE_TEXTS, program)
        terms = _corpus_terms(database, {text.source: text.key for text in texts})
        keywords = _saved_blocks(database, WEIGH_KEYWORDS, program)
        blocks = Blocks(keywords, _saved_blocks(database, SURVEY_TEXTS, program))
        return compare_texts(texts, terms, saved, partial(_paragraphs, database), blocks)


def _paragraphs(database: Database, source: SeedPath) -> Sequence[str]:
    return quotable_paragraphs(get_value(database, DOCUMENTS, source, Document))


class BuiltIndex(NamedTuple):
    """A new search index, and what of it is saved for the next one."""

    files: list[OutputFile | PagePath]
    changed: Mapping[int, PostingsBlock]
    block_count: int
    parts: SavedParts


def build_index(
    path: Path,
    program: Fingerprint,
    encoded: bytes,
    texts: Mapping[str, str],
    intact: Set[str],
) -> BuiltIndex:
    """Build the search index from encoded entries; see `index_in_background`."""
    entries = decoder(tuple[SearchEntry, ...]).decode(encoded)
    with open_readonly(path) as database:
        blocks = _saved_blocks(database, INDEX_TEXTS, program)
        parts = _saved(database, INDEX_PARTS, program) or SavedParts()
        last = index.LastIndex(intact, blocks, parts)
        updated = index.update_index(entries, _corpus_terms(database, texts), last)
        files, new = list(updated.files), updated.texts
        return BuiltIndex(files, new.changed, len(new.blocks), updated.parts)


def _saved(database: Database, task: Task[T], program: Fingerprint) -> T | None:
    """Return what was saved of the whole corpus."""
    entry = decode_entry(database.get(task.name, CORPUS))
    saved: T | None = decode_result(entry, program, task.result_type)
    return saved


def _saved_blocks(database: Database, task: Task[T], program: Fingerprint) -> dict[int, T]:
    """Return what was saved of blocks of documents, by their number."""
    blocks: dict[int, T] = {}
    for key, data in database.items(task.name):
        block: T | None = decode_result(decode_entry(data), program, task.result_type)
        if block:
            blocks[int(key)] = block
    return blocks


def _corpus_terms(database: Database, texts: Mapping[str, str]) -> CorpusTerms:
    """Return the words of documents whose words have ids; each pass reads them again.

    `texts` has what the words of each document depend on.
    """
    decode, sources = decoder(EncodedText).decode, tuple(texts)

    def read(part: slice) -> Iterator[EncodedText]:
        return map(decode, database.get_many(TERM_IDS, sources[part]))

    words = stored_words(database, TERM_IDS)
    return CorpusTerms(words, tuple(texts.values()), read)
