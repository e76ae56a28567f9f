"""Work for the tests of workers, whose processes start sooner with nothing else to load."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from generator.model import SeedbedError


def doubling(_prepared: str) -> Callable[[int], int]:
    """A worker that doubles; two kinds of numbers are too much for it."""
    return double


def double(number: int) -> int:
    """Double a number; an odd one takes longer, 13 is refused, 666 kills."""
    time.sleep(number % 2 / 100)
    if number == 13:
        raise SeedbedError("13 is no number", "Take another")
    if number == 666:
        os._exit(9)
    return 2 * number


def endless(folder: str) -> Callable[[int], None]:
    """A worker that says who it is and never ends."""
    Path(folder, str(os.getpid())).touch()
    return time.sleep


def forever(folder: str) -> None:
    """Say who works, and do so for a quarter of an hour."""
    endless(folder)(1_000)
