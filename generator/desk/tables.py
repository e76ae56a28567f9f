"""The tables of the site that the desk reads; each is as the last run wrote it.

Of large tables only the lines are parsed that have the wanted words.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from generator.files import read_file
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


class TextBlock(msgspec.Struct, frozen=True):
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
    blocks: tuple[TextBlock, ...]


class _Head(msgspec.Struct, frozen=True):
    """What tells whose line of the table of texts this is."""

    path: str


def document_rows(docs: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of the table of documents."""
    yield from _rows(_read(docs, "documents.csv"))


def entity_rows(docs: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of the table of people, organizations, places and other names."""
    yield from _rows(_read(docs, "entities.csv"))


def mention_rows(docs: Path, words: str) -> Iterator[MentionRow]:
    """Yield the mentions whose row has the words: a text, the id of an entity, or a seed."""
    needle = words.replace('"', '""')
    yield from _mentions(docs, lambda line: needle in line)


def entity_mentions(docs: Path, entities: Iterable[str]) -> Iterator[MentionRow]:
    """Yield the mentions of entities."""
    wanted = frozenset(filter(None, entities))
    needles = [f",{entity}," for entity in wanted]
    rows = _mentions(docs, lambda line: any(needle in line for needle in needles))
    yield from (row for row in rows if row.entity in wanted)


def _mentions(docs: Path, is_wanted: Callable[[str], bool]) -> Iterator[MentionRow]:
    header, *lines = _read(docs, "mentions.csv").split("\n")
    for row in _rows("\n".join((header, *filter(is_wanted, lines)))):
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
    lines = _text_lines(docs) if wanted else []
    own = (line for line in lines if msgspec.json.decode(line, type=_Head).path in wanted)
    return {text.path: text for text in map(_decode, own)}


def texts_with(docs: Path, words: str) -> Iterator[DocumentText]:
    """Yield the documents whose line has the words."""
    needle = json.dumps(words, ensure_ascii=False)[1:-1].encode()
    yield from (_decode(line) for line in _text_lines(docs) if needle in line)


def _decode(line: bytes) -> DocumentText:
    return msgspec.json.decode(line, type=DocumentText)


def _text_lines(docs: Path) -> list[bytes]:
    try:
        return read_file(docs / _DATA / "documents.jsonl").splitlines()
    except OSError:
        return []


def _read(docs: Path, name: str) -> str:
    try:
        return read_file(docs / _DATA / name).decode("utf-8-sig")
    except OSError:
        return ""


def _rows(table: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table; none if it was not written yet."""
    for row in csv.DictReader(io.StringIO(table, newline="")):
        yield {column: unescape_formula(cell) for column, cell in row.items()}
