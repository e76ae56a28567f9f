"""What is saved of folders: all that is there now, and nothing of a folder that is gone."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.engine.database import open_database
from generator.engine.saved_folders import SavedFolder, load_folders, save_folders

_FOLDERS = st.dictionaries(
    st.text("ab/\udcff", max_size=3), st.builds(SavedFolder, st.binary(max_size=2), st.binary())
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.lists(_FOLDERS, max_size=4))
def test_the_folders_that_were_saved_last_are_loaded(
    tmp_path: Path, states: list[dict[str, SavedFolder]]
) -> None:
    """Also with names that are no valid text."""
    (tmp_path / "cache.sqlite").unlink(missing_ok=True)
    with open_database(tmp_path / "cache.sqlite") as database:
        for state in states:
            before = load_folders(database, "table")
            save_folders(database, "table", before, state)
            assert load_folders(database, "table") == state
