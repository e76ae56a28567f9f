"""The judge of `make quality`: a figure below its floor, or without one, is noticed."""

from __future__ import annotations

import pytest

from tools.quality.__main__ import verdict
from tools.quality.figures import Figure, count, share


@pytest.mark.parametrize(
    ("figure", "good"),
    [
        (share("right", 19, 20), True),
        (share("right", 18, 20), False),
        (share("right", 0, 0), False),
        (count("wrong", 0, "in 5"), True),
        (count("wrong", 1, "in 5"), False),
        (Figure("unheard of", 100, ""), False),
    ],
)
def test_a_figure_is_held_to_its_floor(figure: Figure, good: bool) -> None:
    """Floors from below, ceilings from above, and no figure without either."""
    floors = {"right": {"at_least": 95.0}, "wrong": {"at_most": 0.0}}
    assert verdict(figure, floors)[0] is good
