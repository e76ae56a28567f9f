"""What is known about a collection as a whole."""

from __future__ import annotations

import pytest

from generator.model import DocumentRecord, Extracted, Metadata, SeedPath
from generator.writing.document_sums import span_of


@pytest.mark.parametrize(
    ("dates", "years"),
    [
        ((), ""),
        (("1921-05-03", "1921-06"), "1921"),
        (("1921~", "1899-01/1903-02", "1921-01-01"), "1899–1921"),
        (("1921-02-30", "1890"), "1890"),
        (("1921-02-30", "1921-02-28", "1890"), "1890–1921"),
        (("1921-02-30",), ""),
    ],
)
def test_the_years_of_documents_are_those_of_real_dates(dates: tuple[str, ...], years: str) -> None:
    """Of intervals the first and the last; a day that no calendar has is no date."""
    records = [
        DocumentRecord(
            SeedPath(str(number)),
            "",
            "utf-8",
            Metadata(Extracted("A", "test"), date=Extracted(date, "test")),
        )
        for number, date in enumerate(dates)
    ]
    assert span_of(records).years == years
