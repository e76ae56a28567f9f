"""Label lines at the top of a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.model.ledger import undo
from generator.reading.head.file_top import read_file_top
from generator.reading.read import read_document
from tests.support import Case, cases, seed


@cases("label_lines")
def test_lines_that_are_shown_in_full_are_taken_out(case: Case) -> None:
    """All others stay in the text."""
    top = read_file_top(case.given)
    fields = top.fields.fields if top.fields else {}
    found = {field: " | ".join(value.value for value in values) for field, values in fields.items()}
    unread = " | ".join(value.value for value in top.unread_labels)
    expected = dict(case.expect)
    assert {**found, "text": top.body.text, **({"unread": unread} if unread else {})} == expected


_LINES = st.lists(
    st.tuples(
        st.sampled_from(["Title", "Author", "Date", "From", "To", "Place", "Rights", "Note"]),
        st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=30),
    ),
    max_size=6,
)


@given(_LINES, st.text())
def test_the_ledger_gives_back_every_file(lines: list[tuple[str, str]], text: str) -> None:
    """Whatever stands at its top."""
    whole = "".join(f"{label}: {value}\n" for label, value in lines) + f"\n{text}"
    body = read_file_top(whole).body
    assert undo(body.text, body.ledger) == whole


def test_every_value_has_its_line_as_evidence() -> None:
    """Counted from the top of the file, below front matter too."""
    text = "---\nlang: en\n---\nTitle: The lamp\nTo: Tom Lee\nPlace: Whitby\n\nThe lamp is out."
    document, problems = read_document(seed(text))
    assert document is not None
    assert not problems
    metadata = document.metadata
    values = (metadata.title, metadata.recipient, metadata.place, metadata.genre)
    assert [(value.value, value.line) for value in values if value] == [
        ("The lamp", 4),
        ("Tom Lee", 5),
        ("Whitby", 6),
        ("letter", 5),
    ]


def test_a_line_that_is_not_read_is_reported_with_its_line() -> None:
    """It stays in the text."""
    document, problems = read_document(seed("Place: Whitby\nDate: long ago\n\nThe lamp is out."))
    assert document is not None
    assert "Date: long ago" in document.text
    assert [(problem.code, problem.line) for problem in problems if problem.code == "W135"] == [
        ("W135", 2)
    ]
