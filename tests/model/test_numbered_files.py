"""Long data files in several numbered ones: what is in each, and their names."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from generator.model.numbered_files import divide, existing_paths, numbered_path, paths_in_files

PARTS = st.lists(st.binary(max_size=9))


@given(PARTS, st.integers(1, 20))
def test_parts_keep_their_order_and_files_their_limit(parts: list[bytes], limit: int) -> None:
    """Only a part that is too large itself makes a file too large; no file could have one more."""
    files = [list(file) for file in divide(parts, len, limit)]
    assert [part for file in files for part in file] == parts
    assert all(sum(map(len, file)) <= limit or len(file) == 1 for file in files)
    assert all(sum(map(len, file)) + len(after[0]) > limit for file, after in pairwise(files))


@given(PARTS)
def test_without_a_limit_all_parts_are_in_one_file(parts: list[bytes]) -> None:
    """There is none only if there are no parts."""
    assert [list(file) for file in divide(parts, len, None)] == [parts] * bool(parts)


@given(st.sampled_from(["documents.csv", "data/corpus.tei.xml"]), st.integers(1, 1100))
def test_existing_files_are_found_in_their_order(path: str, number: int) -> None:
    """From the first to the one before the first that is missing."""
    paths = paths_in_files(path, number)
    assert existing_paths(path, paths.__contains__) == paths
    without_first = set(paths) - {paths[0]}
    assert existing_paths(path, without_first.__contains__) == ()


def test_the_number_is_before_the_ending() -> None:
    """So that programs know the kind of the file, and lists of names are in order."""
    assert numbered_path("data/corpus.tei.xml", 2) == "data/corpus-002.tei.xml"
    assert numbered_path("documents.csv", 1000) == "documents-1000.csv"
