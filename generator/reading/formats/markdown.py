"""Markdown: its structure becomes structure, and the ledger keeps every mark."""

from __future__ import annotations

from generator.model.documents import Step
from generator.model.ledger import apply
from generator.model.readings import Reading
from generator.reading.decode import decode
from generator.reading.formats import refusals
from generator.reading.formats.markdown_blocks import MarkdownBlocks
from generator.reading.formats.markdown_fill import Row
from generator.reading.formats.marked_source import cut_out
from generator.reading.formats.omissions import Omissions
from generator.reading.formats.picture_addresses import REMOTE
from generator.reading.front_matter import FrontMatter, parse_front_matter, remove_front_matter
from generator.text.markdown_comments import without_comments

READER = "markdown 2"
MARKS = "Markdown marks"
"""The ledger's name for the removal of all that is a mark, and no word."""


def read_markdown(data: bytes) -> Reading:
    """Return the reading of a Markdown file; HTML in it is text like any other."""
    decoding = decode(data)
    if decoding is None:
        raise refusals.is_damaged("it is no text")
    shown = without_comments(decoding.text)
    parsed = parse_front_matter(shown.text)
    removed = remove_front_matter(shown.text, parsed if isinstance(parsed, FrontMatter) else None)
    body = apply(shown.text, removed)
    reader = MarkdownBlocks()
    reader.read(_rows(body))
    reader.finish()
    marked = cut_out(body, reader.blocks, MARKS)
    omissions = Omissions()
    omissions.count(REMOTE, reader.remote_pictures)
    omissions.add_words("words in comments", shown.comments)
    return Reading(
        READER,
        marked.blocks,
        omissions=omissions.result(),
        found=tuple(reader.pictures),
        reason=f"{decoding.encoding}: {decoding.reason}",
        source=shown.text,
        steps=(*((Step("front matter", removed),) if removed else ()), *marked.steps),
    )


def _rows(text: str) -> list[Row]:
    rows: list[Row] = []
    position = 0
    for line in text.splitlines(keepends=True):
        words = line.rstrip("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
        rows.append(Row(position, position + len(words), words))
        position += len(line)
    return rows
