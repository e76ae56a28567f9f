"""The files of many folders, looked at by one process or by several."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.engine.parallel_listings import list_in_workers
from generator.files.known_folders import list_folders, rescan_files, scan_all_files
from generator.files.snapshot import take_snapshot
from tests.support import age_folders

LATER = 2**62
"""Nanoseconds. By this time, every change was long ago."""

FOLDERS_OF_TWO_WORKERS = 2_000


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_folders_are_in_the_order_that_was_asked_for(tmp_path: Path, jobs: int) -> None:
    """Whatever process looked at them; one that is missing stays so."""
    for number in range(9):
        (tmp_path / f"{number}/inside").mkdir(parents=True)
        (tmp_path / f"{number}/file.txt").write_bytes(bytes(number))
    age_folders(tmp_path)
    folders = [str(number % 10) for number in range(FOLDERS_OF_TWO_WORKERS)]
    expected = list_folders(LATER, tmp_path, folders)
    assert [*list_in_workers(jobs, LATER)(tmp_path, folders)] == expected
    assert expected[9] is None


def test_a_look_by_several_processes_finds_the_same(tmp_path: Path) -> None:
    """At all files, and again at those of some folders."""
    before = take_snapshot(tmp_path)
    for number in range(FOLDERS_OF_TWO_WORKERS):
        (tmp_path / f"a/{number}").mkdir(parents=True)
    (tmp_path / "a/7/file.txt").touch()
    age_folders(tmp_path)
    list_all = list_in_workers(2, LATER)
    assert scan_all_files(tmp_path, LATER, list_all) == scan_all_files(tmp_path, LATER)
    paths = [f"a/{number}/file.txt" for number in range(FOLDERS_OF_TWO_WORKERS)]
    assert rescan_files(before, paths, LATER, list_all) == rescan_files(before, paths, LATER)
    assert scan_all_files(tmp_path, LATER, list_all).snapshot == take_snapshot(tmp_path)
