"""The state of files, and snapshots of folders."""

from __future__ import annotations

import os
import pickle
import stat
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from generator.files import folders
from generator.files.file_stats import FileStat, file_stat, is_same_version
from generator.files.known_folders import rescan_files
from generator.files.listings import (
    changed_listings,
    decode_listing,
    encode_listing,
    packed_stats,
    renaming,
)
from generator.files.names_by_folder import JoinedPaths
from generator.files.snapshot import Snapshot, take_snapshot


def test_a_missing_file_has_no_stat(tmp_path: Path) -> None:
    """Nor has a link to it."""
    (tmp_path / "link").symlink_to("missing")
    assert file_stat(tmp_path / "missing") is None
    assert file_stat(tmp_path / "link") is None


def test_a_copy_is_the_same_version_whatever_its_permissions(tmp_path: Path) -> None:
    """Until its content changes, or its owner cannot read it."""
    source, copy = tmp_path / "a", tmp_path / "b"
    source.write_text("one")
    folders.copy(source, copy)
    copy.chmod(0o600 if source.stat().st_mode & 0o077 else 0o644)
    assert file_stat(source) != file_stat(copy)
    assert is_same_version(file_stat(source), file_stat(copy))
    copy.chmod(0o000)
    assert not is_same_version(file_stat(source), file_stat(copy))
    copy.chmod(0o600)
    copy.write_text("three")
    assert not is_same_version(file_stat(source), file_stat(copy))


def test_a_snapshot_shows_every_change(tmp_path: Path) -> None:
    """Refreshing the changed paths gives the same result as a new snapshot."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a/b.txt").write_text("one")
    before = take_snapshot(tmp_path)
    assert take_snapshot(tmp_path, before) is before
    (tmp_path / "a/c").mkdir()
    (tmp_path / "a/c/d.txt").write_text("two")
    (tmp_path / "a/b.txt").unlink()
    after = take_snapshot(tmp_path)
    assert after.fingerprint != before.fingerprint
    assert rescan_files(before, ["a/b.txt", "a/c/d.txt"]).snapshot == after


def test_a_refreshed_snapshot_has_no_folder_that_is_gone(tmp_path: Path) -> None:
    """Also if a file beside the folder was among them."""
    (tmp_path / "a/c").mkdir(parents=True)
    (tmp_path / "a/c/d.txt").write_text("two")
    before = take_snapshot(tmp_path)
    folders.remove(tmp_path / "a/c")
    (tmp_path / "a/b.txt").write_text("one")
    assert rescan_files(before, ["a/c/d.txt", "a/b.txt"]).snapshot == take_snapshot(tmp_path)


_PATHS = st.lists(st.text("ab\n\udcff", min_size=1, max_size=3), min_size=1, max_size=3).map(
    "/".join
)
_STATS = st.builds(
    FileStat, st.integers(0, 2**64 - 1), st.integers(0, 2**63), st.integers(0, 2**32 - 1)
)
_FILES = st.dictionaries(_PATHS, _STATS)


@given(_FILES, st.frozensets(_PATHS))
def test_a_snapshot_is_the_same_in_another_process(
    files: dict[str, FileStat], folders: frozenset[str]
) -> None:
    """Also with names of files that are no valid text."""
    snapshot = Snapshot.of(files, folders, "root")
    copy = pickle.loads(pickle.dumps(snapshot))  # noqa: S301  (our own bytes)
    assert copy == snapshot
    assert copy.fingerprint == snapshot.fingerprint


@given(_FILES, st.lists(_PATHS))
def test_the_files_of_a_snapshot_are_those_it_was_made_of(
    files: dict[str, FileStat], paths: list[str]
) -> None:
    """Looked up one by one, listed, counted, and as a set of paths."""
    snapshot = Snapshot.of(files)
    assert snapshot.has_links == any(stat.S_ISLNK(status.mode) for status in files.values())
    found = snapshot.files
    assert dict(found.items()) == files
    assert {path: found.get(path) for path in (*files, *paths)} == {
        path: files.get(path) for path in (*files, *paths)
    }
    assert set(found) == files.keys()
    assert len(found) == len(files)
    for wanted in (paths, files):
        is_superset = files.keys().__ge__(set(wanted))
        assert found.issuperset(wanted) == is_superset
        assert found.issuperset(JoinedPaths.of(wanted)) == is_superset


@given(st.lists(_FILES, max_size=3), _STATS)
def test_a_file_of_a_listing_is_replaced_by_another(
    snapshots: list[dict[str, FileStat]], status: FileStat
) -> None:
    """In each of several listings, of which some lack it."""
    (stat_of_new,) = packed_stats(encode_listing({"new": status}))
    rename = renaming("a", "new")
    for files in snapshots:
        for listing in Snapshot.of(files).listings.values():
            rest = decode_listing(listing)
            rest.pop("new", None)
            before = encode_listing(rest)
            rest.pop("a", None)
            assert rename(before, stat_of_new) == encode_listing({**rest, "new": status})


@given(_FILES)
def test_packed_stats_are_those_of_a_listing(files: dict[str, FileStat]) -> None:
    """Equal if the stats are."""
    for listing in Snapshot.of(files).listings.values():
        stats = decode_listing(listing)
        packed = dict(zip(stats, packed_stats(listing), strict=True))
        for name, status in stats.items():
            assert encode_listing({name: status}).endswith(b"/" + packed[name])


@given(_FILES, _FILES)
def test_two_snapshots_differ_in_the_files_that_differ(
    first: dict[str, FileStat], second: dict[str, FileStat]
) -> None:
    """All others are unchanged."""
    before, after = Snapshot.of(first), Snapshot.of(second)
    earlier = changed_listings(before.listings, after.listings)
    unchanged = dict(after.unchanged_since(earlier).files.items())
    assert unchanged.items() == first.items() & second.items()
    assert {*after.differences(before)} == {path for path, _ in first.items() ^ second.items()}


def test_a_large_folder_is_listed_like_a_small_one(tmp_path: Path) -> None:
    """Each file is found by its name, and no other."""
    for number in range(50):
        (tmp_path / f"{number}.txt").write_text("x" * number)
    files = take_snapshot(tmp_path).files
    assert [files[f"{number}.txt"].size for number in range(50)] == [*range(50)]
    assert files.get("50.txt") is None


def test_a_file_may_be_of_any_time(tmp_path: Path) -> None:
    """As a disk stores times before 1970 and after 2262."""
    for name, seconds in (("early", -(10**9)), ("late", 10**10)):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (seconds, seconds))
    files = take_snapshot(tmp_path).files
    assert dict(files.items()) == {name: file_stat(tmp_path / name) for name in files}
    assert files["early"] != files["late"]
