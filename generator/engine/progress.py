"""How long each stage of a run took, and how long the current one will take."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

_MIN_SECONDS = 3.0
"""Seconds that a stage must have run before the time left is estimated."""


class StageTimer:
    """Times of the stages of one run; each starts when the previous one has ended."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._stage = ""
        self._since = now()
        self._spent: dict[str, float] = {}

    def update(self, stage: str, done: int, total: int) -> str:
        """Record how far a stage is, and return it in words: count, rate, time left."""
        now = self._now()
        if stage != self._stage:
            self._add_time(now)
            self._stage, self._since = stage, now
        if not total:
            return f"{stage} …"
        passed = now - self._since
        words = f"{stage} {done:,} of {total:,}"
        if passed < _MIN_SECONDS or not 0 < done < total:
            return words
        left = round(passed / done * (total - done))
        return f"{words}, {done / passed:,.0f} a second, {left // 60}:{left % 60:02d} left"

    def seconds(self) -> dict[str, float]:
        """Return the seconds of every stage so far, in the order in which they started."""
        self._add_time(self._now())
        return {stage: round(spent, 2) for stage, spent in self._spent.items()}

    def _add_time(self, now: float) -> None:
        if self._stage:
            self._spent[self._stage] = self._spent.get(self._stage, 0.0) + now - self._since
        self._since = now


def peak_memory() -> int:
    """Return the peak memory of the largest process of this run in MB; 0 where it is unknown."""
    if sys.platform == "win32":
        return 0
    import resource

    processes = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    unit = 1 if sys.platform == "darwin" else 1024
    return max(resource.getrusage(process).ru_maxrss for process in processes) * unit // 2**20
