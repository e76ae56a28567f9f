"""From the lines of a PDF to the blocks of its text: paragraphs go on over columns and pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec
from msgspec import structs
from msgspec.structs import replace

from generator.model.blocks import BlockKind
from generator.model.readings import ReadBlock
from generator.reading.formats.inline_text import InlineText
from generator.reading.formats.pdf_layout import (
    Group,
    Line,
    body_size,
    goes_on,
    groups_of_page,
    is_heading,
    is_in_columns,
    is_note,
    item_marker,
    running_lines,
)
from generator.reading.formats.pdf_page import Run
from generator.reading.formats.pdf_tables import rows_of_lines
from generator.reading.formats.pdf_tags import Tag
from generator.reading.formats.tables import table_block
from generator.text.page_furniture import unproven_lines

FURNITURE = "page edges"
"""The ledger's name for the removal of running heads and page numbers, known by their place."""

_NOTE_LABEL = re.compile(r"\(?(\d{1,3}|[*†‡§]+)[.)]?\s*")
_REFERENCE = re.compile(r"\d{1,3}|[*†‡§]+")

_RUNNING = frozenset({"paragraph", "item", "note", "caption"})
"""Kinds whose printed lines are joined; those of a heading stay."""

_MIN_TAGGED = 0.9
"""The share of a page's letters that its structure tree must have before it is believed."""

_KINDS: dict[str, BlockKind] = {
    "Caption": "caption",
    "Note": "note",
    "Code": "lines",
    "LI": "item",
    "LBody": "item",
    "Lbl": "item",
    "TOCI": "item",
}
"""Types of structure elements whose blocks are no paragraphs."""


class Piece(msgspec.Struct):
    """A block before its words are put together."""

    kind: BlockKind
    lines: list[Line]
    level: int = 0
    is_title: bool = False
    is_furniture: bool = False
    quoted: bool = False
    table: list[list[list[Line]]] = msgspec.field(default_factory=list)
    """The lines of each cell, row by row; empty if it is no table."""


class PdfPage(msgspec.Struct, frozen=True):
    """A page with its lines."""

    lines: list[Line]
    middle: float
    label: str
    tags: dict[int, Tag]


def blocks_of_pages(pages: Sequence[PdfPage]) -> tuple[ReadBlock, ...]:
    """Return the blocks of all pages; notes come after the text, in their order."""
    usual = body_size([page.lines for page in pages])
    running = _proven(running_lines([page.lines for page in pages]), pages)
    pieces: list[Piece] = []
    notes: list[Piece] = []
    for page in pages:
        found = _tagged_pieces(page, running) if _is_tagged(page) else _pieces(page, running, usual)
        for piece in found:
            if piece.kind == "note":
                notes.append(piece)
            elif not _continue(pieces, piece):
                pieces.append(piece)
    _grade_headings(pieces)
    return tuple(_Writer([page.label for page in pages], notes).write(pieces))


def _proven(running: set[int], pages: Sequence[PdfPage]) -> set[int]:
    """Return the running lines that repeat or count up; dates and labelled numbers are text."""
    lines = [line for page in pages for line in page.lines if id(line) in running]
    text = "\n".join(line.text for page in pages for line in page.lines)
    unproven = frozenset(unproven_lines([line.text for line in lines], text))
    return {id(line) for line in lines if line.text not in unproven}


def _pieces(page: PdfPage, running: set[int], usual: float) -> Iterator[Piece]:
    for rows in rows_of_lines(page.lines):
        if rows.cells:
            yield Piece("table", rows.lines, table=rows.cells)
        else:
            yield from _running_pieces(page, rows.lines, running, usual)


def _running_pieces(
    page: PdfPage, of_page: Sequence[Line], running: set[int], usual: float
) -> Iterator[Piece]:
    """Yield the blocks of lines that are no table."""
    for group in groups_of_page(of_page, running):
        lines = list(group.lines)
        if group.is_furniture:
            yield Piece("paragraph", lines, is_furniture=True)
        elif is_note(group, usual, page.middle):
            yield from (Piece("note", note) for note in _single_notes(lines))
        elif is_heading(group, usual):
            yield Piece("heading", lines)
        elif is_in_columns(group):
            yield Piece("lines", lines)
        else:
            yield Piece("item" if item_marker(group.text) else "paragraph", lines)


def _single_notes(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the lines of each note: one begins with a figure or a sign of its own."""
    note: list[Line] = []
    for line in lines:
        first = next(run for run in line.source.runs if run.text.strip())
        if note and first.text != line.text and _REFERENCE.fullmatch(first.text.strip()):
            yield note
            note = []
        note.append(line)
    yield note


def _continue(pieces: list[Piece], piece: Piece) -> bool:
    """Add a piece to the one that it goes on from; whether there is such a one."""
    if piece.is_furniture or piece.kind not in {"paragraph", "item"} or piece.table:
        return False
    before = next((other for other in reversed(pieces) if not other.is_furniture), None)
    if before is None or before.table or before.kind not in {"paragraph", "item"}:
        return False
    if piece.kind == "item" or not goes_on(_group(before), _group(piece)):
        return False
    before.lines += piece.lines
    return True


def _group(piece: Piece) -> Group:
    return Group(tuple(piece.lines))


def _grade_headings(pieces: Sequence[Piece]) -> None:
    """Give headings their level by their size; the largest at the beginning is the title."""
    headings = [piece for piece in pieces if piece.kind == "heading" and not piece.level]
    sizes = sorted({round(_group(piece).size) for piece in headings}, reverse=True)
    for piece in headings:
        piece.level = min(5, 1 + sizes.index(round(_group(piece).size)))
    largest = [piece for piece in headings if piece.level == 1]
    text = [piece for piece in pieces if not piece.is_furniture]
    if largest and largest[0] in text[:3] and len(largest) == 1:
        largest[0].is_title = True


def _is_tagged(page: PdfPage) -> bool:
    """Whether nearly all words of a page stand in its structure tree."""
    if not page.tags:
        return False
    runs = [run for line in page.lines if not line.is_artifact for run in line.source.runs]
    total = sum(len(run.text) for run in runs)
    tagged = sum(len(run.text) for run in runs if run.style.content_id in page.tags)
    return tagged >= _MIN_TAGGED * total


def _tagged_pieces(page: PdfPage, running: set[int]) -> Iterator[Piece]:
    """Yield the blocks that the structure tree of a page names."""
    usual = body_size([page.lines])
    pieces: dict[int, Piece] = {}
    cells: dict[int, dict[int, dict[int, list[Line]]]] = {}
    for line in page.lines:
        if line.is_artifact or id(line) in running:
            yield Piece("paragraph", [line], is_furniture=True)
            continue
        for tag, part in _parts(line, page.tags):
            if tag.table:
                row = cells.setdefault(tag.table, {}).setdefault(tag.row, {})
                row.setdefault(tag.number, []).append(part)
                pieces.setdefault(tag.table, Piece("table", [])).lines.append(part)
            else:
                pieces.setdefault(tag.number, _tagged_piece(tag)).lines.append(part)
    names_headings = any(piece.kind == "heading" for piece in pieces.values())
    for number, piece in pieces.items():
        piece.table = [list(row.values()) for row in cells.get(number, {}).values()]
        is_unnamed = piece.kind == "paragraph" and not names_headings
        if is_unnamed and is_heading(_group(piece), usual):
            piece.kind = "heading"
        yield piece


def _tagged_piece(tag: Tag) -> Piece:
    quoted = "BlockQuote" in (*tag.around, tag.kind)
    if tag.kind in {"H", "Title"} or re.fullmatch(r"H[1-6]", tag.kind):
        level = int(tag.kind[1]) if tag.kind[1:].isdecimal() else 0
        return Piece("heading", [], level, is_title=tag.kind == "Title", quoted=quoted)
    level = max(0, tag.depth - 1)
    return Piece(_KINDS.get(tag.kind, "paragraph"), [], level, quoted=quoted)


def _parts(line: Line, tags: dict[int, Tag]) -> Iterator[tuple[Tag, Line]]:
    """Yield the parts of a line that belong to one element each."""
    runs: list[Run] = []
    current: Tag | None = None
    for run in line.source.runs:
        tag = tags.get(run.style.content_id) or current
        if tag is not None and current is not None and tag.number != current.number:
            yield current, _part(line, runs)
            runs = []
        current = tag or current
        runs.append(run)
    if current is not None and runs:
        yield current, _part(line, runs)
    elif runs:
        yield Tag(-1, "P"), _part(line, runs)


def _part(line: Line, runs: list[Run]) -> Line:
    if len(runs) == len(line.source.runs):
        return line
    source = replace(line.source, runs=list(runs))
    text = source.text.strip()
    x0, x1 = min(run.x0 for run in runs), max(run.x1 for run in runs)
    return structs.replace(line, source=source, text=text, x0=x0, x1=x1)


class _Writer:
    """Makes blocks of pieces, with marks where pages begin and where notes are cited."""

    def __init__(self, labels: Sequence[str], notes: Sequence[Piece]) -> None:
        self._labels = labels
        self._notes = notes
        self._numbers: dict[tuple[int, str], str] = {}
        for number, note in enumerate(notes, 1):
            match = _NOTE_LABEL.match(note.lines[0].text)
            if match:
                self._numbers[note.lines[0].page, match[1]] = str(number)
        self._page = -1

    def write(self, pieces: Sequence[Piece]) -> Iterator[ReadBlock]:
        """Yield the blocks, those of the notes last."""
        for piece in pieces:
            block = self._table(piece) if piece.table else self._block(piece)
            if block is not None:
                yield block
        for number, note in enumerate(self._notes, 1):
            block = self._note(note, str(number))
            if block is not None:
                yield block

    def _block(self, piece: Piece) -> ReadBlock | None:
        text = InlineText()
        marker = item_marker(piece.lines[0].text) if piece.kind == "item" else ""
        for index, line in enumerate(piece.lines):
            if index:
                text.add("" if self._is_beside(piece.lines[index - 1], line) else "\n")
            if line.page != self._page and not piece.is_furniture:
                self._page = line.page
                text.mark_page(self._labels[line.page], line.page + 1)
            self._add_line(text, line, piece, marker if index == 0 else "")
        block = text.block(piece.kind, piece.level)
        if block is None:
            return None
        return structs.replace(
            block,
            is_title=piece.is_title,
            quoted=piece.quoted,
            is_wrapped=not piece.is_furniture and piece.kind in _RUNNING,
            removed_by=FURNITURE if piece.is_furniture else None,
        )

    def _is_beside(self, before: Line, after: Line) -> bool:
        """Whether a line is a raised or lowered figure beside the one before it."""
        is_same = before.page == after.page and abs(before.y - after.y) < 0.3 * after.size
        return is_same and len(after.text) < 4

    def _add_line(self, text: InlineText, line: Line, piece: Piece, marker: str) -> None:
        runs = line.source.runs
        size = max((run.size for run in runs), default=0.0)
        start = text.length
        for number, run in enumerate(runs):
            before = runs[number - 1].address if number else None
            if run.address != before:
                text.link_from(start, before)
                start = text.length
            words = run.text.lstrip() if number == 0 else run.text
            if marker and number == 0 and words.startswith(marker):
                text.mark("marker", marker)
                words = words[len(marker) :]
            emphasized = piece.kind != "heading" and (run.style.is_italic or run.style.is_bold)
            label = self._reference(run, size, line) if number else ""
            if label:
                text.mark("noteref", words.rstrip(), label)
                text.add(words[len(words.rstrip()) :])
            else:
                text.add(words, emphasized=emphasized and not piece.is_furniture)
        text.link_from(start, runs[-1].address if runs else None)

    def _reference(self, run: Run, size: float, line: Line) -> str:
        """Return the number of the note that a raised figure refers to; empty if it is none."""
        label = run.text.strip()
        is_raised = run.size < 0.85 * size and run.y > line.y + 0.5
        if not is_raised or not _REFERENCE.fullmatch(label):
            return ""
        return self._numbers.get((line.page, label), "")

    def _note(self, note: Piece, number: str) -> ReadBlock | None:
        text = InlineText()
        match = _NOTE_LABEL.match(note.lines[0].text)
        label = match[0].strip() if match else ""
        if label:
            text.mark("marker", label, number)
            text.add(" ")
        words = "\n".join(line.text for line in note.lines)
        text.add(words[len(label) :].lstrip())
        block = text.block("note")
        return block and structs.replace(block, is_wrapped=True)

    def _table(self, piece: Piece) -> ReadBlock | None:
        rows: list[list[InlineText]] = []
        for row in piece.table:
            rows.append([])
            for cell in row:
                text = InlineText()
                text.add(" ".join(line.text for line in cell))
                rows[-1].append(text)
        return table_block(rows)
