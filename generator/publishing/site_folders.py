"""What the last builds found in the folders of a site and of its staging folder.

Nobody edits there, so the next build looks at the files of a folder only if the folder changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.engine.database import Database, open_readonly
from generator.engine.saved_folders import SavedFolder, load_folders, update_folders
from generator.files.known_folders import (
    FolderLook,
    ListedFolder,
    add_state,
    disk_time,
    look_at_folders,
)
from generator.files.snapshot import Snapshot

_TABLE = "site folders"
"""Of each folder of the last site, its files, and the states in which it had them."""

_COUNT = "looks"
"""The key, in the table of the run, of the number of builds that looked."""


@dataclass(frozen=True, slots=True)
class SiteFolders:
    """The folders of the last site.

    What is known of a folder is true wherever a folder has one of these states: in the site, in the
    staging folder, and after a build that was killed.
    """

    saved: Mapping[str, SavedFolder] = field(default_factory=dict)
    turn: int = 0
    """Counts the builds that looked by folder."""

    @classmethod
    def load(cls, database_file: Path) -> SiteFolders:
        """Return what is saved; nothing if the database is missing or damaged."""
        try:
            with open_readonly(database_file) as database:
                count = database.get("run", _COUNT) or b"0"
                return cls(load_folders(database, _TABLE), int(count))
        except OSError:
            return cls()

    def look(self, root: Path, disk: Path) -> FolderLook:
        """Return what is in a folder now; `disk` is an existing folder on its disk."""
        return look_at_folders(root, self.saved, disk_time(disk))

    def look_in_turn(self, root: Path, disk: Path) -> FolderLook:
        """Return the same, but look at files too in the folders that have their turn."""
        return look_at_folders(root, self.saved, disk_time(disk), self.turn)

    def look_at_files(self, root: Path, disk: Path) -> FolderLook:
        """Return the same, but look at every file."""
        return look_at_folders(root, {}, disk_time(disk))

    def save(self, database: Database, site: Snapshot, looks: Iterable[FolderLook]) -> None:
        """Save the files of each folder of a new site, and what the looks before it found."""
        changed = dict(self._changed(site, tuple(looks)))
        update_folders(database, _TABLE, changed, self.saved.keys() - site.listings.keys())
        database.put("run", [(_COUNT, b"%d" % (self.turn + 1))])

    def _changed(
        self, site: Snapshot, looks: tuple[FolderLook, ...]
    ) -> Iterator[tuple[str, SavedFolder]]:
        """Yield the folders of which something else is known now."""
        for folder, listing in site.listings.items():
            before = self.saved.get(folder)
            found = [look.listed[folder] for look in looks if folder in look.listed]
            if found or before is None or before.listing != listing:
                after = SavedFolder(listing, _states(site, listing, before, found))
                if after != before:
                    yield folder, after


def _states(
    site: Snapshot, listing: bytes, before: SavedFolder | None, found: list[ListedFolder]
) -> bytes:
    """Return the states in which a folder has the files that it has in the site."""
    is_same = all(each.listing == listing for each in (before, *found) if each)
    states = before.value if before and is_same else b""
    for each in found:
        if each.listing == listing and site.listings.keys() >= {*each.folders}:
            states = add_state(states, each.state)
    return states
