"""The table of repairs: each rule by its case file, and the laws that all of them keep."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.ledger import Draft, undo
from generator.reading.clean import REPAIRS, clean
from generator.reading.hyphens import joins_without_hyphen, whole_words
from generator.reading.running_heads import running_heads
from generator.writing.labels import labels_for
from tests.support import CASES, Case, cases, hostile_text


def repaired(rule: str, text: str) -> str:
    """The text after one rule alone."""
    find = next(repair.find for repair in REPAIRS if repair.name == rule)
    return Draft(text).with_step(rule, find(text)).text


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


@pytest.mark.parametrize("end", [*".!?…:;。！？", *(f".{sign}" for sign in "\"'”’»)]*_")])
def test_a_sentence_that_has_ended_does_not_go_on(end: str) -> None:
    """Whatever stands behind it, a small letter too."""
    message = f"It rained on the council in its hall.\n\nNobody was told of the cracks{end}"
    text = f"{message}\n\nas we know now.\n\nThe tower of the bridge fell{end}"
    assert repaired("cut paragraphs", text) == text


@pytest.mark.parametrize(
    "mark", ["-", "--", *(f"{sign} " for sign in "-–—•*·▪►"), "1. ", "12) ", "(3) ", "a) ", "IV. "]
)
def test_an_item_of_a_list_goes_on_with_nothing(mark: str) -> None:
    """Even where the paragraph before it stops in the midst of a sentence."""
    message = f"The council met in the hall for nine hours.\n\nIt asked for a toll and\n\n{mark}one"
    assert repaired("cut paragraphs", message) == message


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
            assert visible(Draft(text).with_step(repair.name, repair.find(text)).text) == visible(
                text
            )


@cases("hyphens")
def test_hyphens(case: Case) -> None:
    """Whether a hyphen at the end of a line was put there by the break."""
    head, tail, text = case.given
    assert joins_without_hyphen(head, tail, whole_words(text)) is case.expect


@cases("running_heads")
def test_running_heads(case: Case) -> None:
    """Which lines are no part of the text."""
    source = filled(case.given)
    changes = list(running_heads(source))
    removed = [row for change in changes for row in change.before.split("\n") if row.strip("\f")]
    assert removed == case.expect
    assert bool(changes) == bool(removed)


@pytest.mark.parametrize(
    "form",
    [
        *("Page #", "PAGE #", "p. #", "s. #", "pág #", "pág. #", "Página #", "Seite #"),
        *("pagina #", "Page #/2", "Page # of 2", "página # de 2", "Seite # von 2", "Page # sur 2"),
        *("# of 2", "# de 2", "# von 2", "# sur 2"),
    ],
)
def test_what_can_be_nothing_but_a_page_need_cut_no_sentence(form: str) -> None:
    """Two of them are enough."""
    numbers = [form.replace("#", number) for number in "12"]
    source = filled("FILL.\n\n{}\n\nFILL.\n\n{}").format(*numbers)
    assert repaired("running heads", source) == filled("FILL.\n\f\nFILL.")


def test_a_mark_of_a_new_page_stands_between_pages_only() -> None:
    """One for each page, however many lines there were; none before the first, none at the end."""
    source = filled("1\n\nFILL\n\nGazette\n\n2\n\nFILL\n\n3\n\nGazette\n\nFILL\n\n4")
    assert repaired("running heads", source) == filled("FILL\n\f\nFILL\n\f\nFILL")


def filled(text: str) -> str:
    """A text with pages and paragraphs in the place of the words that stand for them."""
    words = "the river rose and the old bridge began to move"
    page, paragraph = (" ".join([words] * times) for times in (60, 3))
    return text.replace("FILL", page).replace("SHORT", paragraph)


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
