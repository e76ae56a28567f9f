"""Scans whose words are recognised: pictures of pages become readings, if the site asks for it.

A process with limits opens the file and returns pictures of its pages; a program of the system
reads them, and what it says is parsed here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from posixpath import splitext

import msgspec

from generator.model.blocks import Mark
from generator.model.pictures import SUFFIXES, Sheets
from generator.model.readings import Opened, ReadBlock, Reading, ReadWarning
from generator.reading.formats.open_reading import OpenReading

PAGES_FUNCTION = "generator.reading.formats.scanned_pages:pages_as_bytes"
"""What a process with limits calls for the pictures of the pages."""

_SCAN = "E052"
"""The code of a PDF that holds pictures and no text."""

_UNSURE = 60
"""Percent below which a word may be another one; of clean print nine in ten are above 90."""

_WORD_LEVEL = "5"


class ScannedPages(msgspec.Struct, frozen=True):
    """Pictures of the pages of a file, and what else a reading says of it."""

    pictures: tuple[bytes, ...] = ()
    sheets: tuple[Sheets, ...] = ()
    original: str | None = None
    """The name under which the file itself may be published; None if it may not."""


class _Word(msgspec.Struct, frozen=True):
    text: str
    confidence: float
    block: tuple[str, ...]
    """Its block and paragraph."""
    line: str


def with_recognition(
    open_file: OpenReading,
    render: Callable[[str, bytes], bytes | str],
    recognize: Callable[[bytes], bytes | None],
    program: str,
) -> OpenReading:
    """Return the function that opens files, and has scans recognised that hold no text.

    `render` answers what `PAGES_FUNCTION` does; `program` names the one that recognises.
    """

    def open_or_recognize(path: str, data: bytes) -> Opened:
        opened = open_file(path, data)
        if opened.refusal is None or not is_scan(path, opened):
            return opened
        answer = render(path, data)
        if not isinstance(answer, bytes):
            return opened
        pages = msgspec.msgpack.decode(answer, type=ScannedPages)
        words = [list(_words(recognize(picture) or b"")) for picture in pages.pictures]
        return Opened(_reading(words, pages, program)) if any(words) else opened

    return open_or_recognize


def may_be_scan(path: str) -> bool:
    """Whether a file of this name may be a scan."""
    return splitext(path)[1].lower() in {".pdf", *SUFFIXES}


def is_scan(path: str, opened: Opened) -> bool:
    """Whether a file was refused because it holds pictures and no text."""
    is_picture = splitext(path)[1].lower() in SUFFIXES
    return opened.refusal is not None and (is_picture or opened.refusal.code == _SCAN)


def _words(table: bytes) -> Iterator[_Word]:
    """Yield the words of a page in tesseract's table."""
    head, *lines = table.decode("utf-8", "replace").split("\n")
    names = head.split("\t")
    for line in lines:
        row = dict(zip(names, line.split("\t"), strict=False))
        text = row.get("text", "").strip()
        if row.get("level") == _WORD_LEVEL and text:
            block = (row["block_num"], row["par_num"])
            yield _Word(text, float(row["conf"]), block, row["line_num"])


def _reading(pages: Sequence[Sequence[_Word]], scanned: ScannedPages, program: str) -> Reading:
    words = [word for page in pages for word in page]
    mean = round(sum(word.confidence for word in words) / len(words))
    return Reading(
        f"ocr 1, {program}, {mean} % sure",
        tuple(block for number, page in enumerate(pages, 1) for block in _blocks(page, number)),
        warnings=(_warning(words, mean),),
        sheets=scanned.sheets,
        original=scanned.original,
    )


def _blocks(page: Sequence[_Word], number: int) -> Iterator[ReadBlock]:
    """Yield the paragraphs of a page; the first has the mark of the page."""
    marks: tuple[Mark, ...] = (Mark("page", 0, 0, str(number), number),)
    for _, group in groupby(page, key=lambda word: word.block):
        lines = groupby(group, key=lambda word: word.line)
        text = "\n".join(" ".join(word.text for word in line) for _, line in lines)
        yield ReadBlock("paragraph", text, marks=marks, is_wrapped=True)
        marks = ()


def _warning(words: Sequence[_Word], mean: int) -> ReadWarning:
    unsure = [word.text for word in words if word.confidence < _UNSURE]
    examples = f", such as {', '.join(unsure[:5])}" if unsure else ""
    message = (
        f"the text was recognised by a machine that is {mean} % sure of it;"
        f" of {len(unsure):,} of its {len(words):,} words it is not{examples}"
    )
    return ReadWarning("W098", message, "Look at the page beside its picture")
