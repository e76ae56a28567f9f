"""What people know about documents, in metadata.csv."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import fields

from generator.corrections import (
    DocumentCorrection,
    parse_metadata_table,
    unmatched_rows,
    with_metadata_table,
)
from generator.model import Extracted, SeedPath, Withdrawal
from tests.support import MAX_EXAMPLES, Case, cases, hostile_text

PATH = SeedPath("a.txt")


@cases("metadata_table")
def test_rows_are_read_and_errors_explained(case: Case) -> None:
    """Each error has its line, and costs no more than it must."""
    rows, problems = parse_metadata_table(case.given)
    assert [line for row in rows for line in described(row)] == case.expect["rows"]
    messages = [f"{one.line} {one.code} {one.message}. {one.hint}" for one in problems]
    expected = case.expect.get("messages", [])
    assert len(messages) == len(expected), messages
    assert all(map(str.startswith, messages, expected)), messages


def described(row: DocumentCorrection) -> list[str]:
    """Return the values of a row, one in a line."""
    lines: list[str] = []
    for field in fields(row):
        value = getattr(row, field.name)
        values = value if isinstance(value, tuple) else (value,)
        texts = [one.value for one in values if isinstance(one, Extracted)]
        lines += [f"{row.source}: {field.name} = {' | '.join(texts)}"] if texts else []
    return lines


@settings(max_examples=MAX_EXAMPLES)
@given(st.one_of(hostile_text, st.text()), st.booleans())
def test_no_text_raises(text: str, has_header: bool) -> None:
    """Whatever is in the file, problems have lines of it, and every file has one row."""
    text = "file,title,date\n" * has_header + text
    rows, problems = parse_metadata_table(text)
    lines = text.count("\n") + text.count("\r") + 1
    assert all(1 <= (problem.line or 0) <= lines for problem in problems)
    assert len({row.source for row in rows}) == len(rows)


def test_corrections_win_over_the_table() -> None:
    """Field by field; what they leave open, the table fills."""
    own = DocumentCorrection(PATH, 1, title=Extracted("Own", "corrections.yml", 1))
    ((row,), _) = parse_metadata_table("file,title,date\na.txt,The lamp,1894\n")
    merged = with_metadata_table({PATH: own}, {PATH: row})[PATH]
    assert merged.title == own.title
    assert merged.date == Extracted("1894", "metadata.csv", 2)


def test_a_withdrawn_document_gets_no_value_of_the_table() -> None:
    """Its page would show the title, which is that of the text."""
    own = DocumentCorrection(PATH, 1, withdrawn=Withdrawal("asked"))
    ((row,), _) = parse_metadata_table("file,title,rights\na.txt,The lamp,CC0\n")
    assert with_metadata_table({PATH: own}, {PATH: row}) == {PATH: own}


def test_a_row_about_no_seed_is_reported_with_the_most_similar_one() -> None:
    """By its line in the table."""
    (row,), _ = parse_metadata_table("file,title\nletter/a.txt,The lamp\n")
    (problem,) = unmatched_rows({row.source: row}, [SeedPath("letters/a.txt")])
    assert (problem.code, problem.source, problem.line) == ("W138", "metadata.csv", 2)
    assert "letters/a.txt" in problem.hint
