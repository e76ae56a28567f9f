"""The states of items: which are another one than when they were saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.engine.database_file import open_database
from generator.engine.item_states import find_changes, forget_states, save_states

states = st.dictionaries(st.sampled_from("abcde"), st.sampled_from([b"1", b"2"]))


@given(states, states)
def test_changes_are_those_of_a_comparison_item_by_item(
    tmp_path_factory: pytest.TempPathFactory, before: dict[str, bytes], now: dict[str, bytes]
) -> None:
    """In whatever order the items are."""
    with open_database(tmp_path_factory.mktemp("states") / "cache.sqlite") as database:
        save_states(database, "task", b"program", before)
        changes = find_changes(database, "task", b"program", now)
        assert changes
        assert changes.changed == tuple(key for key in now if before.get(key) != now[key])
        assert changes.removed == before.keys() - now.keys()
        assert changes.before == tuple(before)
        assert changes.unchanged == [key for key in before if now.get(key) == before[key]]
        assert find_changes(database, "task", b"another program", now) is None
        forget_states(database, ["task"])
        assert find_changes(database, "task", b"program", now) is None


def test_items_in_another_order_have_not_changed(tmp_path: Path) -> None:
    """But it is known in which order they were."""
    with open_database(tmp_path / "cache.sqlite") as database:
        save_states(database, "task", b"program", {"b": "1", "a": "2"})
        changes = find_changes(database, "task", b"program", {"a": "2", "b": "1"})
        assert changes
        assert not changes.changed
        assert changes.unchanged == ["b", "a"]
