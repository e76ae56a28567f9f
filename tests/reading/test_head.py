"""The parts of reading that have a case file: dates, bylines, heads, front matter, footers."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.model import SeedPath, parse_edtf
from generator.model.ledger import apply
from generator.reading.emphasis import emphasis_spans, strip_emphasis
from generator.reading.file_names import date_of_file_name
from generator.reading.footer import block_kinds
from generator.reading.front_matter import FIELDS, FrontMatter, RejectedBlock, parse_front_matter
from generator.reading.head.bylines import looks_like_person, parse_author_field, parse_byline
from generator.reading.head.datelines import parse_dateline
from generator.reading.head.find_head import find_head
from generator.reading.head.labels import parse_publication, parse_section
from generator.reading.head.lines_with_dates import date_role
from generator.reading.head.removal import remove_head
from generator.reading.letter_lines import is_place_and_date, is_salutation, is_valediction
from generator.text import dates as dates_in_text
from generator.text.date_patterns import (
    DATE_PATTERNS,
    compiled,
    month_pattern,
    required_months,
)
from generator.text.dates import find_dates, parse_date, parse_numeric_date, parse_stated_dates
from tests.support import Case, cases, hostile_text, load_cases


@cases("dates")
def test_dates(case: Case) -> None:
    """The readings of each date as EDTF; several if day and month can be swapped."""
    assert readings_in(case.given) == case.expect


def readings_in(given: dict[str, str]) -> list[list[str]]:
    """Return the readings of each date in a text."""
    found = find_dates(given["text"], given.get("language"))
    return [list(date.readings) for date in found]


def test_every_form_of_date_is_needed_by_a_case(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it, one of them has other dates."""
    own_cases = load_cases("dates")
    for form in DATE_PATTERNS:
        others = [other for other in DATE_PATTERNS if other is not form]
        monkeypatch.setattr(dates_in_text, "DATE_PATTERNS", others)
        dates_in_text._find_dates.cache_clear()
        assert any(readings_in(case["given"]) != case["expect"] for case in own_cases), form.name
    dates_in_text._find_dates.cache_clear()


_DATE_TOKENS = ("4", "27", "8", "iv", "1829", "1830", "November", "mai", "de juny", "年", "/", "-")


@given(st.lists(st.sampled_from((*_DATE_TOKENS, " ", ". ", ", ", " to ", " or ")), max_size=12))
@example(["27", "/", "8", " ", "November", " ", "1829"])
def test_no_date_has_fewer_months_than_its_pattern_requires(tokens: list[str]) -> None:
    """So patterns that require more than a text has need not be searched."""
    text = "".join(tokens).lower()
    months = len(month_pattern().findall(text))
    for form in DATE_PATTERNS:
        if compiled(form.pattern).search(text):
            assert required_months(form.pattern) <= months


@cases("date_values")
def test_date_values(case: Case) -> None:
    """The value of a date field: EDTF, ISO 8601 or words."""
    date, numeric = parse_date(case.given), parse_numeric_date(case.given)
    numeric_readings = numeric and [numeric.day_first, numeric.month_first]
    assert [date and list(date.readings), numeric_readings] == case.expect


@cases("stated_dates")
def test_stated_dates(case: Case) -> None:
    """A date and nothing else, as a person writes it into a table."""
    dates = parse_stated_dates(str(case.given))
    assert list(dates) == case.expect
    assert all(parse_edtf(date) for date in dates)


@cases("bylines")
def test_bylines(case: Case) -> None:
    """The names in a line, and whether it contains nothing else."""
    byline = parse_byline(case.given)
    assert (byline and [list(byline.names), byline.is_complete]) == case.expect


@cases("date_labels")
def test_labels_of_dates(case: Case) -> None:
    """Whether a date is the document's, or that of something else."""
    dates = find_dates(case.given)
    assert len(dates) == 1
    assert date_role(case.given, dates[0]) == case.expect


@cases("file_names")
def test_dates_in_names_of_files(case: Case) -> None:
    """The only date or year in the name, unless it counts pages or letters."""
    assert date_of_file_name(SeedPath(case.given)) == case.expect


@cases("salutations")
def test_salutations(case: Case) -> None:
    """A salutation is no title, and who is addressed is no author."""
    assert is_salutation(case.given) == case.expect


@cases("valedictions")
def test_valedictions(case: Case) -> None:
    """The words that close a letter are no name and no title."""
    assert is_valediction(case.given) == case.expect


@cases("places_and_dates")
def test_places_and_dates(case: Case) -> None:
    """A line with a place and a day is no title."""
    assert is_place_and_date(case.given) == case.expect


@cases("author_fields")
def test_author_fields(case: Case) -> None:
    """The persons in an author field; none if it has an organization."""
    assert list(parse_author_field(case.given)) == case.expect


@cases("head")
def test_head(case: Case) -> None:
    """Title, authors, date and other fields, and the text of the article."""
    head = find_head(case.given)
    expect = case.expect
    assert (head.title.value if head.title else None) == expect.get("title")
    assert list(head.names.names if head.names else ()) == expect.get("names", [])
    assert (head.date.readings[0] if head.date else None) == expect.get("date")
    assert apply(case.given, remove_head(case.given, head)) == expect["rest"]
    for field in ("section", "standfirst", "publication", "dateline"):
        found = getattr(head, field)
        assert (found.value if found else None) == expect.get(field), field


@cases("genres")
def test_heads_of_every_genre(case: Case) -> None:
    """Title, authors, date and, for letters, sender, recipient and place; nothing is guessed."""
    head = find_head(case.given, "en")
    names = head.names.names if head.names else ()
    date = head.date.readings[0] if head.date and len(head.date.readings) == 1 else None
    found = {"names": list(names), "date": date}
    for field in ("title", "genre", "sender", "recipient", "place"):
        value = getattr(head, field)
        found[field] = value.value if value else None
    assert {field: value for field, value in found.items() if value} == case.expect


@cases("datelines")
def test_datelines(case: Case) -> None:
    """Place, agency and date before the first sentence."""
    dateline = parse_dateline(case.given, case.given)
    date = dateline.date.readings[0] if dateline and dateline.date else None
    assert (dateline and [dateline.place, dateline.agency or "", date]) == case.expect


@cases("head_labels")
def test_head_labels(case: Case) -> None:
    """The section and the publication in a line."""
    assert [parse_section(case.given), parse_publication(case.given)] == case.expect


@cases("front_matter")
def test_front_matter(case: Case) -> None:
    """The values of the front matter by field, or the reason why it is not read."""
    front_matter = parse_front_matter(case.given)
    if isinstance(front_matter, RejectedBlock):
        line = f", line {front_matter.line}" if front_matter.line else ""
        assert f"{front_matter.reason}{line}" == case.expect
        return
    fields = front_matter and {
        field: [value.value for value in values] for field, values in front_matter.fields.items()
    }
    assert fields == case.expect


@cases("footer")
def test_footer(case: Case) -> None:
    """The number of paragraphs at the end that belong to the footer."""
    assert block_kinds(case.given).count("footer") == case.expect


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
    assert block_kinds(["The mayor cut a ribbon.", cue]) == ["paragraph", "footer"]


@pytest.mark.parametrize(
    "words",
    [
        *("They had no contact", "Many donate", "He did subscribe", "A copyrighted plan"),
        *("The hotel: full", "A telephone: ours", "An example.organ", "Awww. Fine"),
    ],
)
def test_words_that_are_not_cues_of_a_footer(words: str) -> None:
    """Words that only look like a cue, or cues in the middle of a line."""
    assert block_kinds(["The mayor cut a ribbon.", words]) == ["paragraph", "paragraph"]


@pytest.mark.parametrize(
    ("field", "key"), [(field, key) for field, keys in FIELDS.items() for key in keys]
)
def test_keys_of_front_matter(field: str, key: str) -> None:
    """Each key is read, also in capitals and with every kind of line end."""
    for block in (
        f"---\n{key}: A\n---",
        f"---\r\n{key.upper()} : A\r\n---",
        f"---\r{key}: A\r...",
    ):
        front_matter = parse_front_matter(block)
        assert isinstance(front_matter, FrontMatter)
        values = {name: values[0].value for name, values in front_matter.fields.items()}
        assert values == {field: "A"}


def test_a_block_that_is_too_long_or_too_deep_is_not_read() -> None:
    """Real front matter has a few hundred characters, and lists of names."""
    lines = "".join(f"k{number}: v\n" for number in range(600))
    assert isinstance(parse_front_matter(f"---\ntitle: A\n{lines}---\n"), RejectedBlock)
    assert isinstance(parse_front_matter("---\ntitle: [[[[A]]]]\n---\n"), RejectedBlock)
    assert parse_front_matter(f"---\ntitle: {'A ' * 600}\n---\n") is None


@cases("emphasis")
def test_emphasis(case: Case) -> None:
    """The text without the marks, and the emphasised words."""
    changes = list(strip_emphasis(case.given))
    text = apply(case.given, changes)
    spans = [text[span.start : span.end] for span in emphasis_spans(changes)]
    assert [text, spans] == case.expect


@given(st.one_of(st.text(), hostile_text))
def test_every_line_can_be_parsed(text: str) -> None:
    """No line raises an exception, and every result is inside the line."""
    line = text.replace("\n", " ")
    assert all(0 <= date.start < date.end <= len(line) for date in find_dates(line))
    byline = parse_byline(line)
    assert byline is None or all(map(looks_like_person, byline.names))


@pytest.mark.parametrize(("count", "expected"), [(40, 40), (400, 0)])
def test_a_byline_has_a_limit(count: int, expected: int) -> None:
    """A line of thousands of characters is body text."""
    line = ", ".join(["Ana Ruiz"] * count)
    prose = "The bridge was closed for the whole winter, and nobody asked why. " * 3
    head = find_head(f"Bridge reopens\n\nBy {line}\n\n{prose}")
    assert len(head.names.names if head.names else ()) == expected
