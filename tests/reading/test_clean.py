"""The table of repairs: each repair with its case file, and properties of all repairs."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.ledger import Draft, undo
from generator.reading.clean import REPAIRS, clean
from generator.reading.hyphens import joins_without_hyphen, whole_words
from generator.reading.paragraphs import cut_paragraphs, hard_wraps
from generator.reading.running_heads import running_heads
from generator.reading.structure.find import find_structure
from generator.writing.labels import labels_for
from tests.support import CASES, Case, cases, hostile_text, settled_draft


def repaired(rule: str, text: str) -> str:
    """Return the text after a single repair."""
    return Draft(text).with_step(rule, FIND[rule](text)).text


FIND = {repair.name: repair.find for repair in REPAIRS} | {
    "hard wraps": hard_wraps,
    "cut paragraphs": cut_paragraphs,
    "running heads": running_heads,
}


@cases("characters")
def test_characters(case: Case) -> None:
    """Repairs of single characters."""
    assert repaired(case.given["rule"], case.given["text"]) == case.expect


@cases("mojibake")
def test_mojibake(case: Case) -> None:
    """UTF-8 that was read as Windows-1252, also where a byte of it was lost."""
    assert repaired("mojibake", case.given) == case.expect


@cases("hard_wraps")
def test_hard_wraps(case: Case) -> None:
    """Lines that the width of a column forced are joined; verse, lists and addresses are not."""
    assert repaired("hard wraps", case.given.rstrip("\n")) == case.expect.rstrip("\n")


@cases("cut_paragraphs")
def test_cut_paragraphs(case: Case) -> None:
    """Paragraphs that a page break cut are joined; headings, captions and lists are not."""
    assert repaired("cut paragraphs", case.given.rstrip("\n")) == case.expect.rstrip("\n")


@pytest.mark.parametrize("end", [*".!?…:;。！？", *(f".{mark}" for mark in "\"'”’»)]*_")])
def test_nothing_is_joined_to_a_complete_sentence(end: str) -> None:
    """Not even a paragraph that begins in lower case."""
    text = (
        f"It rained on the council in its hall.\n\nNobody was told of the cracks{end}"
        f"\n\nas we know now.\n\nThe tower of the bridge fell{end}"
    )
    assert repaired("cut paragraphs", text) == text


@pytest.mark.parametrize(
    "mark",
    ["-", "--", *(f"{bullet} " for bullet in "-–—•*·▪►"), "1. ", "12) ", "(3) ", "a) ", "IV. "],
)
def test_a_list_item_is_not_joined_to_the_paragraph_before_it(mark: str) -> None:
    """Not even if that paragraph stops in the middle of a sentence."""
    text = f"The council met in the hall for nine hours.\n\nIt asked for a toll and\n\n{mark}one"
    assert repaired("cut paragraphs", text) == text


def test_every_repair_has_cases() -> None:
    """Each is named in a case file or has one of its own."""
    words = " ".join(path.read_text("utf-8") for path in CASES.glob("*.yml"))
    assert all(
        repair.name in words or (CASES / f"{repair.name.replace(' ', '_')}.yml").exists()
        for repair in REPAIRS
    )


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


@cases("running_heads")
def test_running_heads(case: Case) -> None:
    """Which lines do not belong to the text."""
    source = with_prose(case.given)
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
def test_an_unambiguous_page_number_need_not_interrupt_a_sentence(form: str) -> None:
    """Two of them are enough."""
    numbers = [form.replace("#", number) for number in "12"]
    source = with_prose("FILL.\n\n{}\n\nFILL.\n\n{}").format(*numbers)
    assert repaired("running heads", source) == with_prose("FILL.\n\f\nFILL.")


def test_page_marks_are_only_between_pages() -> None:
    """One for each group of lines; none before the first page and none after the last."""
    source = with_prose("1\n\nFILL\n\nGazette\n\n2\n\nFILL\n\n3\n\nGazette\n\nFILL\n\n4")
    assert repaired("running heads", source) == with_prose("FILL\n\f\nFILL\n\f\nFILL")


def with_prose(text: str) -> str:
    """Return a text with a page for the word FILL and a paragraph for the word SHORT."""
    words = "the river rose and the old bridge began to move"
    page, paragraph = (" ".join([words] * count) for count in (60, 3))
    return text.replace("FILL", page).replace("SHORT", paragraph)


def test_a_repair_that_would_remove_too_much_is_not_applied() -> None:
    """More than a tenth of a text."""
    body = "the river rose and the old bridge began to move " * 15
    head = "The Northport Gazette, the weekend edition for the harbour and the upper town"
    pages = [f"{head}\n\n{body.strip()}\n\n{head}, page {number}" for number in range(1, 6)]
    source = "\n\n".join(pages)
    assert list(running_heads(source))
    structure = find_structure(source)
    assert structure.refused == ("running heads",)
    assert settled_draft(source).text.count(head) == 10


def test_terminal_sequences_are_removed_even_from_a_short_text() -> None:
    """Their letters do not count as letters of the text."""
    cleaned = clean(Draft("\x1b[31mred\x1b[0m"))
    assert (cleaned.draft.text, cleaned.refused) == ("red", ())
