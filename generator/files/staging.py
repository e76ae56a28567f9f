"""Where the next site is made: a folder of ours, on the disk of the published one."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from pathlib import Path

from generator.files.atomic import write_file
from generator.model import coded_error

_MARKER = "made-by-seedbed.txt"
_NOTE = b"Seedbed makes the next site here. Nothing else belongs here: what is found here, goes.\n"


@dataclass(frozen=True, slots=True)
class StagingFolder:
    """A folder for the next site."""

    folder: Path

    @property
    def next(self) -> Path:
        """Where the next site is made; between builds a copy of the published one."""
        return self.folder / "next"

    @property
    def old(self) -> Path:
        """Where the old site is for a moment, on systems that cannot exchange two folders."""
        return self.folder / "old"

    @property
    def is_ours(self) -> bool:
        """Whether the folder is there, and a marker of ours in it says whose it is."""
        return not self.folder.is_symlink() and (self.folder / _MARKER).is_file()

    def prepare(self) -> None:
        """Make the folder where there is none, and remove links from it.

        Raises SeedbedError when somebody else has a folder of this name.
        """
        empty = self.folder.is_dir() and not any(self.folder.iterdir())
        free = not os.path.lexists(self.folder) or (empty and not self.folder.is_symlink())
        if not free and not self.is_ours:
            raise coded_error(
                "E042",
                self.folder,
                "Seedbed makes the next site here, but did not make this",
                "Move it away",
            )
        write_file(self.folder / _MARKER, _NOTE)
        for path in (self.next, self.old):
            if path.is_symlink() or path.is_file():
                path.unlink()


def find_staging_folder(state: Path, site: Path) -> StagingFolder:
    """Return the stage of a site: below the project's own state, or else beside the site.

    A folder can only be renamed on one disk.
    """
    beside = site.parent
    while not beside.exists():
        beside = beside.parent
    if _apart(state, beside):
        return StagingFolder(site.with_name(f".seedbed-{site.name}"))
    return StagingFolder(state / "stage")


def _apart(path: Path, other: Path) -> bool:
    """Whether nothing can be renamed from one folder into another."""
    while not path.exists():
        path = path.parent
    if path.stat().st_dev != other.stat().st_dev:
        return True
    # Two mounts of one disk look the same; Linux tells of them before it looks for the file.
    absent = f".seedbed-absent-{os.getpid()}"
    try:
        (path / absent).rename(other / absent)
    except OSError as error:
        return error.errno == errno.EXDEV
    return False
