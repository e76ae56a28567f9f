"""What a run has to say, short enough to be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from generator.model import Problem

_SHOWN = 10
"""How many problems of one code are told in full; the others are counted."""


def summarize(problems: Iterable[Problem]) -> Iterator[str]:
    """Give one line a problem, errors first, and one for all beyond the tenth of a code."""
    told: Counter[str] = Counter()
    for problem in sorted(problems, key=lambda problem: (problem.severity, problem.code)):
        told[problem.code] += 1
        if told[problem.code] <= _SHOWN:
            yield str(problem)
    for code, count in told.items():
        if count > _SHOWN:
            yield f"{code}: {count - _SHOWN} more; --json tells them all"
