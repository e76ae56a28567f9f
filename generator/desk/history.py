"""The decisions made at the desk; the last one is undone first."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import msgspec

from generator.files import read_file, write_file

_MAX_DECISIONS = 200
"""Most decisions that can be undone."""


class FileChange(msgspec.Struct, frozen=True):
    """What a decision changed in a file: where, and what stood there before."""

    path: str
    """Below the seeds folder."""
    start: int
    """Characters before the change."""
    removed: str
    inserted: int
    """Characters that took its place."""
    after: str
    """Digest of the whole text after the change."""
    is_new: bool
    """Whether there was no such file before."""


class PastDecision(msgspec.Struct, frozen=True):
    """A decision, and what it changed."""

    edit: str
    """The decision in the words of the file: `letters/a.txt: title: "..."`."""
    day: str
    changes: tuple[FileChange, ...]


def digest(text: str) -> str:
    """Return the digest by which a text of a file is recognised."""
    return hashlib.sha256(text.encode()).hexdigest()


def describe_change(path: str, before: str | None, after: str) -> FileChange:
    """Return what differs between two texts of a file, as one change."""
    old = before or ""
    start = _common_length(old, after)
    end = _common_length(old[start:][::-1], after[start:][::-1])
    removed, inserted = old[start : len(old) - end], len(after) - start - end
    return FileChange(path, start, removed, inserted, digest(after), before is None)


def _common_length(first: str, second: str) -> int:
    """Return how many characters at their beginning two texts share."""
    pairs = enumerate(zip(first, second, strict=False))
    differing = (index for index, (left, right) in pairs if left != right)
    return next(differing, min(len(first), len(second)))


def text_before(change: FileChange, after: str) -> str | None:
    """Return the text of a file before a change; None if there was no such file."""
    if change.is_new:
        return None
    return after[: change.start] + change.removed + after[change.start + change.inserted :]


def load_history(file: Path) -> tuple[PastDecision, ...]:
    """Return the decisions of a file, oldest first; none if it is missing or damaged."""
    try:
        return tuple(msgspec.json.decode(read_file(file), type=list[PastDecision]))
    except (OSError, msgspec.DecodeError):
        return ()


def save_history(file: Path, decisions: Sequence[PastDecision]) -> None:
    """Save the last decisions."""
    write_file(file, msgspec.json.encode(decisions[-_MAX_DECISIONS:]))
