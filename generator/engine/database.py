"""The build database: tables of values by key in one SQLite file, safe to delete at any time.

A value is bytes; the caller decides what they mean. A file that is damaged, or that was written by
another program or another version of this module, is deleted and created again. Every value is
compared with its checksum when it is read, so damage is never mistaken for a result.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from generator.files.file_stats import file_stat

R = TypeVar("R")

_APPLICATION_ID = 0x5EEDBED
"""SQLite's `application_id` of our files."""

_FORMAT = 15
"""Increased when the schema below, or the meaning of a table, changes."""

_PRAGMAS = """
PRAGMA page_size = 32768;  -- of a new file; values of 10 kB are written in half the time
PRAGMA synchronous = OFF;  -- what a power failure loses is built again
PRAGMA secure_delete = ON;  -- withdrawn texts must not stay in free pages of the file
"""

_TO_ERASE = "to erase"
"""The table, and in it the key, that has a value while the file is to be written again."""

_WRITE_AHEAD_LOG = "PRAGMA journal_mode = WAL"
"""Lets workers read while the parent writes; the log is removed when the last one has closed."""

_LOCK_TIMEOUT = 60.0
"""Seconds. On a file system without shared memory, readers and the writer take turns."""

_KEYS_PER_QUERY = 256
"""Values that are fetched with one query, in a third of the time of a query for each."""

_SCHEMA = f"""
BEGIN;  -- the file is marked as ours together with the table, or not at all
PRAGMA application_id = {_APPLICATION_ID};
PRAGMA user_version = {_FORMAT};
CREATE TABLE IF NOT EXISTS entries (
    name TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, checksum INTEGER NOT NULL,
    PRIMARY KEY (name, key)
);
COMMIT;
"""

RUN_VALUES = "run"
"""The table of single values that a run saves for the next one, each with a key of its own."""

_ROWS = "SELECT name, key, value, checksum FROM entries WHERE name = ?"


class DamagedError(OSError):
    """A value is damaged or missing; the file was deleted, and `repaired` starts again."""


class Database:
    """An open database. What was put in is saved however the block ends that opened it.

    Every method raises DamagedError when the file turns out to be damaged.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, *, was_reset: bool) -> None:
        self.path = path
        self.connection = connection
        self.was_reset = was_reset
        """Whether a file existed that could not be used and was deleted."""

    def get(self, table: str, key: str) -> bytes | None:
        """Return one value, if there is one."""
        rows = [*self._rows(f"{_ROWS} AND key = ?", table, key)]
        return rows[0][1] if rows else None

    def need(self, table: str, key: str) -> bytes:
        """Return a value that was put in before; raises DamagedError where it is missing."""
        value = self.get(table, key)
        if value is None:
            raise _damaged(self.path)
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
                raise _damaged(self.path)
            yield from (values[key] for key in batch)

    def keys(self, table: str) -> list[str]:
        """Return all keys of a table."""
        with _converted_errors(self.path):
            rows = self.connection.execute("SELECT key FROM entries WHERE name = ?", (table,))
            return [key for (key,) in rows]

    def put(self, table: str, items: Iterable[tuple[str, bytes]]) -> None:
        """Put values into a table, replacing those with the same keys."""
        table_sum, sum_of = zlib.crc32(table.encode()), zlib.crc32
        self.put_checked(
            (table, key, value, sum_of(value, sum_of(key.encode(), table_sum)))
            for key, value in items
        )

    def put_checked(self, rows: Iterable[tuple[str, str, bytes, int]]) -> None:
        """Put values into tables; each row has a table, a key, the value and its `checksum`."""
        with _converted_errors(self.path):
            self.connection.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?)", rows)

    def _rows(self, query: str, table: str, *keys: str) -> Iterator[tuple[str, bytes]]:
        """Yield the key and the value of every row of a query about a table, checked."""
        table_sum, sum_of = zlib.crc32(table.encode()), zlib.crc32
        with _converted_errors(self.path):
            for name, key, value, checksum in self.connection.execute(query, (table, *keys)):
                # In this loop, as a call for each row would take as long as the check itself.
                try:
                    is_intact = name == table and checksum == sum_of(
                        value, sum_of(key.encode(), table_sum)
                    )
                except (AttributeError, TypeError):  # a damaged type
                    is_intact = False
                if not (is_intact and type(value) is bytes):
                    raise _damaged(self.path)
                yield key, value

    def commit(self) -> None:
        """Make what was put in visible to other processes."""
        with _converted_errors(self.path):
            self.connection.commit()

    def drop(self, table: str, keys: Iterable[str]) -> None:
        """Delete values; a key that does not exist is not an error."""
        rows = ((table, key) for key in keys)
        with _converted_errors(self.path):
            self.connection.executemany("DELETE FROM entries WHERE name = ? AND key = ?", rows)

    def erase_dropped(self) -> None:
        """Write the file again when it is closed, so that nothing is left of what was dropped.

        SQLite overwrites what is deleted, but not the copies that it left where it moved values.
        If this run is killed, the next one writes the file again.
        """
        self.put(_TO_ERASE, [(_TO_ERASE, b"1")])

    def retain(self, table: str, keys: Iterable[str]) -> None:
        """Delete all values of a table except these."""
        wanted = set(keys)
        self.drop(table, [key for key in self.keys(table) if key not in wanted])


def checksum(table: str, key: str, value: bytes) -> int:
    """Return the checksum of a value, by which damage is noticed; that of 1 MB takes 1 ms."""
    return zlib.crc32(value, zlib.crc32(key.encode(), zlib.crc32(table.encode())))


@contextmanager
def open_database(path: Path) -> Iterator[Database]:
    """Open the database at a path; create it where there is none that can be used.

    The caller must hold the project lock (`files.project_lock`): two runs would wait for each
    other. Raises OSError if the disk is full or read-only, and DamagedError if a value that is read
    turns out to be damaged; then the file is deleted, and the next `was_reset` says so.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    _require_rights(path)
    try:
        with _converted_errors(path):
            connection = _open_checked(path)
            was_reset = connection is None
            if connection is None:
                _remove(path)
                connection = _create(path)
            with closing(connection):
                database = Database(path, connection, was_reset=was_reset)
                try:
                    yield database
                finally:
                    connection.commit()
                    _erase_dropped(database)
    except DamagedError:
        discard(path)
        raise
    with suppress(OSError):  # without this marker the next run checks the whole file
        _checked_marker(path).unlink(missing_ok=True)
        _checked_marker(path).write_text(repr(file_stat(path)))


def _erase_dropped(database: Database) -> None:
    """Write the file again if `erase_dropped` was called, in this run or one that was killed."""
    if database.get(_TO_ERASE, _TO_ERASE):
        database.connection.execute("VACUUM")
        database.drop(_TO_ERASE, [_TO_ERASE])
        database.connection.commit()


def repaired(task: Callable[[], R]) -> R:
    """Return what a task returns that opens a database; run it once more if that was damaged."""
    try:
        return task()
    except DamagedError:
        return task()


def discard(path: Path) -> None:
    """Delete a database, and leave an empty file, so that the next `was_reset` is true."""
    _remove(path)
    path.write_bytes(b"")


@contextmanager
def open_readonly(path: Path) -> Iterator[Database]:
    """Open the database read-only while another process writes; it shows committed values."""
    with _converted_errors(path), closing(_connected(path, "ro")) as connection:
        yield Database(path, connection, was_reset=False)


@contextmanager
def open_existing(path: Path) -> Iterator[Database]:
    """Open a database to read from it, whether or not it is open elsewhere.

    Nothing is created, repaired or checked as a whole. Raises OSError if it cannot be read.
    """
    # SQLite creates files beside a read-only one, which later runs could not write.
    if not path.is_file() or not os.access(path, os.R_OK | os.W_OK):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    # With mode=ro, SQLite could not remove the files that it creates beside this one.
    with _converted_errors(path), closing(_connected(path, "rw")) as connection:
        yield Database(path, connection, was_reset=False)


def peek(path: Path, table: str, key: str) -> bytes | None:
    """Return one value of a database, or None if it cannot be read."""
    try:
        with open_existing(path) as database:
            return database.get(table, key)
    except OSError:
        return None


def _connected(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=_LOCK_TIMEOUT
    )


_SYSTEM_ERRORS = frozenset(
    {
        *(sqlite3.SQLITE_PERM, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM),
        *(sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_IOERR),
        *(sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_AUTH),
        sqlite3.SQLITE_PROTOCOL,
    }
)
"""SQLite's errors about the disk, rights or other programs; all others mean a damaged file.

SQLite also reports a damaged file as read-only; the rights are checked before it is opened.
"""


@contextmanager
def _converted_errors(path: Path) -> Iterator[None]:
    """Raise OSError or DamagedError instead of SQLite's own errors."""
    try:
        yield
    except sqlite3.ProgrammingError:  # a bug of this module
        raise
    except UnicodeDecodeError as error:  # SQLite quotes the damaged file in its message
        raise _damaged(path) from error
    except sqlite3.Error as error:
        if _kind(error) not in _SYSTEM_ERRORS:
            raise _damaged(path) from error
        busy = _kind(error) == sqlite3.SQLITE_BUSY
        message = "another program has locked this file" if busy else str(error)
        raise OSError(errno.EIO, message, str(path)) from error


def _damaged(path: Path) -> DamagedError:
    return DamagedError(errno.EIO, "this file is damaged: build again", str(path))


def _kind(error: sqlite3.Error) -> int:
    """Return SQLite's primary error code; 0 if Python raised the error."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _require_rights(path: Path) -> None:
    """Raise PermissionError if a database may not be written, before SQLite opens it.

    SQLite would open it read-only, and create files beside it with the same rights, which would
    stop every later run. Such files of an earlier run get their rights back.
    """
    for required in (path.parent, path):
        if required.exists() and not os.access(required, os.R_OK | os.W_OK):
            message = "reading and writing is not permitted"
            raise PermissionError(errno.EACCES, message, str(required))
    for log in _log_files(path):
        if log.exists() and not os.access(log, os.R_OK | os.W_OK):
            try:
                log.chmod(0o600)
            except PermissionError:
                log.unlink()


def _prepare(connection: sqlite3.Connection) -> None:
    connection.executescript(_PRAGMAS)
    with suppress(sqlite3.OperationalError):  # a file system may have no shared memory
        connection.execute(_WRITE_AHEAD_LOG)


def _create(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_LOCK_TIMEOUT)
    _prepare(connection)
    connection.executescript(_SCHEMA)
    return connection


def _open_checked(path: Path) -> sqlite3.Connection | None:
    """Open the existing file, or create one; None if it is damaged or not ours."""
    if not path.exists():
        return _create(path)
    if not path.is_file():
        return None
    connection = sqlite3.connect(path, timeout=_LOCK_TIMEOUT)
    try:
        _prepare(connection)
        pragmas = ["application_id", "user_version"]
        state: list[Any] = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas]
        if state == [_APPLICATION_ID, _FORMAT] and not _is_intact(path):
            # `quick_check` would not check the index.
            state += connection.execute("PRAGMA integrity_check(1)").fetchone()
            state += ["wrong"] * _has_wrong_value(connection)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        if isinstance(error, sqlite3.Error) and _kind(error) in _SYSTEM_ERRORS:  # a full disk
            connection.close()
            raise
        state = []
    if state in ([_APPLICATION_ID, _FORMAT], [_APPLICATION_ID, _FORMAT, "ok"]):
        return connection
    connection.close()
    return None


def _has_wrong_value(connection: sqlite3.Connection) -> bool:
    """Whether any value is not what was put in; SQLite checks only the structure of the file."""
    query = "SELECT CAST(name AS BLOB), CAST(key AS BLOB), value, checksum FROM entries"
    return any(
        not (isinstance(name, bytes) and isinstance(key, bytes) and isinstance(value, bytes))
        or zlib.crc32(value, zlib.crc32(key, zlib.crc32(name))) != checksum
        for name, key, value, checksum in connection.execute(query)
    )


def _log_files(path: Path) -> Iterator[Path]:
    """Yield the paths of the files that SQLite creates beside a database."""
    yield from (path.with_name(f"{path.name}-{suffix}") for suffix in ("wal", "shm"))


def _remove(path: Path) -> None:
    """Remove a database, or a folder at its path, with the files that SQLite created beside it."""
    for existing in (path, *_log_files(path)):
        if existing.is_dir() and not existing.is_symlink():
            shutil.rmtree(existing)
        else:
            existing.unlink(missing_ok=True)


def _checked_marker(path: Path) -> Path:
    """Return the path of the file that holds the state of a database that was closed in order."""
    return path.with_suffix(".sound")


def _is_intact(path: Path) -> bool:
    """Whether the file was not modified since it was closed; a check of all of it takes long."""
    try:
        return _checked_marker(path).read_text() == repr(file_stat(path))
    except (OSError, UnicodeDecodeError):
        return False
