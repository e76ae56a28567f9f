"""Errors of SQLite: those of the disk, rights or other programs, and those of a damaged file."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec


class DamagedError(OSError):
    """A value is damaged or missing; the file was deleted, and `repaired` starts again."""


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
def converted_errors(path: Path) -> Iterator[None]:
    """Raise OSError or DamagedError instead of SQLite's own errors.

    A value that cannot be decoded counts as damaged: another version of the program wrote it.
    """
    try:
        yield
    except sqlite3.ProgrammingError:  # a bug of ours
        raise
    except (UnicodeDecodeError, msgspec.DecodeError) as error:  # SQLite's message quotes the file
        raise damaged(path) from error
    except sqlite3.Error as error:
        if not is_system_error(error):
            raise damaged(path) from error
        busy = _kind(error) == sqlite3.SQLITE_BUSY
        message = "another program has locked this file" if busy else str(error)
        raise OSError(errno.EIO, message, str(path)) from error


def damaged(path: Path) -> DamagedError:
    """Return the error that a database is damaged."""
    return DamagedError(errno.EIO, "this file is damaged: build again", str(path))


def is_system_error(error: sqlite3.Error) -> bool:
    """Whether an error is about the disk, rights or another program, and not about the file."""
    return _kind(error) in _SYSTEM_ERRORS


def _kind(error: sqlite3.Error) -> int:
    """Return SQLite's primary error code; 0 if Python raised the error."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
