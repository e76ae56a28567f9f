"""The tables of the site that the desk reads, as the last run wrote them.

Only those lines of large tables are parsed that contain the wanted words.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from generator.files import numbered_files, read_file
from generator.text.formulas import unescape_formula

_DATA = Path("data")


class MentionRow(NamedTuple):
    """A mention of a name in a text."""

    seed: str
    paragraph: str
    start: int
    end: int
    text: str
    kind: str
    entity: str
    """The id of the entity that it means; empty if that is open."""


class Paragraph(msgspec.Struct, frozen=True):
    """A paragraph, with its position in the text of its document."""

    id: str
    start: int
    end: int


class DocumentText(msgspec.Struct, frozen=True):
    """The text of a document."""

    path: str
    address: str
    title: str
    text: str
    blocks: tuple[Paragraph, ...]

    def paragraph(self, paragraph_id: str) -> str | None:
        """Return the text of a paragraph; None if no paragraph has this id."""
        block = next((block for block in self.blocks if block.id == paragraph_id), None)
        return self.text[block.start : block.end] if block else None


class _Head(msgspec.Struct, frozen=True):
    """The field of a line of the table of texts that says whose text it is."""

    path: str


def document_rows(docs: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of the table of documents."""
    yield from _rows(docs, "documents.csv")


def entity_rows(docs: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of the table of people, organizations, places and other names."""
    yield from _rows(docs, "entities.csv")


def mention_rows(docs: Path, words: str) -> Iterator[MentionRow]:
    """Yield the mentions whose row contains the words: a text, the id of an entity, or a seed."""
    needle = words.replace('"', '""')
    yield from _mentions(docs, lambda line: needle in line)


def entity_mentions(docs: Path, entities: Iterable[str]) -> Iterator[MentionRow]:
    """Yield the mentions of entities."""
    wanted = frozenset(filter(None, entities))
    needles = [f",{entity}," for entity in wanted]
    rows = _mentions(docs, lambda line: any(needle in line for needle in needles))
    yield from (row for row in rows if row.entity in wanted)


def document_mentions(docs: Path, seeds: Iterable[str]) -> Iterator[MentionRow]:
    """Yield all mentions in some documents."""
    wanted = frozenset(seeds)
    needles = [seed.replace('"', '""') for seed in wanted]
    rows = _mentions(docs, lambda line: any(needle in line for needle in needles))
    yield from (row for row in rows if row.seed in wanted)


def _mentions(docs: Path, is_wanted: Callable[[str], bool]) -> Iterator[MentionRow]:
    for row in _rows(docs, "mentions.csv", is_wanted):
        yield MentionRow(
            row["document"],
            row["paragraph"],
            int(row["start"]),
            int(row["end"]),
            row["text"],
            row["kind"],
            row["entity"],
        )


def read_texts(docs: Path, seeds: Iterable[str]) -> dict[str, DocumentText]:
    """Return the texts of documents, by seed."""
    wanted = frozenset(seeds)
    lines = _text_lines(docs) if wanted else iter(())
    own = (line for line in lines if msgspec.json.decode(line, type=_Head).path in wanted)
    return {text.path: text for text in map(_decode, own)}


def texts_with(docs: Path, words: str) -> Iterator[DocumentText]:
    """Yield the documents whose line has the words."""
    needle = json.dumps(words, ensure_ascii=False)[1:-1].encode()
    yield from (_decode(line) for line in _text_lines(docs) if needle in line)


def _decode(line: bytes) -> DocumentText:
    return msgspec.json.decode(line, type=DocumentText)


def _text_lines(docs: Path) -> Iterator[bytes]:
    """Yield the lines of documents.jsonl; none if it was not written yet."""
    for file in _read(docs, "documents.jsonl"):
        yield from file.splitlines()


def _read(docs: Path, name: str) -> Iterator[bytes]:
    """Yield the bytes of each file of a data file; one that a run is replacing is left out."""
    for path in numbered_files(docs / _DATA / name):
        with suppress(OSError):
            yield read_file(path)


def _rows(
    docs: Path, name: str, is_wanted: Callable[[str], bool] | None = None
) -> Iterator[dict[str, str]]:
    """Yield the rows of a table in the wanted lines; none if it was not written yet."""
    for file in _read(docs, name):
        table = file.decode("utf-8-sig")
        if is_wanted:
            header, *lines = table.split("\n")
            table = "\n".join((header, *filter(is_wanted, lines)))
        for row in csv.DictReader(io.StringIO(table, newline="")):
            yield {column: unescape_formula(cell) for column, cell in row.items()}
