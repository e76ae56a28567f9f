"""The table of repairs: each repair with its case file, and properties of all repairs."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.ledger import Draft, undo
from generator.reading.clean import REPAIRS, clean
from generator.reading.hyphens import joins_without_hyphen, whole_words
from generator.reading.structure.find_structure import find_structure
from generator.writing.labels import labels_for
from tests.support import Case, cases, hostile_text, load_cases, settled_draft


def repaired(rule: str, text: str) -> str:
    """Return the text after a single repair."""
    return Draft(text).with_step(rule, FIND[rule](text)).text


FIND = {repair.name: repair.find for repair in REPAIRS}


@cases("characters")
def test_characters(case: Case) -> None:
    """Repairs of single characters."""
    assert repaired(case.given["rule"], case.given["text"]) == case.expect


@cases("mojibake")
def test_mojibake(case: Case) -> None:
    """UTF-8 that was read as Windows-1252, also where a byte of it was lost."""
    assert repaired("mojibake", case.given) == case.expect


def test_every_repair_has_cases() -> None:
    """In the file of characters, or in one of its own."""
    covered = {case["given"]["rule"] for case in load_cases("characters")} | {"mojibake"}
    assert covered == {repair.name for repair in REPAIRS}


@pytest.mark.parametrize("language", ["de", "en", "es", "fr", "pt"])
def test_every_repair_has_a_label_in_every_language(language: str) -> None:
    """So have the steps that are not in the table."""
    steps = {repair.name for repair in REPAIRS} | {"front matter", "head", "emphasis marks"}
    assert steps <= labels_for(language).repairs.keys()


@given(st.one_of(st.text(), hostile_text))
def test_the_ledger_undoes_every_repair(text: str) -> None:
    """Promise 1, for any text."""
    draft = settled_draft(text)
    assert undo(draft.text, draft.ledger) == text


@given(st.one_of(st.text(), hostile_text))
def test_cleaning_a_clean_text_changes_nothing(text: str) -> None:
    """Only an encoding can be broken twice, and then the second run repairs it again."""
    once = settled_draft(text).text
    again = settled_draft(once)
    assert again.text == once or again.ledger[0].rule == "mojibake"


@given(st.one_of(st.text(), hostile_text))
def test_no_letter_is_lost(text: str) -> None:
    """Repairs keep all letters and digits in their order.

    Two repairs are exceptions by purpose: those of broken encodings and of running heads.
    """

    def visible(words: str) -> list[str]:
        return [c for c in unicodedata.normalize("NFKC", words) if c.isalnum()]

    for repair in REPAIRS:
        if repair.name not in {"mojibake", "running heads"}:
            assert visible(Draft(text).with_step(repair.name, repair.find(text)).text) == visible(
                text
            )


@cases("hyphens")
def test_hyphens(case: Case) -> None:
    """Whether a hyphen at the end of a line is there only because of the break."""
    head, tail, text = case.given
    assert joins_without_hyphen(head, tail, whole_words(text)) is case.expect


def test_a_repair_that_would_remove_too_much_is_not_applied() -> None:
    """More than a tenth of a text."""
    body = "the river rose and the old bridge began to move " * 15
    head = "The Northport Gazette and Upper Town Advertiser, Weekend Edition"
    pages = [f"{head}\n\n{body.strip()}\n\n{head} {number}" for number in range(1, 6)]
    source = "\n\n".join(pages)
    structure = find_structure(source)
    assert structure.refused == ("running heads",)
    assert settled_draft(source).text.count(head) == 10


def test_terminal_sequences_are_removed_even_from_a_short_text() -> None:
    """Their letters do not count as letters of the text."""
    cleaned = clean(Draft("\x1b[31mred\x1b[0m"))
    assert (cleaned.draft.text, cleaned.refused) == ("red", ())
