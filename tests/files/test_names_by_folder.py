"""Sets of paths by folder are sets."""

from __future__ import annotations

from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from generator.files.names_by_folder import (
    JoinedPaths,
    RemainingPaths,
    changed_names,
    compare_names,
    count_paths,
    decode_names,
    encode_names,
    missing_paths,
    names_of,
    paths_ending,
    paths_of,
)

_PATHS = st.frozensets(
    st.lists(st.text("ab\n\udcff", min_size=1, max_size=2), min_size=1, max_size=3).map("/".join)
)


@given(_PATHS, _PATHS, _PATHS)
def test_paths_by_folder_are_a_set(
    first: frozenset[str], second: frozenset[str], third: frozenset[str]
) -> None:
    """All of them are found again, and compared, added and removed as in a set."""
    assert sorted(paths_of(names_of(first))) == sorted(first)
    assert decode_names(encode_names(names_of(first))) == names_of(first)
    assert missing_paths(names_of(first), names_of(second)) == first - second
    changes = compare_names(encode_names(names_of(first)), encode_names(names_of(second)))
    assert changes.added == second - first
    assert changes.removed == first - second
    ends = {path[-1] for path in first}
    assert all(
        set(paths_ending(names_of(first), end)) == {path for path in first if path.endswith(end)}
        for end in ends
    )
    changed = changed_names(names_of(first), second, third)
    assert changed == names_of((first | second) - third)


@given(_PATHS, st.lists(_PATHS.map(tuple)))
def test_what_is_left_is_what_was_not_taken(
    existing: frozenset[str], taken: list[tuple[str, ...]]
) -> None:
    """Whether the paths of a folder are taken together, in parts, or twice."""
    whole = [tuple(sorted(path for path in existing if path.count("/") == 1))]
    for order in (taken, [*whole, *taken, *whole]):
        remaining = RemainingPaths(names_of(existing))
        for paths in order:
            folders = {path.rpartition("/")[0] for path in paths}
            assert remaining.take(JoinedPaths.of(paths) if len(paths) % 2 else paths) == folders
        every = frozenset(chain.from_iterable(order))
        assert sorted(remaining) == sorted(existing - every)
        assert set(paths_of(remaining.with_new())) == every | existing
    assert count_paths(names_of(existing)) == len(existing)
