"""Names of authors are split without a wrong family name and without losing a word."""

from __future__ import annotations

import pytest
from hypothesis import given

from generator.text.person_names import CitedName, is_form_of, split_name
from tests.support import Case, cases, hostile_text


def shown(name: CitedName) -> str:
    """Return a name in the format of the case file."""
    if not name.family:
        return "org" if name.is_organization else "-"
    return " | ".join(filter(None, (name.family, name.given, name.suffix)))


@cases("person_names")
def test_a_name_is_split_where_that_is_certain(case: Case) -> None:
    """A wrong family name is worse than none."""
    assert shown(split_name(*case.given)) == case.expect


@given(hostile_text)
def test_the_parts_of_a_name_are_its_words(words: str) -> None:
    """For any text, no word is lost or added."""
    name = split_name(words)
    assert name.whole == " ".join(words.split())
    if name.family:
        parts = " ".join(filter(None, (name.family, name.given, name.suffix)))
        # Scripts without spaces are cut inside a word.
        letters = [sign for sign in name.whole if sign not in ",，、 "]
        assert sorted(sign for sign in parts if sign not in ",，、 ") == sorted(letters)
        assert name.given


@pytest.mark.parametrize(
    ("name", "other", "expected"),
    [
        ("BEETHOVEN", "Ludwig van Beethoven", True),
        ("Joseph D. Hooker", "J. Hooker", True),
        ("Hannah Storr", "John Storr", False),
        ("J. Storr", "Hannah Storr", False),
        ("the Embassy in Belgium", "John Storr", False),
        ("", "John Storr", False),
        ("—", "?", False),
    ],
)
def test_a_name_with_fewer_words_or_initials_is_a_form_of_it(
    name: str, other: str, expected: bool
) -> None:
    """Whichever of the two is the shorter one."""
    assert is_form_of(name, other) is expected
    assert is_form_of(other, name) is expected
