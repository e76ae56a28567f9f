"""A scan of folders finds what a snapshot of all files has, if no file was edited in place."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.files.known_folders import (
    SCANS_PER_CYCLE,
    FolderScan,
    add_state,
    disk_time,
    rescan_files,
    scan_folders,
)
from generator.files.snapshot import take_snapshot
from tests.support import age_folders

_LATER = 2**62
"""Nanoseconds. By this time, every change was long ago."""


class _Known(NamedTuple):
    listing: bytes
    states: bytes


def known_from(scan: FolderScan) -> dict[str, _Known]:
    """Return what is known after every folder was listed."""
    return {
        folder: _Known(each.listing, add_state(b"", each.state))
        for folder, each in scan.listed.items()
    }


PATHS = st.sampled_from(["a", "b", "c", "a/a", "a/b", "a/a/a", "b/a", "b/a/c"])

CHANGES = st.lists(
    st.tuples(st.sampled_from(["write", "folder", "remove", "link", "move"]), PATHS), max_size=6
)


def apply(root: Path, kind: str, path: Path) -> None:
    """Change something, unless it cannot be changed so."""
    parents = [root / part for part in path.relative_to(root).parents][:-1]
    if any(parent.is_symlink() or parent.is_file() for parent in parents):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    if kind == "move" and path.is_dir() and not path.is_symlink() and not (root / "new").exists():
        path.rename(root / "new")
        return
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    if kind == "write":
        path.write_text(kind)
    elif kind == "folder":
        (path / "x").mkdir(parents=True)
        (path / "x/file").touch()
    elif kind == "link":
        path.symlink_to(root.parent / "elsewhere")


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CHANGES, CHANGES)
def test_a_scan_of_folders_equals_a_snapshot(
    tmp_path: Path, first: list[tuple[str, str]], second: list[tuple[str, str]]
) -> None:
    """Whatever is added, removed, replaced, moved, or becomes a link to a folder of its like."""
    root = tmp_path / "root"
    for folder in (root, tmp_path / "elsewhere"):
        shutil.rmtree(folder, ignore_errors=True)
    (tmp_path / "elsewhere/a").mkdir(parents=True)
    assert scan_folders(root, {}, _LATER).snapshot == take_snapshot(root), "it is missing"
    root.mkdir()
    for kind, path in first:
        apply(root, kind, root / path)
    age_folders(root)
    known = known_from(scan_folders(root, {}, _LATER))
    assert scan_folders(root, known, _LATER).listed.keys() == set(), "nothing changed"
    for kind, path in second:
        apply(root, kind, root / path)
    assert scan_folders(root, known, _LATER).snapshot == take_snapshot(root)
    assert scan_folders(root, known, None).snapshot == take_snapshot(root)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CHANGES, CHANGES, st.sets(PATHS))
def test_only_what_was_changed_is_looked_at_again(
    tmp_path: Path, first: list[tuple[str, str]], second: list[tuple[str, str]], more: set[str]
) -> None:
    """And a folder is known by its state only if all of it is as a snapshot has it."""
    root = tmp_path / "root"
    for folder in (root, tmp_path / "elsewhere"):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
    for kind, path in first:
        apply(root, kind, root / path)
    before = take_snapshot(root)
    for kind, path in second:
        apply(root, kind, root / path)
    after = take_snapshot(root)
    changed = {*before.differences(after)}
    scan = rescan_files(before, changed | more, _LATER)
    assert {*scan.snapshot.differences(after)} == set()
    assert all(each.listing == after.listings[path] for path, each in scan.listed.items())
    some = rescan_files(before, more, _LATER)
    assert changed - {*some.snapshot.differences(after)} <= more
    assert all(each.listing == after.listings[path] for path, each in some.listed.items())


def test_a_link_to_the_same_folder_is_no_folder(tmp_path: Path) -> None:
    """What is below it has the state that is known, but is elsewhere."""
    root = tmp_path / "root"
    (root / "a/b").mkdir(parents=True)
    (root / "a/b/file").touch()
    known = known_from(scan_folders(root, {}, _LATER))
    (root / "a").rename(tmp_path / "moved")
    (root / "a").symlink_to(tmp_path / "moved")
    scan = scan_folders(root, known, _LATER)
    assert scan.snapshot == take_snapshot(root)
    assert scan.snapshot.folders == set()


def test_a_folder_that_changed_just_now_is_not_known(tmp_path: Path) -> None:
    """It may change again at the same time; nor is any where folders keep their times."""
    (tmp_path / "a").mkdir()
    now = disk_time(tmp_path)
    assert now
    assert {each.state for each in scan_folders(tmp_path, {}, now).listed.values()} == {b""}
    later = scan_folders(tmp_path, {}, now + 3 * 10**9).listed
    assert all(each.state for each in later.values())
    assert {each.state for each in scan_folders(tmp_path, {}, None).listed.values()} == {b""}


def test_a_disk_has_a_time(tmp_path: Path) -> None:
    """That of its folders; none where no file can be added."""
    (tmp_path / "a").mkdir()
    before = (tmp_path / "a").stat().st_mtime_ns
    assert (disk_time(tmp_path) or 0) >= before
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    (tmp_path / "file").touch()
    assert disk_time(tmp_path / "file") is None


@pytest.mark.parametrize("edited", ["file", "a/file", "a/b/file"])
def test_an_edit_in_place_is_found_in_one_of_the_turns(edited: str, tmp_path: Path) -> None:
    """And then every folder is listed, because there may be more of them."""
    (tmp_path / "a/b").mkdir(parents=True)
    for folder in ("", "a", "a/b"):
        (tmp_path / folder / "file").touch()
    known = known_from(scan_folders(tmp_path, {}, _LATER))
    (tmp_path / edited).write_text("edited")
    assert scan_folders(tmp_path, known, _LATER).snapshot != take_snapshot(tmp_path)
    scans = [
        scan_folders(tmp_path, known, _LATER, scan_number) for scan_number in range(SCANS_PER_CYCLE)
    ]
    found = [scan for scan in scans if scan.snapshot == take_snapshot(tmp_path)]
    assert [scan.listed.keys() for scan in found] == [{"", "a", "a/b"}]


def test_a_folder_has_few_states_and_one_for_each_inode() -> None:
    """The latest first; an unknown one is none."""
    states = [bytes([inode]) * 8 + bytes([time]) * 16 for inode in range(6) for time in range(2)]
    kept = b""
    for state in states:
        kept = add_state(kept, state)
    assert kept == b"".join(states[:4:-2])
    assert add_state(kept, b"") == add_state(kept, states[-3]) == kept
