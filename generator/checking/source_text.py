"""The text of a seed as the check reads it again: decoded bytes, or the reading of another file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generator.engine.limited import LimitedProcess
from generator.files import read_seed
from generator.model import Seed
from generator.model.readings import Reading, Statement
from generator.reading.decode import decode
from generator.reading.formats.open_reading import LIMITED_FUNCTION, OpenReading, limited
from generator.reading.formats.parts import SeedSource


@dataclass(frozen=True, slots=True)
class SourceText:
    """What a seed says."""

    text: str
    """Empty if it can no longer be read."""
    statements: tuple[Statement, ...] = ()
    """What the file states about its text, apart from the text."""
    pictures: tuple[str, ...] = ()
    """The names of the pictures that the file holds, each as often as it stands in the text."""


def seed_source(seeds: Path) -> SeedSource:
    """Return the source of the seeds in a folder; files are opened in a process with limits."""
    process = LimitedProcess(LIMITED_FUNCTION)
    return SeedSource(partial(read_seed, seeds), limited(process.call))


def read_source_text(seed: Seed, read_file: OpenReading) -> SourceText:
    """Return the text of a seed that page and ledger must restore."""
    opened = read_file(seed.path, seed.data)
    if opened.reading is not None:
        reading = opened.reading
        return SourceText(reading.text, reading.statements, tuple(_pictures(reading)))
    decoding = decode(seed.data) if opened.refusal is None else None
    return SourceText(decoding.text if decoding else "")


def _pictures(reading: Reading) -> Iterator[str]:
    for block in reading.blocks:
        marks = block.marks if not block.removed_by else ()
        for mark in marks:
            if mark.kind == "picture" and (name := reading.pictures[int(mark.value)].name):
                yield name
