"""The file of the build database: opened for a run, checked, and replaced if it cannot be used.

A file that is damaged, or that was written by another program or for another format, is deleted and
created again.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from generator.engine.checked_rows import LentConnection
from generator.engine.database import LOCK_TIMEOUT, Database
from generator.engine.database_errors import DamagedError, converted_errors, is_system_error
from generator.files.file_stats import file_stat

R = TypeVar("R")

_APPLICATION_ID = 0x5EEDBED
"""SQLite's `application_id` of our files."""

_FORMAT = 16
"""Increased when the schema below, or the meaning of a table, changes."""

_PRAGMAS = """
PRAGMA page_size = 32768;  -- of a new file; values of 10 kB are written in half the time
PRAGMA synchronous = OFF;  -- what a power failure loses is built again
PRAGMA secure_delete = ON;  -- withdrawn texts must not stay in free pages of the file
"""

_WRITE_AHEAD_LOG = "PRAGMA journal_mode = WAL"
"""Lets workers read while the parent writes; the log is removed when the last one has closed."""

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
        with converted_errors(path):
            connection = _open_checked(path)
            was_reset = connection is None
            if connection is None:
                _remove(path)
                connection = _create(path)
            with closing(connection), ThreadPoolExecutor(1) as thread:
                database = Database(path, LentConnection(connection, thread), was_reset=was_reset)
                try:
                    yield database
                finally:
                    database.close_in_order()
    except DamagedError:
        _discard(path)
        raise
    with suppress(OSError):  # without this marker the next run checks the whole file
        _checked_marker(path).unlink(missing_ok=True)
        _checked_marker(path).write_text(repr(file_stat(path)))


def repaired(task: Callable[[], R]) -> R:
    """Return what a task returns that opens a database; run it once more if that was damaged."""
    try:
        return task()
    except DamagedError:
        return task()


def _discard(path: Path) -> None:
    """Delete a database, and leave an empty file, so that the next `was_reset` is true."""
    _remove(path)
    path.write_bytes(b"")


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
    connection = sqlite3.connect(path, timeout=LOCK_TIMEOUT, check_same_thread=False)
    _prepare(connection)
    connection.executescript(_SCHEMA)
    return connection


def _open_checked(path: Path) -> sqlite3.Connection | None:
    """Open the existing file, or create one; None if it is damaged or not ours."""
    if not path.exists():
        return _create(path)
    if not path.is_file():
        return None
    connection = sqlite3.connect(path, timeout=LOCK_TIMEOUT, check_same_thread=False)
    try:
        _prepare(connection)
        pragmas = ["application_id", "user_version"]
        state: list[Any] = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas]
        if state == [_APPLICATION_ID, _FORMAT] and not _is_intact(path):
            # `quick_check` would not check the index.
            state += connection.execute("PRAGMA integrity_check(1)").fetchone()
            state += ["wrong"] * _has_wrong_value(connection)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        if isinstance(error, sqlite3.Error) and is_system_error(error):  # a full disk
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
