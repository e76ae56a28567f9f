"""Creating, emptying and listing folders, and linking files into several of them."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


def parent_folders(paths: Iterable[str]) -> frozenset[str]:
    """Return all folders above these relative paths, without the root."""
    parents: set[str] = set()
    level = {path.rpartition("/")[0] for path in paths} - {""}
    while level:
        parents |= level
        level = {path.rpartition("/")[0] for path in level} - {""} - parents
    return frozenset(parents)


def make_folders(paths: Iterable[str]) -> None:
    """Create folders that do not exist, with their parents; another process may create them too."""
    for path in paths:
        os.makedirs(path, exist_ok=True)  # noqa: PTH103  (half the time of `Path.mkdir`)


def recreate(path: Path) -> Path:
    """Return an empty folder at this path; an existing one is removed."""
    remove(path)
    path.mkdir(parents=True)
    return path


def remove_files(paths: Iterable[Path]) -> None:
    """Remove files; a missing one, or a folder of the same path, is skipped."""
    for path in paths:
        with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
            try:
                path.unlink()
            except PermissionError:  # the folder may be write-protected, which its owner can undo
                if path.is_dir() or not make_writable(path.parent):
                    raise
                path.unlink()


def remove_empty_folders(paths: Iterable[Path]) -> None:
    """Remove empty folders; a missing one, or a file of the same path, is skipped.

    Raises OSError if a folder is not empty.
    """
    for path in paths:
        with suppress(FileNotFoundError, NotADirectoryError):
            path.rmdir()


def remove_if_empty(paths: Iterable[Path]) -> None:
    """Remove the folders that are empty; all other paths stay as they are."""
    for path in paths:
        with suppress(OSError):
            path.rmdir()


def remove(folder: Path) -> None:
    """Remove a folder with its content, or a file or link of this path, if there is one."""
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif folder.exists():
        for path, _, _ in os.walk(folder):  # files in a write-protected folder cannot be removed
            make_writable(Path(path))
        shutil.rmtree(folder)


def link_or_copy(source: Path | str, target: Path | str) -> None:
    """Create a hard link to a file, or copy it if the system cannot create one.

    Only for files that are never modified in place: both paths would change.
    """
    try:
        os.link(source, target)
    except FileNotFoundError:
        Path(target).parent.mkdir(parents=True)
        link_or_copy(source, target)
    except FileExistsError:
        Path(target).unlink()
        link_or_copy(source, target)
    except OSError:
        copy(source, target)


def copy(source: Path | str, target: Path | str) -> None:
    """Copy a file with its modification time, so that `is_same_version` holds for the copy.

    An existing target is removed first, because it may be hard-linked to another path.
    """
    status = os.stat(source)  # noqa: PTH116  (before the copy, so its time is never too late)
    with suppress(FileNotFoundError):
        os.unlink(target)  # noqa: PTH108
    if not _copy_in_system(source, target, status):
        shutil.copyfile(source, target)
    os.utime(target, ns=(status.st_mtime_ns, status.st_mtime_ns))


def _copy_in_system(source: Path | str, target: Path | str, status: os.stat_result) -> bool:
    """Have the system copy a file, as Linux can; return whether it did.

    `shutil.copyfile` makes twice as many calls of the system, and file objects make half as many
    more; sites have ten thousands of small files.
    """
    if not hasattr(os, "copy_file_range") or not stat.S_ISREG(status.st_mode):
        return False
    old = os.open(source, os.O_RDONLY)
    try:
        new = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
        try:
            return _copy_bytes(old, new, status.st_size)
        finally:
            os.close(new)
    finally:
        os.close(old)


def _copy_bytes(old: int, new: int, size: int) -> bool:
    """Copy the bytes of an open file into another; return whether all were copied."""
    remaining = size
    while remaining:
        try:
            copied = os.copy_file_range(old, new, remaining)
        except OSError:  # not on every file system; a full disk fails in the other way too
            return False
        if not copied:
            return False
        remaining -= copied
    return True


@dataclass(frozen=True, slots=True)
class FolderEntries:
    """Entries below a folder, by their paths relative to it."""

    files: frozenset[str]
    """Files, links and special files."""
    folders: frozenset[str]


def top_level_names(folder: Path) -> tuple[str, ...]:
    """Return the names of the entries of a folder, sorted; none for a missing folder."""
    return tuple(sorted(path.name for path in folder.iterdir())) if folder.is_dir() else ()


def link_or_copy_all(source: Path, target: Path, entries: FolderEntries) -> None:
    """Link or copy files and folders into another folder, with their permissions and times.

    Raises OSError if something cannot be copied; nothing in `source` is changed.
    """
    for path in sorted(entries.folders):
        (target / path).mkdir(parents=True, exist_ok=True)
    for path in sorted(entries.files):
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        _link_or_copy_entry(source / path, target / path)
    for path in sorted(entries.folders, reverse=True):
        copy_attributes(source / path, target / path)


def _link_or_copy_entry(source: Path, target: Path) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except (OSError, NotImplementedError):
        if not source.is_symlink() and not source.is_file():
            raise  # such as a pipe
        shutil.copy2(source, target, follow_symlinks=False)


def copy_attributes(source: Path, target: Path) -> None:
    """Copy the permissions and times of a folder, and its owner if that is permitted."""
    shutil.copystat(source, target)
    status = source.stat()
    if hasattr(os, "chown"):
        with suppress(PermissionError):
            os.chown(target, status.st_uid, status.st_gid)


def make_writable(folder: Path) -> bool:
    """Make a folder writable for its owner; return whether that was possible.

    The system must write in a folder to move it into another one.
    """
    try:
        mode = stat.S_IMODE(folder.stat().st_mode)
        if mode & stat.S_IRWXU != stat.S_IRWXU:
            folder.chmod(mode | stat.S_IRWXU)
    except PermissionError:
        return False
    return True
