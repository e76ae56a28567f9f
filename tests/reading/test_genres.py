"""The kind of a document by what its blocks are."""

from __future__ import annotations

import pytest

from generator.model import GENRES
from generator.reading import genres
from generator.reading.genres import RULES
from generator.reading.read import read_document
from tests.support import Case, cases, load_cases, seed


@cases("document_genres")
def test_genres(case: Case) -> None:
    """A document of which no rule is sure has none."""
    assert genre_of(case.given) == case.expect


def genre_of(text: str) -> str | None:
    """Return the kind of a document."""
    document = read_document(seed(text)).value
    assert document is not None
    genre = document.metadata.genre
    return genre.value if genre else None


def test_every_rule_is_needed_by_a_case(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it, one of the documents is of another kind."""
    documents = load_cases("document_genres")
    for rule in RULES:
        monkeypatch.setattr(genres, "RULES", [other for other in RULES if other is not rule])
        assert any(genre_of(case["given"]) != case["expect"] for case in documents), rule.name


def test_each_rule_finds_a_genre_of_its_own_by_its_name() -> None:
    """An interview is known in two ways."""
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert {rule.genre for rule in RULES} == set(GENRES)
