"""The words for kinds of names, those of a person's own among them."""

from __future__ import annotations

import pytest

from generator.model import SeedbedError
from generator.writing.labels import LANGUAGES, labels_for


def test_frequent_kinds_have_words_in_every_language() -> None:
    """For one, for a list, and with a number."""
    labels = [labels_for(language) for language in LANGUAGES]
    assert len({own.kinds("ship") for own in labels}) == len(LANGUAGES)
    assert labels_for("de").kind("ship") == "Schiff"
    assert labels_for("en").count_kind(2, "ship") == "2 ships"


def test_any_other_kind_is_its_own_word() -> None:
    """With a capital; its names are counted as names."""
    labels = labels_for("en")
    assert labels.kind("village feast") == labels.kinds("village feast") == "Village feast"
    assert labels.count_kind(1, "village feast") == "1 name"


def test_a_project_has_words_of_its_own_for_its_kinds() -> None:
    """A slip in another label is still found."""
    labels = labels_for("en", {"kind_ship": "Vessel", "list_family": "Families"})
    assert labels.kind("ship") == "Vessel"
    assert labels.kinds("family") == "Families"
    with pytest.raises(SeedbedError, match="unknown label"):
        labels_for("en", {"peple": "Persons"})
