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
    given = case.given if isinstance(case.given, dict) else {"lines": case.given, "text": ""}
    assert list(unproven_lines(given["lines"], given["text"])) == case.expect


@given(st.text(min_size=1))
def test_words_that_stand_nowhere_else_are_no_furniture(line: str) -> None:
    """Whatever they are, in a text that has them once."""
    words = f"{line} storm"
    assert list(unproven_lines([words], words)) == [words]


def test_the_cost_is_linear() -> None:
    """A hundred thousand different lines."""
    start = time.process_time()
    lines = [f"{number:x}th harbour of {number:x}" for number in range(100_000)]
    list(unproven_lines(lines, "\n".join(lines)))
    assert time.process_time() - start < 10
