"""The lock of a project: one run at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.files.atomic import read_file, write_file
from generator.model import SeedbedError


@contextmanager
def project_lock(root: Path, on_wait: Callable[[str], object] | None = None) -> Iterator[None]:
    """Lock a project for one run; the lock ends with the process, even if that is killed.

    If another run holds the lock, raises SeedbedError with its process. If `on_wait` is given, it
    is called with the same message instead, and this waits for the lock.
    """
    from filelock import (  # imported late: it takes 0.02 s, and workers lock nothing
        FileLock,
        Timeout,
    )

    state = root / ".seedbed"
    state.mkdir(parents=True, exist_ok=True)
    lock, owner = FileLock(state / "lock"), state / "owner"
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        process = read_file(owner).decode() if owner.exists() else "another process"
        message = f"another run of Seedbed is using {root} ({process})"
        if on_wait is None:
            raise SeedbedError(message, "Wait until it has ended") from error
        on_wait(f"{message}. This run continues when the other one has ended")
        lock.acquire()
    try:
        write_file(owner, f"process {os.getpid()}".encode())
        yield
    finally:
        lock.release()
