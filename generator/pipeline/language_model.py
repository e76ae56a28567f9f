"""The model of languages, unpacked once for a project and mapped into memory by each process.

Unpacking takes 0.6 s of CPU in each process; the unpacked model has 68 MB.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

import msgspec
import numpy as np

from generator.files.arrays import map_arrays, save_arrays
from generator.reading.language import load_with, loaded_model, unpack_model
from generator.reading.language_scores import LanguageModel

MIN_SEEDS_TO_SAVE = 50
"""Least seeds of a project for which the model is saved. Without it, a build after an edit takes
half as long again; for fewer seeds, 68 MB would be more than all that is made of them."""

_FOLDER = ".seedbed/language"
_LAYOUT = "1"
"""To be changed with the meaning of the arrays in `LanguageModel`."""


class SavedModel(msgspec.Struct, frozen=True):
    """Loads the model of languages, from the project's folder if it was saved there."""

    root: Path

    def __call__(self) -> LanguageModel:
        """Return the saved model; unpack one if it is missing, damaged or outdated."""
        arrays = map_arrays(self.root / _FOLDER)
        with suppress(KeyError):
            if str(arrays["version"]) == _version():
                return LanguageModel.from_arrays(arrays)
        return unpack_model()

    def use(self) -> None:
        """Use this model for the texts of this thread; it is loaded for the first of them."""
        load_with(self)


@cache  # a preview generates pages many times
def save_once(saved: SavedModel) -> None:
    """Save the model for other processes as soon as it is loaded, unless it is saved."""
    model = loaded_model(saved)
    if not model.moves.flags.writeable:  # mapped, so it is saved
        return
    with suppress(OSError):  # a full disk: other processes unpack the model themselves
        save_arrays(saved.root / _FOLDER, {**model.arrays(), "version": np.array(_version())})


def _version() -> str:
    return f"{_LAYOUT} {version('py3langid')}"
