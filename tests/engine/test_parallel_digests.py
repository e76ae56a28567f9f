"""Digests of many files, by one process or by several."""

from __future__ import annotations

import hashlib
from functools import partial
from pathlib import Path

import pytest

from generator.engine.parallel_digests import compute_digests, digest_below

FILES_OF_TWO_WORKERS = 4_000


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_digests_are_in_the_order_of_the_files(tmp_path: Path, jobs: int) -> None:
    """Whatever process read them."""
    for number in range(10):
        (tmp_path / f"{number}.txt").write_bytes(bytes([number]))
    paths = [f"{number % 10}.txt" for number in range(FILES_OF_TWO_WORKERS)]
    expected = {f"{number}.txt": hashlib.sha256(bytes([number])) for number in range(10)}
    digests = [*compute_digests(partial(digest_below, tmp_path), jobs, paths)]
    assert digests == [expected[path].hexdigest() for path in paths]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_is_missing_is_an_error_in_any_process(tmp_path: Path, jobs: int) -> None:
    """It was there when the folder was listed."""
    paths = [f"{number}.txt" for number in range(FILES_OF_TWO_WORKERS)]
    with pytest.raises(FileNotFoundError):
        list(compute_digests(partial(digest_below, tmp_path), jobs, paths))
