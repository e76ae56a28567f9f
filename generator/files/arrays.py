"""Arrays in a folder, mapped into memory: opening them takes no time, and processes share them."""

from __future__ import annotations

import os
import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from generator.files import folders

Array = np.ndarray[Any, np.dtype[Any]]

_SUFFIX = ".npy"


def save_arrays(folder: Path, arrays: Mapping[str, Array]) -> None:
    """Write arrays as the only content of a folder; raise OSError if that is not possible.

    Several processes may do so at the same time: readers find the arrays of one of them.
    """
    part = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    folders.recreate(part)
    try:
        for name, array in arrays.items():
            np.save(part / f"{name}.{_checksum(array)}{_SUFFIX}", array, allow_pickle=False)
        folders.remove(folder)
        part.rename(folder)
    finally:
        folders.remove(part)


def map_arrays(folder: Path) -> dict[str, Array]:
    """Return the arrays of a folder, read-only; none if there is no folder or one is damaged."""
    with suppress(OSError, ValueError):
        return {path.name.split(".")[0]: _mapped(path) for path in folder.iterdir()}
    return {}


def _mapped(path: Path) -> Array:
    """Return an array; raise ValueError if it is damaged."""
    _, checksum = path.name.removesuffix(_SUFFIX).split(".")
    array = np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
    if _checksum(array) != checksum:
        raise ValueError(f"{path} is damaged")
    return array


def _checksum(array: Array) -> str:
    return f"{zlib.crc32(np.ascontiguousarray(array).data):08x}"
