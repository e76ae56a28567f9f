"""The blocks that an article shows, read back from its elements as a browser sees them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec
from msgspec import structs
from msgspec.structs import replace
from selectolax.lexbor import LexborNode

from generator.model import Block, BlockKind, Mark, MarkKind

PARAGRAPH_KINDS: dict[str, BlockKind] = {
    "": "paragraph",
    "lines": "lines",
    "stanza": "stanza",
    "speech": "speech",
    "stage": "stage",
    "dateline": "dateline",
    "address": "address",
    "salutation": "salutation",
    "valediction": "valediction",
    "signature": "signature",
    "postscript": "postscript",
    "caption": "caption",
    "ornament": "ornament",
    "footer": "footer",
}
"""The kind of a paragraph by its class."""

TABLE_BOX = "sb-wide"
"""The class of the box in which a wide table is scrolled."""

_HEADINGS = {f"h{level + 1}": level for level in range(1, 6)}
_LISTS = frozenset({"ul", "ol"})
_MARK_KINDS: dict[str, MarkKind] = {
    "speaker": "speaker",
    "marker": "marker",
    "noteref": "noteref",
    "link": "link",
}
_NOTE = "#note-"
_SHEET = re.compile(r"(?a:\d{1,6})\Z")
"""The number at the end of the address of a page of the original."""
_WHITE_SPACE = re.compile(r"[ \t\r\n\f]{2,}|[\t\r\n\f]")
"""White space that a browser shows as one space, but for a space that is one already."""
_DIRECTION = re.compile(r" ?(?:\([^()\n]*\)|\[[^\[\]\n]*\])?[.:,]*")
"""What may follow the speaker on a line that is no verse: a direction, punctuation."""
_UNMARKED = -1
"""The indent of a line of verse that has no element of its own, which no block has."""


class ShownBlock(msgspec.Struct, frozen=True):
    """A block as the article shows it, and its element."""

    block: Block
    node: LexborNode
    """The element whose id is that of the paragraph."""


def shown_blocks(article: LexborNode, *, quoted: bool = False) -> Iterator[ShownBlock]:
    """Yield the blocks of an article or quotation, in their order.

    An element that no kind has is read as a paragraph, so that its words are compared.
    """
    figures: list[Mark] = []
    for node in article.iter():
        for shown in _shown(node, quoted=quoted):
            yield _with_marks(figures, shown) if figures else shown
            figures = []
        figures += _figures(node)


def _shown(node: LexborNode, *, quoted: bool) -> Iterator[ShownBlock]:
    """Yield the blocks of an element of an article; a picture without a caption is none."""
    tag = str(node.tag)
    if tag == "blockquote":
        yield from shown_blocks(node, quoted=True)
    elif tag in _LISTS:
        yield from _items(node, 0, quoted=quoted)
    elif tag != "figure":
        yield _shown_block(_content(node), quoted=quoted)
    elif (caption := node.css_first("figcaption > p")) is not None:
        yield _with_marks(_pictures(node), _shown_block(caption, quoted=quoted))


def _with_marks(marks: Iterable[Mark], shown: ShownBlock) -> ShownBlock:
    """Return a block with marks before its own."""
    block = structs.replace(shown.block, marks=(*marks, *shown.block.marks))
    return replace(shown, block=block)


def _figures(node: LexborNode) -> Iterator[Mark]:
    """Yield the pictures of a figure without a caption; they belong to the next block."""
    if node.tag == "figure" and node.css_first("figcaption") is None:
        yield from _pictures(node)


def _pictures(node: LexborNode) -> Iterator[Mark]:
    for image in node.iter():
        if image.tag == "img":
            yield Mark("picture", 0, 0, image.attributes.get("src") or "")


def visible_text(node: LexborNode) -> str:
    """Return the text of an element that a reader sees, line breaks as line feeds."""
    reader = _Reader()
    reader.read(node)
    return reader.text


def _content(node: LexborNode) -> LexborNode:
    """Return the paragraph of a note and the table of a box; else the element itself."""
    children = list(node.iter())
    is_note = node.tag == "aside" and [child.tag for child in children] == ["p"]
    is_box = node.tag == "div" and [child.tag for child in children] == ["table"]
    return children[0] if is_note or is_box else node


def _items(node: LexborNode, depth: int, *, quoted: bool) -> Iterator[ShownBlock]:
    """Yield the items of a list, each before those of the lists inside it."""
    for item in node.iter():
        reader = _Reader(skipped=_LISTS)
        reader.read(item)
        yield ShownBlock(reader.block("item", depth, quoted=quoted), item)
        for inner in item.iter():
            if str(inner.tag) in _LISTS:
                yield from _items(inner, depth + 1, quoted=quoted)


def _shown_block(node: LexborNode, *, quoted: bool) -> ShownBlock:
    reader = _Reader(as_printed=node.tag == "pre", back_link=_back_link(node))
    level = _HEADINGS.get(str(node.tag), 0)
    if node.tag == "table":
        level = _read_table(node, reader)
    else:
        reader.read(node)
    return ShownBlock(reader.block(_kind(node), level, quoted=quoted), node)


def _back_link(node: LexborNode) -> str | None:
    """Return where the mark of a note may lead: to its first reference."""
    note = node.parent.attributes.get("id") if node.parent is not None else None
    return f"#ref-{note.removeprefix('note-')}" if note else None


def _kind(node: LexborNode) -> BlockKind:
    if node.tag in _HEADINGS:
        return "heading"
    if node.tag == "table":
        return "table"
    if node.tag == "pre":
        return "columns"
    if node.parent is not None and node.parent.tag == "aside":
        return "note"
    return PARAGRAPH_KINDS.get(node.attributes.get("class") or "", "paragraph")


def _read_table(table: LexborNode, reader: _Reader) -> int:
    """Read the rows of a table; return how many at its beginning are headings."""
    headings = 0
    for number, row in enumerate(table.css("tr")):
        if number:
            reader.end("\n")
        cells = list(row.iter())
        headings += headings == number and _is_heading_row(cells)
        for column, cell in enumerate(cells):
            if column:
                reader.end("\t")
            reader.read(cell)
    return headings


def _is_heading_row(cells: Iterable[LexborNode]) -> bool:
    """Whether all cells with words are headings."""
    tags = {cell.tag for cell in cells if (cell.text() or "").strip()}
    return tags == {"th"}


class _Reader(msgspec.Struct):
    """Reads the words of an element, without the white space that browsers do not show."""

    as_printed: bool = False
    """Whether all white space is shown."""
    skipped: frozenset[str] = frozenset()
    """Elements that are read by themselves."""
    back_link: str | None = None
    """Where a marker may lead."""
    pieces: list[str] = msgspec.field(default_factory=list)
    length: int = 0
    line: int = 0
    marks: list[Mark] = msgspec.field(default_factory=list)
    indents: dict[int, int] = msgspec.field(default_factory=dict)
    """The indents of the lines that have elements of their own."""

    @property
    def text(self) -> str:
        """The words read so far."""
        return "".join(self.pieces)

    def block(self, kind: BlockKind, level: int, *, quoted: bool) -> Block:
        """Return what was read as a block."""
        self.end("")
        marks = sorted(self.marks, key=_order)
        indents = tuple(self._indents(kind))
        return Block(kind, self.text, (), tuple(marks), level, indents, quoted)

    def read(self, node: LexborNode) -> None:
        """Read the words and marks of an element."""
        for child in node.iter(include_text=True):
            tag = str(child.tag)
            if tag == "-text":
                self._add(child.text_content or "")
            elif tag == "br":
                self.end("\n")
            elif tag == "img":
                name = child.attributes.get("src") or ""
                self.marks.append(Mark("picture", self.length, self.length, name))
            elif tag not in self.skipped:
                self._read_element(child)

    def end(self, separator: str) -> None:
        """End a line or a cell: white space before its end is not shown."""
        if not self.as_printed:
            while self.pieces and self.pieces[-1] and self.pieces[-1][-1] == " ":
                self.pieces[-1] = self.pieces[-1][:-1]
                self.length -= 1
        self.pieces.append(separator)
        self.length += len(separator)
        self.line += separator == "\n"

    def _read_element(self, node: LexborNode) -> None:
        css_class = node.attributes.get("class") or ""
        start = self.length
        if css_class == "line":
            self.indents[self.line] = _number(node.attributes.get("data-indent") or "0")
        self.read(node)
        if css_class == "page":
            label = node.attributes.get("data-label") or ""
            sheet = _SHEET.search(node.attributes.get("href") or "")
            self.marks.append(Mark("page", start, start, label, int(sheet[0]) if sheet else 0))
        elif css_class in _MARK_KINDS:
            target = node.attributes.get("href") or ""
            value = "" if target == self.back_link else target.removeprefix(_NOTE)
            self.marks.append(Mark(_MARK_KINDS[css_class], start, self.length, value))

    def _add(self, words: str) -> None:
        if not self.as_printed:
            words = _with_single_spaces(words)
            if words.startswith(" ") and self._last_character in " \n\t":
                words = words[1:]
        self.pieces.append(words)
        self.length += len(words)

    @property
    def _last_character(self) -> str:
        return next((piece[-1] for piece in reversed(self.pieces) if piece), "\n")

    def _indents(self, kind: BlockKind) -> Iterator[int]:
        """Yield the indents of the lines of verse, if any is indented or has no element."""
        if kind != "stanza" and not self.indents:
            return
        lines = self.text.split("\n")
        indents = [self.indents.get(number, _UNMARKED) for number in range(len(lines))]
        if kind == "speech" and indents[0] == _UNMARKED and self._is_label(lines[0]):
            indents[0] = 0
        if any(indents):
            yield from indents

    def _is_label(self, line: str) -> bool:
        """Whether the first line of a speech is the speaker, at most with a direction."""
        ends = (mark.end for mark in self.marks if mark.kind == "speaker" and mark.start == 0)
        return any(_DIRECTION.fullmatch(line, end) is not None for end in ends)


def _with_single_spaces(words: str) -> str:
    """Return words with the white space that a browser shows."""
    # To ask first takes a twentieth of the time, and nearly all words have no other space.
    if "\n" in words or "\t" in words or "\r" in words or "\f" in words or "  " in words:
        return _WHITE_SPACE.sub(" ", words)
    return words


def _order(mark: Mark) -> tuple[int, int, bool]:
    return mark.start, mark.end, mark.kind == "page"


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 5 else _UNMARKED
