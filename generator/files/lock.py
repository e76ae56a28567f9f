"""The published site as a whole, and who may work on a project."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from generator.files.atomic import write_file
from generator.model import SeedbedError

_LONGEST = 11
"""Figures in the seconds of a day before the year 5138; with more, years have five figures."""


def build_date() -> str:
    """Give the day, in UTC; that of SOURCE_DATE_EPOCH, where it is set, for builds made again.

    Raises SeedbedError where it is set to anything else than seconds, on which MkDocs would stop
    later. Source of the rule: <https://reproducible-builds.org/specs/source-date-epoch/>.
    """
    told = os.environ.get("SOURCE_DATE_EPOCH")
    if told is not None and not (told.isdecimal() and len(told) <= _LONGEST):
        raise SeedbedError(
            f'SOURCE_DATE_EPOCH is "{told[:40]}", and not the seconds since 1970',
            "Set it to what `date +%s` prints, or unset it",
        )
    seconds = time.time() if told is None else int(told)
    return time.strftime("%Y-%m-%d", time.gmtime(seconds))


@contextmanager
def project_lock(root: Path, on_wait: Callable[[str], object] | None = None) -> Iterator[None]:
    """Hold a project for one run; the lock goes with the process, however it ends.

    When another run holds it: raises SeedbedError, naming the owner. Where `waiting` is given, it
    is called with the same words, and this waits until the other run has ended.
    """
    state = root / ".seedbed"
    state.mkdir(parents=True, exist_ok=True)
    lock, owner = FileLock(state / "lock"), state / "owner"
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        who = owner.read_text("utf-8") if owner.exists() else "another process"
        message = f"another run of Seedbed works on {root} ({who})"
        if on_wait is None:
            raise SeedbedError(message, "Wait until it has ended") from error
        on_wait(f"{message}. This one goes on when it has ended")
        lock.acquire()
    try:
        write_file(owner, f"process {os.getpid()}".encode())
        yield
    finally:
        lock.release()
