"""A date with two readings: the page is written, shows the date as it is, and loses no word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.linking.date_order import resolve_date_order
from generator.model import Document, Problem
from generator.model.ledger import undo
from generator.reading.head.unshown_words import find_unshown_words, word_set
from generator.reading.read import read_document
from tests.support import Case, cases, seed


def read(text: str) -> tuple[Document, tuple[Problem, ...]]:
    """Read a seed that is the only one in its corpus."""
    document = read_document(seed(text)).value
    assert document is not None
    (resolved,), problems = resolve_date_order([document])
    return resolved, problems


@cases("open_dates")
def test_a_date_with_two_readings(case: Case) -> None:
    """What the page shows as date, what stays in the text, and whether there is a warning."""
    document, problems = read(case.given)
    assert document.metadata.open_date == case.expect["shown"]
    assert document.text == case.expect["text"]
    assert undo(document.text, document.ledger) == case.given
    assert [problem.code for problem in problems] == ["W011"] * bool(case.expect["shown"])


def test_the_message_has_both_readings_and_the_line_to_paste() -> None:
    """The line is valid YAML for any name of the seed."""
    document = read_document(seed("The ferry\n\n03/04/2021\n\nIt was sold.", 'a "b": c.txt')).value
    assert document is not None
    _, (problem,) = resolve_date_order([document])
    assert 'date "03/04/2021" can be 2021-04-03 or 2021-03-04' in problem.message
    assert r'`"a \"b\": c.txt": {date: 2021-04-03}`, or with 2021-03-04' in problem.hint


def test_dates_of_other_documents_decide_the_order_of_day_and_month() -> None:
    """Then the document has the date, and its line is removed from the text."""
    dates = ("03/04/2021", "28/06/2021", "13/01/2020", "31/12/2019")
    documents = [
        read_document(seed(f"The ferry\n\n{date}\n\nIt was sold.", f"{date[:2]}.txt")).value
        for date in dates
    ]
    (first, *_), problems = resolve_date_order(list(filter(None, documents)))
    assert first.metadata.date is not None
    assert (first.metadata.date.value, first.metadata.open_date) == ("2021-04-03", None)
    assert (first.text, problems) == ("It was sold.", ())


_DATES = st.sampled_from(["03/04/2021", "3.4.2021", "28/06/2021", "4 May 2021", "31/02/2021", ""])
_NAMES = st.sampled_from(["By Ana Ruiz", "By Ana Ruiz and Tom Lee", "By Ana Ruiz, Reuters", ""])
_LABELS = st.sampled_from(["", "Published: ", "Date: ", "Saturday, ", "Updated "])
_BETWEEN = st.sampled_from([" | ", "\n", "\n\n", ", "])


@given(_NAMES, _LABELS, _DATES, _BETWEEN, st.booleans())
def test_every_removed_line_is_shown(
    names: str, label: str, date: str, between: str, date_first: bool
) -> None:
    """Each word of the head is in the text or in a value that the page shows."""
    parts = [f"{label}{date}".strip(), names] if date_first else [names, f"{label}{date}".strip()]
    head = between.join(filter(None, parts))
    document, _ = read(f"The ferry\n\n{head}\n\nThe old ferry was sold to the mill.")
    metadata = document.metadata
    shown = [
        metadata.title.value,
        *(author.value for author in metadata.authors),
        metadata.open_date or "",
    ]
    shown += [metadata.publication.value] if metadata.publication else []
    readings = [metadata.date.value] if metadata.date else []
    assert not find_unshown_words(head, (document.text, *shown), readings)
    assert date not in {"03/04/2021", "3.4.2021"} or date in f"{document.text} {shown}"


@pytest.mark.parametrize(
    ("line", "shown", "readings", "lost"),
    [
        ("By Ana Ruiz and Tom Lee", ["Ana Ruiz", "Tom Lee"], [], set()),
        ("By Ana Ruiz and Tom Lee", ["Ana Ruiz"], [], {"tom", "lee"}),
        ("By Ana Ruiz | 3 May 2020", ["Ana Ruiz"], [], {"3", "may", "2020"}),
        ("By Ana Ruiz | 3 May 2020", ["Ana Ruiz"], ["2020-05-03"], set()),
        ("By Ana Ruiz | 3 May 2020", ["Ana Ruiz"], ["2020-05-04"], {"3", "may", "2020"}),
        ("Published: Sunday, 3 May 2020", [], ["2020-05-03"], {"sunday"}),
        ("ROOM 7", [], [], {"room", "7"}),
    ],
)
def test_unshown_words(line: str, shown: list[str], readings: list[str], lost: set[str]) -> None:
    """Cues and the days of the week need not be shown; numbers and names must be."""
    assert find_unshown_words(line, shown, readings) == lost
    assert word_set(line) >= find_unshown_words(line, shown, readings)
