"""The door to the disk."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from generator.files import (
    CORRECTIONS,
    MARKER,
    Changes,
    FileSlice,
    build_date,
    folders,
    list_seeds,
    project_lock,
    read_corrections,
    read_seed,
    write_docs,
    write_parts,
)
from generator.files.snapshot import take_snapshot
from generator.model import OutputFile, PagePath, Problem, SeedbedError, SeedPath


def file(path: str, data: bytes = b"x") -> OutputFile:
    """A file to be written."""
    return OutputFile(PagePath(path), data)


def write(docs: Path, files: list[OutputFile]) -> Changes:
    """Write files into a folder that nobody else writes to."""
    return write_docs(docs, files, take_snapshot(docs).files)


def test_only_changed_bytes_are_written(tmp_path: Path) -> None:
    """Promise 10: a second run touches nothing."""
    files = [file("documents/a/index.md"), file("index.md")]
    assert write(tmp_path, files) == Changes(written=2)
    before = (tmp_path / "documents/a/index.md").stat().st_mtime_ns
    assert write(tmp_path, files) == Changes(unchanged=2)
    assert (tmp_path / "documents/a/index.md").stat().st_mtime_ns == before


def test_what_is_no_longer_made_goes(tmp_path: Path) -> None:
    """With its folder, and with what else lies there: generated folders are ours."""
    write(tmp_path, [file("documents/a/index.md"), file("documents/b/index.md")])
    (tmp_path / "documents/a/notes.md").write_text("mine")
    changes = write(tmp_path, [file("documents/b/index.md")])
    assert changes == Changes(unchanged=1, removed=2)
    assert not (tmp_path / "documents/a").exists()


def test_a_folder_that_a_person_filled_is_never_taken(tmp_path: Path) -> None:
    """Whoever writes by hand where pages are generated hears of it before anything is lost."""
    (tmp_path / "people").mkdir()
    (tmp_path / "people/me.md").write_text("mine")
    with pytest.raises(SeedbedError, match="holds files that Seedbed did not write"):
        write(tmp_path, [file("people/index.md")])
    assert (tmp_path / "people/me.md").read_text() == "mine"


def test_a_home_page_that_a_person_wrote_stays(tmp_path: Path) -> None:
    """Before the first run, and when the generated one was edited."""
    (tmp_path / "index.md").write_text("mine")
    assert write(tmp_path, [file("index.md")]).handwritten == ("index.md",)
    (tmp_path / "index.md").unlink()
    write(tmp_path, [file("index.md", b"one")])
    assert write(tmp_path, [file("index.md", b"two")]).written == 1
    (tmp_path / "index.md").write_text("edited")
    assert write(tmp_path, [file("index.md", b"three")]).handwritten == ("index.md",)
    assert (tmp_path / "index.md").read_text() == "edited"


def test_seeds_are_listed_in_order_and_odd_things_are_refused(tmp_path: Path) -> None:
    """Links, pipes and the like are named, never followed, opened or waited for."""
    (tmp_path / "b.txt").write_text("b")
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters/a.txt").write_text("a")
    (tmp_path / ".gitkeep").write_text("")
    (tmp_path / "link.txt").symlink_to("/etc/passwd")
    (tmp_path / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.txt")
    seeds = list_seeds(tmp_path)
    assert seeds.paths == ("b.txt", "letters/a.txt")
    assert {problem.source for problem in seeds.problems} == {"link.txt", "loop", "pipe.txt"}
    assert {problem.code for problem in seeds.problems} == {"E004"}


def test_a_seed_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    """It says so and stops nobody."""
    found = read_seed(tmp_path, SeedPath("gone.txt"))
    assert isinstance(found, Problem)
    assert found.code == "E004"


def test_nobody_waits_for_decisions_that_are_no_file(tmp_path: Path) -> None:
    """Something may be withdrawn, so that they are not taken for none either."""
    os.mkfifo(tmp_path / CORRECTIONS)
    with pytest.raises(SeedbedError, match="no file"):
        read_corrections(tmp_path)


def test_a_damaged_marker_stops_the_run(tmp_path: Path) -> None:
    """Nothing is removed on the word of a file that cannot be read."""
    (tmp_path / MARKER).write_text("{")
    with pytest.raises(SeedbedError, match="damaged"):
        write(tmp_path, [])


def test_two_folders_change_places_whole(tmp_path: Path) -> None:
    """Promise 9: nothing of the old one is left in its place."""
    for name in ("site", "next"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.html").write_text(name)
    (tmp_path / "site").chmod(0o550)
    folders.swap(tmp_path / "next", tmp_path / "site", tmp_path / "old")
    found = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.html"))
    assert found == ["next/site.html", "site/next.html"]
    assert (tmp_path / "site").stat().st_mode & 0o777 == 0o550, "the rights are those that it had"


def test_a_reader_never_finds_the_folder_gone(tmp_path: Path) -> None:
    """While new ones take its place again and again, a page of it can always be read."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text("0")
    seen: list[str] = []
    ended = threading.Event()

    def read() -> None:
        while not ended.is_set():
            try:
                seen.append((tmp_path / "site/index.html").read_text())
            except FileNotFoundError as error:
                seen.append(str(error))

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(1, 301):
        new = folders.recreate(tmp_path / "next")
        (new / "index.html").write_text(str(number))
        folders.swap(new, tmp_path / "site", tmp_path / "old")
        while seen[-1:] != [str(number)] and reader.is_alive():
            time.sleep(0)  # who has opened the folder that was may read it to the end
    ended.set()
    reader.join()
    assert list(dict.fromkeys(seen)) == [str(number) for number in range(seen[0] != "0", 301)]


def test_a_folder_that_a_dead_run_moved_aside_comes_back(tmp_path: Path) -> None:
    """On systems that cannot exchange two folders."""
    (tmp_path / "old").mkdir()
    folders.restore(tmp_path / "site", tmp_path / "old")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_two_runs_do_not_work_on_one_project(tmp_path: Path) -> None:
    """The second hears who holds it; when the first has ended, it may."""
    with (
        project_lock(tmp_path),
        pytest.raises(SeedbedError, match=f"process {os.getpid()}"),
        project_lock(tmp_path),
    ):
        pytest.fail("two runs hold one project")
    with project_lock(tmp_path):
        pass


@pytest.mark.parametrize("told", ["", "yesterday", "-1", "9" * 12, "\u00b2"])
def test_a_day_that_is_told_wrongly_stops_the_run(
    message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything of it is kept: a year of five figures would be a damaged line for ever."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", message)
    with pytest.raises(SeedbedError, match="SOURCE_DATE_EPOCH"):
        build_date()


def test_parts_of_the_file_that_lies_there_are_copied(tmp_path: Path) -> None:
    """With others between; what is not there any more is an error, and leaves the file as it is."""
    target = tmp_path / "long.txt"
    assert write_parts(target, [b"one ", b"two ", b"three "])
    assert write_parts(target, [FileSlice(4, 8), b"more ", FileSlice(0, 4), FileSlice(8, 14)])
    assert target.read_bytes() == b"two more one three "
    assert not write_parts(target, [FileSlice(0, 19)])
    with pytest.raises(OSError, match="cut off"):
        write_parts(target, [b"new ", FileSlice(15, 20)])
    assert target.read_bytes() == b"two more one three "
