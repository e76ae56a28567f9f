"""The staging folder, in which the next site is built, on the disk of the published site."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import msgspec

from generator.files.atomic import part_of, write_file
from generator.model import coded_error

_MARKER = "made-by-seedbed.txt"
"""The file that says so in a folder that Seedbed created."""

_NOTE = b"Seedbed builds the next site in this folder and removes every other file from it.\n"


class StagingFolder(msgspec.Struct, frozen=True):
    """The folder for the next site."""

    folder: Path

    @property
    def next(self) -> Path:
        """Where the next site is built; between builds a copy of the published site."""
        return self.folder / "next"

    @property
    def old(self) -> Path:
        """Where the old site is moved for a moment, on systems that cannot exchange two folders."""
        return self.folder / "old"

    @property
    def is_ours(self) -> bool:
        """Whether the folder exists and contains Seedbed's marker."""
        return not self.folder.is_symlink() and (self.folder / _MARKER).is_file()

    def prepare(self) -> None:
        """Create the folder if it is missing, and remove links from it.

        Raises SeedbedError if there is a folder of this name that Seedbed did not create.
        """
        # A run that is killed here, or has a full disk, leaves a part of the marker in the folder.
        begun = part_of(self.folder / _MARKER)
        empty = self.folder.is_dir() and all(path == begun for path in self.folder.iterdir())
        free = not os.path.lexists(self.folder) or (empty and not self.folder.is_symlink())
        if not free and not self.is_ours:
            raise coded_error(
                "E042",
                self.folder,
                "Seedbed builds the next site in this folder, but did not create it",
                "Move it",
            )
        write_file(self.folder / _MARKER, _NOTE)
        for path in (self.next, self.old):
            if path.is_symlink() or path.is_file():
                path.unlink()


def find_staging_folder(state: Path, site: Path) -> StagingFolder:
    """Return the staging folder of a site: in `.seedbed`, or else next to the site.

    A folder can be renamed only within one disk.
    """
    if on_different_disks(state, site.parent):
        return StagingFolder(site.with_name(f".seedbed-{site.name}"))
    return StagingFolder(state / "stage")


def on_different_disks(path: Path, other: Path) -> bool:
    """Whether files cannot be renamed from one folder into another; of one that will be, too."""
    path, other = _existing(path), _existing(other)
    if path.stat().st_dev != other.stat().st_dev:
        return True
    # Two mounts of one disk have the same number. Linux reports them before it looks for the file.
    absent = f".seedbed-absent-{os.getpid()}"
    try:
        (path / absent).rename(other / absent)
    except OSError as error:
        return error.errno == errno.EXDEV
    return False


def _existing(path: Path) -> Path:
    """Return the path, or the nearest folder above it that exists."""
    return next(folder for folder in (path, *path.parents) if folder.exists())
