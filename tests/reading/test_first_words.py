"""What stands for the title of a document that has none."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.model import Block, Mark
from generator.reading.head.first_words import first_words
from generator.reading.read import read_document
from generator.text.file_titles import title_of_file
from generator.writing.addresses.urls import document_address
from tests.support import Case, cases, seed


@cases("first_words")
def test_first_words(case: Case) -> None:
    """They say what the text is about, in a line."""
    title = first_words([Block(kind, text) for kind, text in case.given])
    assert (title.value if title else None) == case.expect


@cases("letter_titles")
def test_an_untitled_letter_is_named_by_who_wrote_to_whom(case: Case) -> None:
    """As a catalogue would; that is no missing title, so nothing is reported."""
    parsed = read_document(seed(case.given))
    document, problems = parsed.value, parsed.problems
    assert document is not None
    assert document.metadata.title.value == case.expect
    is_reported = any(problem.code == "W013" for problem in problems)
    assert is_reported == document.metadata.is_untitled


@given(st.text())
def test_first_words_are_words_of_the_text(text: str) -> None:
    """In its order, with an ellipsis where they are cut."""
    title = first_words([Block("paragraph", text)])
    if title is None:
        assert not any(map(str.isalpha, text))
        return
    assert len(title.value) <= 60
    assert title.value.removesuffix("…") in " ".join(text.split())


def test_no_reader_sees_the_name_of_a_file_and_the_address_keeps_it() -> None:
    """So an address stays when somebody gives the text a title later or mends its first word."""
    document, problems = read_document(seed("the boats lay on their sides", "1891-storm.txt"))
    assert document is not None
    assert document.metadata.title.value == "the boats lay on their sides"
    assert document_address(document) == "documents/1891/1891-storm/"
    assert [problem.code for problem in problems] == ["W013"]


@given(st.text(alphabet="ab_. -/", min_size=1))
def test_the_name_of_a_file_as_words_is_never_empty(path: str) -> None:
    """Whatever dots and spaces it is made of."""
    assert title_of_file(path).strip()


def test_the_name_of_a_file_as_words() -> None:
    """Without its ending, and without the number that a letter gave it."""
    assert title_of_file("letters/old_bridge  of Lima.txt") == "old bridge of Lima"
    assert title_of_file("mail.eml/2-plan.txt") == "plan"
    assert title_of_file(" _ .txt") == "Untitled"


def test_labels_and_signs_of_notes_are_no_title() -> None:
    """The label of a speaker, and the sign of a note that is not part of a word."""
    text = "MILLER: The wheel(1) of the mill2 turns again."
    marks = (Mark("speaker", 0, 7), Mark("noteref", 17, 20, "1"), Mark("noteref", 32, 33, "2"))
    title = first_words([Block("speech", text, marks=marks)])
    assert title is not None
    assert title.value == "The wheel of the mill2 turns again."
