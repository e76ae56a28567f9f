"""One block of a document as an element of TEI."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from generator.model import Block, BlockKind
from generator.model.well_formed import end_of_label, is_verse
from generator.writing.tei.inline import InlineWords
from generator.writing.tei.xml_text import element


class Part(NamedTuple):
    """A part of a text, in characters."""

    start: int
    end: int


class PlacedBlock(msgspec.Struct, frozen=True):
    """A block with what it needs to know of its document."""

    block: Block
    name: str
    """The id of its paragraph."""
    document_id: str
    words: InlineWords
    note: int = 0
    """The number of a note in the document."""

    @property
    def xml_id(self) -> str:
        """The id of its element, which no other element of the corpus has."""
        return f"{self.document_id}.{self.name}"


_SIMPLE: dict[BlockKind, str] = {
    "paragraph": "p",
    "heading": "head",
    "stage": "stage",
    "dateline": "dateline",
    "salutation": "salute",
    "valediction": "salute",
    "signature": "signed",
}
"""Kinds that are an element with words, in which each line end is an `lb`."""

_TYPED: dict[BlockKind, str] = {"lines": "ab", "columns": "ab", "ornament": "ab", "footer": "fw"}
"""The same for kinds of which the element does not tell enough; it has the kind as its type."""


def block_element(placed: PlacedBlock) -> str:
    """Return a block as an element; its text is the block's, with an `lb` for each line end.

    A line of verse, a row, a cell and a line of an address are elements of their own instead.
    """
    kind, xml_id = placed.block.kind, placed.xml_id
    if kind in _SIMPLE:
        return element(_SIMPLE[kind], _whole(placed), xml_id=xml_id)
    if kind in _TYPED:
        return element(_TYPED[kind], _whole(placed), type=kind, xml_id=xml_id)
    return _OTHERS[kind](placed)


def _stanza(placed: PlacedBlock) -> str:
    return element("lg", _verse(placed), xml_id=placed.xml_id)


def _table(placed: PlacedBlock) -> str:
    return element("table", "".join(_rows(placed)), xml_id=placed.xml_id)


def _address(placed: PlacedBlock) -> str:
    lines = (element("addrLine", line) for line in _lines(placed, 0))
    return element("address", "".join(lines), xml_id=placed.xml_id)


def _caption(placed: PlacedBlock) -> str:
    return element("figure", element("head", _whole(placed)), xml_id=placed.xml_id)


def _postscript(placed: PlacedBlock) -> str:
    return element("postscript", element("p", _whole(placed)), xml_id=placed.xml_id)


def list_item(placed: PlacedBlock, below: str = "") -> str:
    """Return an item of a list, with the list below it."""
    return element("item", _whole(placed) + below, xml_id=placed.xml_id)


def _note(placed: PlacedBlock) -> str:
    note_id = f"{placed.document_id}.note-{placed.note}"
    return element("note", element("p", _whole(placed), xml_id=placed.xml_id), xml_id=note_id)


def _whole(placed: PlacedBlock) -> str:
    return placed.words.write(0, len(placed.block.text))


def _parts(text: str, separator: str, start: int) -> Iterator[Part]:
    """Yield the parts of a text between separators of one character."""
    for words in text[start:].split(separator):
        yield Part(start, start + len(words))
        start += len(words) + 1


def _lines(placed: PlacedBlock, start: int) -> Iterator[str]:
    for part in _parts(placed.block.text, "\n", start):
        yield placed.words.write(*part)


def _verse(placed: PlacedBlock, start: int = 0) -> str:
    text, indents = placed.block.text, placed.block.indents
    before = text.count("\n", 0, start)
    return "".join(
        element("l", line, rend=_rend(indents, before + number))
        for number, line in enumerate(_lines(placed, start))
    )


def _rend(indents: Sequence[int], number: int) -> str | None:
    steps = indents[number] if number < len(indents) else 0
    return f"indent({steps})" if steps else None


def _speech(placed: PlacedBlock) -> str:
    return element("sp", _label_and_words(placed), xml_id=placed.xml_id)


def _label_and_words(placed: PlacedBlock) -> str:
    """Return the label of a speech and its words; a line end after the label is left out."""
    block, end = placed.block, end_of_label(placed.block)
    speaker = element("speaker", placed.words.write(0, end)) if end else ""
    if is_verse(block):
        start = end + block.text.startswith("\n", end)
        return speaker + element("lg", _verse(placed, start))
    return speaker + element("p", placed.words.write(end, len(block.text)))


def _rows(placed: PlacedBlock) -> Iterator[str]:
    text = placed.block.text
    for number, row in enumerate(_parts(text, "\n", 0)):
        cells = _parts(text[: row.end], "\t", row.start)
        inside = "".join(element("cell", placed.words.write(*cell)) for cell in cells)
        yield element("row", inside, role="label" if number < placed.block.level else None)


_OTHERS: dict[BlockKind, Callable[[PlacedBlock], str]] = {
    "stanza": _stanza,
    "table": _table,
    "speech": _speech,
    "address": _address,
    "caption": _caption,
    "item": list_item,
    "postscript": _postscript,
    "note": _note,
}
"""Kinds with more than one element."""


def join(placed: Iterable[PlacedBlock]) -> str:
    """Return several blocks as elements."""
    return "".join(map(block_element, placed))
