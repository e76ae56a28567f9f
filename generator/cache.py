"""What earlier runs found out: values by key in one SQLite file, safe to delete at any time.

A value is bytes; what they mean, and which version of what made them, is in the key or in the
value, and is the business of whoever put it there. A file that is damaged, or that another
version of this module or another program made, is dropped and begun anew.
"""

from __future__ import annotations

import errno
import hashlib
import os
import sqlite3
import stat
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import cache as once
from functools import cached_property
from importlib.metadata import distributions
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import msgspec

_OURS = 0x5EEDBED
"""SQLite's `application_id` of our files."""

_FORMAT = 7
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
"""Values that are fetched at once, a third of the time of one by one; files described at once."""

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

Mark = tuple[int, int, int]
"""A file's time in nanoseconds, its size and its rights."""


class Signature(NamedTuple):
    """By what a file is known to be as it was without reading it, as git's index does it."""

    modified: int
    """In nanoseconds."""
    size: int


class Cache:
    """An open cache. What was put in is kept however the block ends that opened it."""

    def __init__(self, path: Path, connection: sqlite3.Connection, *, dropped: bool) -> None:
        self.path = path
        self._connection = connection
        self.dropped = dropped
        """Whether something lay there that could not be used, and is gone."""

    def get(self, shelf: str, key: str) -> bytes | None:
        """Give one value."""
        found = self._connection.execute(
            "SELECT value FROM kept WHERE shelf = ? AND key = ?", (shelf, key)
        ).fetchone()
        return bytes(found[0]) if found else None

    def items(self, shelf: str) -> Iterator[tuple[str, bytes]]:
        """Give all keys of a shelf with their values, ordered by key."""
        yield from self._connection.execute(
            "SELECT key, value FROM kept WHERE shelf = ? ORDER BY key", (shelf,)
        )

    def several(self, shelf: str, keys: Iterable[str]) -> Iterator[bytes]:
        """Give the values of keys that are there, in the order in which they are asked for."""
        stream = iter(keys)
        while some := list(islice(stream, _TOGETHER)):
            marks = ", ".join("?" * len(some))
            found = dict(
                self._connection.execute(
                    f"SELECT key, value FROM kept WHERE shelf = ? AND key IN ({marks})",  # noqa: S608
                    (shelf, *some),
                )
            )
            yield from (found[key] for key in some)

    def keys(self, shelf: str) -> list[str]:
        """Give all keys of a shelf."""
        found = self._connection.execute("SELECT key FROM kept WHERE shelf = ?", (shelf,))
        return [key for (key,) in found]

    def put(self, shelf: str, items: Iterable[tuple[str, bytes]]) -> None:
        """Put values in, each in the place of what was there under its key."""
        self._connection.executemany(
            "INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)",
            ((shelf, key, value, _checksum(key.encode(), value)) for key, value in items),
        )

    def commit(self) -> None:
        """Let other processes see what was put in."""
        self._connection.commit()

    def drop(self, shelf: str, keys: Iterable[str]) -> None:
        """Take values out; a key that is not there is no error."""
        self._connection.executemany(
            "DELETE FROM kept WHERE shelf = ? AND key = ?", ((shelf, key) for key in keys)
        )

    def keep_only(self, shelf: str, keys: Iterable[str]) -> None:
        """Take out all values of a shelf but these."""
        wanted = set(keys)
        self.drop(shelf, [key for key in self.keys(shelf) if key not in wanted])


@contextmanager
def opened(path: Path) -> Iterator[Cache]:
    """Open the cache at a path, new where there is none that can be used.

    Whoever opens it holds the project (`store.locked`): two runs would wait for each other.
    Raises OSError when the disk is full or may not be written to.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        connection = _usable(path)
        dropped = connection is None
        if connection is None:
            _remove(path)
            connection = _begun(path)
        with closing(connection):
            try:
                yield Cache(path, connection, dropped=dropped)
            finally:
                connection.commit()
        with suppress(OSError):  # without this note all of it is looked through next time
            _sound(path).write_text(repr(signature(path)))
    except sqlite3.Error as error:
        told = str(error)
        if _kind(error) == sqlite3.SQLITE_CORRUPT:
            _remove(path)
            told = "this was damaged, and is removed: do the same once more"
        elif _kind(error) == sqlite3.SQLITE_BUSY:
            told = "another program holds this file and does not let go of it"
        raise OSError(errno.EIO, told, str(path)) from error


@contextmanager
def looked_into(path: Path) -> Iterator[Cache]:
    """Read in a cache that another process has open; what is not committed is not seen."""
    with closing(_connected(path, "ro")) as connection:
        yield Cache(path, connection, dropped=False)


def glance(path: Path, shelf: str, key: str) -> bytes | None:
    """Give one value of a cache that nobody has open; None when there is none to be had.

    Nothing is made, mended or looked through.
    """
    if not path.is_file():
        return None
    try:
        # Who may only read cannot take away the files that SQLite lays beside this one.
        with closing(_connected(path, "rw")) as connection:
            return Cache(path, connection, dropped=False).get(shelf, key)
    except sqlite3.Error:
        return None


def _connected(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=_PATIENCE)


@once
def program() -> str:
    """Give a digest of this program: every file of it, and the version of every package.

    It is taken once: what was loaded runs on, whatever becomes of its files.
    """
    versions = sorted(f"{package.name} {package.version}" for package in distributions())
    found = hashlib.sha256(f"{sys.version} {versions}".encode())
    folder = Path(__file__).parent
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            found.update(f"{path.relative_to(folder).as_posix()} {path.stat().st_size} ".encode())
            found.update(path.read_bytes())
    return found.hexdigest()


@dataclass(frozen=True)
class Tree:
    """A folder as it lay there when it was walked."""

    files: Mapping[str, Mark]
    """Every file's path below the folder; links are not followed."""
    folders: frozenset[str]
    """Every folder's path below it."""
    place: str = ""
    """Where the folder lies."""

    def signature(self, path: str) -> Signature | None:
        """Give a file's signature; None when there is no such file to be read."""
        found = self.files.get(path)
        return Signature(found[0], found[1]) if found and found[2] & stat.S_IRUSR else None

    def again(self, paths: Iterable[str]) -> Tree:
        """Look once more at these files; all others are as they were."""
        files, below = dict(self.files), set(self.folders)
        for path in paths:
            above = [folder.as_posix() for folder in Path(path).parents][:-1]
            try:
                files[path] = _mark(os.lstat(Path(self.place, path)))
                below.update(above)
            except (FileNotFoundError, NotADirectoryError):
                files.pop(path, None)
                below -= {one for one in above if not Path(self.place, one).is_dir()}
        return Tree(files, frozenset(below), self.place)

    @cached_property
    def digest(self) -> str:
        """The same for the same folder, another one when anything in it was touched."""
        found, paths = hashlib.sha256(), iter(sorted(self.files))
        while some := tuple(islice(paths, _TOGETHER)):
            told = os.fsencode("\0".join(some)), [self.files[path] for path in some]
            found.update(msgspec.msgpack.encode(told))
        found.update(msgspec.msgpack.encode(os.fsencode("\0".join(sorted(self.folders)))))
        return found.hexdigest()


UNSEEN = Tree({}, frozenset())
"""A folder of which nothing is known."""


def walk(folder: Path, seen: Tree = UNSEEN) -> Tree:
    """Look at every file below a folder, without reading any; no folder is an empty one.

    A folder that was `seen` already is not looked at again. Raises PermissionError where nobody
    may look.
    """
    if seen.place == str(folder):
        return seen
    tree, closed = _walked(folder)
    for error in closed.values():
        raise error
    return tree


def _walked(folder: Path) -> tuple[Tree, dict[str, PermissionError]]:
    """Give the folders into which nobody may look, too."""
    files: dict[str, Mark] = {}
    below: set[str] = set()
    closed: dict[str, PermissionError] = {}
    waiting = [(str(folder), "")]
    while waiting:
        place, prefix = waiting.pop()
        try:
            entries = os.scandir(place)
        except FileNotFoundError:
            continue
        except PermissionError as error:
            closed[prefix.rstrip("/")] = error
            continue
        for entry in entries:
            path = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                below.add(path)
                waiting.append((entry.path, f"{path}/"))
                continue
            try:
                files[path] = _mark(entry.stat(follow_symlinks=False))
            except FileNotFoundError:  # it went while we walked
                continue
            except PermissionError as error:
                closed[path] = error
    return Tree(files, frozenset(below), str(folder)), closed


def _mark(status: os.stat_result) -> Mark:
    return status.st_mtime_ns, status.st_size, status.st_mode


def tree(folder: Path) -> str:
    """Give a digest of a folder: every file's path, signature and rights; links not followed."""
    return walk(folder).digest


def signature(path: Path | str) -> Signature | None:
    """Give a file's signature; None when there is no such file to be read."""
    try:
        status = os.stat(path)  # noqa: PTH116  (a path made of text costs a tenth)
    except (FileNotFoundError, NotADirectoryError):
        return None
    readable = status.st_mode & stat.S_IRUSR
    return Signature(status.st_mtime_ns, status.st_size) if readable else None


def mark(path: Path) -> Mark | None:
    """Give a file's mark; None when there is no such file, or nobody may look at it."""
    try:
        return _mark(os.lstat(path))
    except OSError:
        return None


_DAMAGE = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
"""What SQLite says of a file that another program made, or that is damaged."""


def _kind(error: sqlite3.Error) -> int:
    """Give SQLite's own number of an error, without what it says besides; 0 if Python raised it."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _prepare(connection: sqlite3.Connection) -> None:
    connection.executescript(_PRAGMAS)
    with suppress(sqlite3.OperationalError):  # a file system may have no shared memory
        connection.execute(_LOG)


def _begun(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_PATIENCE)
    _prepare(connection)
    connection.executescript(_SCHEMA)
    return connection


def _usable(path: Path) -> sqlite3.Connection | None:
    """Open what lies there, or begin it; None when it is damaged or not ours."""
    if not path.exists():
        return _begun(path)
    connection = sqlite3.connect(path, timeout=_PATIENCE)
    try:
        _prepare(connection)
        questions = ["application_id", "user_version"]
        found = [connection.execute(f"PRAGMA {one}").fetchone()[0] for one in questions]
        if not _is_sound(path):
            found += connection.execute("PRAGMA quick_check(1)").fetchone()
            found += ["wrong"] * _is_wrong(connection)
    except sqlite3.DatabaseError as error:
        if _kind(error) not in _DAMAGE:  # a full disk is none
            connection.close()
            raise
        found = []
    if found in ([_OURS, _FORMAT], [_OURS, _FORMAT, "ok"]):
        return connection
    connection.close()
    return None


def _is_wrong(connection: sqlite3.Connection) -> bool:
    """Tell whether any value is not what was put in: SQLite itself looks at the tables only."""
    rows = connection.execute("SELECT CAST(key AS BLOB), value, checksum FROM kept")
    return any(_checksum(key, value) != checksum for key, value, checksum in rows)


def _checksum(key: bytes, value: bytes) -> int:
    return zlib.crc32(value, zlib.crc32(key))


def _remove(path: Path) -> None:
    """Remove a cache, with what SQLite keeps beside it."""
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        path.with_name(name).unlink(missing_ok=True)


def _sound(path: Path) -> Path:
    """Give the file that says how the cache lay there when it was closed in order."""
    return path.with_suffix(".sound")


def _is_sound(path: Path) -> bool:
    """Tell whether nothing touched the cache since then: to look at all of it takes long."""
    try:
        return _sound(path).read_text() == repr(signature(path))
    except (OSError, UnicodeDecodeError):
        return False
