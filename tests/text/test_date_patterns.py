"""First looks at a line of text: a pattern that they leave out cannot match."""

import re

from hypothesis import given
from hypothesis import strategies as st

from generator.text.date_patterns import (
    DATE_PATTERNS,
    compiled,
    month_pattern,
    required_figures,
    required_months,
)

_PARTS = (
    *("1", "3", "12", "31", "1894", "1895", "2o", "l4", "xii", "may", "juin", "märz", "nov."),
    *(
        "-",
        "/",
        ".",
        " ",
        ", ",
        " of ",
        " to ",
        "–",
        " and ",
        " oder ",
        "th",
        "ca. ",
        "年",
        "月",
        "日",
    ),
)
_LINES = st.lists(st.sampled_from(_PARTS), max_size=9).map("".join)


@given(_LINES)
def test_a_match_has_the_figures_and_the_months_that_its_pattern_requires(line: str) -> None:
    """Counted in the match alone, as the line around it may have more of both."""
    for form in DATE_PATTERNS:
        for match in compiled(form.pattern).finditer(line):
            assert len(re.findall(r"\d+", match[0])) >= required_figures(form.pattern), form.name
            assert len(month_pattern().findall(match[0])) >= required_months(form.pattern)


def test_a_line_with_one_day_needs_few_patterns() -> None:
    """Each pattern with the names of the months takes some milliseconds to compile."""
    needed = [form.name for form in DATE_PATTERNS if required_figures(form.pattern) <= 2]
    assert "day month year" in needed
    assert "days of a month" not in needed
