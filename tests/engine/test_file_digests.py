"""Digests of files: what is saved of them, and when a file is read again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.engine.database_file import open_database
from generator.engine.file_digests import update_digests
from generator.files.file_stats import FileStat

_STATES = st.dictionaries(st.sampled_from(["a", "b", "c/d", "é"]), st.integers(0, 3))
"""The version of each file in a folder."""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.lists(_STATES, max_size=4))
def test_a_file_is_read_again_only_if_it_changed(
    tmp_path: Path, states: list[dict[str, int]]
) -> None:
    """Whatever was added, removed or changed before; what cannot be read has no digest."""
    (tmp_path / "cache.sqlite").unlink(missing_ok=True)
    before: dict[str, int] = {}
    for state in states:
        read: list[str] = []

        def compute(
            paths: Sequence[str], state: dict[str, int] = state, read: list[str] = read
        ) -> list[str | None]:
            read += paths
            return [f"digest {state[path]}" if state[path] else None for path in paths]

        stats = {path: FileStat(version, 1, 0o644) for path, version in state.items()}
        with open_database(tmp_path / "cache.sqlite") as database:
            found = update_digests(database, "table", state, stats, compute)
        assert found == {path: f"digest {version}" for path, version in state.items() if version}
        unknown = {path for path, version in state.items() if not version}
        changed = {path for path in state if state[path] != before.get(path)}
        assert set(read) == changed | unknown
        before = state


def test_of_thousands_of_files_only_those_that_changed_are_read(tmp_path: Path) -> None:
    """Also where a file less moves all others to another place in what is saved."""
    state = {f"{number:05}": 1 for number in range(10_000)}
    before: dict[str, int] = {}
    for removed, changed in (("00000", "00001"), ("09000", "00005"), ("00003", "04500")):
        del state[removed]
        state[changed] += 1
        read: list[str] = []

        def compute(paths: Sequence[str], read: list[str] = read) -> list[str]:
            read += paths
            return [f"digest {state[path]}" for path in paths]

        stats = {path: FileStat(version, 1, 0o644) for path, version in state.items()}
        with open_database(tmp_path / "cache.sqlite") as database:
            found = update_digests(database, "table", state, stats, compute)
        assert found == {path: f"digest {version}" for path, version in state.items()}
        assert read == sorted(path for path in state if state[path] != before.get(path))
        before = dict(state)
