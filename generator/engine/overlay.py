"""A read-only view of the database, possibly during a run, with some values replaced in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.engine.database import Database


class MissingValueError(LookupError):
    """A run is just making this value."""


class Overlay(Database):
    """Reads a database, but some values from a mapping by table and key.

    A run may delete values at any time, so a missing one is no damage: `need` raises
    MissingValueError.
    """

    def __init__(self, database: Database, values: Mapping[tuple[str, str], bytes]) -> None:
        super().__init__(database.path, database.lent, was_reset=False)
        self._values = values

    def with_values(self, values: Mapping[tuple[str, str], bytes]) -> Overlay:
        """Return the same with some more values replaced."""
        return Overlay(self, {**self._values, **values})

    def replaces(self, table: str, key: str) -> bool:
        """Whether a value is not that of the database."""
        return (table, key) in self._values

    def get(self, table: str, key: str) -> bytes | None:
        """Return one value, if there is one."""
        return self._values.get((table, key)) or super().get(table, key)

    def need(self, table: str, key: str) -> bytes:
        """Return a value; raises MissingValueError where it is missing."""
        value = self.get(table, key)
        if value is None:
            raise MissingValueError(f"{table}: {key}")
        return value

    def items(self, table: str) -> Iterator[tuple[str, bytes]]:
        """Yield all keys of a table with their values, ordered by key."""
        for key, value in super().items(table):
            yield key, self._values.get((table, key), value)
