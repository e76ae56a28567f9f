"""The decisions made at the desk, the last first to be undone."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import msgspec

from generator.files import read_file, write_file

_MAX_DECISIONS = 200
"""Decisions that can be undone."""


class PastDecision(msgspec.Struct, frozen=True):
    """A decision, with the text of the file before it and a digest of the text after it."""

    edit: str
    """The decision in the words of the file: `letters/a.txt: title: "..."`."""
    day: str
    before: str
    after: str


def digest(text: str) -> str:
    """Return the digest by which a text of the file is recognised."""
    return hashlib.sha256(text.encode()).hexdigest()


def load_history(file: Path) -> tuple[PastDecision, ...]:
    """Return the decisions of a file, oldest first; none if it is missing or damaged."""
    try:
        return tuple(msgspec.json.decode(read_file(file), type=list[PastDecision]))
    except (OSError, msgspec.DecodeError):
        return ()


def save_history(file: Path, decisions: Sequence[PastDecision]) -> None:
    """Save the last decisions."""
    write_file(file, msgspec.json.encode(decisions[-_MAX_DECISIONS:]))
