"""Reading and writing files and folders, and the lock of a project."""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.files import (
    CORRECTIONS,
    DOCUMENT_ADDRESSES,
    ENTITY_ADDRESSES,
    MARKER,
    Changes,
    FileSlice,
    build_date,
    folder_swap,
    folders,
    iterate_all_lines,
    iterate_parts,
    list_seeds,
    numbered_files,
    project_lock,
    read_addresses,
    read_corrections,
    read_seed,
    read_slice,
    write_docs,
    write_file,
    write_numbered_files,
    write_parts,
)
from generator.files.archives import ArchiveEntry, write_zip
from generator.files.snapshot import take_snapshot
from generator.model import OutputFile, PagePath, Problem, SeedbedError, SeedPath
from generator.pipeline.generate import generate
from generator.publishing.mkdocs_build import load_project
from tests.support import make_project

ADDRESS_TABLES = (DOCUMENT_ADDRESSES, ENTITY_ADDRESSES)


def file(path: str, data: bytes = b"x") -> OutputFile:
    """Return a file to be written."""
    return OutputFile(PagePath(path), data)


def write(docs: Path, files: Iterable[OutputFile]) -> Changes:
    """Write these files and remove other generated files."""
    return write_docs(docs, files, take_snapshot(docs), docs.with_name(f"{docs.name}-list"))


def test_only_changed_bytes_are_written(tmp_path: Path) -> None:
    """Promise 10: a second run touches nothing."""
    files = [file("documents/a/index.md"), file("index.md")]
    assert write(tmp_path, files) == Changes(written=2)
    before = (tmp_path / "documents/a/index.md").stat().st_mtime_ns
    assert write(tmp_path, files) == Changes(unchanged=2)
    assert (tmp_path / "documents/a/index.md").stat().st_mtime_ns == before


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="no link can be refused here")
@pytest.mark.parametrize(
    "write",
    [
        lambda target: write_file(target, b"new"),
        lambda target: write_parts(target, [b"new"]),
        lambda target: write_zip(target, [ArchiveEntry("a.txt", b"new")]),
    ],
    ids=["file", "parts", "archive"],
)
def test_nothing_is_written_through_a_link(tmp_path: Path, write: Callable[[Path], object]) -> None:
    """Somebody else may have put one into a shared folder, at the name of the unfinished file."""
    (tmp_path / "other").write_bytes(b"of somebody else")
    (tmp_path / ".target.part").symlink_to("other")
    with pytest.raises(OSError, match=r"\.target\.part"):
        write(tmp_path / "target")
    assert (tmp_path / "other").read_bytes() == b"of somebody else"
    assert not (tmp_path / "target").exists()


def test_a_file_that_is_no_longer_generated_is_removed(tmp_path: Path) -> None:
    """With its folder, unless somebody else has put a file there."""
    pages = [file(f"documents/{name}/index.md") for name in "abc"]
    write(tmp_path, pages)
    (tmp_path / "documents/a/notes.md").write_text("mine")
    changes = write(tmp_path, pages[2:])
    assert changes == Changes(unchanged=1, removed=2, foreign_files=("documents/a/notes.md",))
    assert not (tmp_path / "documents/b").exists()


def test_a_file_that_a_killed_run_wrote_before_its_page_is_removed(tmp_path: Path) -> None:
    """By its name alone; a file of others with another name stays."""

    def killed() -> Iterator[OutputFile]:
        yield file("documents/a/text.txt")
        raise KeyboardInterrupt

    pages = [file("documents/b/index.md")]
    write(tmp_path, pages)
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path, killed())
    (tmp_path / "documents/a/photo.jpg").write_text("mine")
    assert write(tmp_path, pages).foreign_files == ("documents/a/photo.jpg",)
    assert not (tmp_path / "documents/a/text.txt").exists()


def test_a_handwritten_home_page_stays(tmp_path: Path) -> None:
    """Before the first run, and when the generated one was edited."""
    (tmp_path / "index.md").write_text("mine")
    assert write(tmp_path, [file("index.md")]).handwritten == ("index.md",)
    (tmp_path / "index.md").unlink()
    write(tmp_path, [file("index.md", b"one")])
    assert write(tmp_path, [file("index.md", b"two")]).written == 1
    (tmp_path / "index.md").write_text("edited")
    assert write(tmp_path, [file("index.md", b"three")]).handwritten == ("index.md",)
    assert (tmp_path / "index.md").read_text() == "edited"


def test_seeds_are_listed_in_order_and_special_files_are_refused(tmp_path: Path) -> None:
    """Links and pipes are reported, never followed or opened."""
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
    """The problem says so; reading others can go on."""
    result = read_seed(tmp_path, SeedPath("gone.txt"))
    assert isinstance(result, Problem)
    assert result.code == "E004"


def test_corrections_that_are_not_a_file_stop_the_run(tmp_path: Path) -> None:
    """They may withdraw a document, so they are not ignored."""
    os.mkfifo(tmp_path / CORRECTIONS)
    with pytest.raises(SeedbedError, match="not a regular file"):
        read_corrections(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/null")])
@pytest.mark.parametrize("name", ["mkdocs.yml", *ADDRESS_TABLES, "docs/about.md", "docs/index.md"])
def test_a_file_of_the_project_that_is_none_stops_a_run(
    name: str, make: Callable[[Path], None], tmp_path: Path
) -> None:
    """Reading a pipe or a device might never end."""
    config_file = make_project(tmp_path, {"a.txt": "A note\n\nThe old bridge.\n"})
    path = tmp_path / name
    path.unlink(missing_ok=True)
    make(path)
    with pytest.raises(SeedbedError, match=f"{name} is not a regular file"):
        generate(load_project(config_file).settings)


@pytest.mark.parametrize("name", ADDRESS_TABLES)
def test_a_table_that_cannot_be_read_stops_a_run(name: str, tmp_path: Path) -> None:
    """Without it every address would be assigned again."""
    (tmp_path / name).mkdir()
    with pytest.raises(SeedbedError, match=f"{name} cannot be read"):
        read_addresses(tmp_path, name)


def test_a_damaged_marker_stops_the_run(tmp_path: Path) -> None:
    """Nothing is removed because of a file that cannot be read."""
    (tmp_path / MARKER).write_text("{")
    with pytest.raises(SeedbedError, match="damaged"):
        write(tmp_path, [])


def test_two_folders_are_exchanged(tmp_path: Path) -> None:
    """Promise 9: no file of the old folder remains in its place."""
    for name in ("site", "next"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.html").write_text(name)
    site = tmp_path / "site"
    site.chmod(0o550)
    with suppress(PermissionError):
        os.chown(site, 1, 1)
    before = site.stat()
    folder_swap.swap(tmp_path / "next", site, tmp_path / "old")
    paths = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.html"))
    assert paths == ["next/site.html", "site/next.html"]
    after = site.stat()
    assert after.st_mode & 0o777 == 0o550, "the folder keeps its permissions"
    assert (after.st_uid, after.st_gid) == (before.st_uid, before.st_gid), "and its owner"
    assert after.st_mtime_ns == before.st_mtime_ns, "and its time"


def test_a_reader_always_finds_a_folder(tmp_path: Path) -> None:
    """While it is exchanged 300 times, one of its pages can always be read."""
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
        folder_swap.swap(new, tmp_path / "site", tmp_path / "old")
        while seen[-1:] != [str(number)] and reader.is_alive():
            time.sleep(0)  # the reader may still read in the folder before
    ended.set()
    reader.join()
    assert list(dict.fromkeys(seen)) == [str(number) for number in range(seen[0] != "0", 301)]


def test_a_folder_that_a_killed_run_moved_is_restored(tmp_path: Path) -> None:
    """On systems that cannot exchange two folders."""
    (tmp_path / "old").mkdir()
    folder_swap.restore(tmp_path / "site", tmp_path / "old")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_project_is_locked_for_one_run(tmp_path: Path) -> None:
    """The error names the process of the other run; the lock ends with that run."""
    with (
        project_lock(tmp_path),
        pytest.raises(SeedbedError, match=f"process {os.getpid()}"),
        project_lock(tmp_path),
    ):
        pytest.fail("two runs have the same lock")
    with project_lock(tmp_path):
        pass


@pytest.mark.parametrize("message", ["", "yesterday", "-1", "9" * 12, "\u00b2"])
def test_an_invalid_day_stops_the_run(message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is saved: a year of five figures would be a damaged line for ever."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", message)
    with pytest.raises(SeedbedError, match="SOURCE_DATE_EPOCH"):
        build_date()


def test_slices_of_the_existing_file_are_copied(tmp_path: Path) -> None:
    """New bytes may stand between them. A missing slice is an error and changes nothing."""
    target = tmp_path / "long.txt"
    assert write_parts(target, [b"one ", b"two ", b"three "])
    first, second, third = (FileSlice("long.txt", *ends) for ends in ((0, 4), (4, 8), (8, 14)))
    assert write_parts(target, [second, b"more ", first, third])
    assert target.read_bytes() == b"two more one three "
    assert read_slice(tmp_path, FileSlice("long.txt", 4, 9)) == b"more "
    with pytest.raises(OSError, match="cut off"):
        read_slice(tmp_path, FileSlice("long.txt", 15, 20))
    assert not write_parts(target, [FileSlice("long.txt", 0, 19)])
    with pytest.raises(OSError, match="cut off"):
        write_parts(target, [b"new ", FileSlice("long.txt", 15, 20)])
    assert target.read_bytes() == b"two more one three "


def test_numbered_files_are_replaced_when_all_are_written(tmp_path: Path) -> None:
    """So a part may move from one of them to another; a failure changes none and leaves nothing."""
    target = tmp_path / "long.txt"
    assert write_numbered_files(target, [[b"one ", b"two "]]) == {"long.txt": True}
    one, two = FileSlice("long.txt", 0, 4), FileSlice("long.txt", 4, 8)
    names = ["long-001.txt", "long-002.txt"]
    assert write_numbered_files(target, [[two], [one]]) == dict.fromkeys(names, True)
    target.unlink()
    assert [path.name for path in numbered_files(target)] == names
    assert list(iterate_all_lines(target)) == ["two ", "one "]
    swapped = [[FileSlice(names[1], 0, 4)], [FileSlice(names[0], 0, 4)]]
    assert write_numbered_files(target, swapped) == dict.fromkeys(names, True)
    same: list[list[bytes | FileSlice]] = [[b"one "], [FileSlice(names[1], 0, 4)], [b"three "]]
    assert list(write_numbered_files(target, same).values()) == [False, False, True]
    with pytest.raises(OSError, match="cut off"):
        write_numbered_files(target, [[b"new "], [FileSlice(names[0], 2, 9)]])
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "long-001.txt": b"one ",
        "long-002.txt": b"two ",
        "long-003.txt": b"three ",
    }


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([b"<", b"/>", b"</>", b"x"])).map(b"".join), st.integers(1, 9))
def test_a_file_is_read_in_parts(tmp_path: Path, data: bytes, block_size: int) -> None:
    """Whatever the blocks are: each part has its end once, and no byte is lost."""
    (tmp_path / "file").write_bytes(data)
    parts = [*iterate_parts(tmp_path / "file", b"</>", block_size)]
    assert b"".join(parts) == data
    assert parts == [part for part in re.split(b"(?<=</>)", data) if part]
