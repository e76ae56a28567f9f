"""The order of day and month: the corpus decides, or the date stays open."""

from __future__ import annotations

import pytest

from generator.linking.date_order import resolve_date_order
from generator.model import Document
from generator.reading.read import read_document
from tests.support import seed


def corpus(*dates: str) -> list[Document]:
    """Return a document for each date."""
    documents: list[Document] = []
    for number, date in enumerate(dates):
        text = f"Story {number}\n\n{date}\n\nSix thousand people watched as the mayor cut a ribbon."
        document = read_document(seed(text, f"{number}.txt")).value
        assert document is not None
        documents.append(document)
    return documents


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        (("03/04/2021", "28/06/2021", "13/1/2020", "31/12/2019"), "2021-04-03"),
        (("03/04/2021", "06/28/2021", "1/13/2020", "12/31/2019"), "2021-03-04"),
        (("03/04/2021", "28/06/2021", "13/1/2020"), None),
        (("03/04/2021", "28/06/2021", "13/1/2020", "31/12/2019", "12/31/2019"), None),
        (("03/04/2021", "28 June 2021", "13 May 2020", "31 May 2019"), None),
    ],
    ids=["day first", "month first", "too few", "one against", "months in words"],
)
def test_dates_with_one_reading_decide_for_the_others(
    dates: tuple[str, ...], first: str | None
) -> None:
    """Three of them and none against; otherwise the date stays open and is reported."""
    (document, *_), problems = resolve_date_order(corpus(*dates))
    date = document.metadata.date
    assert (date.value if date else None) == first
    assert [(p.code, p.line) for p in problems] == ([] if first else [("W011", 3)])


def test_a_date_has_the_corpus_as_evidence() -> None:
    """With the rule, the line and the quote."""
    (document, *_), _ = resolve_date_order(
        corpus("03/04/2021", "28/06/2021", "13/1/2020", "31/12/2019")
    )
    date = document.metadata.date
    assert date is not None
    assert (date.line, date.quote) == (3, "03/04/2021")
    assert date.rule == "order of the corpus (day first in 3 other dates)"


def test_dates_with_equal_day_and_month_are_clear_and_decide_nothing() -> None:
    """05/05/2021 has one reading in either order."""
    documents, problems = resolve_date_order(
        corpus("05/05/2021", "06/06/2021", "07/07/2021", "03/04/2021")
    )
    dates = [
        document.metadata.date.value if document.metadata.date else None for document in documents
    ]
    assert dates == ["2021-05-05", "2021-06-06", "2021-07-07", None]
    assert [problem.code for problem in problems] == ["W011"]
