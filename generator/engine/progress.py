"""How long each stage of a run took, and how long the one at work will take."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

_SURE = 3.0
"""Seconds that a stage must have worked before it can tell how long it will."""


class StageTimer:
    """Watches the stages of one run go by: each begins when the one before has ended."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._stage = ""
        self._since = now()
        self._spent: dict[str, float] = {}

    def update(self, stage: str, done: int, total: int) -> str:
        """Note how far a stage is, and give it in words: count, rate, time left."""
        now = self._now()
        if stage != self._stage:
            self._note(now)
            self._stage, self._since = stage, now
        if not total:
            return f"{stage} …"
        passed = now - self._since
        words = f"{stage} {done:,} of {total:,}"
        if passed < _SURE or not 0 < done < total:
            return words
        left = round(passed / done * (total - done))
        return f"{words}, {done / passed:,.0f} a second, {left // 60}:{left % 60:02d} left"

    def seconds(self) -> dict[str, float]:
        """Give the seconds of every stage so far, in the order in which they began."""
        self._note(self._now())
        return {stage: round(spent, 2) for stage, spent in self._spent.items()}

    def _note(self, now: float) -> None:
        if self._stage:
            self._spent[self._stage] = self._spent.get(self._stage, 0.0) + now - self._since
        self._since = now


def peak_memory() -> int:
    """Give the megabytes that the largest process of this run held; 0 where nobody knows."""
    if sys.platform == "win32":
        return 0
    import resource

    used = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    unit = 1 if sys.platform == "darwin" else 1024
    return max(resource.getrusage(whose).ru_maxrss for whose in used) * unit // 2**20
