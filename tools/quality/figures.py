"""A score of quality, and the folders of the texts that it is measured on."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


class MissingError(Exception):
    """The texts of a measure are missing; the message says which."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: `value` in percent, or a count if `unit` is empty."""

    name: str
    value: float
    detail: str
    """The numbers that it was computed from, such as "42 of 43"."""
    unit: str = "%"


def share(name: str, right: int, total: int) -> Figure:
    """Return a score in percent; 0 if the total is 0."""
    return Figure(name, 100 * right / total if total else 0.0, f"{right:,} of {total:,}")


def count(name: str, number: int, detail: str) -> Figure:
    """Return a score that is a count, such as the number of wrong values."""
    return Figure(name, number, detail, unit="")


def shared(*parts: str) -> Path:
    """Return a folder of texts that may be measured on but not copied into the project.

    It is in the folder of SEEDBED_SHARED, or in `shared` next to the project.
    """
    folder = Path(os.environ.get("SEEDBED_SHARED") or ROOT.parent / "shared").joinpath(*parts)
    if not folder.exists():
        wanted = "/".join(("shared", *parts))
        raise MissingError(f"needs {wanted} next to the project, or SEEDBED_SHARED")
    return folder
