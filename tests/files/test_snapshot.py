"""The state of files, and snapshots of folders."""

from __future__ import annotations

import pickle
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from generator.files import folders
from generator.files.snapshot import (
    FileStat,
    Snapshot,
    file_stat,
    is_same_version,
    take_snapshot,
)


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
    assert before.refreshed(["a/b.txt", "a/c/d.txt"]) == after
    assert after.only(["a/c/d.txt"]).folders == {"a", "a/c"}


def test_a_refreshed_snapshot_has_no_folder_that_is_gone(tmp_path: Path) -> None:
    """Also if a file beside the folder was looked at too."""
    (tmp_path / "a/c").mkdir(parents=True)
    (tmp_path / "a/c/d.txt").write_text("two")
    before = take_snapshot(tmp_path)
    folders.remove(tmp_path / "a/c")
    (tmp_path / "a/b.txt").write_text("one")
    assert before.refreshed(["a/c/d.txt", "a/b.txt"]) == take_snapshot(tmp_path)


@given(
    st.dictionaries(
        st.text("ab/\n\udcff", min_size=1), st.builds(FileStat, *[st.integers(0, 2**63)] * 3)
    ),
    st.frozensets(st.text("ab/", min_size=1)),
)
def test_a_snapshot_is_the_same_in_another_process(
    files: dict[str, FileStat], folders: frozenset[str]
) -> None:
    """Also with names of files that are no valid text."""
    snapshot = Snapshot(files, folders, "root")
    copy = pickle.loads(pickle.dumps(snapshot))  # noqa: S301  (our own bytes)
    assert copy == snapshot
    assert copy.fingerprint == snapshot.fingerprint
