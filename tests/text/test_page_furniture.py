"""What must hold for a line that is left out of a text as page furniture."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from generator.text.page_furniture import unproven_lines
from tests.support import Case, cases


@cases("page_furniture")
def test_what_is_left_out_has_its_evidence(case: Case) -> None:
    """It is repeated or counts up; dates, years and labels with a number stay."""
    assert list(unproven_lines(case.given)) == case.expect


@given(st.text(min_size=1))
def test_what_occurs_once_is_no_furniture(line: str) -> None:
    """Whatever its words are."""
    words = any(map(str.isalnum, line))
    assert list(unproven_lines([line])) == [line] * words or not line.isascii()


def test_the_cost_is_linear() -> None:
    """A hundred thousand different lines."""
    start = time.process_time()
    list(unproven_lines([f"The harbour gazette of day {number:x}" for number in range(100_000)]))
    assert time.process_time() - start < 10
