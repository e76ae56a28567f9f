"""The entries of a task in rows: loaded, deleted and put together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from generator.engine.cache_entries import Entry, Run
from generator.engine.database import Database
from generator.engine.database_file import open_database
from generator.engine.encoding import encode
from generator.engine.entry_rows import delete_entries, find_entry, load_entries, put_entries
from generator.engine.tasks import Items

TABLE = "entries of a task"


def entry_of(number: int) -> Entry:
    """Return an entry whose result is a number."""
    return Entry(f"fingerprint {number}", b"", (), msgspec.Raw(encode(number)), Run(number, "new"))


@contextmanager
def opened() -> Iterator[Database]:
    """Open a new database."""
    with TemporaryDirectory() as folder, open_database(Path(folder, "cache.sqlite")) as database:
        yield database


steps = st.lists(st.lists(st.integers(0, 400), unique=True, max_size=200), max_size=6)


@given(steps)
def test_entries_are_those_that_were_saved_last(runs: list[list[int]]) -> None:
    """Each in one row, whatever was deleted and saved before; and none is in a row too many."""
    expected: dict[str, Entry] = {}
    with opened() as database:
        for number, keys in enumerate(runs):
            new = {str(key): entry_of(number) for key in keys}
            delete_entries(database, TABLE, new.keys() & expected.keys())
            put_entries(database, TABLE, Items.unknown([*new]), new.values())
            expected |= new
            saved = load_entries(database, TABLE)
            assert encode(dict(sorted(saved.entries()))) == encode(dict(sorted(expected.items())))
            in_rows = [key for row in saved.rows.values() if row for key in row.all_keys()]
            assert sorted(in_rows) == sorted(expected)
            assert all(row and label == row.all_keys()[0] for label, row in saved.rows.items())
        assert all(
            encode(find_entry(database, TABLE, key)) == encode(expected.get(key))
            for key in ("7", "77", "777")
        )


def test_rows_of_another_version_count_as_empty() -> None:
    """Also if it saved entries under keys that are none of ours."""
    with opened() as database:
        database.put(TABLE, [("a", b"\x80"), ("b", encode({"b": "text"})), ("c", b"\xff")])
        saved = load_entries(database, TABLE)
        assert len(saved) == 0
        assert dict(saved.entries()) == {}
        assert find_entry(database, TABLE, "b") is None
        delete_entries(database, TABLE, {"b"})
