"""Exchanging two folders, so that readers see the old or the new one at every moment."""

from __future__ import annotations

import ctypes
import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

from generator.files.folders import copy_attributes, make_writable, remove
from generator.model import coded_error


def swap(new: Path, target: Path, old: Path) -> None:
    """Exchange the folder `new` with the folder `target`, and keep the permissions of `target`.

    If the system can exchange two folders in one step (Linux, macOS), readers see the old or the
    new one at every moment. Other systems need two renames; a run that is killed between them
    leaves the old folder at `old`, where `restore` finds it. Raises SeedbedError if the folder
    cannot be moved.
    """
    remove(old)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        new.rename(target)
        return
    mode = stat.S_IMODE(target.stat().st_mode)
    copy_attributes(target, new)
    make_writable(target)
    make_writable(new)
    if not _exchange(new, target):
        _exchange_by_renames(new, target, old)
    with suppress(PermissionError):
        target.chmod(mode)


def _exchange_by_renames(new: Path, target: Path, old: Path) -> None:
    try:
        target.rename(old)
    except OSError as error:
        if error.errno not in {errno.EBUSY, errno.EXDEV}:
            raise
        raise coded_error(
            "E042",
            target,
            "this folder is a mount point and cannot be replaced",
            "Set `site_dir` in mkdocs.yml to a folder inside it",
        ) from error
    new.rename(target)
    old.rename(new)


def restore(target: Path, old: Path) -> None:
    """Move a folder back that a killed run had moved to `old`."""
    if not target.exists() and old.exists():
        old.rename(target)


def _exchange(path: Path, other: Path) -> bool:
    """Exchange two folders in one step; return False if the system cannot."""
    if os.name != "posix":
        return False
    library = ctypes.CDLL(None)
    names = os.fsencode(path), os.fsencode(other)
    if hasattr(library, "renameat2"):  # Linux: AT_FDCWD is -100, RENAME_EXCHANGE is 2
        return bool(library.renameat2(-100, names[0], -100, names[1], 2) == 0)
    if hasattr(library, "renamex_np"):  # macOS: RENAME_SWAP is 2
        return bool(library.renamex_np(*names, 2) == 0)
    return False
