"""The element of each kind of block, as docs-site/docs/how-it-works.md lists them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set

from generator.model import Block, BlockKind
from generator.model.pictures import Picture
from generator.model.well_formed import end_of_label, is_verse
from generator.writing import markup
from generator.writing.blocks.inline import (
    HTML,
    MARKDOWN,
    MARKDOWN_WITH_ELEMENTS,
    PlacedBlock,
    Syntax,
    Words,
    image,
)

CLASSES: dict[BlockKind, str] = {
    "paragraph": "",
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
"""The CSS class of each kind that is a paragraph; the others have elements of their own."""

_DENSE = 200
"""Characters to escape above which a paragraph is dense; prose has one in a hundred words."""

_NUMBER = re.compile(r"[(+\-−–]?[$£€]?\d[\d.,:/ \u00a0\u202f]*[%)]?|[-–—.]+")
"""What a cell with a number holds, or a character in its place."""


_DIRECTION = re.compile(r"(?:\([^()\n]*\)|\[[^\[\]\n]*\])?[.:,]*")
"""Nothing, or a direction in brackets, which belongs to the label beside it."""


def paragraph(placed: PlacedBlock) -> str:
    """Return a block of `CLASSES` as a paragraph with an id; its line feeds become line breaks.

    Web and mail addresses in the text become links, and so do the `usable_links` of its links.
    Python-Markdown's cost grows with the square of the characters that are escaped in one paragraph
    (a megabyte of backticks takes three minutes), so a dense one is written as HTML instead.
    """
    block, css_class = placed.block, CLASSES[placed.block.kind]
    if _is_dense(block):
        return html_element(placed, HTML)
    attributes = f"#{placed.name} .{css_class}" if css_class else f"#{placed.name}"
    syntax = MARKDOWN_WITH_ELEMENTS if block.marks or is_verse(block) else MARKDOWN
    return f"{_words(placed, syntax)}\n{{ {attributes} }}"


def html_element(placed: PlacedBlock, syntax: Syntax) -> str:
    """Return a block as one element of HTML, which Markdown passes on unchanged.

    An item is a list item, which `body` puts into its list.
    """
    block, name = placed.block, placed.name
    if block.kind == "heading":
        return f'<h{block.level + 1} id="{name}">{_words(placed, syntax)}</h{block.level + 1}>'
    if block.kind == "note":
        words = f'<p id="{name}">{_words(placed, syntax)}</p>'
        return f'<aside class="note" id="note-{placed.note}">{words}</aside>'
    if block.kind == "item":
        return f'<li id="{name}">{_words(placed, syntax)}'
    if block.kind == "table":
        return _scrollable(f'<table id="{name}">\n{_rows(placed, syntax)}\n</table>')
    if block.kind == "columns":
        words = _words(placed, syntax).replace("<br>", "").replace("\t", "&#9;")
        return f'<pre class="columns" id="{name}" tabindex="0">{words}</pre>'
    return _paragraph_element(placed, syntax)


def _paragraph_element(placed: PlacedBlock, syntax: Syntax) -> str:
    """Return a block of `CLASSES`; a caption with its pictures."""
    css_class = CLASSES[placed.block.kind]
    attributes = f'id="{placed.name}" class="{css_class}"' if css_class else f'id="{placed.name}"'
    words = f"<p {attributes}>{_words(placed, syntax)}</p>"
    if placed.block.kind == "caption" and placed.figures:
        return _figure(placed.figures, f"<figcaption>{words}</figcaption>")
    return words


def figures(placed: PlacedBlock) -> Iterator[str]:
    """Yield the pictures before a block; those of a caption are in its own element."""
    if placed.block.kind != "caption":
        yield from (_figure([picture]) for picture in placed.figures)


def _figure(pictures: Iterable[Picture], caption: str = "") -> str:
    images = "".join(map(image, pictures))
    return f'<figure class="picture">{images}{caption}</figure>'


def _is_dense(block: Block) -> bool:
    """Whether Markdown would have to process very many characters one by one."""
    breaks = block.text.count("\n")
    addresses = block.text.count("://") + block.text.count("@")
    elements = len(block.emphasis) + len(block.marks)
    return markup.has_more_special(block.text, _DENSE - breaks - addresses - 2 * elements)


def _words(placed: PlacedBlock, syntax: Syntax) -> str:
    """Return the words of a block, each line of verse in its element."""
    words = Words(placed, syntax)
    if is_verse(placed.block):
        return syntax.line_break.join(_verse_lines(placed.block, words))
    return words.write(0, len(placed.block.text))


def _verse_lines(block: Block, words: Words) -> Iterator[str]:
    """Yield the lines of verse.

    The label of a speech, with a direction and nothing else beside it, stands before the first.
    """
    label_end = end_of_label(block)
    label_end += label_end > 0 and block.text[label_end : label_end + 1] == " "
    position = 0
    for number, line in enumerate(block.text.split("\n")):
        end = position + len(line)
        start = position if number else label_end
        label = words.write(position, start)
        indent = block.indents[number] if block.indents else 0
        attribute = f' data-indent="{indent}"' if indent else ""
        is_label = start > position and _DIRECTION.fullmatch(block.text, start, end) is not None
        written = words.write(start, end)
        opening = f'<span class="line"{attribute}>'
        yield label + (written if is_label else f"{opening}{written}</span>")
        position = end + 1


def _rows(placed: PlacedBlock, syntax: Syntax) -> str:
    """Return the rows of a table: its lines, and in them the cells between tabs.

    Numbers have a class, so that their digits can be aligned. An empty cell heads nothing.
    """
    words = Words(placed, syntax)
    headings = placed.block.level
    cells = [line.split("\t") for line in placed.block.text.split("\n")]
    numbers = _columns_of_numbers(cells[headings:])
    rows = []
    position = 0
    for number, row in enumerate(cells):
        written = []
        for column, cell in enumerate(row):
            end = position + len(cell)
            is_heading = bool(cell) and number < headings
            tag, scope = ("th", ' scope="col"') if is_heading else ("td", "")
            css_class = ' class="num"' if column in numbers else ""
            written.append(f"<{tag}{scope}{css_class}>{words.write(position, end)}</{tag}>")
            position = end + 1
        rows.append(f"<tr>{''.join(written)}</tr>")
    return "\n".join(rows)


def _columns_of_numbers(rows: Iterable[Sequence[str]]) -> Set[int]:
    """Return the columns whose cells hold numbers, or nothing."""
    numbers: set[int] = set()
    others: set[int] = set()
    for row in rows:
        for column, cell in enumerate(row):
            if cell:
                (numbers if _NUMBER.fullmatch(cell) else others).add(column)
    return numbers - others


def _scrollable(table: str) -> str:
    """Return a table in a box in which it can be scrolled, also with the keyboard."""
    return f'<div class="sb-wide" tabindex="0">{table}</div>'
