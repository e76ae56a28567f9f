"""The files of the docs folder that were edited or damaged since the last run wrote them.

A run saves the state of each file: its size and when it was changed. The next run compares the
files with it, and writes those again that differ.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.engine.database import Database, open_readonly
from generator.engine.saved_folders import SavedFolder, load_folders, update_folders
from generator.files.snapshot import Snapshot, take_snapshot

_LEFT = "left"
"""Table of the files that a run left."""


@dataclass(frozen=True, slots=True)
class DocsState:
    """The docs folder before a run, compared with what the last run left."""

    snapshot: Snapshot
    intact: Snapshot
    """Its files that are as the last run left them."""
    changed_folders: frozenset[str]
    """The folders that are not as the last run left them, or are gone."""


def docs_state(database: Path, docs: Path) -> DocsState:
    """Return the state of the docs folder; the database may be open in another process."""
    snapshot = take_snapshot(docs)
    with open_readonly(database) as saved:
        left = {folder: saved.listing for folder, saved in load_folders(saved, _LEFT).items()}
    folders = left.keys() | snapshot.listings.keys()
    changed = (each for each in folders if left.get(each) != snapshot.listings.get(each))
    return DocsState(snapshot, snapshot.unchanged_since(left), frozenset(changed))


def save_docs(database: Database, docs: Snapshot, folders: Iterable[str]) -> None:
    """Save the state of each file in these folders, as a run left it; all others are as before."""
    left, gone = dict[str, SavedFolder](), list[str]()
    for folder in folders:
        if folder in docs.listings:
            left[folder] = SavedFolder(docs.listings[folder])
        else:
            gone.append(folder)
    update_folders(database, _LEFT, left, gone)
