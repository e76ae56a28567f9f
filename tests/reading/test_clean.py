"""The table of repairs: each rule by its case file, and the laws that all of them keep."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.reading.clean import REPAIRS, clean
from generator.reading.ledger import Draft, undo
from tests.support import CASES, Case, cases, hostile_text


def repaired(rule: str, text: str) -> str:
    """The text after one rule alone."""
    find = next(repair.find for repair in REPAIRS if repair.name == rule)
    return Draft(text).after(rule, find(text)).text


@cases("characters")
def test_characters(case: Case) -> None:
    """What single characters become, rule by rule."""
    assert repaired(case.given["rule"], case.given["text"]) == case.expect


@cases("hard_wraps")
def test_hard_wraps(case: Case) -> None:
    """Lines that a column broke are joined; verse, lists and addresses are not."""
    assert repaired("hard wraps", case.given.rstrip("\n")) == case.expect.rstrip("\n")


@cases("cut_paragraphs")
def test_cut_paragraphs(case: Case) -> None:
    """Paragraphs that a page break cut are joined; headings, captions and lists are not."""
    assert repaired("cut paragraphs", case.given.rstrip("\n")) == case.expect.rstrip("\n")


def test_every_rule_has_cases() -> None:
    """A rule without cases is a rule nobody can judge."""
    words = " ".join(path.read_text("utf-8") for path in CASES.glob("*.yml"))
    assert all(
        repair.name in words or (CASES / f"{repair.name.replace(' ', '_')}.yml").exists()
        for repair in REPAIRS
    )


@given(st.one_of(st.text(), hostile_text))
def test_the_ledger_takes_every_repair_back(text: str) -> None:
    """Promise 1, for any text at all."""
    cleaned = clean(Draft(text))
    assert undo(cleaned.text, cleaned.ledger) == text


@given(st.one_of(st.text(), hostile_text))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    """What the table leaves behind is settled."""
    once = clean(Draft(text)).text
    assert clean(Draft(once)).text == once


@given(st.one_of(st.text(), hostile_text))
def test_no_letter_is_lost(text: str) -> None:
    """Repairs move and remove what cannot be seen; letters and digits stay, in their order."""

    def visible(words: str) -> list[str]:
        return [c for c in words if c.isalnum()]

    assert visible(clean(Draft(text)).text) == visible(text)
