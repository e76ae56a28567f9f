"""Arrays that are mapped into memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from generator.files.arrays import Array, map_arrays, save_arrays

ARRAYS: dict[str, Array] = {
    "numbers": np.arange(1_000, dtype=np.uint32),
    "weights": np.ones((3, 4), dtype=np.float16),
    "words": np.array(["en", "zh-Hans"]),
    "nothing": np.zeros(0, dtype=np.int64),
}


def test_saved_arrays_are_mapped(tmp_path: Path) -> None:
    """They are equal, cannot be changed, and replace what was saved before."""
    save_arrays(tmp_path / "model", {"old": np.arange(3)})
    save_arrays(tmp_path / "model", ARRAYS)
    mapped = map_arrays(tmp_path / "model")
    assert mapped.keys() == ARRAYS.keys()
    for name, array in ARRAYS.items():
        assert mapped[name].dtype == array.dtype
        assert np.array_equal(mapped[name], array)
        assert not mapped[name].flags.writeable
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


@pytest.mark.parametrize("change", [lambda data: data[:-1], lambda data: data[:-1] + b"\xff"])
def test_damaged_arrays_are_not_used(tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
    """A file that was cut off, or of which a byte is another one."""
    save_arrays(tmp_path, ARRAYS)
    (path,) = tmp_path.glob("numbers.*")
    path.write_bytes(change(path.read_bytes()))
    assert map_arrays(tmp_path) == {}


def test_there_are_no_arrays_without_a_folder(tmp_path: Path) -> None:
    """As in the first build of a project, or with a file of another program among them."""
    assert map_arrays(tmp_path / "model") == {}
    (tmp_path / "notes.txt").write_text("mine")
    assert map_arrays(tmp_path) == {}
