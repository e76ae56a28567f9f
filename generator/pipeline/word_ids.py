"""The words of documents as ids, which a corpus can be summed and compared by.

Workers take the words of many documents together, so the main process looks up each different word
of these once. After an edit only documents with another text are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate, pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from msgspec.structs import replace

from generator.engine import workers
from generator.engine.database import open_readonly
from generator.engine.encoding import decoder, encode
from generator.engine.incremental import Build
from generator.engine.item_states import StateChanges, distrust_states, find_changes, save_states
from generator.engine.stored_vocabulary import StoredVocabulary
from generator.linking.names import CaseCounts, EncodedCaseCounts, encode_counts
from generator.model import DocumentRecord
from generator.pipeline.background_tasks import TERM_IDS
from generator.pipeline.build_tasks import (
    CASE_COUNTS,
    CASE_COUNTS_BY_ID,
    TEXT_PROFILES,
)
from generator.text.term_counts import EncodedText, encode_text
from generator.text.text_profile import TextProfile
from generator.text.vocabulary import IdArray, Vocabulary

_BATCH = 512
"""Documents whose words are taken together: 2 MB."""

_MIN_FOR_A_WORKER = 400
"""Fewest documents per worker; the workers of earlier stages are reused."""

_Encoded = EncodedText | EncodedCaseCounts
_AssignIds = Callable[[Sequence[str]], IdArray]


class WordTables(NamedTuple):
    """Where the words of documents are, and where their ids are saved."""

    words: str
    ids: str
    encode: Callable[[bytes, _AssignIds], _Encoded]
    """Returns a saved value with ids for words."""


class _Batch(NamedTuple):
    """Documents whose words have ids that count for these documents alone."""

    sources: tuple[str, ...]
    words: tuple[str, ...]
    """Each word by its id."""
    documents: list[_Encoded]


def word_states(documents: Iterable[DocumentRecord]) -> dict[str, str]:
    """Return what the words of each document depend on: its seed and its rules."""
    return {
        record.source: f"{record.digest} {record.rules}" if record.rules else record.digest
        for record in documents
    }


def word_changes(
    build: Build, tables: WordTables, states: Mapping[str, str]
) -> StateChanges | None:
    """Return the documents whose words `update_ids` would encode again.

    None if all must be encoded again.
    """
    return find_changes(build.database, tables.ids, build.program, states)


def update_ids(
    build: Build, tables: WordTables, states: Mapping[str, str], changes: StateChanges | None
) -> StoredVocabulary:
    """Save the words of changed documents as ids, and return the vocabulary of all documents.

    `changes` are the `word_changes`. All is saved in one transaction.
    """
    database = build.database
    database.commit()
    changed = tuple(states) if changes is None else changes.changed
    distrust_states(database, tables.ids)
    database.drop(tables.ids, sorted(changes.removed if changes else database.keys(tables.ids)))
    vocabulary = StoredVocabulary(database, tables.ids)
    for batch in _encoded(build, tables, changed):
        database.put(tables.ids, _with_ids(batch, vocabulary.ids(batch.words)))
    vocabulary.save()
    save_states(database, tables.ids, build.program, states)
    database.commit()
    return vocabulary


def _encoded(build: Build, tables: WordTables, sources: Sequence[str]) -> Iterator[_Batch]:
    jobs = min(build.jobs or workers.available_cores(), len(sources) // _MIN_FOR_A_WORKER)
    prepare = partial(_encoder, build.database.path, tables)
    return workers.map_ordered(prepare, workers.batches(sources, _BATCH), jobs)


def _encoder(path: Path, tables: WordTables) -> Callable[[tuple[str, ...]], _Batch]:
    """Return the function that encodes the words of documents."""

    def encode_batch(sources: tuple[str, ...]) -> _Batch:
        vocabulary = Vocabulary()
        with open_readonly(path) as database:
            saved = database.get_many(tables.words, sources)
            documents = [tables.encode(data, vocabulary.ids) for data in saved]
        return _Batch(sources, vocabulary.words, documents)

    return encode_batch


def _with_ids(batch: _Batch, ids: IdArray) -> Iterator[tuple[str, bytes]]:
    """Yield the documents of a batch as values, with these ids for its words."""
    own = [document.words for document in batch.documents]
    words = ids[np.frombuffer(b"".join(own), np.uint32)].tobytes()
    bounds = pairwise(accumulate(map(len, own), initial=0))
    for source, document, (start, end) in zip(batch.sources, batch.documents, bounds, strict=True):
        yield source, encode(replace(document, words=words[start:end]))


def _encode_case_counts(data: bytes, ids_of: _AssignIds) -> _Encoded:
    return encode_counts(decoder(CaseCounts).decode(data), ids_of)


def _encode_profile(data: bytes, ids_of: _AssignIds) -> _Encoded:
    return encode_text(decoder(TextProfile).decode(data), ids_of)


TERMS = WordTables(TEXT_PROFILES, TERM_IDS, _encode_profile)
CASES = WordTables(CASE_COUNTS, CASE_COUNTS_BY_ID, _encode_case_counts)


def assign_term_ids(build: Build, documents: Sequence[DocumentRecord]) -> None:
    """Encode the words of documents that were read as ids, so that they can be compared."""
    states = word_states(documents)
    changes = word_changes(build, TERMS, states)
    if changes is None or changes.changed or changes.removed:
        update_ids(build, TERMS, states, changes)
