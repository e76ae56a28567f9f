"""What people teach in names.csv, and the messages about errors in it."""

from __future__ import annotations

import csv
import io

from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.corrections import parse_authority
from generator.corrections.csv_records import read_records
from generator.model import NameFacts
from tests.support import MAX_EXAMPLES, Case, cases, hostile_text

HEADER = "name,kind,also,born,died,from,to,same_as,latitude,longitude,note\n"


@cases("names_file")
def test_rows_are_read_and_errors_explained(case: Case) -> None:
    """Each error has its line, and costs no more than it must."""
    names, problems = parse_authority(case.given)
    lines = [f"{name.kind}: {name.name} = {' | '.join(name.forms)}" for name in names]
    assert lines == case.expect["names"]
    messages = [f"{one.line} {one.code} {one.message}. {one.hint}" for one in problems]
    expected = case.expect.get("messages", [])
    assert len(messages) == len(expected), messages
    assert all(map(str.startswith, sorted(messages), sorted(expected))), messages


def test_every_value_of_a_row_is_read() -> None:
    """Into the facts of its page."""
    row = (
        "Tom Ray,person,T. Ray,c. 1830,1899-03-12,1850,1890~,Q1|https://viaf.org/viaf/1,54.5,-0.25"
    )
    ((name,), problems) = parse_authority(f"{HEADER}{row},A baker.")
    assert problems == ()
    assert name.facts == NameFacts("1830~", "1899-03-12", "1850", "1890~", 54.5, -0.25, "A baker.")
    assert name.same_as == ("https://www.wikidata.org/wiki/Q1", "https://viaf.org/viaf/1")
    assert name.line == 2


_CELLS = st.sampled_from(["name", "kind", "A B", "person", "ship", '"', '""', "\n", "1830", "Q1"])
_FILES = st.lists(st.one_of(_CELLS, st.sampled_from([",", ";", "\t", "\r\n"]))).map("".join)


@settings(max_examples=3 * MAX_EXAMPLES)
@given(
    st.one_of(_FILES, hostile_text, st.text(st.characters(exclude_categories=()))), st.booleans()
)
@example('"' * 5_000, True)
@example("\n".join(['a,"b'] * 2_000), True)
@example("sep=", False)
def test_no_text_raises(text: str, has_header: bool) -> None:
    """Whatever is in the file, problems and names have lines of the file, and names are unique."""
    text = HEADER * has_header + text
    names, problems = parse_authority(text)
    lines = text.count("\n") + text.count("\r") + 1
    assert all(1 <= (problem.line or 0) <= lines for problem in problems)
    assert all(1 <= name.line <= lines and name.forms for name in names)
    assert len({(name.kind, name.name) for name in names}) == len(names)


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), min_size=1),
            min_size=2,
            max_size=2,
        )
    )
)
def test_what_the_csv_module_writes_is_read_back(rows: list[list[str]]) -> None:
    """With quotes and line ends in cells, as long as no record has many lines."""
    wanted = [
        row
        for row in rows
        if sum(cell.count("\n") for cell in row) < 10 and any(map(str.strip, row))
    ]
    target = io.StringIO(newline="")
    csv.writer(target, lineterminator="\n").writerows([["name", "kind"], *wanted])
    records = list(read_records(target.getvalue()))
    assert [list(record.cells) for record in records[1:]] == wanted
