"""The words of documents as ids: what is saved of each leads back to its words."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from generator.engine.database import Database
from generator.engine.database_file import open_database
from generator.engine.encoding import decoder, encode
from generator.engine.incremental import Build
from generator.engine.stored_vocabulary import StoredVocabulary
from generator.engine.workers import no_progress
from generator.linking.names import CaseCounts, EncodedCaseCounts
from generator.pipeline.build_tasks import CASE_COUNTS, CASE_COUNTS_BY_ID
from generator.pipeline.word_ids import CASES, update_ids, word_changes

Words = Mapping[str, tuple[str, ...]]
"""The words of each document."""

LETTERS = "abcdefgh"


def put_words(database: Database, corpus: Words) -> None:
    """Save the words of documents, as reading them does."""
    counts = {
        source: CaseCounts(words, bytes(3 * len(words)), "en") for source, words in corpus.items()
    }
    database.put(CASE_COUNTS, [(source, encode(value)) for source, value in counts.items()])


def update(database: Database, corpus: Words, program: str = "1", jobs: int = 1) -> None:
    """Save the ids of documents' words, in a build of its own."""
    build = Build.start(database, program, jobs, no_progress)
    states = {source: " ".join(words) for source, words in corpus.items()}
    update_ids(build, CASES, states, word_changes(build, CASES, states))


def saved_words(database: Database) -> Words:
    """Return the words to which the saved ids lead."""
    vocabulary = StoredVocabulary(database, CASE_COUNTS_BY_ID).words
    decode = decoder(EncodedCaseCounts).decode
    ids = {
        key: np.frombuffer(decode(data).words, np.uint32).tolist()
        for key, data in database.items(CASE_COUNTS_BY_ID)
    }
    return {key: tuple(vocabulary[index] for index in own) for key, own in ids.items()}


@pytest.mark.parametrize("seed", range(10))
def test_ids_lead_to_the_words_after_any_edits(tmp_path: Path, seed: int) -> None:
    """Also where documents came, went or were edited, with this program or another one."""
    chance = random.Random(seed)
    with open_database(tmp_path / "cache.sqlite") as database:
        corpus: dict[str, tuple[str, ...]] = {}
        for _ in range(6):
            for source in chance.sample("123456", 3):
                corpus[source] = tuple(chance.sample(LETTERS, chance.randint(0, 5)))
            corpus.pop(chance.choice("123456"), None)
            put_words(database, corpus)
            update(database, corpus, chance.choice("112"))
            assert saved_words(database) == corpus


def test_only_documents_with_another_state_are_looked_at(tmp_path: Path) -> None:
    """Their words are not read again."""
    with open_database(tmp_path / "cache.sqlite") as database:
        put_words(database, {"1": ("a", "b"), "2": ("b",)})
        update(database, {"1": ("a", "b"), "2": ("b",)})
        put_words(database, {"1": ("x",), "2": ("y",)})
        update(database, {"1": ("a", "b"), "2": ("changed",)})
        assert saved_words(database) == {"1": ("a", "b"), "2": ("y",)}


def test_workers_find_the_same(tmp_path: Path) -> None:
    """Each takes the words of many documents together."""
    corpus = {f"{n:04}": tuple(sorted({f"{n % 7}", f"{n % 11}", f"{n}"})) for n in range(801)}
    with open_database(tmp_path / "cache.sqlite") as database:
        put_words(database, corpus)
        update(database, corpus, jobs=2)
        assert saved_words(database) == corpus
