"""The blocks of Markdown: headings, paragraphs, lists, quotations, tables, code, notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from generator.model.blocks import BlockKind, Mark, Span
from generator.model.pictures import FoundPicture
from generator.reading.formats.markdown_fill import (
    HARD_BREAK,
    Filler,
    Row,
    named_pictures,
    shows_words,
)
from generator.reading.formats.markdown_inline import (
    Inline,
    parse_inline,
)
from generator.reading.formats.marked_source import MarkedBlock

_HEADING = re.compile(r"[ ]{0,3}(#{1,6})(?:[ \t]+|\Z)")
_HEADING_END = re.compile(r"(?<![ \t])(?:[ \t]++#++)?[ \t]*+\Z")
_UNDERLINE = re.compile(r"[ ]{0,3}(=+|-+)[ \t]*\Z")
_RULE = re.compile(r"[ ]{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})\Z")
_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")
_QUOTE = re.compile(r"[ ]{0,3}>[ ]?")
_ITEM = re.compile(r"([ ]{0,3})([-+*]|\d{1,9}[.)])([ \t]+|\Z)")
_NOTE = re.compile(r"[ ]{0,3}\[\^([^\]\s]{1,40})\]:[ \t]*")
_DEFINITION = re.compile(r"[ ]{0,3}\[[^\]^][^\]]{0,200}\]:[ \t]*\S+(?:[ \t]+[\"'(].*)?\Z")
_CODE = re.compile(r"(?:[ ]{4}|\t)")
_TABLE_RULE = re.compile(r"[ ]{0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\Z")
_HTML = re.compile(r"[ ]{0,3}</?[A-Za-z!?]")

_MAX_DEPTH = 20
"""Lists and quotations in each other; what is deeper is a paragraph."""


@dataclass(frozen=True, slots=True)
class _Place:
    """What is around the lines that are read."""

    quoted: bool = False
    depth: int = 0
    list_depth: int = 0


class MarkdownBlocks(msgspec.Struct):
    """Collects the blocks of a source."""

    blocks: list[MarkedBlock] = msgspec.field(default_factory=list)
    pictures: list[FoundPicture] = msgspec.field(default_factory=list)
    remote_pictures: int = 0
    _waiting: list[str] = msgspec.field(default_factory=list)
    """The numbers of the pictures that no block has yet."""

    def finish(self) -> None:
        """Put the pictures after the last block there."""
        if self.blocks:
            last = self.blocks[-1]
            last.marks += (Mark("picture", last.length, last.length, n) for n in self._waiting)

    def read(self, rows: Sequence[Row], place: _Place = _Place()) -> None:
        """Add the blocks of some lines."""
        index = 0
        while index < len(rows):
            if rows[index].is_blank:
                index += 1
            else:
                index = self._read_block(rows, index, place)

    def _read_block(self, rows: Sequence[Row], index: int, place: _Place) -> int:
        """Add the block that begins with a line, and return the index of the line after it."""
        readers = (
            self._read_fence,
            self._read_heading,
            self._read_rule,
            self._read_quotation,
            self._read_item,
            self._read_note,
            self._read_definition,
            self._read_table,
            self._read_code,
        )
        for read in readers:
            end = read(rows, index, place)
            if end is not None:
                return end
        return self._read_paragraph(rows, index, place)

    def _read_heading(self, rows: Sequence[Row], index: int, place: _Place) -> int | None:
        heading = _HEADING.match(rows[index].text)
        if heading is None:
            return None
        row = rows[index].cut(heading.end())
        end = _HEADING_END.search(row.text)
        words = row.text[: end.start()] if end else row.text
        shown = Row(row.start, row.start + len(words), words)
        self._add("heading", [shown], place, len(heading[1]))
        return index + 1

    def _read_rule(self, rows: Sequence[Row], index: int, place: _Place) -> int | None:
        if not _RULE.match(rows[index].text):
            return None
        self._add("ornament", [rows[index]], place, is_raw=True)
        return index + 1

    def _read_definition(self, rows: Sequence[Row], index: int, _place: _Place) -> int | None:
        """Pass over the address of a link, which is no word of the text."""
        return index + 1 if _DEFINITION.match(rows[index].text) else None

    def _read_fence(self, rows: Sequence[Row], index: int, place: _Place) -> int | None:
        match = _FENCE.match(rows[index].text)
        if match is None:
            return None
        fence = match[1]
        closing = re.compile(rf"[ ]{{0,3}}{re.escape(fence[0])}{{{len(fence)},}}[ \t]*\Z")
        end = index + 1
        while end < len(rows) and not closing.match(rows[end].text):
            end += 1
        self._add_code(rows[index + 1 : end], place)
        return end + 1

    def _read_code(self, rows: Sequence[Row], index: int, place: _Place) -> int | None:
        if not _CODE.match(rows[index].text):
            return None
        end = index
        while end < len(rows) and (_CODE.match(rows[end].text) or rows[end].is_blank):
            end += 1
        self._add_code([row.cut(4 if row.text[:1] == " " else 1) for row in rows[index:end]], place)
        return end

    def _add_code(self, rows: Sequence[Row], place: _Place) -> None:
        """Add lines as printed; empty ones are left out, as they separate blocks."""
        shown = [row for row in rows if not row.is_blank]
        if shown:
            self._add("lines", shown, place, is_raw=True)

    def _read_quotation(self, rows: Sequence[Row], index: int, place: _Place) -> int | None:
        if place.depth >= _MAX_DEPTH or not _QUOTE.match(rows[index].text):
            return None
        inside: list[Row] = []
        while index < len(rows):
            mark = _QUOTE.match(rows[index].text)
            if mark:
                inside.append(rows[index].cut(mark.end()))
            elif not inside or inside[-1].is_blank or _begins_block(rows[index].text):
                break
            else:
                inside.append(rows[index])  # a paragraph may go on without the mark
            index += 1
        self.read(inside, _Place(True, place.depth + 1, place.list_depth))
        return index

    def _read_item(self, rows: Sequence[Row], index: int, place: _Place) -> int | None:
        item = _ITEM.match(rows[index].text)
        if place.depth >= _MAX_DEPTH or item is None:
            return None
        width = item.end() if item.end(3) - item.start(3) <= 4 and item[3] else item.end(2) + 1
        inside = [rows[index].cut(width)]
        index += 1
        while index < len(rows):
            row = rows[index]
            indent = len(row.text) - len(row.text.lstrip(" "))
            if row.is_blank:
                following = next((r for r in rows[index + 1 : index + 3] if not r.is_blank), None)
                if following is None or len(following.text) - len(following.text.lstrip()) < width:
                    break
                inside.append(row)
            elif indent >= width:
                inside.append(row.cut(width))
            elif _begins_block(row.text) or _ITEM.match(row.text) or inside[-1].is_blank:
                break
            else:
                inside.append(row)
            index += 1
        row = rows[index - len(inside)]
        self._add_item(inside, Span(row.start + item.start(2), row.start + item.end(2)), place)
        return index

    def _add_item(self, inside: list[Row], marker: Span, place: _Place) -> None:
        """Add an item: its first paragraph with its marker, and what else stands in it."""
        end = next((i for i, row in enumerate(inside) if i and _ends_paragraph(row)), len(inside))
        block = MarkedBlock("item", place.list_depth, place.quoted)
        span = block.keep(marker.start, marker.end)
        block.marks.append(Mark("marker", span.start, span.end))
        block.insert(" ")
        self._fill(block, inside[:end])
        self._append(block)
        self.read(inside[end:], _Place(place.quoted, place.depth + 1, place.list_depth + 1))

    def _read_note(self, rows: Sequence[Row], index: int, place: _Place) -> int | None:
        note = _NOTE.match(rows[index].text)
        if note is None:
            return None
        end = index + 1
        while end < len(rows) and not rows[end].is_blank and not _begins_block(rows[end].text):
            end += 1
        block = MarkedBlock("note", quoted=place.quoted)
        span = block.insert(f"[{note[1]}]")
        block.marks.append(Mark("marker", span.start, span.end, note[1]))
        block.insert(" ")
        self._fill(block, [rows[index].cut(note.end()), *rows[index + 1 : end]])
        self._append(block)
        return end

    def _read_table(self, rows: Sequence[Row], index: int, place: _Place) -> int | None:
        if not _is_table(rows, index):
            return None
        end = index + 2
        while end < len(rows) and "|" in rows[end].text:
            end += 1
        block = MarkedBlock("table", 1, place.quoted)
        for number, row in enumerate([rows[index], *rows[index + 2 : end]]):
            if number:
                block.insert("\n")
            for column, cell in enumerate(_cells(row)):
                if column:
                    block.insert("\t")
                self._fill(block, [cell])
        self._append(block)
        return end

    def _read_paragraph(self, rows: Sequence[Row], index: int, place: _Place) -> int:
        is_html = bool(_HTML.match(rows[index].text))
        end = index + 1
        while end < len(rows) and not _ends_paragraph(rows[end]):
            underline = None if is_html else _UNDERLINE.match(rows[end].text)
            if underline:
                level = 1 if underline[1][0] == "=" else 2
                self._add("heading", rows[index:end], place, level)
                return end + 1
            end += 1
        self._add("paragraph", rows[index:end], place, is_raw=is_html)
        return end

    def _add(
        self,
        kind: BlockKind,
        rows: Sequence[Row],
        place: _Place,
        level: int = 0,
        *,
        is_raw: bool = False,
    ) -> None:
        block = MarkedBlock(kind, min(level, 5), place.quoted)
        self._fill(block, rows, is_raw=is_raw)
        if block.length:
            self._append(block)

    def _append(self, block: MarkedBlock) -> None:
        block.marks[:0] = (Mark("picture", 0, 0, number) for number in self._waiting)
        self._waiting = []
        self.blocks.append(block)

    def _fill(self, block: MarkedBlock, rows: Sequence[Row], *, is_raw: bool = False) -> None:
        """Add the words of lines to a block, without their marks."""
        lines = [row if is_raw else _stripped(row) for row in rows]
        text = "\n".join(line.text for line in lines)
        inline = Inline() if is_raw else parse_inline(text)
        self.remote_pictures += inline.remote_pictures
        if not shows_words(text, inline):
            self._waiting += map(self._number, named_pictures(inline))
            return
        Filler(block, rows, lines, self._number, keeps_lines=is_raw).fill(inline)

    def _number(self, picture: FoundPicture) -> str:
        self.pictures.append(picture)
        return str(len(self.pictures) - 1)


def _stripped(row: Row) -> Row:
    """Return a line without white space at its edges and without the mark of a line break."""
    words = HARD_BREAK.sub("", row.text).strip()
    start = row.start + len(row.text) - len(row.text.lstrip())
    return Row(start, start + len(words), words)


def _ends_paragraph(row: Row) -> bool:
    return row.is_blank or _begins_block(row.text)


def _begins_block(text: str) -> bool:
    patterns = (_HEADING, _FENCE, _QUOTE, _NOTE)
    if any(pattern.match(text) for pattern in patterns):
        return True
    if _RULE.match(text) and not _UNDERLINE.match(text):
        return True
    item = _ITEM.match(text)
    return item is not None and bool(item[3]) and (not item[2][0].isdigit() or item[2][:-1] == "1")


def _is_table(rows: Sequence[Row], index: int) -> bool:
    return (
        "|" in rows[index].text
        and index + 1 < len(rows)
        and "|" in rows[index + 1].text
        and _TABLE_RULE.match(rows[index + 1].text) is not None
    )


def _cells(row: Row) -> Iterator[Row]:
    """Yield the cells of a row; the bars at its edges separate nothing."""
    text = row.text.rstrip()
    start = len(text) - len(text.lstrip())
    first = start + (text[start : start + 1] == "|")
    last = len(text) - (text.endswith("|") and not text.endswith("\\|"))
    position = first
    for cell in re.split(r"(?<!\\)\|", text[first:last]):
        yield Row(row.start + position, row.start + position + len(cell), cell)
        position += len(cell) + 1
