"""The previous site, which stays in the staging folder as a copy of the published one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from generator.engine.database import open_database, peek
from generator.files import folders
from generator.files.snapshot import Snapshot, take_snapshot
from generator.pipeline.last_run import DATABASE_FILE
from generator.publishing.rendering.write_site import mirror

_TABLE, _KEY = "run", "copy of the site"


@dataclass(frozen=True, slots=True)
class PreviousSite:
    """Keeps the staging folder equal to the published site, and records whether it is.

    The old site stays in the staging folder, because the next site is nearly the same. It may
    contain documents that were withdrawn, so it is made equal to the new site at once. The next
    site then differs from both in the same files, and the old site need not be scanned for them.
    """

    database_file: Path
    site: Path
    staging: Path

    @classmethod
    def for_project(cls, root: Path, site: Path, staging: Path) -> PreviousSite:
        """Return the previous site of a project."""
        return cls(root / DATABASE_FILE, site, staging)

    def invalidate(self) -> bool:
        """Return whether the staging folder equals the site, and delete the record of it.

        The caller is going to build into the staging folder.
        """
        recorded = peek(self.database_file, _TABLE, _KEY)
        if not recorded or recorded != self._identities():
            return False
        with open_database(self.database_file) as database:
            database.drop(_TABLE, [_KEY])
        return True

    def update(self, site: Snapshot, changed_files: Collection[str] | None) -> bool:
        """Make the staging folder equal to the site; return whether that succeeded.

        `changed_files` are those in which the two differ; None if unknown.
        """
        different = self._differences(site) if changed_files is None else changed_files
        return mirror(self.staging, self.site, site, different)

    def entry(self, *, is_equal: bool) -> tuple[str, bytes]:
        """Return the database entry that records whether the staging folder equals the site."""
        return _KEY, self._identities() if is_equal else b""

    def _identities(self) -> bytes:
        """Identify the two folders; empty if one of them does not exist."""
        identities = [folders.folder_identity(folder) for folder in (self.site, self.staging)]
        return " ".join(identities).encode() if all(identities) else b""

    def _differences(self, site: Snapshot) -> Collection[str]:
        """Return the files in which an old site differs from the new one; none without old site."""
        old = take_snapshot(self.staging)
        return {*old.differences(site)} if old.files else ()
