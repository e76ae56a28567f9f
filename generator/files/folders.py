"""Folders as a whole: made, emptied, exchanged; and files that stand in more than one of them."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import stat
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generator.model import coded_error


def make_folders(paths: Iterable[Path]) -> None:
    """Make folders, with those above them, where there are none."""
    for path in sorted(paths):
        path.mkdir(parents=True, exist_ok=True)


def recreate(path: Path) -> Path:
    """Give an empty folder at this place."""
    remove(path)
    path.mkdir(parents=True)
    return path


def remove_files(paths: Iterable[Path]) -> None:
    """Remove files; one that is gone already, or gave its place to a folder, is no error."""
    for path in paths:
        with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
            try:
                path.unlink()
            except PermissionError:  # whoever owns the folder may take back that nobody may write
                if path.is_dir() or not _permitted(path.parent):
                    raise
                path.unlink()


def remove_empty_folders(paths: Iterable[Path]) -> None:
    """Remove folders that are empty; one that is gone already, or is a file, is no error."""
    for path in paths:
        with suppress(FileNotFoundError, NotADirectoryError):
            path.rmdir()


def remove_if_empty(paths: Iterable[Path]) -> None:
    """Remove those of these folders that are empty; all others stay, and what is no folder."""
    for path in paths:
        with suppress(OSError):
            path.rmdir()


def remove(folder: Path) -> None:
    """Remove a folder with all that is in it, or what people put in its place.

    One that is gone already is no error.
    """
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif folder.exists():
        for place, _, _ in os.walk(folder):  # or nobody could remove what is in it
            _permitted(Path(place))
        shutil.rmtree(folder)


def link_or_copy(source: Path | str, target: Path) -> None:
    """Let a file stand in another place too: the same file where the system can, else a copy.

    For files only that are never written to in place, because both names would change.
    """
    try:
        os.link(source, target)
    except FileNotFoundError:
        target.parent.mkdir(parents=True)
        link_or_copy(source, target)
    except FileExistsError:
        target.unlink()
        link_or_copy(source, target)
    except OSError:
        copy(source, target)


def copy(source: Path | str, target: Path | str) -> None:
    """Copy a file with its signature, so that the copy is known to be the same.

    What stood there before is left alone where it stands under another name too.
    """
    modified = Path(source).stat().st_mtime_ns  # before the bytes: never too young
    with suppress(FileNotFoundError):
        Path(target).unlink()
    shutil.copyfile(source, target)
    os.utime(target, ns=(modified, modified))


def folder_identity(folder: Path) -> str:
    """Give by what a folder is known even when it is renamed; empty when there is none.

    Its time is part of it, because the system gives the number of one that is gone to a new one.
    """
    try:
        found = folder.stat()
    except FileNotFoundError:
        return ""
    return f"{found.st_dev} {found.st_ino} {found.st_mtime_ns}"


@dataclass(frozen=True, slots=True)
class FolderNames:
    """What is below a folder, by its path there."""

    files: frozenset[str]
    """All that is no folder: files, links, and the like."""
    folders: frozenset[str]


def list_names(folder: Path) -> FolderNames:
    """Return the names of all that is below a folder; no folder is an empty one.

    Links are not followed. This looks at no file, and takes a third of the time of a walk that
    does.
    """
    files, below, waiting = set[str](), set[str](), [(str(folder), "")]
    while waiting:
        place, prefix = waiting.pop()
        try:
            entries = [*os.scandir(place)]
        except FileNotFoundError:
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                below.add(f"{prefix}{entry.name}")
                waiting.append((entry.path, f"{prefix}{entry.name}/"))
            else:
                files.add(f"{prefix}{entry.name}")
    return FolderNames(frozenset(files), frozenset(below))


def top_level_names(folder: Path) -> tuple[str, ...]:
    """Return the names at the top of a folder, in order; no folder is an empty one."""
    return tuple(sorted(path.name for path in folder.iterdir())) if folder.is_dir() else ()


def link_or_copy_all(source: Path, target: Path, what: FolderNames) -> None:
    """Let files and folders of one folder be in another, too, with their rights and times.

    A file is the same under both names where the system can do that, else a copy. Raises OSError
    when something cannot be carried over; then nothing in `source` was changed.
    """
    for place in sorted(what.folders):
        (target / place).mkdir(parents=True, exist_ok=True)
    for place in sorted(what.files):
        (target / place).parent.mkdir(parents=True, exist_ok=True)
        _carry_file(source / place, target / place)
    for place in sorted(what.folders, reverse=True):
        _take_after(source / place, target / place)


def _carry_file(source: Path, target: Path) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except (OSError, NotImplementedError):
        if not source.is_symlink() and not source.is_file():
            raise  # a pipe or the like
        shutil.copy2(source, target, follow_symlinks=False)


def _take_after(source: Path, target: Path) -> None:
    """Give a folder the rights, the owner and the times of another, as far as we may."""
    shutil.copystat(source, target)
    status = source.stat()
    if hasattr(os, "chown"):
        with suppress(PermissionError):
            os.chown(target, status.st_uid, status.st_gid)


def swap(new: Path, target: Path, old: Path) -> None:
    """Put a finished folder in the place of another, which then lies where the finished one did.

    The finished one gets the rights of the other. Where the system can exchange two folders in
    one step (Linux, macOS), readers see the old or the new one at every moment. Elsewhere there is
    a moment between two renamings; a run that dies in it leaves the old folder at `old`, where
    `recover` finds it. Raises SeedbedError when the folder cannot be moved at all.
    """
    remove(old)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        new.rename(target)
        return
    mode = stat.S_IMODE(target.stat().st_mode)
    _take_after(target, new)
    _permitted(target)
    _permitted(new)
    if not _exchange(new, target):
        _change_places(new, target, old)
    with suppress(PermissionError):
        target.chmod(mode)


def _change_places(new: Path, target: Path, old: Path) -> None:
    try:
        target.rename(old)
    except OSError as error:
        if error.errno not in {errno.EBUSY, errno.EXDEV}:
            raise
        raise coded_error(
            "E042",
            target,
            "this folder cannot be exchanged, as it is a disk of its own",
            "Set `site_dir` in mkdocs.yml to a folder inside it",
        ) from error
    new.rename(target)
    old.rename(new)


def restore(target: Path, old: Path) -> None:
    """Put a folder back that a run which died had moved away."""
    if not target.exists() and old.exists():
        old.rename(target)


def _permitted(folder: Path) -> bool:
    """Let its owner write in a folder; return whether that could be done.

    To move a folder into another one, the system must write in it.
    """
    try:
        mode = stat.S_IMODE(folder.stat().st_mode)
        if mode & stat.S_IRWXU != stat.S_IRWXU:
            folder.chmod(mode | stat.S_IRWXU)
    except PermissionError:
        return False
    return True


def _exchange(path: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where the system cannot."""
    if os.name != "posix":
        return False
    library = ctypes.CDLL(None)
    names = os.fsencode(path), os.fsencode(other)
    if hasattr(library, "renameat2"):  # Linux: AT_FDCWD is -100, RENAME_EXCHANGE is 2
        return bool(library.renameat2(-100, names[0], -100, names[1], 2) == 0)
    if hasattr(library, "renamex_np"):  # macOS: RENAME_SWAP is 2
        return bool(library.renamex_np(*names, 2) == 0)
    return False
