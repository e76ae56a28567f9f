"""What must hold for a line that is left out of a text as page furniture."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.text.page_furniture import is_too_much, unproven_lines
from tests.counting_calls import count_calls
from tests.support import Case, cases


@cases("page_furniture")
def test_what_is_left_out_has_its_evidence(case: Case) -> None:
    """It is repeated or counts up; dates, years and labels with a number stay."""
    given = case.given if isinstance(case.given, dict) else {"lines": case.given, "text": ""}
    assert list(unproven_lines(given["lines"], given["text"])) == case.expect


def test_numbers_are_no_words_that_are_left_out() -> None:
    """However short the text is; words may be three in a hundred."""
    text = "river " * 100
    assert not is_too_much(["- 12 -", "13", "The Old Gazette 14"], text)
    assert is_too_much(["The Old Harbour Gazette"], text)


@given(st.text(min_size=1))
def test_words_that_stand_nowhere_else_are_no_furniture(line: str) -> None:
    """Whatever they are, in a text that has them once."""
    words = f"{line} storm"
    assert list(unproven_lines([words], words)) == [words]


def test_the_cost_is_linear() -> None:
    """Four times as many lines, all different, take about four times the calls."""

    def calls(count: int) -> int:
        lines = [f"{number:x}th harbour of {number:x}" for number in range(count)]
        return count_calls(lambda: list(unproven_lines(lines, "\n".join(lines))))

    small, large = calls(250), calls(1_000)
    assert large < 5 * small
