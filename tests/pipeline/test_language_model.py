"""The model of languages, saved for other processes."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np

from generator.files.arrays import map_arrays, save_arrays
from generator.pipeline.language_model import SavedModel, save_once
from generator.reading.language import unpack_model

TEXTS = (
    "The bridge over the river was closed on Monday after the storm.",
    "Die Brücke über den Fluss wurde am Montag nach dem Sturm gesperrt.",
    "ἐν ἀρχῇ ἦν ὁ λόγος, καὶ ὁ λόγος ἦν πρὸς τὸν θεόν",
)


def _save(root: Path) -> None:
    save_once(SavedModel(root))


def test_a_saved_model_answers_as_the_packed_one(tmp_path: Path) -> None:
    """It is mapped from the project's folder, and does not depend on where that is."""
    _save(tmp_path / "first")
    shutil.copytree(tmp_path / "first", tmp_path / "second")
    saved, packed = SavedModel(tmp_path / "second")(), unpack_model()
    assert not saved.moves.flags.writeable
    assert [saved.best(text) for text in TEXTS] == [packed.best(text) for text in TEXTS]


def test_an_old_model_is_unpacked_again(tmp_path: Path) -> None:
    """It was saved by another version of its package, or lacks an array."""
    _save(tmp_path)
    folder = tmp_path / ".seedbed/language"
    arrays = {name: np.array(array) for name, array in map_arrays(folder).items()}
    save_arrays(folder, {**arrays, "version": np.array("another one")})
    assert SavedModel(tmp_path)().moves.flags.writeable
    save_arrays(folder, {name: array for name, array in arrays.items() if name != "rows"})
    assert SavedModel(tmp_path)().moves.flags.writeable
