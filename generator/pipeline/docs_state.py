"""The files of the docs folder that were edited or damaged since the last run wrote them.

A run saves the state of each file: its size and when it was changed. The next run compares the
files with it, and writes those again that differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.engine.database import Database, open_readonly
from generator.engine.saved_folders import SavedFolder, load_folders, save_folders
from generator.files.snapshot import Snapshot, take_snapshot

_LEFT = "left"
"""Table of the files that a run left."""


@dataclass(frozen=True, slots=True)
class DocsState:
    """The docs folder before a run, compared with what the last run left."""

    snapshot: Snapshot
    intact: Snapshot
    """Its files that are as the last run left them."""


def docs_state(database: Path, docs: Path) -> DocsState:
    """Return the state of the docs folder; the database may be open in another process."""
    snapshot = take_snapshot(docs)
    with open_readonly(database) as saved:
        left = {folder: saved.listing for folder, saved in load_folders(saved, _LEFT).items()}
    return DocsState(snapshot, snapshot.unchanged_since(left))


def save_docs(database: Database, docs: Snapshot) -> None:
    """Save the state of each file, as a run left it."""
    left = {folder: SavedFolder(listing) for folder, listing in docs.listings.items()}
    save_folders(database, _LEFT, load_folders(database, _LEFT), left)
