"""What people wrote down about a name, as its page shows it."""

from __future__ import annotations

import pytest

from generator.model import NameFacts
from generator.writing.labels import labels_for
from generator.writing.pages.facts import fact_lines, fact_meta


@pytest.mark.parametrize(
    ("facts", "lines"),
    [
        (NameFacts(), []),
        (NameFacts(born="1830", died="1899-03-12"), ["Born: 1830 · Died: 12 March 1899"]),
        (NameFacts(born="1830~"), ["Born: about 1830"]),
        (NameFacts(first="1860", last="1910"), ["1860 to 1910"]),
        (NameFacts(first="1860"), ["From 1860"]),
        (NameFacts(last="1910"), ["Until 1910"]),
        (NameFacts(latitude=54.5, longitude=-0.61), ["54.5° N, 0.61° W"]),
        (NameFacts(latitude=-33.0, longitude=0.0), ["33° S, 0° E"]),
        (NameFacts(note="*A* <b>"), [r"\*A\* &lt;b&gt;"]),
    ],
)
def test_facts_are_a_sentence_and_a_line(facts: NameFacts, lines: list[str]) -> None:
    """Unknown ones are left out, and a note is text."""
    assert list(fact_lines(facts, labels_for("en"))) == lines


def test_other_languages_have_their_own_decimal_mark() -> None:
    """And their own directions."""
    facts = NameFacts(latitude=54.5, longitude=9.25)
    assert list(fact_lines(facts, labels_for("de"))) == ["54,5° N, 9,25° O"]


def test_facts_are_in_the_front_matter() -> None:
    """Safe in HTML; zero is a position too."""
    meta = fact_meta(NameFacts(latitude=0.0, longitude=0.0, note="<b>"))
    assert meta["latitude"] == "0.0"
    assert meta["note"] == "&lt;b&gt;"
