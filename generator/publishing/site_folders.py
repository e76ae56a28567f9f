"""What the last builds found in the folders of a site and of its staging folder.

Nobody edits there, so the next build looks at the files of a folder only if the folder changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from generator.engine.database import Database
from generator.engine.saved_folders import SavedFolder, SavedTree, next_version, save_tree
from generator.files.known_folders import (
    FolderLook,
    ListedFolder,
    add_state,
    disk_time,
    look_at_folders,
)
from generator.files.names import in_folder
from generator.files.snapshot import EMPTY_LISTING, Snapshot, changed_listings, decode_listing

_TABLE = "site folders"
"""Of each folder of the last site, its files, and the states in which it had them."""

_Listed = Mapping[str, ListedFolder]
"""The folders of which a look listed the files, by path."""


class LookChanges(NamedTuple):
    """A look at a folder, without what is known of it: a tenth of the look."""

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

    def look(
        self, root: Path, disk: Path, turn: int | None = None, pages: str | None = None
    ) -> FolderLook:
        """Return what is in a folder now, as `look_at_folders` does.

        `disk` is an existing folder on its disk.
        """
        return look_at_folders(root, self.tree.folders, disk_time(disk), turn, pages)

    def look_at_files(self, root: Path, disk: Path) -> FolderLook:
        """Return the same, but look at every file."""
        return look_at_folders(root, {}, disk_time(disk))

    def changes(self, look: FolderLook) -> LookChanges:
        """Return what a look found that is not known."""
        gone = (self.tree.folders.keys() | look.listed.keys()) - look.snapshot.listings.keys()
        return LookChanges(look.snapshot.root, self.tree.version, look.listed, frozenset(gone))

    def restored(self, changes: LookChanges) -> FolderLook | None:
        """Return the look with these changes; None if another site was known then."""
        if changes.version != self.tree.version:
            return None
        listed = {folder: each.listing for folder, each in changes.listed.items()}
        listings = {"": EMPTY_LISTING, **self.tree.listings, **listed}
        for folder in changes.gone:
            listings.pop(folder, None)
        return FolderLook(Snapshot(listings, changes.root), changes.listed)

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

    def save(self, database: Database, site: Snapshot, looks: Iterable[_Listed]) -> str:
        """Save the files of each folder of a new site, and the states that looks found.

        Returns the version of the site.
        """
        different = changed_listings(self.tree.listings, site.listings)
        version = next_version(self.tree.version, site.listings, different)
        changed = dict(self._changed(site, different.keys(), tuple(looks)))
        removed = different.keys() - site.listings.keys()
        save_tree(database, _TABLE, version, changed, removed)
        return version

    def _changed(
        self, site: Snapshot, different: Iterable[str], looks: tuple[_Listed, ...]
    ) -> Iterator[tuple[str, SavedFolder]]:
        """Yield the folders that have other files or states than those that are saved."""
        for folder in {*different}.union(*looks) & site.listings.keys():
            listing, before = site.listings[folder], self.tree.folders.get(folder)
            found = [look[folder] for look in looks if folder in look]
            same = [each for each in found if each.listing == listing]
            is_same = len(same) == len(found) and before and before.listing == listing
            states = before.states if before and is_same else b""
            for each in same:
                if site.listings.keys() >= {*each.folders}:
                    states = add_state(states, each.state)
            if (after := SavedFolder(listing, states)) != before:
                yield folder, after
