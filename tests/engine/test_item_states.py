"""The states of items: which are another one than when they were saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.engine.database_file import open_database
from generator.engine.item_states import (
    distrust_states,
    find_changes,
    forget_states,
    save_states,
)

states = st.dictionaries(st.sampled_from("abcde"), st.sampled_from([b"1", b"2"]))


@given(states, states, st.sampled_from([0, 254, 600]))
def test_changes_are_those_of_a_comparison_item_by_item(
    tmp_path_factory: pytest.TempPathFactory,
    before: dict[str, bytes],
    now: dict[str, bytes],
    others: int,
) -> None:
    """In whatever order the items are, and however many others are between them."""
    same = {str(number): b"1" for number in range(others)}
    before, now = ({**dict([*each.items()][:2]), **same, **each} for each in (before, now))
    with open_database(tmp_path_factory.mktemp("states") / "cache.sqlite") as database:
        save_states(database, "task", b"program", before)
        changes = find_changes(database, "task", b"program", now)
        assert changes
        assert changes.changed == tuple(key for key in now if before.get(key) != now[key])
        assert changes.removed == before.keys() - now.keys()
        assert changes.before == tuple(before)
        save_states(database, "task", b"program", now)
        assert find_changes(database, "task", b"program", now) == ((), frozenset(), tuple(now))
        assert find_changes(database, "task", b"another program", now) is None
        forget_states(database, ["task"])
        assert find_changes(database, "task", b"program", now) is None


def test_one_change_writes_one_block(tmp_path: Path) -> None:
    """And states that are not to be trusted are not used, but those that stay are not written."""
    before = {str(number): b"1" for number in range(1_000)}
    with open_database(tmp_path / "cache.sqlite") as database:
        save_states(database, "task", b"program", before)
        written = database.connection.total_changes
        distrust_states(database, "task")
        assert find_changes(database, "task", b"program", before) is None
        save_states(database, "task", b"program", {**before, "500": b"2"})
        assert database.connection.total_changes - written == 3  # the program twice


def test_items_in_another_order_have_not_changed(tmp_path: Path) -> None:
    """But it is known in which order they were."""
    with open_database(tmp_path / "cache.sqlite") as database:
        save_states(database, "task", b"program", {"b": "1", "a": "2"})
        changes = find_changes(database, "task", b"program", {"a": "2", "b": "1"})
        assert changes
        assert not changes.changed
        assert changes.before == ("b", "a")
