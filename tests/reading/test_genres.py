"""The kind of a document by what its blocks are."""

from __future__ import annotations

from generator.model import GENRES
from generator.reading.genres import RULES
from generator.reading.read import read_document
from tests.support import Case, cases, seed


@cases("document_genres")
def test_genres(case: Case) -> None:
    """A document of which no rule is sure has none."""
    document = read_document(seed(case.given)).value
    assert document is not None
    genre = document.metadata.genre
    assert (genre.value if genre else None) == case.expect


def test_each_rule_finds_a_genre_of_its_own_by_its_name() -> None:
    """An interview is known in two ways."""
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert {rule.genre for rule in RULES} == set(GENRES)
