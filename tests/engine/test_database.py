"""What earlier runs found out is given back as it was put in, or not at all."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest

from generator.engine.checked_rows import CheckedRow, checked_rows
from generator.engine.database import open_readonly, peek
from generator.engine.database_errors import DamagedError
from generator.engine.database_file import open_database
from generator.files.file_stats import file_stat
from generator.pipeline.generate import generate
from generator.publishing import mkdocs_build
from generator.publishing.publish import publish
from tests.publishing.test_rendering import alone
from tests.support import make_project, tree

TABLES = ("seeds", "pages", "run")
VALUES = {f"documents/{number}/ü": bytes(range(number, 200)) * 3 for number in range(60)}


def filled(path: Path) -> bytes:
    """Make a cache with some values, and return its bytes."""
    with open_database(path) as database:
        for table in TABLES:
            database.put(table, VALUES.items())
    return path.read_bytes()


def read(path: Path) -> None:
    """Read all values in every way, each of which must be what was put in."""
    with open_database(path) as database:
        if database.was_reset:
            assert [database.keys(table) for table in TABLES] == [[], [], []]
            return
        for table in TABLES:
            assert dict(database.items(table)).items() <= VALUES.items()
            assert list(database.get_many(table, VALUES)) == list(VALUES.values())
            assert {key: database.need(table, key) for key in VALUES} == VALUES
            database.put(table, [("new", b"new")])
            database.drop(table, ["new", *database.keys(table)])


def test_values_saved_while_the_caller_goes_on_are_there_for_all(tmp_path: Path) -> None:
    """Whatever is asked next waits for them; they are committed, so other processes see them."""
    path, items = tmp_path / "cache.sqlite", [*VALUES.items()]
    with open_database(path) as database:
        for start in range(0, len(items), 7):
            database.save([*checked_rows("seeds", items[start : start + 7])])
            assert {*database.keys("seeds")} == {key for key, _ in items[: start + 7]}
        database.save([*checked_rows("pages", items * 3)])
        assert dict(database.items("pages")) == VALUES
        with open_readonly(path) as other:
            assert dict(other.items("pages")) == dict(other.items("seeds")) == VALUES
        database.save([*checked_rows("run", items)])
    read(path)


@pytest.mark.parametrize("asked", [True, False])
def test_values_that_cannot_be_saved_are_an_error(tmp_path: Path, *, asked: bool) -> None:
    """When something is asked next, or else when the database is closed."""
    path, reached = tmp_path / "cache.sqlite", list[bool]()

    def save_and_ask() -> None:
        with open_database(path) as database:
            database.save([CheckedRow("seeds", "key", cast("bytes", None), 0)])
            if asked:
                database.get("seeds", "key")
            reached.append(True)

    with pytest.raises(DamagedError):
        save_and_ask()
    assert bool(reached) is not asked
    with open_database(path) as database:
        assert database.was_reset


@pytest.mark.parametrize("noticed", [True, False])
def test_damage_is_noticed_when_it_is_read_or_before(tmp_path: Path, *, noticed: bool) -> None:
    """Any byte may be another one, with or without another time of the file; then all is new."""
    path, chance = tmp_path / "cache.sqlite", random.Random(7)
    whole = filled(path)
    before, note = path.stat().st_mtime_ns, path.with_suffix(".sound").read_text()
    damaged = 0
    for number in range(150):
        data = bytearray(whole)
        for _ in range(chance.choice([1, 1, 3, 40])):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data[: chance.randrange(len(data))] if number % 10 == 9 else data)
        if not noticed:
            os.utime(path, ns=(before, before))
            path.with_suffix(".sound").write_text(note)
        value = peek(path, "run", "documents/7/ü")
        assert value in {None, VALUES["documents/7/ü"]}
        try:
            read(path)
        except DamagedError:
            damaged += 1
            with open_database(path) as database:
                assert database.was_reset
        with open_database(path) as database:
            database.put("run", [("key", b"value")])
        with open_database(path) as database:
            assert database.get("run", "key") == b"value"
            assert not database.was_reset
    assert bool(damaged) != noticed, "who looks through it all finds the damage before"


def _folder(path: Path) -> None:
    path.mkdir()
    (path / "file").write_text("x")


def _index(path: Path) -> None:
    filled(path)
    data = path.read_bytes()
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT rootpage FROM sqlite_master WHERE type = 'index'"
        (page,) = connection.execute(query).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    start = data.index(b"documents/", (page - 1) * size)
    path.write_bytes(data[: start + 3] + b"\xff" + data[start + 4 :])


def _schema(path: Path) -> None:
    data = filled(path).replace(b"tableentriesentries", b"tableentr\xacesentries")
    path.write_bytes(data.replace(b"CREATE TABLE entries", b"CREATE-TABLE entries"))


def _number(path: Path) -> None:
    filled(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE entries SET value = 1 << 40 WHERE name = 'run'")
        connection.commit()


@pytest.mark.parametrize("make", [_folder, _index, _schema, _number])
def test_what_is_no_database_is_replaced(tmp_path: Path, make: Callable[[Path], None]) -> None:
    """A folder, a key in the index or a schema that is no text, a value that is no bytes."""
    path = tmp_path / "cache.sqlite"
    make(path)
    assert peek(path, "run", "missing") is None
    with open_database(path) as database:
        assert database.was_reset
        database.put("run", [("key", b"value")])
    assert peek(path, "run", "key") == b"value"


def test_a_damaged_database_that_seems_read_only_is_replaced(tmp_path: Path) -> None:
    """It can be opened and read, and shows when something is put in."""
    path = tmp_path / "cache.sqlite"
    data = bytearray(filled(path))
    data[18] = 3  # the version that a program must know to write
    path.write_bytes(data)
    with pytest.raises(DamagedError), open_database(path) as database:
        database.put("run", [("key", b"value")])
    with open_database(path) as database:
        assert database.was_reset
        database.put("run", [("key", b"value")])


def test_damage_that_shows_late_costs_time_only(tmp_path: Path) -> None:
    """While pages are generated, and while the site is built and proved; it is told once."""
    project = mkdocs_build.load_project(
        alone(make_project(tmp_path, {"a.txt": "A note\n\nThe old bridge.\n"}))
    )
    path = tmp_path / ".seedbed/cache.sqlite"
    generate(project.settings)
    publish(project)
    before = tree(project.site)
    for table, step in (("seeds", generate), ("proofs", publish)):
        (project.settings.docs / "about.md").touch()
        if step is publish:
            generate(project.settings)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("UPDATE entries SET value = x'00' WHERE name = ?", (table,))
            connection.commit()
        path.with_suffix(".sound").write_text(repr(file_stat(path)))
        report = generate(project.settings).report
        publish(project)
        assert tree(project.site) == before
        messages = [problem.code for problem in report.problems]
        assert messages == (["W050"] if step is generate else [])
    generate(project.settings)
    assert [problem.code for problem in generate(project.settings).report.problems] == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="takes rights away as POSIX does")
def test_a_cache_that_may_not_be_written_stops_one_run_only() -> None:
    """It says what may not be written; with the rights back all is as before."""
    folder = Path(tempfile.mkdtemp())
    path = folder / "cache.sqlite"
    filled(path)
    path.with_name("cache.sqlite-shm").write_bytes(b"")
    path.with_name("cache.sqlite-shm").chmod(0o444)
    for place in (folder, *folder.iterdir()):
        os.chown(place, _somebody(), -1)
    path.chmod(0o444)
    assert _as_somebody(lambda: _refused(path)) == 0
    path.chmod(0o644)
    assert _as_somebody(lambda: read(path)) == 0


def _refused(path: Path) -> None:
    assert peek(path, "run", "missing") is None
    with pytest.raises(PermissionError, match=r"cache\.sqlite"), open_database(path):
        pass


def _somebody() -> int:
    return os.getuid() or 65534


def _as_somebody(task: Callable[[], None]) -> int:
    """Do something without the rights of the superuser, in a process of its own."""
    process = os.fork()
    if process:
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    code = 1
    try:
        if os.getuid() == 0:
            os.setuid(65534)
        task()
        code = 0
    finally:
        os._exit(code)


@pytest.mark.parametrize("killed", [False, True])
def test_nothing_is_left_of_what_was_dropped(tmp_path: Path, *, killed: bool) -> None:
    """Not where it was before it was moved (SQLite leaves a copy), nor after a killed run."""
    chance, path = random.Random(14), tmp_path / "cache.sqlite"
    with open_database(path) as database:
        for number in chance.sample(range(400), 400):
            word = b"other " if number % 3 else b"secret "
            database.put(str(number % 7), [(str(number), word * chance.randint(1, 80))])
    with open_database(path) as database:
        for number in chance.sample(range(400), 400):
            if number % 3 == 0:
                database.drop(str(number % 7), [str(number)])
            elif number % 3 == 1:
                database.put(str(number % 7), [(str(number), b"other " * chance.randint(1, 80))])
        database.erase_dropped()
        if killed:
            database.connection.commit()
            path = shutil.copytree(tmp_path, tmp_path / "killed") / path.name
    with open_database(path) as database:
        assert len(database.keys("1")) == sum(n % 7 == 1 for n in range(400) if n % 3)
    assert b"secret" not in path.read_bytes()
