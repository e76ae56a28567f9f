"""Large values in pieces: what is read is what was saved last, and little of it is written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.engine.database import Database
from generator.engine.database_errors import DamagedError
from generator.engine.database_file import open_database
from generator.engine.fingerprint import combine
from generator.engine.large_values import load_large, save_large

_PROGRAM, _OTHER = combine([b"program"]), combine([b"another program"])

_values = st.builds(
    lambda size, place, number: bytes(place) + number + bytes(size - place),
    st.integers(150_000, 200_000),
    st.integers(0, 150_000),
    st.binary(max_size=2),
)


@contextmanager
def opened() -> Iterator[Database]:
    """Open a new database."""
    with TemporaryDirectory() as folder, open_database(Path(folder, "cache.sqlite")) as database:
        yield database


@given(st.lists(_values | st.just(b""), min_size=1, max_size=3))
def test_the_last_value_is_read(values: list[bytes]) -> None:
    """Whatever was saved before; and another program, or another type, reads none."""
    with opened() as database:
        assert load_large(database, "table", _PROGRAM, bytes) is None
        for value in values:
            save_large(database, "table", _PROGRAM, value)
        assert load_large(database, "table", _PROGRAM, bytes) == values[-1]
        assert load_large(database, "table", _PROGRAM, int) is None
        assert load_large(database, "table", _OTHER, bytes) is None


def test_only_changed_pieces_are_written() -> None:
    """Of three, one has another byte; the row with the program is written twice."""
    with opened() as database:
        save_large(database, "table", _PROGRAM, bytes(180_000))
        before = database.connection.total_changes
        save_large(database, "table", _PROGRAM, bytes(100_000) + b"1" + bytes(79_999))
        assert database.connection.total_changes - before == 3


def test_a_value_that_was_saved_in_part_is_not_read() -> None:
    """The pieces that were written before an error are those of another value."""
    with opened() as database:
        save_large(database, "table", _PROGRAM, bytes(180_000))
        database.connection.execute(
            "CREATE TEMP TRIGGER failing BEFORE INSERT ON entries WHEN new.key = '000000131072'"
            " BEGIN SELECT RAISE(ABORT, 'failing'); END"
        )
        with pytest.raises(DamagedError):
            save_large(database, "table", _PROGRAM, bytes([1]) * 180_000)
        assert load_large(database, "table", _PROGRAM, bytes) is None
