"""The published site as a whole, and who may work on a project."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from generator.model import SeedbedError
from generator.store.files import write_file


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
