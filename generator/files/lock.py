"""The lock of a project, and the date of a build."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.files.atomic import read_file, write_file
from generator.model import SeedbedError

_MAX_DIGITS = 11
"""Digits of the seconds of a date before the year 5138; with more, years could have five digits."""


def build_date() -> str:
    """Return today's date in UTC, or the date in SOURCE_DATE_EPOCH for reproducible builds.

    Raises SeedbedError if the variable is not a number of seconds, because MkDocs would stop
    later. Source of the rule: <https://reproducible-builds.org/specs/source-date-epoch/>.
    """
    value = os.environ.get("SOURCE_DATE_EPOCH")
    if value is not None and not (value.isdecimal() and len(value) <= _MAX_DIGITS):
        raise SeedbedError(
            f'SOURCE_DATE_EPOCH is "{value[:40]}", not a number of seconds since 1970',
            "Set it to what `date +%s` prints, or unset it",
        )
    seconds = time.time() if value is None else int(value)
    return time.strftime("%Y-%m-%d", time.gmtime(seconds))


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
