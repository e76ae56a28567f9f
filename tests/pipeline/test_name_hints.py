"""The hints of documents: after any edits they are those of a database that is empty."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import pytest

from generator.engine.database import Database
from generator.engine.database_file import open_database
from generator.engine.encoding import encode
from generator.engine.incremental import Build
from generator.engine.workers import no_progress
from generator.linking.names import CaseCounts
from generator.model import DocumentRecord, Extracted, Metadata, SeedPath
from generator.pipeline import name_hints
from generator.pipeline.build_tasks import CASE_COUNTS
from generator.pipeline.name_hints import saved_hints, update_name_hints

Corpus = dict[str, CaseCounts]

WORDS = "abcdef"


def some_counts(chance: random.Random) -> CaseCounts:
    """Return how often a text capitalizes some words."""
    words = tuple(sorted(chance.sample(WORDS, chance.randint(0, 4))))
    return CaseCounts(words, bytes(chance.choices(range(4), k=3 * len(words))), "en")


def updated(database: Database, corpus: Corpus) -> list[bytes]:
    """Update the hints in a build of its own, and return those of all documents."""
    database.put(CASE_COUNTS, [(source, encode(counts)) for source, counts in corpus.items()])
    records = [
        DocumentRecord(
            SeedPath(source),
            hashlib.sha256(encode(counts)).hexdigest(),
            "utf-8",
            Metadata(Extracted("A title", "first line")),
        )
        for source, counts in sorted(corpus.items())
    ]
    hints = update_name_hints(Build.start(database, "1", 1, no_progress), records)
    found = [hints.encoded(position) for position in range(len(records))]
    digests = [hashlib.blake2b(each, digest_size=16).digest() for each in found]
    assert digests == [*hints.digests]
    assert found == [*saved_hints(database)]
    return found


@pytest.mark.parametrize("number", range(10))
def test_hints_after_edits_are_those_of_a_new_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Also where documents came and went, and where many values hold them."""
    monkeypatch.setattr(name_hints, "_HINTS_IN_A_VALUE", 3)
    chance = random.Random(number)
    corpus: Corpus = {f"{n:02}": some_counts(chance) for n in range(8)}
    with open_database(tmp_path / "cache.sqlite") as database:
        for step in range(8):
            if chance.random() < 0.3:
                corpus[f"{chance.randrange(20):02}"] = some_counts(chance)
            if chance.random() < 0.6:
                corpus[chance.choice(sorted(corpus))] = some_counts(chance)
            if chance.random() < 0.2:
                del corpus[chance.choice(sorted(corpus))]
            found = updated(database, corpus)
            with open_database(tmp_path / f"{step}.sqlite") as other:
                assert found == updated(other, corpus)
