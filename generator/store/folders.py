"""Folders as a whole: made, emptied, exchanged; and files that stand in more than one of them."""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


def make(paths: Iterable[Path]) -> None:
    """Make folders, with those above them, where there are none."""
    for path in sorted(paths):
        path.mkdir(parents=True, exist_ok=True)


def fresh(path: Path) -> Path:
    """Give an empty folder at this place."""
    remove(path)
    path.mkdir(parents=True)
    return path


def remove_files(paths: Iterable[Path]) -> None:
    """Remove files; one that is gone already, or gave its place to a folder, is no error."""
    for path in paths:
        with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
            path.unlink()


def remove_empty(paths: Iterable[Path]) -> None:
    """Remove folders that are empty; one that is gone already, or is a file, is no error."""
    for path in paths:
        with suppress(FileNotFoundError, NotADirectoryError):
            path.rmdir()


def remove(folder: Path) -> None:
    """Remove a folder with all that is in it, or what people put in its place.

    One that is gone already is no error.
    """
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)


def link(source: Path | str, target: Path) -> None:
    """Let a file stand in another place too: the same file where the system can, else a copy.

    For files only that are never written to in place, because both names would change.
    """
    try:
        os.link(source, target)
    except FileNotFoundError:
        target.parent.mkdir(parents=True)
        link(source, target)
    except FileExistsError:
        target.unlink()
        link(source, target)
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


def identity(folder: Path) -> str:
    """Give by what a folder is known even when it is renamed; empty when there is none.

    Its time is part of it, because the system gives the number of one that is gone to a new one.
    """
    try:
        found = folder.stat()
    except FileNotFoundError:
        return ""
    return f"{found.st_dev} {found.st_ino} {found.st_mtime_ns}"


def exchange(new: Path, target: Path) -> None:
    """Put a finished folder in the place of another, which then lies where the finished one did.

    Where the system can exchange two folders in one step (Linux, macOS), readers see the old or
    the new one at every moment. Elsewhere there is a moment between two renamings; a run that
    dies in it leaves the old folder aside, where `recover` finds it.
    """
    old = _aside(target)
    remove(old)
    if not target.exists():
        new.rename(target)
    elif not _exchange(new, target):
        target.rename(old)
        new.rename(target)
        old.rename(new)


def recover(target: Path) -> None:
    """Put a folder back that a run which died had moved aside."""
    if not target.exists() and _aside(target).exists():
        _aside(target).rename(target)


def _aside(target: Path) -> Path:
    return target.with_name(f"{target.name}-old")


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where the system cannot."""
    if os.name != "posix":
        return False
    library = ctypes.CDLL(None)
    names = os.fsencode(one), os.fsencode(other)
    if hasattr(library, "renameat2"):  # Linux: AT_FDCWD is -100, RENAME_EXCHANGE is 2
        return bool(library.renameat2(-100, names[0], -100, names[1], 2) == 0)
    if hasattr(library, "renamex_np"):  # macOS: RENAME_SWAP is 2
        return bool(library.renamex_np(*names, 2) == 0)
    return False
