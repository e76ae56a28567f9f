"""Word files (.docx): a walk over their main document with the standard library alone.

Words that were deleted, moved away or hidden are counted and left out, and so are comments and the
codes of fields. Tracked insertions are read as if they were accepted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from xml.etree.ElementTree import Element

from msgspec.structs import replace

from generator.model.readings import ReadBlock, Reading, ReadWarning, Statement, Trust
from generator.reading.formats import refusals
from generator.reading.formats.docx_looks import PAPER, UNKNOWN, Ground, is_on, shading
from generator.reading.formats.docx_pictures import DocxPictures
from generator.reading.formats.docx_relations import Relations
from generator.reading.formats.docx_runs import RunReader, all_words
from generator.reading.formats.docx_styles import Numbering, ParagraphStyle, Styles
from generator.reading.formats.inline_text import InlineText
from generator.reading.formats.omissions import Omissions
from generator.reading.formats.packages import (
    Package,
    attribute,
    child,
    children,
    descendants,
    local_name,
    small_number,
)
from generator.reading.formats.tables import table_block

READER = "docx 2"

_CONTENT = frozenset({"body", "customXml", "smartTag", "ins", "moveTo", "sdtContent", "tc"})
"""Elements that hold paragraphs and tables, and nothing of their own."""

_FLAT = 40
"""Twentieths of a point; no letter is seen in a row that is no higher."""

_PROPERTIES: Mapping[str, tuple[str, Trust]] = {
    "title": ("title", "confirmed"),
    "creator": ("authors", "fallback"),
    "created": ("date", "fallback"),
}
"""Properties in `docProps/core.xml`, the field of each, and when it counts.

Word fills in title, author and date by itself, and often with those of an older file.
"""


def read_docx(data: bytes) -> Reading:
    """Return the reading of a Word file."""
    package = Package(data)
    main = _main_part(package)
    root = package.xml(main)
    if root is None:
        raise refusals.is_damaged("it has no main document")
    reader = _DocumentReader(package, main)
    reader.ground = PAPER if child(root, "background") is None else UNKNOWN
    blocks = reader.read(child(root, "body"))
    return Reading(
        READER,
        blocks,
        tuple(_statements(package)),
        reader.omissions.result(),
        warnings=tuple(_tracked_changes(reader)),
        found=tuple(reader.pictures.marks.found),
    )


def _main_part(package: Package) -> str:
    relations = package.xml("_rels/.rels")
    for relation in children(relations, "Relationship"):
        if (relation.get("Type") or "").endswith("/officeDocument"):
            return (relation.get("Target") or "").lstrip("/")
    return "word/document.xml"


def _statements(package: Package) -> Iterator[Statement]:
    for element in children(package.xml("docProps/core.xml")):
        name = local_name(element)
        words = " ".join((element.text or "").split())
        if name in _PROPERTIES and words:
            field, trust = _PROPERTIES[name]
            words = words[:10] if field == "date" else words
            yield Statement(field, words, f"docProps/core.xml {name}", trust)


def _tracked_changes(reader: _DocumentReader) -> Iterator[ReadWarning]:
    insertions, deletions = reader.runs.insertions, reader.runs.deletions
    if insertions or deletions:
        message = (
            f"the file has tracked changes, {deletions:,} deleted and {insertions:,} inserted"
            " pieces of text; it is read as if all were accepted"
        )
        yield ReadWarning("W091", message, "Accept or reject them in Word, and save the file")


class _DocumentReader:
    """Reads paragraphs and tables in their order; notes come after the text."""

    def __init__(self, package: Package, main: str) -> None:
        folder = main.rpartition("/")[0]

        def part(name: str) -> Element | None:
            return package.xml(f"{folder}/{name}" if folder else name)

        self.omissions = Omissions()
        self.styles = Styles.parse(part("styles.xml"))
        relations = Relations.parse(package, folder, main.rpartition("/")[2])
        self.pictures = DocxPictures(package, relations, self.omissions)
        self.runs = RunReader(self.styles, self.omissions, self.pictures, relations, _notes(part))
        self._numbering = Numbering.parse(part("numbering.xml"))
        self.ground = PAPER
        """What the paragraphs that are read stand on: the page, a cell or a box."""
        self._blocks: list[ReadBlock] = []
        self._pending: tuple[ParagraphStyle, InlineText] | None = None
        for comment in children(part("comments.xml"), "comment"):
            words = " ".join(text.text or "" for text in descendants(comment, "t"))
            self.omissions.add_words("words in comments", words)
        heads = re.compile(re.escape(folder) + r"/(?:header|footer)\d*\.xml")
        self.omissions.count("running heads", sum(map(bool, map(heads.match, package.names()))))

    def read(self, body: Element | None) -> tuple[ReadBlock, ...]:
        """Return the blocks of the body and its notes."""
        self._read_content(body)
        self._flush()
        self._blocks = list(self.pictures.marks.place_last(self._blocks))
        self.pictures.is_on = False  # notes have relations of their own
        self.runs.relations = Relations()
        self.runs.notes = {}  # a note that cites itself would never end
        for number, note in enumerate(self.runs.cited_notes, 1):
            self._read_note(number, note)
        return tuple(self.pictures.marks.uncovered(self._blocks, self.omissions))

    def _read_note(self, number: int, note: Element) -> None:
        before, self._blocks = self._blocks, []
        self._read_content(note)
        self._flush()
        words = "\n".join(block.text for block in self._blocks)
        self._blocks = before
        text = InlineText()
        text.mark("marker", f"[{number}]", str(number))
        text.add(f" {words.strip()}")
        self._append(text.block("note"))

    def _read_content(self, parent: Element | None) -> None:
        for element in children(parent):
            name = local_name(element)
            if name == "p":
                self._read_paragraph(element)
            elif name == "tbl":
                self._flush()
                self._append(self._table(element))
            elif name == "sdt":
                self._read_content(child(element, "sdtContent"))
            elif name in _CONTENT:
                self._read_content(element)
            elif name == "AlternateContent":
                self._read_content(next(children(element, "Choice", "Fallback"), None))
            elif name == "altChunk":
                self.omissions.count("embedded files")
            elif name in {"del", "moveFrom"}:
                self.runs.leave_out_deleted(element)

    def _read_paragraph(self, paragraph: Element) -> None:
        self.pictures.marks.paragraph += 1
        properties = child(paragraph, "pPr")
        style = self.styles.of_paragraph(properties)
        self.runs.ground = self.styles.ground_of(properties) or self.ground
        text = InlineText()
        boxes = self.runs.read(paragraph, text, style)
        if self._pending is not None:
            style, before = self._pending
            before.extend(text)
            text, self._pending = before, None
        is_initial = attribute(child(properties, "framePr"), "dropCap") in {"drop", "margin"}
        has_no_end = child(properties, "rPr", "del") is not None  # its mark is deleted
        if (has_no_end or is_initial) and not text.is_blank:
            self._pending = style, text  # the next one goes on
        else:
            self._emit(style, text)
        for box in boxes:
            self._flush()
            with self._on(UNKNOWN):
                self._read_content(box)

    def _flush(self) -> None:
        if self._pending is not None:
            style, text = self._pending
            self._pending = None
            self._emit(style, text)

    def _emit(self, style: ParagraphStyle, text: InlineText) -> None:
        if text.is_blank:
            self.pictures.marks.wait(text)
            return
        whole = InlineText()
        label = self._numbering.next_label(style.list_key) if style.list_key else ""
        if label:
            whole.mark("marker", label)
            whole.add(" ")
        whole.extend(text)
        block = whole.block(style.kind, style.level)
        self._append(block, style)

    def _append(self, block: ReadBlock | None, style: ParagraphStyle | None = None) -> None:
        if block is None:
            return
        if style is not None:
            block = _with_style(block, style)
        self._blocks.append(self.pictures.marks.place_before(block))

    def _table(self, table: Element) -> ReadBlock | None:
        rows: list[list[InlineText]] = []
        heading_rows = 0
        for row in self._rows(table):
            heading_rows += len(rows) == heading_rows and (
                child(row, "trPr", "tblHeader") is not None
            )
            rows.append([self._cell(cell) for cell in self._cells(row)])
        block = table_block(rows, heading_rows)
        if block is None:
            for cell in (cell for row in rows for cell in row):
                self.pictures.marks.wait(cell)
        return block

    def _rows(self, table: Element) -> Iterator[Element]:
        for element in children(table):
            name = local_name(element)
            if name == "tr" and child(element, "trPr", "del") is not None:
                self.runs.leave_out_deleted(element)
            elif name == "tr" and _is_hidden_row(element):
                self.omissions.add_words("words in hidden rows", all_words(element))
            elif name == "tr":
                yield element
            elif name == "sdt":
                yield from self._rows_of(child(element, "sdtContent"))
            elif name in {"ins", "customXml"}:
                yield from self._rows(element)

    def _rows_of(self, element: Element | None) -> Iterator[Element]:
        if element is not None:
            yield from self._rows(element)

    def _cells(self, row: Element) -> Iterator[Element]:
        """Yield the cells of a row without those that were deleted."""
        for element in children(row):
            name = local_name(element)
            if name == "tc" and child(element, "tcPr", "cellDel") is not None:
                self.runs.leave_out_deleted(element)
            elif name == "tc":
                yield element
            elif name in {"sdt", "sdtContent", "customXml"}:
                yield from self._cells(element)

    @contextmanager
    def _on(self, ground: Ground) -> Iterator[None]:
        """Read a cell or a box, which has a ground of its own."""
        before, self.ground = self.ground, ground
        yield
        self.ground = before

    def _cell(self, cell: Element) -> InlineText:
        """Return the words of a cell; its paragraphs and tables follow each other."""
        text = InlineText()
        if _is_covered(cell):
            self.omissions.add_words("hidden words", all_words(cell))
            return text
        before, self._blocks = self._blocks, []
        ground = shading(child(cell, "tcPr")) or UNKNOWN
        with self.pictures.marks.apart(text), self._on(ground):
            self._read_content(cell)
            self._flush()
            blocks, self._blocks = self._blocks, before
            text.extend(joined(blocks))
        return text


def joined(blocks: list[ReadBlock]) -> InlineText:
    """Return the words of blocks with spaces between them, and their emphasis."""
    text = InlineText()
    for block in blocks:
        if not text.is_blank:
            text.add(" ")
        text.add_block(block)
    return text


def _with_style(block: ReadBlock, style: ParagraphStyle) -> ReadBlock:
    return replace(block, is_title=style.is_title, quoted=style.quoted)


def _is_hidden_row(row: Element) -> bool:
    """Whether a row is hidden, or has a fixed height in which no letter can be seen."""
    height = child(row, "trPr", "trHeight")
    is_fixed = attribute(height, "hRule") == "exact"
    is_flat = is_fixed and small_number(attribute(height, "val"), _FLAT + 1) <= _FLAT
    return is_flat or is_on(child(row, "trPr", "hidden"))


def _is_covered(cell: Element) -> bool:
    """Whether a cell is merged into the one above it, whose words alone are shown."""
    merged = child(cell, "tcPr", "vMerge")
    return merged is not None and attribute(merged, "val") != "restart"


def _notes(part: Callable[[str], Element | None]) -> dict[str, Element]:
    """Return the footnotes and endnotes of a file by their kind and id."""
    notes: dict[str, Element] = {}
    for kind in ("footnote", "endnote"):
        for note in children(part(f"{kind}s.xml"), kind):
            if attribute(note, "type") in {None, "normal"}:
                notes[f"{kind} {attribute(note, 'id')}"] = note
    return notes
