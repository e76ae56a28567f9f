"""The check of pictures: what is wrong with one is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.checking.pictures import file_faults, parse_picture, picture_faults
from generator.model.pictures import Picture
from tests.picture_files import drawing, photograph

SHIP = Picture("a.png", 60, 40, "a ship")
BOAT = Picture("b.png", 60, 40, "a boat")
FILE = Picture("c.png", 60, 40, file="c.png")


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        ([SHIP], ["a.png", "b.png"]),
        ([BOAT, SHIP], ["a.png", "b.png"]),
        ([SHIP, BOAT, SHIP], ["a.png", "b.png"]),
        ([replace(SHIP, text=""), BOAT], ["a.png", "b.png"]),
        ([replace(SHIP, width=61), BOAT], ["a.png", "b.png"]),
        ([SHIP, BOAT], ["a.png"]),
        ([SHIP, BOAT], ["a.png", "b.png", "b.png"]),
    ],
)
def test_each_difference_is_a_fault(shown: list[Picture], found: list[str]) -> None:
    """In number, order, size and words."""
    assert not [*picture_faults([SHIP, BOAT], [SHIP, BOAT], ["b.png", "a.png"])]
    assert [*picture_faults(shown, [SHIP, BOAT], found)]


def test_files_beside_a_seed_are_not_in_it() -> None:
    """What the seed holds is compared with its own pictures only."""
    assert not [*picture_faults([SHIP, replace(FILE, file="")], [SHIP, FILE], ["a.png"])]


@pytest.mark.parametrize("data", [None, b"", b"GIF89a", drawing(61), photograph(60, 40)])
def test_a_file_is_the_picture_and_nothing_else(data: bytes | None) -> None:
    """Missing, of another kind or size, or with words of a camera."""
    assert not [*file_faults(SHIP, drawing())]
    assert [*file_faults(SHIP, data)]


def test_data_behind_a_picture_is_seen() -> None:
    """Viewers show the same; something else may be hidden there."""
    hidden = parse_picture(drawing() + b"secret")
    assert hidden is None or hidden.has_other_data


@given(st.sampled_from([drawing(), photograph()]), st.integers(0, 200), st.binary(max_size=20))
def test_no_bytes_raise_an_error(data: bytes, position: int, other: bytes) -> None:
    """A damaged picture is no picture, or one with other data."""
    parse_picture(data[:position] + other + data[position + len(other) :])
    parse_picture(data[:position])
