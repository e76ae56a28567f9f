"""A figure of quality, and where the texts lie that it is taken on."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


class MissingError(Exception):
    """A measure lacks the texts it is taken on; the message says which."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: `value` in percent, or a plain count where `unit` is empty."""

    name: str
    value: float
    detail: str
    """What stands behind it, such as "42 of 43"."""
    unit: str = "%"


def share(name: str, right: int, of: int) -> Figure:
    """Give a figure in percent; of nothing at all, none is right."""
    return Figure(name, 100 * right / of if of else 0.0, f"{right:,} of {of:,}")


def count(name: str, number: int, of: str) -> Figure:
    """Give a figure that is a count, such as that of wrong values."""
    return Figure(name, number, of, unit="")


def shared(*parts: str) -> Path:
    """Find a folder of texts that may be measured on but not copied into the project.

    They lie in the folder that SEEDBED_SHARED names, or in `shared` beside the project.
    """
    folder = Path(os.environ.get("SEEDBED_SHARED") or ROOT.parent / "shared").joinpath(*parts)
    if not folder.exists():
        wanted = "/".join(("shared", *parts))
        raise MissingError(f"needs {wanted} beside the project, or SEEDBED_SHARED")
    return folder
