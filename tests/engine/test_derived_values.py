"""Values that follow from one item each: which are made again, and what is saved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.engine.database import Database
from generator.engine.database_file import open_database
from generator.engine.derived_values import ValueTable, derive
from generator.engine.encoding import encode

_TABLE = ValueTable("values of a test", bytes)

Inputs = dict[str, tuple[int, str]]
"""What the value of each item follows from."""


@contextmanager
def opened() -> Iterator[Database]:
    """Open a new database."""
    with TemporaryDirectory() as folder, open_database(Path(folder, "cache.sqlite")) as database:
        yield database


class Values:
    """The values of a test, and the items for which they were made."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.made: list[str] = []

    def derive(self, inputs: Inputs, program: bytes = b"1") -> dict[str, bytes]:
        """Return the value of each item; one with a negative number has none."""

        def make(keys: Sequence[str]) -> Iterable[bytes | None]:
            self.made = [*keys]
            return [value_of(key, inputs[key], program) for key in keys]

        self.made = []
        return derive(self.database, _TABLE, program, inputs, make)


def value_of(key: str, value: tuple[int, str], program: bytes) -> bytes | None:
    """Return the value of an item."""
    return f"{key} {value} {program!r}".encode() if value[0] >= 0 else None


_KEYS = st.integers(0, 900).map(lambda number: f"é {number}")
_INPUTS = st.tuples(st.integers(-1, 2), st.sampled_from(["", "a"]))
_RUNS = st.lists(
    st.tuples(st.lists(st.tuples(_KEYS, _INPUTS)), st.sampled_from([b"1", b"2"])), max_size=6
)


@settings(max_examples=40)
@given(_RUNS, st.booleans())
def test_values_are_those_made_of_all_items(
    runs: list[tuple[list[tuple[str, tuple[int, str]]], bytes]], is_large: bool
) -> None:
    """Whatever was added, removed, changed or moved before; changed ones are made, in order."""
    others = {f"é {number}": (0, "") for number in range(800)} if is_large else {}
    before: Inputs = {}
    last = b""
    with opened() as database:
        values = Values(database)
        for items, program in runs:
            inputs = others | dict(items)
            found = values.derive(inputs, program)
            expected = {key: value_of(key, value, program) for key, value in inputs.items()}
            assert [*found.items()] == [(k, value) for k, value in expected.items() if value]
            assert values.made == [
                key
                for key, value in inputs.items()
                if program != last or before.get(key) != value or value[0] < 0
            ]
            before, last = inputs, program


def test_an_item_more_changes_one_block_and_moves_no_other() -> None:
    """Nor does a changed one; and what is saved of removed items is deleted."""
    inputs = {f"{number:05}": (number, "") for number in range(0, 20_000, 2)}
    with opened() as database:
        values = Values(database)
        values.derive(inputs)
        assert len(database.keys(_TABLE.name)) < len(inputs) / 100
        for change in ({"00101": (1, "")}, {"10000": (2, "")}, {"19999": (3, "")}):
            saved = dict(database.items(_TABLE.name))
            inputs = dict(sorted((inputs | change).items()))
            values.derive(inputs)
            assert values.made == [*change]
            assert len(dict(database.items(_TABLE.name)).items() - saved.items()) == 1
        del inputs["00102"]
        values.derive(inputs)
        assert values.made == []
        assert not any(b"00102" in data for _, data in database.items(_TABLE.name))


def test_values_of_nothing_are_none_and_none_are_saved() -> None:
    """Also if there were some."""
    with opened() as database:
        values = Values(database)
        assert values.derive({}) == {}
        values.derive({"a": (1, "")})
        assert values.derive({}) == {}
        assert database.keys(_TABLE.name) == []


@given(st.lists(st.one_of(st.none(), st.integers(), st.binary(), st.lists(st.binary()))))
def test_what_another_version_saved_is_replaced(rows: list[object]) -> None:
    """Whatever it saved in a table of this name."""
    inputs: Inputs = {f"é {number}": (1, "") for number in range(300)}
    with opened() as database, opened() as other:
        database.put(_TABLE.name, ((f"{n}", encode(row)) for n, row in enumerate(rows)))
        assert Values(database).derive(inputs) == Values(other).derive(inputs)
        assert [*database.items(_TABLE.name)] == [*other.items(_TABLE.name)]


def test_what_another_version_saved_is_made_again() -> None:
    """It saved the inputs of an item together, in a block with as many items as these have."""
    with opened() as database:
        older = encode((b"1", ["a"], [(1, "")]))
        database.put(_TABLE.name, [("a", encode((older, [b"old"])))])
        values = Values(database)
        assert values.derive({"a": (1, "")}) == {"a": b"a (1, '') b'1'"}
        assert values.made == ["a"]
