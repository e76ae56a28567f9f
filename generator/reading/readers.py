"""Which files can become documents: plain texts so far, known by their names."""

from __future__ import annotations

from pathlib import PurePosixPath

from generator.model import SeedPath

_PLAIN_TEXT = frozenset({"", ".txt", ".text"})
"""Suffixes that are read as plain text. Without one a file is a seed only if a person says so."""


def has_reader(path: SeedPath) -> bool:
    """Tell whether a file of this name can become a document."""
    return PurePosixPath(path).suffix.lower() in _PLAIN_TEXT
