"""The problems of a run as a list that is short enough to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from generator.model import Problem

_SHOWN = 10
"""Problems of one code that are listed in full; the others are only counted."""


def summarize(problems: Iterable[Problem]) -> Iterator[str]:
    """Yield one line per problem, errors first, and one for all after the tenth of a code."""
    counts: Counter[str] = Counter()
    for problem in sorted(problems, key=lambda problem: (problem.severity, problem.code)):
        counts[problem.code] += 1
        if counts[problem.code] <= _SHOWN:
            yield str(problem)
    for code, count in counts.items():
        if count > _SHOWN:
            yield f"{code}: {count - _SHOWN} more; --json lists them all"
