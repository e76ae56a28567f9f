"""What the last builds found in the folders of a site and of its staging folder.

Nobody edits there, so the next build lists the files of a folder only if the folder changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from generator.engine.database import Database
from generator.engine.saved_folders import SavedFolder, SavedTree, next_version, save_tree
from generator.files.known_folders import (
    FolderScan,
    ListedFolder,
    add_state,
    disk_time,
    scan_all_files,
    scan_folders,
)
from generator.files.listings import EMPTY_LISTING, changed_listings, decode_listing
from generator.files.names_by_folder import in_folder
from generator.files.snapshot import Snapshot

_TABLE = "site folders"
"""Of each folder of the last site, its files, and the states in which it had them."""

_Listed = Mapping[str, ListedFolder]
"""The folders whose files a scan listed, by path."""


class ScanChanges(NamedTuple):
    """A scan of a folder without what is known of it: a tenth of the scan."""

    root: str
    version: str | None
    """Of the site that is known."""
    listed: dict[str, ListedFolder]
    gone: frozenset[str]
    """The folders that were known or listed, and are none of its folders."""


@dataclass(frozen=True, slots=True)
class SiteFolders:
    """The folders of the last site.

    What is known of a folder is true wherever a folder has one of these states: in the site, in the
    staging folder, and after a build that was killed.
    """

    tree: SavedTree

    @classmethod
    def load(cls, database_file: Path) -> SiteFolders:
        """Return what is saved; nothing if the database is missing or damaged."""
        return cls(SavedTree.peek(database_file, _TABLE))

    def scan(
        self, root: Path, disk: Path, scan_number: int | None = None, pages: str | None = None
    ) -> FolderScan:
        """Return what is in a folder now, as `scan_folders` does.

        `disk` is an existing folder on its disk.
        """
        return scan_folders(root, self.tree.folders, disk_time(disk), scan_number, pages)

    def scan_files(self, root: Path, disk: Path) -> FolderScan:
        """Return the same, but list every folder."""
        return scan_all_files(root, disk_time(disk))

    def changes(self, scan: FolderScan) -> ScanChanges:
        """Return what a scan found that is not known."""
        gone = (self.tree.folders.keys() | scan.listed.keys()) - scan.snapshot.listings.keys()
        return ScanChanges(scan.snapshot.root, self.tree.version, scan.listed, frozenset(gone))

    def restored(self, changes: ScanChanges) -> FolderScan | None:
        """Return the scan with these changes; None if another site was known then."""
        if changes.version != self.tree.version:
            return None
        listed = {folder: each.listing for folder, each in changes.listed.items()}
        listings = {"": EMPTY_LISTING, **self.tree.listings, **listed}
        for folder in changes.gone:
            listings.pop(folder, None)
        return FolderScan(Snapshot(listings, changes.root), changes.listed)

    def files_of_others(self, existing: Snapshot) -> frozenset[str] | None:
        """Return the files that are not ours; None if one of the last site is not as it was."""
        others = set[str]()
        for folder, listing in changed_listings(self.tree.listings, existing.listings).items():
            ours = decode_listing(listing)
            now = decode_listing(existing.listings.get(folder, EMPTY_LISTING))
            if folder not in existing.listings or not ours.items() <= now.items():
                return None
            others |= {in_folder(folder, name) for name in now.keys() - ours.keys()}
        return frozenset(others)

    def save(self, database: Database, site: Snapshot, scans: Iterable[_Listed]) -> str:
        """Save the files of each folder of a new site, and the states that scans found.

        Returns the version of the site.
        """
        different = changed_listings(self.tree.listings, site.listings)
        version = next_version(self.tree.version, site.listings, different)
        changed = dict(self._changed(site, different.keys(), tuple(scans)))
        removed = different.keys() - site.listings.keys()
        save_tree(database, _TABLE, version, changed, removed)
        return version

    def _changed(
        self, site: Snapshot, different: Iterable[str], scans: tuple[_Listed, ...]
    ) -> Iterator[tuple[str, SavedFolder]]:
        """Yield the folders that have other files or states than those that are saved."""
        for folder in {*different}.union(*scans) & site.listings.keys():
            listing, before = site.listings[folder], self.tree.folders.get(folder)
            found = [scan[folder] for scan in scans if folder in scan]
            same = [each for each in found if each.listing == listing]
            is_same = len(same) == len(found) and before and before.listing == listing
            states = before.states if before and is_same else b""
            for each in same:
                if site.listings.keys() >= {*each.folders}:
                    states = add_state(states, each.state)
            if (after := SavedFolder(listing, states)) != before:
                yield folder, after
