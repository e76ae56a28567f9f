"""The table of repairs: each rule by its case file, and the laws that all of them keep."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.reading.clean import REPAIRS, clean
from generator.reading.hyphens import vocabulary, was_solid
from generator.reading.ledger import Draft, undo
from generator.reading.running_heads import running_heads
from generator.writing.labels import labels_for
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


@pytest.mark.parametrize("language", ["de", "en", "es", "fr", "pt"])
def test_readers_are_told_of_every_rule_in_their_language(language: str) -> None:
    """Also of the steps that are not in the table."""
    steps = {repair.name for repair in REPAIRS} | {"front matter", "head", "emphasis marks"}
    assert steps <= labels_for(language).repairs.keys()


@given(st.one_of(st.text(), hostile_text))
def test_the_ledger_takes_every_repair_back(text: str) -> None:
    """Promise 1, for any text at all."""
    cleaned = clean(Draft(text)).draft
    assert undo(cleaned.text, cleaned.ledger) == text


@given(st.one_of(st.text(), hostile_text))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    """What the table leaves behind is settled; only encodings can be broken twice over."""
    once = clean(Draft(text)).draft.text
    again = clean(Draft(once)).draft
    assert again.text == once or again.ledger[0].rule == "mojibake"


@given(st.one_of(st.text(), hostile_text))
def test_no_letter_is_lost(text: str) -> None:
    """Repairs move and remove what cannot be seen; letters and digits stay, in their order.

    Two rules are there to change them: broken encodings, and what pages repeat.
    """

    def visible(words: str) -> list[str]:
        return [c for c in unicodedata.normalize("NFKC", words) if c.isalnum()]

    for repair in REPAIRS:
        if repair.name not in {"mojibake", "running heads"}:
            assert visible(Draft(text).after(repair.name, repair.find(text)).text) == visible(text)


@cases("hyphens")
def test_hyphens(case: Case) -> None:
    """Whether a hyphen at the end of a line was put there by the break."""
    head, tail, text = case.given
    assert was_solid(head, tail, vocabulary(text)) is case.expect


@cases("running_heads")
def test_running_heads(case: Case) -> None:
    """How many lines are no part of the text: bodies of pages are made of `fill` words."""
    fill = " ".join(["the river rose and the old bridge began to move"] * 60)
    source = case.given.replace("FILL", fill)
    changes = list(running_heads(source))
    gone = [row for change in changes for row in change.before.split("\n") if row.strip("\f")]
    assert gone == case.expect


def test_a_rule_that_takes_too_much_is_not_let() -> None:
    """More than a tenth of a text gone is a mistake of the rule, whatever its reasons."""
    body = "the river rose and the old bridge began to move " * 15
    head = "The Northport Gazette, the weekend edition for the harbour and the upper town"
    pages = [f"{head}\n\n{body.strip()}\n\n{head}, page {number}" for number in range(1, 6)]
    source = "\n\n".join(pages)
    assert list(running_heads(source))
    cleaned = clean(Draft(source))
    assert cleaned.refused == ("running heads",)
    assert cleaned.draft.text.count(head) == 10


def test_no_text_is_too_short_to_lose_what_no_page_can_show() -> None:
    """A terminal's commands have letters, and are no words."""
    cleaned = clean(Draft("\x1b[31mred\x1b[0m"))
    assert (cleaned.draft.text, cleaned.refused) == ("red", ())
