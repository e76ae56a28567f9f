"""Functions that the tests of workers run; few imports, so that the processes start fast."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from generator.model import SeedbedError


def doubling(_prepared: str) -> Callable[[int], int]:
    """Return a worker function that doubles numbers."""
    return double


def double(number: int) -> int:
    """Double a number. An odd number takes longer, 13 raises, 666 ends the process."""
    time.sleep(number % 2 / 100)
    if number == 13:
        raise SeedbedError("13 is no number", "Take another")
    if number == 666:
        os._exit(9)
    return 2 * number


def dying_once(folder: str) -> Callable[[int], int]:
    """Return a worker function that doubles numbers; the first process with 666 ends."""

    def double_later(number: int) -> int:
        trace = Path(folder, "died")
        if number == 666 and not trace.exists():
            trace.touch()
            os._exit(9)
        return 2 * number

    return double_later


def endless(folder: str) -> Callable[[int], None]:
    """Return a worker function that leaves a file with its process id and never ends."""
    Path(folder, str(os.getpid())).touch()
    return time.sleep


def forever(folder: str) -> None:
    """Leave a file with the process id and sleep for a quarter of an hour."""
    endless(folder)(1_000)
