"""What the head of a document says: dates, bylines, titles, each by its case file."""

from __future__ import annotations

import pytest
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
from generator.reading.testimony import FIELDS, Refusal, hear
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


@pytest.mark.parametrize(
    "cue",
    [
        *("https://gazette", "gazette.net", "gazette.info", "GAZETTE.EU", "gazette.co.uk"),
        *("gazette.gov", "gazette.edu", "gazette.com", "www. gazette", "ana.ruiz@gazette.museum"),
        *("To contact us", "Contact us", "Contact: Ana", "Subscribe", "Sign up", "Follow us"),
        *("Share this", "Read more", "Support us", "Support our work", "Donate", "© Gazette"),
        *("(c) 2026 Gazette", "A copyright of ours", "All rights reserved", "ISSN 1", "ISBN 2"),
        *("Tel. 1", "Tel: 1", "Phone: 1", "Fax: 1", "First published in May", "Reprinted with joy"),
        *("It first appeared on Monday", "Originally published by us", "Originally appeared at N."),
        *("Reprinted from N.", "Todos los derechos reservados", "Derechos de autor", "Contacto: A"),
        *("Suscríbase", "Síganos", "Tous droits réservés", "Contactez-nous", "Abonnez-vous"),
        *("Suivez-nous", "Alle Rechte vorbehalten", "Kontakt: A", "Abonnieren", "Folgen Sie uns"),
        *("Todos os direitos reservados", "Contato: A", "Assine", "Siga-nos"),
    ],
)
def test_cues_of_a_footer(cue: str) -> None:
    """Each of them is enough in a short last paragraph."""
    assert kinds(["The mayor cut a ribbon.", cue]) == ["paragraph", "footer"]


@pytest.mark.parametrize(
    "words",
    [
        *("They had no contact", "Many donate", "He did subscribe", "A copyrighted plan"),
        *("The hotel: full", "A telephone: ours", "An example.organ", "Awww. Fine"),
    ],
)
def test_no_cues_of_a_footer(words: str) -> None:
    """Words that only look like one, or that stand elsewhere than cues do."""
    assert kinds(["The mayor cut a ribbon.", words]) == ["paragraph", "paragraph"]


@pytest.mark.parametrize(
    ("field", "key"), [(field, key) for field, keys in FIELDS.items() for key in keys]
)
def test_keys_of_front_matter(field: str, key: str) -> None:
    """Each is heard, in capitals too, and where another line end is used."""
    for written in (
        f"---\n{key}: A\n---",
        f"---\r\n{key.upper()} : A\r\n---",
        f"---\r{key}: A\r...",
    ):
        said = hear(written)
        assert said is not None
        assert not isinstance(said, Refusal)
        assert {one: found[0].value for one, found in said.fields.items()} == {field: "A"}


def test_a_block_that_is_too_long_or_too_deep_is_not_read() -> None:
    """A real one has a few hundred characters, and lists of names."""
    many = "".join(f"k{number}: v\n" for number in range(600))
    assert isinstance(hear(f"---\ntitle: A\n{many}---\n"), Refusal)
    assert isinstance(hear("---\ntitle: [[[[A]]]]\n---\n"), Refusal)
    assert hear(f"---\ntitle: {'A ' * 600}\n---\n") is None


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


@pytest.mark.parametrize(("names", "found"), [(40, 40), (400, 0)])
def test_a_byline_may_be_long_but_not_without_end(names: int, found: int) -> None:
    """What runs on for thousands of characters is the text itself."""
    line = ", ".join(["Ana Ruiz"] * names)
    prose = "The bridge was closed for the whole winter, and nobody asked why. " * 3
    head = find_head(f"Bridge reopens\n\nBy {line}\n\n{prose}")
    assert len(head.names.names if head.names else ()) == found
