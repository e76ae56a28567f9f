"""The text of a seed as the check reads it again: decoded bytes, or the reading of another file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import msgspec

from generator.engine.sandbox import LimitedProcess
from generator.engine.tesseract import find_tesseract
from generator.files import read_seed
from generator.model import Seed
from generator.model.readings import Reading, Statement
from generator.reading.decode import decode
from generator.reading.formats.ocr import PAGES_FUNCTION, with_recognition
from generator.reading.formats.open_reading import LIMITED_FUNCTION, OpenReading, limited
from generator.reading.formats.parts import SeedSource


class SourceText(msgspec.Struct, frozen=True):
    """What a seed says."""

    text: str
    """Empty if it can no longer be read."""
    statements: tuple[Statement, ...] = ()
    """What the file states about its text, apart from the text."""
    pictures: tuple[str, ...] = ()
    """The names of the pictures that the file holds, each as often as it stands in the text."""
    links: frozenset[str] = frozenset()
    """The targets of the links that the file states."""


def seed_source(seeds: Path, ocr: str | None) -> SeedSource:
    """Return the source of the seeds in a folder; files are opened in a process with limits.

    With languages in `ocr`, words of scans are recognised again.
    """
    open_file = limited(LimitedProcess(LIMITED_FUNCTION).call)
    program = find_tesseract(ocr) if ocr else None
    if program and not program.missing:
        pages = LimitedProcess(PAGES_FUNCTION)
        open_file = with_recognition(open_file, pages.call, program.recognize, program.name)
    return SeedSource(partial(read_seed, seeds), open_file)


def read_source_text(seed: Seed, read_file: OpenReading) -> SourceText:
    """Return the text of a seed that page and ledger must restore."""
    opened = read_file(seed.path, seed.data)
    if opened.reading is not None:
        reading = opened.reading
        return SourceText(
            reading.text, reading.statements, tuple(_pictures(reading)), _links(reading)
        )
    decoding = decode(seed.data) if opened.refusal is None else None
    return SourceText(decoding.text if decoding else "")


def _pictures(reading: Reading) -> Iterator[str]:
    for block in reading.blocks:
        marks = block.marks if not block.removed_by else ()
        for mark in marks:
            if mark.kind == "picture" and (name := reading.pictures[int(mark.value)].name):
                yield name


def _links(reading: Reading) -> frozenset[str]:
    marks = (mark for block in reading.blocks for mark in block.marks)
    return frozenset(mark.value for mark in marks if mark.kind == "link")
