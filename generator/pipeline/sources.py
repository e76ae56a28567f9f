"""Seeds and the files inside of them, opened by a process with limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from generator.engine.sandbox import LimitedProcess
from generator.engine.tasks import Needs
from generator.engine.tesseract import find_tesseract
from generator.files import read_seed
from generator.model import Problem, SeedPath
from generator.reading.formats.ocr import PAGES_FUNCTION, with_recognition
from generator.reading.formats.open_reading import LIMITED_FUNCTION, limited
from generator.reading.formats.parts import (
    FoundParts,
    SeedSource,
    file_of,
)


def seed_needs(seeds: Path, path: SeedPath) -> Needs:
    """Return the file that a seed or a part is read from."""
    return Needs((file_of(seeds, path),))


ExpandParts = Callable[[Sequence[SeedPath]], FoundParts]
"""Adds the parts of containers to the paths of seeds."""


def seed_source(seeds: Path, ocr: str | None = None) -> SeedSource:
    """Return the source of the seeds in a folder; its process starts when a file needs it.

    With languages in `ocr`, words of scans are recognised, if the system has the program.
    """
    open_file = limited(LimitedProcess(LIMITED_FUNCTION).call)
    program = find_tesseract(ocr) if ocr else None
    if program and not program.missing:
        pages = LimitedProcess(PAGES_FUNCTION)
        open_file = with_recognition(open_file, pages.call, program.recognize, program.name)
    return SeedSource(partial(read_seed, seeds), open_file)


def recognition_problems(ocr: str | None) -> Iterator[Problem]:
    """Yield what is missing to recognise words."""
    program = find_tesseract(ocr) if ocr else None
    what = "the program tesseract" if program is None else ", ".join(program.missing)
    if ocr and (program is None or program.missing):
        message = f"`ocr: {ocr}` cannot be done: this computer does not have {what}"
        hint = "Install it, as by `apt install tesseract-ocr tesseract-ocr-deu`"
        yield Problem("W097", "mkdocs.yml", message, hint, severity="warning")


def with_parts(
    paths: Sequence[SeedPath], parts_of: Callable[[SeedPath], FoundParts | None]
) -> FoundParts:
    """Return paths in order, each container followed by its parts, and the containers' problems."""
    result: list[SeedPath] = []
    problems: list[Problem] = []
    pictures: list[SeedPath] = []
    for path in paths:
        result.append(path)
        if found := parts_of(path):
            result += found.paths
            problems += found.problems
            pictures += found.pictures
    return FoundParts(tuple(result), tuple(problems), tuple(pictures))


def expand_with(source: SeedSource) -> ExpandParts:
    """Return the function that opens every container to find its parts."""
    return lambda paths: with_parts(paths, source.parts_of)
