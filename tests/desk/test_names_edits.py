"""Edits of names.csv: what the person wrote stays to the letter."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.corrections import parse_authority
from generator.desk.csv_edits import apply_row
from generator.desk.edits import DecisionError, RowEdit
from generator.text import fold
from tests.support import Case, cases, hostile_text


@cases("names_edits")
def test_a_row_is_written_as_a_person_would(case: Case) -> None:
    """Order, quotes, separator, line ends and byte order mark stay."""
    edit = RowEdit(**{**case.given["edit"], "forms": tuple(case.given["edit"].get("forms", ()))})
    if case.expect.startswith("names.csv"):
        with pytest.raises(DecisionError, match=case.expect):
            apply_row(case.given["text"], edit)
    else:
        assert apply_row(case.given["text"], edit) == case.expect


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=2, max_size=8)
NAMES = st.builds("{} Storr{}".format, st.sampled_from(["John", "=John", '"John"', "Jo;hn"]), WORDS)
ROWS = st.lists(st.tuples(NAMES, st.sampled_from(["person", "ship"])), max_size=4)


@given(ROWS, st.sampled_from(",;\t"), st.sampled_from(["\n", "\r\n"]), NAMES, WORDS)
def test_every_edit_is_read_back_by_the_parser(
    rows: list[tuple[str, str]], separator: str, end: str, name: str, note: str
) -> None:
    """And no line of another row changes."""
    text = f"name{separator}kind{separator}note{end}"
    for own_name, kind in rows:
        with suppress(DecisionError):
            text = apply_row(text, RowEdit(own_name, kind))
    before, problems = parse_authority(text)
    assume(not problems)
    after = apply_row(text, RowEdit(name, "person", cells={"note": note}))
    records, problems = parse_authority(after)
    assume(not problems)
    key = fold(" ".join(name.split()))
    (own,) = (row for row in records if row.kind == "person" and fold(row.name) == key)
    assert own.facts.note == " ".join(note.split())
    kept = [line for line in text.split(end) if line in after.split(end)]
    assert len(kept) >= len(text.split(end)) - 2
    others = {(row.kind, row.name) for row in before} - {(own.kind, own.name)}
    assert others <= {(row.kind, row.name) for row in records}


@given(hostile_text)
def test_no_list_raises_another_error(text: str) -> None:
    """One that cannot be edited is refused with words."""
    with suppress(DecisionError):
        assert "Mary Ann" in apply_row(text, RowEdit("Mary Ann", "ship"))
