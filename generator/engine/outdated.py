"""Why an item is outdated: the one rule by which a build decides what it runs again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from generator.engine.cache_entries import Entry
from generator.engine.fingerprint import Fingerprint

NEW, UNKNOWN, NOT_REUSABLE = "new", "unknown inputs", "not reusable"
CHANGED, MODIFIED = "changed inputs", "modified outputs"

REASONS = {
    NEW: "new",
    UNKNOWN: "with unknown inputs",
    NOT_REUSABLE: "not reusable",
    CHANGED: "with changed inputs",
    MODIFIED: "with modified outputs",
}
"""Why an item is outdated, and how that is said after a number of items."""


class Paths(Protocol):
    """The paths of files: a set, or the files of a snapshot."""

    def __contains__(self, path: object, /) -> bool: ...

    def issuperset(self, paths: Iterable[str], /) -> bool:
        """Whether all of these are among them."""
        ...


def why_outdated(entry: Entry | None, fingerprint: Fingerprint | None, intact: Paths) -> str | None:
    """Return why an item must be run again, or None if its entry is up to date.

    `fingerprint` is that of its inputs now, or None if they are not known. `intact` are the
    paths of files that are as the last run left them.
    """
    if entry is None:
        return NEW
    if fingerprint is None:
        return UNKNOWN
    if not entry.fingerprint:
        return NOT_REUSABLE
    if entry.fingerprint != fingerprint.value:
        return CHANGED
    if not intact.issuperset(entry.outputs):
        return MODIFIED
    return None
