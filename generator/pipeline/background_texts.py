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
from generator.engine.large_values import load_large
from generator.engine.stored_vocabulary import stored_words
from generator.engine.tasks import Task
from generator.linking.similarity.compare import (
    Blocks,
    ComparedDocument,
    SavedSimilarity,
    Similarity,
    compare_texts,
)
from generator.linking.similarity.passages import quotable_paragraphs
from generator.model import Document, OutputFile, PagePath, SeedPath
from generator.pipeline.background_tasks import (
    CORPUS,
    DOCUMENTS,
    INDEX_BLOCKS,
    INDEX_PARTS,
    SEARCH_ENTRIES,
    SIMILARITY,
    SURVEY_TEXTS,
    TERM_IDS,
    WEIGH_KEYWORDS,
)
from generator.search import index
from generator.search.entry_blocks import BlockPlace, EntryBlock
from generator.search.index_blocks import IndexBlock
from generator.search.saved_parts import SavedParts
from generator.text.term_counts import CorpusTerms, EncodedText

T = TypeVar("T")


def compare(path: Path, program: Fingerprint, documents: bytes) -> Similarity:
    """Compare documents, which are encoded, by their words."""
    texts = decoder(tuple[ComparedDocument, ...]).decode(documents)
    with open_readonly(path) as database:
        saved = load_large(database, SIMILARITY, program, SavedSimilarity)
        sources, keys = [text.source for text in texts], [text.key for text in texts]
        blocks = Blocks(
            _by_number(_saved_blocks(database, WEIGH_KEYWORDS, program)),
            _by_number(_saved_blocks(database, SURVEY_TEXTS, program)),
        )
        terms, read = _corpus_terms(database, sources, keys), partial(_paragraphs, database)
        return compare_texts(texts, terms, saved, read, blocks)


def _by_number(blocks: Mapping[str, T]) -> dict[int, T]:
    return {int(key): block for key, block in blocks.items()}


def _paragraphs(database: Database, source: SeedPath) -> Sequence[str]:
    return quotable_paragraphs(get_value(database, DOCUMENTS, source, Document))


class BuiltIndex(NamedTuple):
    """A new search index, and what of it is saved for the next one."""

    files: list[OutputFile | PagePath]
    changed: Mapping[str, IndexBlock]
    """Blocks that were made, by the fingerprints of their entries."""
    fingerprints: Sequence[str]
    """Of all blocks."""
    parts: SavedParts


def build_index(
    path: Path,
    program: Fingerprint,
    places: Sequence[BlockPlace],
    sources: Sequence[str],
    intact: Set[str],
) -> BuiltIndex:
    """Build the search index; see `index_in_background`."""
    with open_readonly(path) as database:
        entries = [_entry_block(database, place) for place in places]
        parts = _saved(database, INDEX_PARTS, program)
        saved = _saved_blocks(database, INDEX_BLOCKS, program) if parts else {}
        blocks = {bytes.fromhex(key): block for key, block in saved.items()}
        last = index.LastIndex(intact, blocks, parts or SavedParts())
        updated = index.update_index(entries, _corpus_terms(database, sources, sources), last)
        files = list(updated.files)
        changed = {key.hex(): block for key, block in updated.blocks.changed.items()}
        keys = [key.hex() for key in updated.blocks.fingerprints]
        return BuiltIndex(files, changed, keys, updated.parts)


def _entry_block(database: Database, place: BlockPlace) -> EntryBlock:
    key, size = place.inputs.hex(), place.part.stop - place.part.start
    return EntryBlock(
        place.inputs, size, lambda: get_value(database, SEARCH_ENTRIES, key, list[bytes])
    )


def _saved(database: Database, task: Task[T], program: Fingerprint) -> T | None:
    """Return what was saved of the whole corpus."""
    entry = decode_entry(database.get(task.name, CORPUS))
    saved: T | None = decode_result(entry, program, task.result_type)
    return saved


def _saved_blocks(database: Database, task: Task[T], program: Fingerprint) -> dict[str, T]:
    """Return what was saved of blocks of documents, by key."""
    decoded = (
        (key, decode_result(decode_entry(data), program, task.result_type))
        for key, data in database.items(task.name)
    )
    return {key: block for key, block in decoded if block}


def _corpus_terms(database: Database, sources: Sequence[str], keys: Sequence[str]) -> CorpusTerms:
    """Return the words of documents whose words have ids; each pass reads them again.

    `keys` has what the words of each document depend on.
    """
    decode = decoder(EncodedText).decode

    def read(part: slice) -> Iterator[EncodedText]:
        return map(decode, database.get_many(TERM_IDS, sources[part]))

    return CorpusTerms(stored_words(database, TERM_IDS), keys, read)
