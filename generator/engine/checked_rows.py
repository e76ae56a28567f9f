"""Rows of the database with their checksums, and how many are saved while the caller goes on."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from itertools import chain
from typing import NamedTuple

_PUT, _MARKS = "INSERT OR REPLACE INTO entries VALUES", "(?, ?, ?, ?)"

_ROWS_PER_STATEMENT = 64
"""While SQLite runs a statement, Python runs other threads."""

_SERIALIZED = 3
"""The `threadsafety` of an SQLite whose connections more than one thread can use."""


class CheckedRow(NamedTuple):
    """A row of the database."""

    table: str
    key: str
    value: bytes
    checksum: int


def checksum(table: str, key: str, value: bytes) -> int:
    """Return the checksum of a value, by which damage is noticed; that of 1 MB takes 1 ms."""
    return zlib.crc32(value, zlib.crc32(key.encode(), zlib.crc32(table.encode())))


def checked_rows(table: str, items: Iterable[tuple[str, bytes]]) -> Iterator[CheckedRow]:
    """Yield values by key as rows of a table."""
    table_sum, sum_of = zlib.crc32(table.encode()), zlib.crc32
    for key, value in items:
        yield CheckedRow(table, key, value, sum_of(value, sum_of(key.encode(), table_sum)))


def put_rows(connection: sqlite3.Connection, rows: Iterable[CheckedRow]) -> None:
    """Put rows into the database one by one, replacing those with the same keys."""
    connection.executemany(f"{_PUT} {_MARKS}", rows)


def put_together(connection: sqlite3.Connection, rows: Sequence[CheckedRow]) -> None:
    """Put rows into the database with few statements, and commit them.

    SQLite takes 0.1 ms of CPU for the values of a document, in which other threads can run.
    """
    for start in range(0, len(rows), _ROWS_PER_STATEMENT):
        batch = rows[start : start + _ROWS_PER_STATEMENT]
        marks = ", ".join([_MARKS] * len(batch))
        connection.execute(f"{_PUT} {marks}", [*chain.from_iterable(batch)])
    connection.commit()


class LentConnection:
    """A connection that another thread has while it saves rows, and its owner goes on."""

    def __init__(self, connection: sqlite3.Connection, thread: Executor | None = None) -> None:
        self._connection = connection
        self._thread = thread if sqlite3.threadsafety == _SERIALIZED else None
        self._saving: Future[None] | None = None

    def get(self) -> sqlite3.Connection:
        """Return the connection once the rows are saved; raise the error if that failed."""
        if self._saving is not None:
            self._saving.result()
            self._saving = None
        return self._connection

    def save(self, rows: Sequence[CheckedRow]) -> None:
        """Save rows and commit them, in the thread if there is one."""
        connection = self.get()
        if self._thread is None:
            put_together(connection, rows)
        else:
            self._saving = self._thread.submit(put_together, connection, rows)
