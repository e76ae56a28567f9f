"""Reasons why documents are related, in words."""

from __future__ import annotations

import pytest

from generator.model import RelatedDocument, SeedPath
from generator.writing.labels import labels_for
from generator.writing.pages.related import reason


@pytest.mark.parametrize(
    ("names", "terms", "week", "words"),
    [
        (("Ana Ruiz",), (), False, "both mention Ana Ruiz"),
        (("A", "B", "C"), ("quay",), True, "both mention A, B and C; both are from the same week"),
        ((), ("quay", "tide"), False, "both write about “quay” and “tide”"),
        ((), ("quay",), True, "both write about “quay”; both are from the same week"),
    ],
)
def test_a_reason_is_described_in_words(
    names: tuple[str, ...], terms: tuple[str, ...], week: bool, words: str
) -> None:
    """Names first; words only if no name is shared."""
    assert reason(RelatedDocument(SeedPath("a.txt"), names, terms, week), labels_for("en")) == words
