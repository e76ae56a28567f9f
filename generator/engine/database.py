"""The build database: tables of values by key in one SQLite file, safe to delete at any time.

A value is bytes; the caller decides what they mean. Every value is compared with its checksum when
it is read, so damage is never mistaken for a result. How the file is created, checked and replaced
is in `engine.database_file`.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path

from generator.engine.checked_rows import CheckedRow, LentConnection, checked_rows, put_rows
from generator.engine.database_errors import converted_errors, damaged

LOCK_TIMEOUT = 60.0
"""Seconds. On a file system without shared memory, readers and the writer take turns."""

_TO_ERASE = "to erase"
"""The table, and in it the key, that has a value while the file is to be written again."""

_KEYS_PER_QUERY = 256
"""Values that are fetched with one query, in a third of the time of a query for each."""

RUN_VALUES = "run"
"""The table of single values that a run saves for the next one, each with a key of its own."""

_ROWS = "SELECT name, key, value, checksum FROM entries WHERE name = ?"


class Database:
    """An open database. What was put in is saved however the block ends that opened it.

    Every method raises DamagedError when the file turns out to be damaged.
    """

    def __init__(self, path: Path, connection: LentConnection, *, was_reset: bool) -> None:
        self.path = path
        self.lent = connection
        self.was_reset = was_reset
        """Whether a file existed that could not be used and was deleted."""

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection to the file, once all is saved that `save` was called with."""
        return self.lent.get()

    def get(self, table: str, key: str) -> bytes | None:
        """Return one value, if there is one."""
        rows = [*self._rows(f"{_ROWS} AND key = ?", table, key)]
        return rows[0][1] if rows else None

    def need(self, table: str, key: str) -> bytes:
        """Return a value that was put in before; raises DamagedError where it is missing."""
        value = self.get(table, key)
        if value is None:
            raise damaged(self.path)
        return value

    def items(self, table: str) -> Iterator[tuple[str, bytes]]:
        """Return all keys of a table with their values, ordered by key."""
        return self._rows(f"{_ROWS} ORDER BY key", table)

    def get_many(self, table: str, keys: Iterable[str]) -> Iterator[bytes]:
        """Yield the values of keys in order; raises DamagedError if one is missing."""
        stream = iter(keys)
        while batch := list(islice(stream, _KEYS_PER_QUERY)):
            marks = ", ".join("?" * len(batch))
            values = dict(self._rows(f"{_ROWS} AND key IN ({marks})", table, *batch))
            if not values.keys() >= set(batch):
                raise damaged(self.path)
            yield from (values[key] for key in batch)

    def keys(self, table: str) -> list[str]:
        """Return all keys of a table."""
        with converted_errors(self.path):
            rows = self.connection.execute("SELECT key FROM entries WHERE name = ?", (table,))
            return [key for (key,) in rows]

    def put(self, table: str, items: Iterable[tuple[str, bytes]]) -> None:
        """Put values into a table, replacing those with the same keys."""
        with converted_errors(self.path):
            put_rows(self.connection, checked_rows(table, items))

    def save(self, rows: Sequence[CheckedRow]) -> None:
        """Put values into tables, and commit them, while the caller goes on.

        Whatever else is asked of the database waits for that, and raises the error if it fails.
        """
        with converted_errors(self.path):
            self.lent.save(rows)

    def _rows(self, query: str, table: str, *keys: str) -> Iterator[tuple[str, bytes]]:
        """Yield the key and the value of every row of a query about a table, checked."""
        table_sum, sum_of = zlib.crc32(table.encode()), zlib.crc32
        with converted_errors(self.path):
            for name, key, value, checksum in self.connection.execute(query, (table, *keys)):
                # In this loop, as a call for each row would take as long as the check itself.
                try:
                    is_intact = name == table and checksum == sum_of(
                        value, sum_of(key.encode(), table_sum)
                    )
                except (AttributeError, TypeError):  # a damaged type
                    is_intact = False
                if not (is_intact and type(value) is bytes):
                    raise damaged(self.path)
                yield key, value

    def commit(self) -> None:
        """Make what was put in visible to other processes."""
        with converted_errors(self.path):
            self.connection.commit()

    def drop(self, table: str, keys: Iterable[str]) -> None:
        """Delete values; a key that does not exist is not an error."""
        rows = ((table, key) for key in keys)
        with converted_errors(self.path):
            self.connection.executemany("DELETE FROM entries WHERE name = ? AND key = ?", rows)

    def erase_dropped(self) -> None:
        """Write the file again when it is closed, so that nothing is left of what was dropped.

        SQLite overwrites what is deleted, but not the copies that it left where it moved values.
        If this run is killed, the next one writes the file again.
        """
        self.put(_TO_ERASE, [(_TO_ERASE, b"1")])

    def close_in_order(self) -> None:
        """Save what was put in; write the file again if this or a killed run asked for it."""
        self.connection.commit()
        if self.get(_TO_ERASE, _TO_ERASE):
            self.connection.execute("VACUUM")
            self.drop(_TO_ERASE, [_TO_ERASE])
            self.connection.commit()

    def retain(self, table: str, keys: Iterable[str]) -> None:
        """Delete all values of a table except these."""
        wanted = set(keys)
        self.drop(table, [key for key in self.keys(table) if key not in wanted])


@contextmanager
def open_readonly(path: Path) -> Iterator[Database]:
    """Open the database read-only while another process writes; it shows committed values."""
    with converted_errors(path), closing(_connected(path, "ro")) as connection:
        yield Database(path, LentConnection(connection), was_reset=False)


@contextmanager
def open_existing(path: Path) -> Iterator[Database]:
    """Open a database to read from it, whether or not it is open elsewhere.

    Nothing is created, repaired or checked as a whole. Raises OSError if it cannot be read.
    """
    # SQLite creates files beside a read-only one, which later runs could not write.
    if not path.is_file() or not os.access(path, os.R_OK | os.W_OK):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    # With mode=ro, SQLite could not remove the files that it creates beside this one.
    with converted_errors(path), closing(_connected(path, "rw")) as connection:
        yield Database(path, LentConnection(connection), was_reset=False)


def peek(path: Path, table: str, key: str) -> bytes | None:
    """Return one value of a database, or None if it cannot be read."""
    try:
        with open_existing(path) as database:
            return database.get(table, key)
    except OSError:
        return None


def _connected(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=LOCK_TIMEOUT
    )
