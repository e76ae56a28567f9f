"""The files that links can lead to, as one build saves them for the next."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.publishing.rendering.rendered_pages import join_targets

_INDEX = {"search/manifest.bin", "search/words/abcdefgh.bin", "search/words/a/abcdefgh.bin"}
_OTHERS = {"index.html", "search/index.html", "search/a.json", "scans/search/a.bin", "é.bin"}


@given(st.permutations(sorted(_INDEX | _OTHERS)))
def test_only_files_of_the_search_index_are_no_targets(paths: list[str]) -> None:
    """Whatever the order in which they are found."""
    assert join_targets(paths).decode().split("\0") == sorted(_OTHERS)
    assert join_targets(_INDEX) == b""
