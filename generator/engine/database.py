"""What earlier runs found out: values by key in one SQLite file, safe to delete at any time.

A value is bytes; what they mean, and which version of what made them, is in the key or in the
value, and is the business of whoever put it there. A file that is damaged, or that another
version of this module or another program made, is dropped and begun anew. Every value is held
against its checksum when it is read, so that nothing is taken for true that nobody put in.
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

from generator.files.snapshot import signature

R = TypeVar("R")

_OURS = 0x5EEDBED
"""SQLite's `application_id` of our files."""

_FORMAT = 9
"""Raised when the table below, or the meaning of a shelf, changes."""

_PRAGMAS = """
PRAGMA synchronous = OFF;  -- what is lost when the machine loses power is made again
PRAGMA secure_delete = ON;  -- what people withdrew stays in no corner of the file
"""

_LOG = "PRAGMA journal_mode = WAL"
"""Workers read while the parent writes; the log is gone when the last one has closed."""

_PATIENCE = 60.0
"""Seconds; where a file system knows no shared memory, readers and the writer take turns."""

_TOGETHER = 256
"""Values that are fetched at once, a third of the time of one by one."""

_SCHEMA = f"""
BEGIN;  -- what says that the file is ours comes with the table, or not at all
PRAGMA application_id = {_OURS};
PRAGMA user_version = {_FORMAT};
CREATE TABLE IF NOT EXISTS kept (
    shelf TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, checksum INTEGER NOT NULL,
    PRIMARY KEY (shelf, key)
);
COMMIT;
"""

_ROWS = "SELECT shelf, key, value, checksum FROM kept WHERE shelf = ?"


class DamagedError(OSError):
    """Raised when a cache holds what nobody put in; it is dropped, and `repaired` begins anew."""


class Database:
    """An open cache. What was put in is kept however the block ends that opened it.

    Every method raises DamagedError when the file turns out to be damaged.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, *, dropped: bool) -> None:
        self.path = path
        self._connection = connection
        self.was_reset = dropped
        """Whether something lay there that could not be used, and is gone."""

    def get(self, table: str, key: str) -> bytes | None:
        """Give one value."""
        query = f"{_ROWS} AND key = ?"
        with _told(self.path):
            row = self._connection.execute(query, (table, key)).fetchone()
        return self._sound(row)[1] if row else None

    def need(self, table: str, key: str) -> bytes:
        """Return a value that was put in before; raises DamagedError where it is missing."""
        found = self.get(table, key)
        if found is None:
            raise _damaged(self.path)
        return found

    def items(self, table: str) -> Iterator[tuple[str, bytes]]:
        """Give all keys of a shelf with their values, ordered by key."""
        yield from self._rows(f"{_ROWS} ORDER BY key", (table,))

    def get_many(self, table: str, keys: Iterable[str]) -> Iterator[bytes]:
        """Give the values of keys that must be there, in the order in which they are asked for."""
        stream = iter(keys)
        while some := list(islice(stream, _TOGETHER)):
            marks = ", ".join("?" * len(some))
            found = dict(self._rows(f"{_ROWS} AND key IN ({marks})", (table, *some)))
            if not found.keys() >= set(some):
                raise _damaged(self.path)
            yield from (found[key] for key in some)

    def keys(self, table: str) -> list[str]:
        """Give all keys of a shelf."""
        with _told(self.path):
            found = self._connection.execute("SELECT key FROM kept WHERE shelf = ?", (table,))
            return [key for (key,) in found]

    def put(self, table: str, items: Iterable[tuple[str, bytes]]) -> None:
        """Put values in, each in the place of what was there under its key."""
        rows = ((table, key, value, _checksum(table, key, value)) for key, value in items)
        with _told(self.path):
            self._connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", rows)

    def _rows(self, query: str, values: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
        """Yield the key and the value of every row that a query finds, and that is sound."""
        with _told(self.path):
            yield from map(self._sound, self._connection.execute(query, values))

    def _sound(self, row: tuple[object, object, object, object]) -> tuple[str, bytes]:
        """Return the key and the value of a row; raises DamagedError when they are not sound."""
        shelf, key, value, checksum = row
        if (
            not isinstance(shelf, str)
            or not isinstance(key, str)
            or not isinstance(value, bytes)
            or _checksum(shelf, key, value) != checksum
        ):
            raise _damaged(self.path)
        return key, value

    def commit(self) -> None:
        """Let other processes see what was put in."""
        with _told(self.path):
            self._connection.commit()

    def drop(self, table: str, keys: Iterable[str]) -> None:
        """Take values out; a key that is not there is no error."""
        rows = ((table, key) for key in keys)
        with _told(self.path):
            self._connection.executemany("DELETE FROM kept WHERE shelf = ? AND key = ?", rows)

    def retain(self, table: str, keys: Iterable[str]) -> None:
        """Take out all values of a shelf but these."""
        wanted = set(keys)
        self.drop(table, [key for key in self.keys(table) if key not in wanted])


@contextmanager
def open_database(path: Path) -> Iterator[Database]:
    """Open the cache at a path, new where there is none that can be used.

    Whoever opens it holds the project (`store.locked`): two runs would wait for each other.
    Raises OSError when the disk is full or may not be written to, and DamagedError when what is
    read turns out to be damaged; then the cache is dropped, and the next one to open it is told.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    _require_rights(path)
    try:
        with _told(path):
            connection = _open_checked(path)
            dropped = connection is None
            if connection is None:
                _remove(path)
                connection = _create(path)
            with closing(connection):
                try:
                    yield Database(path, connection, dropped=dropped)
                finally:
                    connection.commit()
    except DamagedError:
        discard(path)
        raise
    with suppress(OSError):  # without this note all of it is looked through next time
        _checked_marker(path).unlink(missing_ok=True)
        _checked_marker(path).write_text(repr(signature(path)))


def repaired(task: Callable[[], R]) -> R:
    """Do something that opens a cache, and do it again from scratch where that was damaged."""
    try:
        return task()
    except DamagedError:
        return task()


def discard(path: Path) -> None:
    """Drop a cache, and leave an empty file, by which the next one to open it knows of that."""
    _remove(path)
    path.write_bytes(b"")


@contextmanager
def open_readonly(path: Path) -> Iterator[Database]:
    """Read in a cache that another process has open; what is not committed is not seen."""
    with _told(path), closing(_connected(path, "ro")) as connection:
        yield Database(path, connection, dropped=False)


def peek(path: Path, table: str, key: str) -> bytes | None:
    """Give one value of a cache that nobody has open; None when there is none to be had.

    Nothing is made, mended or looked through.
    """
    # SQLite lays files beside one that it may only read, and nobody can write them later.
    if not path.is_file() or not os.access(path, os.R_OK | os.W_OK):
        return None
    try:
        # Who may only read cannot take away the files that SQLite lays beside this one.
        with closing(_connected(path, "rw")) as connection:
            return Database(path, connection, dropped=False).get(table, key)
    except (sqlite3.Error, DamagedError, UnicodeDecodeError):
        return None


def _connected(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=_PATIENCE)


_OF_THE_SYSTEM = frozenset(
    {
        *(sqlite3.SQLITE_PERM, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM),
        *(sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_IOERR),
        *(sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_AUTH),
        sqlite3.SQLITE_PROTOCOL,
    }
)
"""What SQLite says of the disk, of rights, or of other programs; all else it says of the file.

It also takes a damaged file for one that may only be read; whether we may write it is known before.
"""


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Raise OSError, or DamagedError, for what SQLite says of a file."""
    try:
        yield
    except sqlite3.ProgrammingError:  # a fault of ours
        raise
    except UnicodeDecodeError as error:  # SQLite quotes the file in what it says of it
        raise _damaged(path) from error
    except sqlite3.Error as error:
        if _kind(error) not in _OF_THE_SYSTEM:
            raise _damaged(path) from error
        busy = _kind(error) == sqlite3.SQLITE_BUSY
        message = (
            "another program holds this file and does not let go of it" if busy else str(error)
        )
        raise OSError(errno.EIO, message, str(path)) from error


def _damaged(path: Path) -> DamagedError:
    return DamagedError(errno.EIO, "this is damaged: build again", str(path))


def _kind(error: sqlite3.Error) -> int:
    """Give SQLite's own number of an error, without what it says besides; 0 if Python raised it."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _require_rights(path: Path) -> None:
    """Raise PermissionError where a cache may not be written, before SQLite opens it.

    SQLite would open it to be read, and give the files that it lays beside it the same rights;
    these would stop every later run. Such files of an earlier run get their rights back.
    """
    for needed in (path.parent, path):
        if needed.exists() and not os.access(needed, os.R_OK | os.W_OK):
            told = "this may not be read and written"
            raise PermissionError(errno.EACCES, told, str(needed))
    for beside in _beside(path):
        if beside.exists() and not os.access(beside, os.R_OK | os.W_OK):
            try:
                beside.chmod(0o600)
            except PermissionError:
                beside.unlink()


def _prepare(connection: sqlite3.Connection) -> None:
    connection.executescript(_PRAGMAS)
    with suppress(sqlite3.OperationalError):  # a file system may have no shared memory
        connection.execute(_LOG)


def _create(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_PATIENCE)
    _prepare(connection)
    connection.executescript(_SCHEMA)
    return connection


def _open_checked(path: Path) -> sqlite3.Connection | None:
    """Open what lies there, or begin it; None when it is damaged or not ours."""
    if not path.exists():
        return _create(path)
    if not path.is_file():
        return None
    connection = sqlite3.connect(path, timeout=_PATIENCE)
    try:
        _prepare(connection)
        questions = ["application_id", "user_version"]
        found: list[Any] = [connection.execute(f"PRAGMA {one}").fetchone()[0] for one in questions]
        if found == [_OURS, _FORMAT] and not _is_intact(path):
            # The quick check does not look at the index.
            found += connection.execute("PRAGMA integrity_check(1)").fetchone()
            found += ["wrong"] * _is_wrong(connection)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        if isinstance(error, sqlite3.Error) and _kind(error) in _OF_THE_SYSTEM:  # a full disk
            connection.close()
            raise
        found = []
    if found in ([_OURS, _FORMAT], [_OURS, _FORMAT, "ok"]):
        return connection
    connection.close()
    return None


def _is_wrong(connection: sqlite3.Connection) -> bool:
    """Tell whether any value is not what was put in: SQLite itself looks at the tables only."""
    query = "SELECT CAST(shelf AS BLOB), CAST(key AS BLOB), value, checksum FROM kept"
    return any(
        not all(isinstance(part, bytes) for part in row[:3]) or _sum(*row[:3]) != row[3]
        for row in connection.execute(query)
    )


def _checksum(table: str, key: str, value: bytes) -> int:
    return _sum(table.encode(), key.encode(), value)


def _sum(shelf: bytes, key: bytes, value: bytes) -> int:
    return zlib.crc32(value, zlib.crc32(key, zlib.crc32(shelf)))


def _beside(path: Path) -> Iterator[Path]:
    """Give the files that SQLite lays beside a cache."""
    yield from (path.with_name(f"{path.name}-{suffix}") for suffix in ("wal", "shm"))


def _remove(path: Path) -> None:
    """Remove a cache, or what was put in its place, with what SQLite keeps beside it."""
    for place in (path, *_beside(path)):
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        else:
            place.unlink(missing_ok=True)


def _checked_marker(path: Path) -> Path:
    """Give the file that says how the cache lay there when it was closed in order."""
    return path.with_suffix(".sound")


def _is_intact(path: Path) -> bool:
    """Tell whether nothing touched the cache since then: to look at all of it takes long."""
    try:
        return _checked_marker(path).read_text() == repr(signature(path))
    except (OSError, UnicodeDecodeError):
        return False
