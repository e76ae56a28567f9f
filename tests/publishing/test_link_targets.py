"""The files that links can lead to, as one build saves them for the next."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.files.names_by_folder import decode_names, paths_by_folder, paths_of
from generator.publishing.rendering.file_levels import FileLevels
from generator.publishing.rendering.rendered_pages import link_targets

_INDEX = {"search/manifest.bin", "search/words/abcdefgh.bin", "search/words/a/abcdefgh.bin"}
_OTHERS = {"index.html", "search/index.html", "search/a.json", "scans/search/a.bin", "é.bin"}


@given(st.sets(st.sampled_from(sorted(paths_by_folder(_INDEX | _OTHERS)))))
def test_only_files_of_the_search_index_are_no_targets(whole: set[str]) -> None:
    """Whether whole folders are known, or single files."""
    names = paths_by_folder(_INDEX | _OTHERS)
    folders = {folder: frozenset(names[folder]) for folder in whole}
    others = {path for path in _INDEX | _OTHERS if path.rpartition("/")[0] not in whole}
    targets = link_targets(FileLevels(folders, dict.fromkeys(others, 0)))
    assert set(paths_of(decode_names(targets))) == _OTHERS
