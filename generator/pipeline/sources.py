"""Seeds and the files inside of them, opened by a process with limits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from generator.engine.limited import LimitedProcess
from generator.files import read_seed
from generator.model import Problem, SeedPath
from generator.reading.formats.open_reading import LIMITED_FUNCTION, limited
from generator.reading.formats.parts import FoundParts, SeedSource, is_container

ExpandParts = Callable[[Sequence[SeedPath]], FoundParts]
"""Adds the parts of containers to the paths of seeds."""


def seed_source(seeds: Path) -> SeedSource:
    """Return the source of the seeds in a folder; its process starts when a file needs it."""
    process = LimitedProcess(LIMITED_FUNCTION)
    return SeedSource(partial(read_seed, seeds), limited(process.call))


def with_parts(paths: Sequence[SeedPath], parts_of: Callable[[SeedPath], FoundParts]) -> FoundParts:
    """Return paths in order, each container followed by its parts, and the containers' problems."""
    result: list[SeedPath] = []
    problems: list[Problem] = []
    for path in paths:
        result.append(path)
        if is_container(path):
            found = parts_of(path)
            result += found.paths
            problems += found.problems
    return FoundParts(tuple(result), tuple(problems))


def expand_with(source: SeedSource) -> ExpandParts:
    """Return the function that opens every container to find its parts."""
    return lambda paths: with_parts(paths, source.parts_of)
