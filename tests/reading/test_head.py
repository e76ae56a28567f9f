"""What the head of a document says: dates, bylines, titles, each by its case file."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.reading.bylines import looks_like_person, read_byline, read_named
from generator.reading.datelines import read_dateline
from generator.reading.dates import figures, find_dates, read_date
from generator.reading.emphasis import emphasis_marks, emphasised
from generator.reading.footer import kinds
from generator.reading.head import find_head, lift
from generator.reading.labels import read_publication, read_section
from generator.reading.ledger import apply
from generator.reading.testimony import Refusal, hear
from tests.support import Case, cases, hostile_text


@cases("dates")
def test_dates(case: Case) -> None:
    """Each date's readings as EDTF; several where day and month could change places."""
    found = find_dates(case.given["text"], case.given.get("language"))
    assert [list(date.readings) for date in found] == case.expect


@cases("date_values")
def test_date_values(case: Case) -> None:
    """What a file gives as its date: EDTF, ISO 8601 or words."""
    read, both = read_date(case.given), figures(case.given)
    expect = [read and list(read.readings), both and [both.day_first, both.month_first]]
    assert expect == case.expect


@cases("bylines")
def test_bylines(case: Case) -> None:
    """The names in a line, and whether it says nothing else."""
    byline = read_byline(case.given)
    assert (byline and [list(byline.names), byline.complete]) == case.expect


@cases("named")
def test_named(case: Case) -> None:
    """The persons whom a file gives as its author: nobody where it gives anybody else."""
    assert list(read_named(case.given)) == case.expect


@cases("head")
def test_head(case: Case) -> None:
    """Title, authors and date, and what is left for the article."""
    head = find_head(case.given)
    expect = case.expect
    assert (head.title.value if head.title else None) == expect.get("title")
    assert list(head.names.names if head.names else ()) == expect.get("names", [])
    assert (head.date.readings[0] if head.date else None) == expect.get("date")
    assert apply(case.given, lift(case.given, head)) == expect["rest"]
    for field in ("section", "standfirst", "publication", "dateline"):
        said = getattr(head, field)
        assert (said.value if said else None) == expect.get(field), field


@cases("datelines")
def test_datelines(case: Case) -> None:
    """Place, agency and date before the first sentence."""
    dateline = read_dateline(case.given, case.given)
    date = dateline.date.readings[0] if dateline and dateline.date else None
    assert (dateline and [dateline.place, dateline.agency, date]) == case.expect


@cases("labels")
def test_labels(case: Case) -> None:
    """The section and the publication that a line names."""
    assert [read_section(case.given), read_publication(case.given)] == case.expect


@cases("testimony")
def test_testimony(case: Case) -> None:
    """What the front matter of a file says, by field; why a clever one is refused."""
    said = hear(case.given)
    if isinstance(said, Refusal):
        line = f", line {said.line}" if said.line else ""
        assert f"{said.reason}{line}" == case.expect
        return
    fields = said and {
        field: [found.value for found in said.fields[field]] for field in said.fields
    }
    assert fields == case.expect


@cases("footer")
def test_footer(case: Case) -> None:
    """How many paragraphs at the end are the publisher's."""
    assert kinds(case.given).count("footer") == case.expect


@cases("emphasis")
def test_emphasis(case: Case) -> None:
    """The text without the marks, and the words that were between them."""
    changes = list(emphasis_marks(case.given))
    text = apply(case.given, changes)
    spans = [text[span.start : span.end] for span in emphasised(changes)]
    assert [text, spans] == case.expect


@given(st.one_of(st.text(), hostile_text))
def test_no_line_is_too_strange(text: str) -> None:
    """Whatever stands in a line, reading it gives an answer."""
    line = text.replace("\n", " ")
    assert all(0 <= date.start < date.end <= len(line) for date in find_dates(line))
    byline = read_byline(line)
    assert byline is None or all(map(looks_like_person, byline.names))
