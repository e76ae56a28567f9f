"""Fingerprints of inputs: they change with every input, and say with which."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.engine.encoding import encode
from generator.engine.fingerprint import combine

values = st.lists(st.one_of(st.text(max_size=4), st.integers(0, 3)), min_size=1, max_size=5)


@given(values, values)
def test_exactly_the_changed_inputs_are_named(before: list[object], after: list[object]) -> None:
    """Of as many inputs; if their number changed, nobody can tell which they are."""
    first, second = (combine(map(encode, inputs)) for inputs in (before, after))
    assert (first.value == second.value) == (before == after)
    pairs = enumerate(zip(before, after, strict=False))
    changed = [index for index, (old, new) in pairs if old != new]
    expected = tuple(changed) if len(before) == len(after) else ()
    assert second.changed_inputs(first.inputs) == expected


def test_an_input_is_not_confused_with_its_neighbour() -> None:
    """The border between two inputs counts."""
    first, second = (combine(map(encode, inputs)) for inputs in (["ab", "c"], ["a", "bc"]))
    assert first.value != second.value
