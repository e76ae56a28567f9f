"""The files of the docs folder that were edited or damaged since the last run wrote them.

A run saves the state of each file: its size and when it was changed. The next run compares the
files with it, and writes those again that differ. People edit pages, so each page is compared.
Nobody edits the other files in the folder of a page, so of these only the folder is compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.engine.database import Database
from generator.engine.parallel_listings import list_in_workers
from generator.engine.saved_folders import SavedFolder, SavedTree, next_version, save_tree
from generator.files.folders import parent_folders
from generator.files.known_folders import FolderScan, disk_time, rescan_files, scan_folders
from generator.files.listings import changed_listings
from generator.files.snapshot import Snapshot
from generator.files.staging_folder import on_different_disks

_LEFT = "left"
"""Table of the folders that a run left."""

_PAGES = ".md"
"""The end of the names of pages."""

_WITH_PAGES = ("documents/", "people/", "organizations/", "places/", "names/")
"""The generated folders in which only pages are edited in place."""


@dataclass(frozen=True, slots=True)
class DocsState:
    """The docs folder, compared with what the last run left."""

    snapshot: Snapshot
    version: str
    """Another one after each change of a file."""
    left: Mapping[str, bytes]
    """The folders that changed since the last run, with the files that it left in them."""
    states: Mapping[str, bytes]
    """The states of folders whose files were listed, as far as they are not saved yet."""
    last_version: str | None
    """The version that the run before left; None if it is not known."""
    changed: frozenset[str]
    """The folders with other files than that version has, removed ones too."""

    @property
    def intact(self) -> Snapshot:
        """Its files that are as the last run left them."""
        return self.snapshot.unchanged_since(self.left)


def docs_state(database: Path, docs: Path) -> DocsState:
    """Return the state of the docs folder before a run, which may write into it.

    Files beside pages that were edited in place are noticed when their folder is due to be listed.
    """
    saved = SavedTree.peek(database, _LEFT)
    return _scan(docs, saved, database.parent, saved.save_count)


def peek_docs(database: Path, docs: Path) -> DocsState:
    """Return the same where maybe no run is needed: then no folder is due.

    If the database is missing or damaged, every file is compared.
    """
    return _scan(docs, SavedTree.peek(database, _LEFT), database.parent, None)


def _scan(docs: Path, saved: SavedTree, disk: Path, scan_number: int | None) -> DocsState:
    scan = scan_folders(docs, saved.folders, _time(docs, disk), scan_number, _PAGES)
    left = changed_listings(saved.listings, scan.snapshot.listings)
    version = next_version(saved.version, scan.snapshot.listings, left)
    known = {folder: each.states for folder, each in saved.folders.items()}
    states = {path: state for path, state in _states(scan).items() if known.get(path) != state}
    return DocsState(scan.snapshot, version, left, states, saved.version, frozenset(left))


def _time(docs: Path, disk: Path) -> int | None:
    """Return the `disk_time` of the docs folder; None if it is not on the disk of the database."""
    return None if on_different_disks(disk, docs) else disk_time(disk)


def _states(scan: FolderScan) -> dict[str, bytes]:
    """Return the states of folders in which only pages are edited in place."""
    return {
        folder: each.state
        for folder, each in scan.listed.items()
        if each.state and f"{folder}/".startswith(_WITH_PAGES)
    }


def save_docs(
    database: Database,
    before: DocsState,
    changed: Iterable[str],
    foreign: Iterable[str],
    jobs: int,
) -> DocsState:
    """Save the docs folder as a run left it that changed these files, and return its state.

    `foreign` are the files of others in generated folders: no state of such a folder is saved.
    Where many folders changed, `jobs` processes look at them; 0 means one for each core.
    """
    now = _time(Path(before.snapshot.root), database.path.parent)
    scan = rescan_files(before.snapshot, changed, now, list_in_workers(jobs, now))
    listings = scan.snapshot.listings
    with_foreign = {path.rpartition("/")[0] for path in foreign}
    earlier, parents = before.snapshot.listings, {"", *parent_folders(changed)}
    different = {each for each in parents if listings.get(each) != earlier.get(each)}
    states = {folder: state for folder, state in before.states.items() if folder not in parents}
    states |= _states(scan)
    known = {folder: state for folder, state in states.items() if folder not in with_foreign}
    saved = {
        folder: SavedFolder(listings[folder], known.get(folder, b""))
        for folder in {*different, *before.left, *states} & listings.keys()
    }
    version = next_version(before.version, listings, different)
    save_tree(database, _LEFT, version, saved, (different | before.left.keys()) - listings.keys())
    changed = different | before.changed
    return DocsState(scan.snapshot, version, {}, {}, before.last_version, frozenset(changed))
