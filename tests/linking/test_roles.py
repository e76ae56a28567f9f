"""Roles of people, by the titles before their names."""

from __future__ import annotations

from generator.linking.entities.roles import role_of
from generator.linking.entities.usage import NameStats
from generator.model import SeedPath
from tests.support import Case, cases


@cases("roles")
def test_the_title_of_most_documents_is_the_role(case: Case) -> None:
    """Titles that everybody has, or whose relation somebody is, are none."""
    name = NameStats(("person", "Ana Ruiz"))
    for document, title in enumerate(case.given):
        name.titles.setdefault(title, []).append(SeedPath(f"{document}.txt"))
    assert role_of([name]) == case.expect
