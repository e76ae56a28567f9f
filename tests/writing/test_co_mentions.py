"""The network of people: drawn from what the documents say, and the same as a table."""

from __future__ import annotations

from generator.writing.labels import labels_for
from generator.writing.pages.co_mentions import co_mention_chart
from tests.writing.test_entity_pages import corpus

NAMES = ("Ana Ruiz", "Tom Lee", "Eva Roe", "Max Orr")


def drawn(*texts: str) -> str:
    """The picture and the table of a small corpus."""
    whole = corpus(*texts, names=NAMES).corpus
    people = [entity for entity in whole.entities.entities.values() if entity.kind == "person"]
    return "\n\n".join(co_mention_chart(people, whole, labels_for("en")))


def test_each_pair_has_its_line_and_its_row_most_documents_first() -> None:
    """Max Orr is named with somebody once, which ties nobody, and does not stand there."""
    said = drawn(*["Ana Ruiz and Tom Lee."] * 3, *["Tom Lee, Eva Roe."] * 2, "Max Orr and Eva Roe.")
    assert said.count("<line ") == said.count("<tr>") == 2
    assert said.index('<a href="ana-ruiz/">Ana Ruiz</a></td>') < said.index("<td>3</td>")
    assert said.index("<td>3</td>") < said.index("<td>2</td>")
    assert "Max Orr" not in said


def test_two_people_are_no_network() -> None:
    """Nor is anybody alone, nor all whom a single document names."""
    assert drawn("Ana Ruiz, Tom Lee, Eva Roe and Max Orr.") == ""
    assert drawn("Ana Ruiz and Tom Lee.") == drawn("Max Orr.") == drawn("Nobody.") == ""
