"""Documents are related for reasons that a person would give."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml

from generator.linking.similarity import reasons
from generator.linking.similarity.reasons import (
    REASON_RULES,
    DocumentFacts,
    Shared,
    explain,
    name_weight,
    weigh,
)
from generator.model import SeedPath
from generator.writing.labels import labels_for
from generator.writing.pages.related import reason
from tests.support import CASES, Case, cases

_DOCUMENTS = 100


def reason_of(given: dict[str, Any]) -> str | None:
    """Return what the page says of a case; None if the document is not listed."""
    days = [date.fromisoformat(day) for day in given.get("days", ())]
    authors = [(name.casefold(),) for name in given.get("authors", ())]
    recipients = given.get("to", ())
    mentions = [frozenset({name}) for name in given.get("mention", ())]
    own, other = (
        DocumentFacts(
            days[index] if days else None,
            authors[index] if authors else (),
            recipients[index] if recipients else None,
        )
        for index in (0, 1)
    )
    names = {name: name_weight(count, _DOCUMENTS) for name, count in given["names"].items()}
    shared = Shared(
        names,
        tuple(given.get("words", ())),
        own,
        other,
        mentions[0] if mentions else frozenset(),
        mentions[1] if mentions else frozenset(),
        given.get("passage"),
    )
    if not weigh(shared):
        return None
    return reason(explain(shared, SeedPath("a.txt")), labels_for("en"))


@cases("related_reasons")
def test_reasons_are_such_as_a_person_would_give(case: Case) -> None:
    """Common words are none, and none is better than noise."""
    assert reason_of(case.given) == case.expect


def test_every_reason_is_needed_by_one_of_its_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it, the case fails."""
    entries = yaml.safe_load((CASES / "related_reasons.yml").read_text("utf-8"))
    unneeded = []
    for rule in REASON_RULES:
        others = tuple(other for other in REASON_RULES if other is not rule)
        monkeypatch.setattr(reasons, "REASON_RULES", others)
        own = [entry for entry in entries if rule.name.startswith(entry["name"].split(":")[0])]
        if all(reason_of(entry["given"]) == entry["expect"] for entry in own):
            unneeded.append(rule.name)
    assert unneeded == []
