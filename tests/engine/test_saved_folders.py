"""What is saved of folders: all that is there now, and nothing of a folder that is gone."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.engine.database_file import open_database
from generator.engine.saved_folders import (
    SavedFolder,
    load_folders,
    update_folders,
)

_FOLDERS = st.dictionaries(
    st.text("ab/\udcff", max_size=3), st.builds(SavedFolder, st.binary(max_size=2), st.binary())
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(_FOLDERS, _FOLDERS, _FOLDERS)
def test_updated_folders_are_those_that_are_saved(
    tmp_path: Path,
    before: dict[str, SavedFolder],
    changed: dict[str, SavedFolder],
    removed: dict[str, SavedFolder],
) -> None:
    """Also with names that are no valid text; those of other tables stay."""
    expected = {path: saved for path, saved in before.items() if path not in removed} | changed
    (tmp_path / "cache.sqlite").unlink(missing_ok=True)
    with open_database(tmp_path / "cache.sqlite") as database:
        for table in ("changed", "other"):
            update_folders(database, table, before)
        update_folders(database, "changed", changed, removed)
        assert load_folders(database, "changed") == expected
        assert load_folders(database, "other") == before
