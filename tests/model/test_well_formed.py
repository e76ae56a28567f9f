"""Blocks as a page can show them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Block
from generator.model.well_formed import well_formed


def levels(raw: list[int]) -> list[int]:
    """Return the levels that headings have on a page."""
    return [block.level for block in well_formed([Block("heading", "A", level=n) for n in raw])]


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ([1, 2, 2, 1], [1, 2, 2, 1]),
        ([2, 2, 2], [1, 1, 1]),
        ([1, 3, 3, 2], [1, 2, 2, 2]),
        ([3, 1, 2], [1, 1, 2]),
    ],
)
def test_headings_have_levels_without_gaps(raw: list[int], shown: list[int]) -> None:
    """Those of one level stay beside each other."""
    assert levels(raw) == shown


@given(st.lists(st.integers(-1, 9)))
def test_a_heading_is_at_most_one_level_below_the_one_before(raw: list[int]) -> None:
    """Whatever a reader made of them; what is fine already stays."""
    shown = levels(raw)
    assert all(1 <= level <= 5 for level in shown)
    assert all(later - earlier <= 1 for earlier, later in zip([0, *shown], shown, strict=False))
    assert levels(shown) == shown
