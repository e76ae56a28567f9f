"""The published site as a whole, and who may work on a project."""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from generator.model import SeedbedError
from generator.store.files import write_file


def replace_folder(new: Path, target: Path) -> None:
    """Put a finished folder in the place of another, and only then remove the other.

    Where the system can exchange two folders in one step (Linux, macOS), readers see the old or
    the new one at every moment. Elsewhere there is a moment between two renamings; a run that
    dies in it leaves the old folder aside, where `recover_folder` finds it.
    """
    old = _aside(target)
    if old.exists():
        shutil.rmtree(old)
    if target.exists() and _exchange(new, target):
        shutil.rmtree(new)
        return
    if target.exists():
        target.rename(old)
    new.rename(target)
    if old.exists():
        shutil.rmtree(old)


def recover_folder(target: Path) -> None:
    """Put a folder back that a run which died had moved aside."""
    if not target.exists() and _aside(target).exists():
        _aside(target).rename(target)


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Hold a project for one run; the lock goes with the process, however it ends.

    Raises SeedbedError, naming the owner, when another run holds it.
    """
    state = root / ".seedbed"
    state.mkdir(parents=True, exist_ok=True)
    owner = state / "owner"
    try:
        with FileLock(state / "lock", timeout=0):
            write_file(owner, f"process {os.getpid()}".encode())
            yield
    except Timeout as error:
        who = owner.read_text("utf-8") if owner.exists() else "another process"
        message = f"another run of Seedbed works on {root} ({who})"
        raise SeedbedError(message, "Wait until it has ended") from error


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
