"""The visible words of a page of HTML as blocks, in the order of the page.

Words that no browser shows are counted as hidden. What is the page's text and what its furniture
(menus, teasers, notices) is decided later, by `html_article`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

import msgspec
from msgspec import structs
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.model.blocks import BlockKind
from generator.model.readings import ReadBlock
from generator.reading.formats.html_pictures import HtmlPictures, StandingPicture
from generator.reading.formats.html_styles import PageStyles, children, page_styles
from generator.reading.formats.inline_text import InlineText
from generator.reading.formats.list_labels import list_number
from generator.reading.formats.omissions import Omissions
from generator.reading.formats.tables import table_block

_BLOCKS = frozenset(
    """
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav
    ol p pre search section summary table tbody td tfoot th thead tr ul
    """.split()
)
_SKIPPED = frozenset(
    """
    annotation annotation-xml audio base button canvas datalist embed head iframe img input link map
    meta meter noembed noframes noscript object progress script select style svg template textarea
    title video
    """.split()
)
"""Elements whose words are no text for readers."""

_EMPHASIS = frozenset("b cite dfn em i strong var".split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}

_REFERENCE = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡§]+|[a-z])[\])]?")
"""The words of a link that refers to a note."""

_NOTE_TAGS = frozenset({"aside", "dd", "div", "li", "p", "section", "td"})

_Labels = Callable[[str | None], str]
"""Returns the label of the next item of a list; called with the number that the item states."""

_MAX_DEPTH = 200
"""Elements in each other; what is deeper is read as the words of one block."""

_MAX_CELL = 400
"""Characters of a cell; tables with longer ones on average lay out a page."""


class Container(msgspec.Struct, frozen=True):
    """An element around a block, as far as it tells what the block is."""

    number: int
    tag: str
    label: str
    """Its class, id and role."""
    note_id: str | None = None
    """Its id, or that of the anchor with which it begins, if it may be a note."""


class HtmlBlock(msgspec.Struct, frozen=True):
    """A block with its position in the page."""

    block: ReadBlock
    path: tuple[Container, ...]
    tag: str
    linked: int = 0
    """Characters inside of links."""


class _Context(msgspec.Struct):
    """What holds for the words that are read next."""

    path: tuple[Container, ...] = ()
    kind: BlockKind = "paragraph"
    level: int = 0
    quoted: bool = False
    emphasized: bool = False
    in_link: bool = False
    preformatted: bool = False
    depth: int = 0
    list_label: _Labels | None = None


class HtmlWalk(msgspec.Struct):
    """Collects the blocks of a page."""

    omissions: Omissions = msgspec.field(default_factory=Omissions)
    pictures: HtmlPictures | None = None
    """None where pictures are only counted."""
    blocks: list[HtmlBlock] = msgspec.field(default_factory=list)
    standing: list[StandingPicture] = msgspec.field(default_factory=list)
    """The pictures between the blocks."""
    styles: PageStyles = msgspec.field(default_factory=PageStyles)
    _text: InlineText = msgspec.field(default_factory=InlineText)
    _linked: int = 0
    _pending_label: str = ""
    _containers: int = 0

    def read(self, html: str, sheets: Iterable[str] = ()) -> list[HtmlBlock]:
        """Return the blocks of a page; `sheets` are its style sheets in other files."""
        tree = LexborHTMLParser(html)
        self.styles = page_styles(tree, sheets)
        body = tree.body
        if body is not None:
            context = _Context(path=(self._container(body),))
            self._read_children(body, context)
            self._end_block(context)
        return self.blocks

    def _read_children(self, node: LexborNode, context: _Context) -> None:
        for child in children(node):
            self._read_node(child, context)

    def _read_node(self, node: LexborNode, context: _Context) -> None:
        tag = str(node.tag)
        if tag == "-text":
            self._read_words(node.text_content or "", context)
        elif tag == "br":
            self._break_line(context)
        elif tag in _SKIPPED or tag[:1] in "-!_":
            if tag == "img" and not self._is_hidden(node):
                self._read_picture(node, context)
        elif self._is_hidden(node):
            self.omissions.add_words("undisplayed words", node.text(separator=" "))
        elif context.depth >= _MAX_DEPTH:
            self._read_words(" ".join(self._words_inside(node)), context)
        elif tag in _BLOCKS:
            self._read_block(node, tag, context)
        else:
            self._read_inline(node, tag, context)

    def _break_line(self, context: _Context) -> None:
        """Begin a line; with two breaks in a row, old pages and mails begin a paragraph."""
        is_paragraph = context.kind == "paragraph" and not context.preformatted
        if is_paragraph and self._text.ends_line:
            self._end_block(context)
        else:
            self._text.add("\n")

    def _is_hidden(self, node: LexborNode) -> bool:
        attributes = node.attributes
        is_closed = node.tag == "dialog" and "open" not in attributes
        is_stated = not {"hidden", "popover"}.isdisjoint(attributes)
        return is_stated or is_closed or node.mem_id in self.styles.hidden

    def _shown(self, nodes: Iterable[LexborNode], *tags: str) -> Iterator[LexborNode]:
        """Yield the nodes with one of these tags; the words of hidden ones are counted."""
        for node in nodes:
            if node.tag in tags and self._is_hidden(node):
                self.omissions.add_words("undisplayed words", node.text(separator=" "))
            elif node.tag in tags:
                yield node

    def _words_inside(self, node: LexborNode) -> Iterator[str]:
        """Yield the words in a node that browsers show, at any depth."""
        waiting = [node]
        while waiting:
            current = waiting.pop()
            tag = str(current.tag)
            if tag == "-text":
                yield current.text_content or ""
            elif self._is_hidden(current):
                self.omissions.add_words("undisplayed words", current.text(separator=" "))
            elif tag not in _SKIPPED and tag[:1] not in "-!_":
                waiting += reversed(list(children(current)))

    def _is_emphasized(self, node: LexborNode, context: _Context) -> bool:
        """Whether the style sheet sets a span apart; a heading is so as a whole."""
        return context.kind != "heading" and node.mem_id in self.styles.emphasized

    def _read_picture(self, node: LexborNode, context: _Context) -> None:
        if self.pictures is None:
            self.omissions.count("pictures")
            return
        number = self.pictures.add(node)
        if number is None:
            return
        if self._text.is_blank:
            self.standing.append(StandingPicture(number, context.path, len(self.blocks)))
        else:
            self._text.mark("picture", value=number)

    def _read_words(self, words: str, context: _Context) -> None:
        if self._pending_label and words.strip():
            self._text.mark("marker", self._pending_label)
            self._text.add(" ")
            self._pending_label = ""
        if context.preformatted:
            self._text.add(words.replace("\r\n", "\n"), emphasized=context.emphasized)
        else:
            self._text.add_collapsed(words, emphasized=context.emphasized)
        if context.in_link:
            self._linked += len(words.strip())

    def _read_inline(self, node: LexborNode, tag: str, context: _Context) -> None:
        label = _page_label(node)
        if label:
            self._text.mark_page(label)
        if tag == "a" and (target := _cited_note(node)):
            is_first = self._text.is_blank
            self._text.mark("noteref", " ".join("".join(self._words_inside(node)).split()), target)
            self._text.add(" " if is_first else "")  # as after the number of a note
            return
        inner = replace(
            context,
            emphasized=context.emphasized or tag in _EMPHASIS or self._is_emphasized(node, context),
            in_link=context.in_link or tag == "a",
            depth=context.depth + 1,
        )
        start, blocks = self._text.length, len(self.blocks)
        self._read_children(node, inner)
        if tag == "a" and len(self.blocks) == blocks:  # else it holds blocks
            self._text.link_from(start, node.attributes.get("href"))

    def _read_block(self, node: LexborNode, tag: str, context: _Context) -> None:
        self._end_block(context)
        label = _page_label(node)
        if label:
            self._text.mark_page(label)
        inner = self._context_of(node, tag, context)
        if tag == "table" and _is_data(node):
            self._read_table(node, inner)
            return
        if tag == "li" and context.list_label:
            self._pending_label = context.list_label(node.attributes.get("value"))
        self._read_children(node, inner)
        self._end_block(inner)
        self._pending_label = "" if tag == "li" else self._pending_label

    def _context_of(self, node: LexborNode, tag: str, context: _Context) -> _Context:
        inner = replace(
            context,
            path=(*context.path, self._container(node)),
            depth=context.depth + 1,
            quoted=context.quoted or tag == "blockquote",
        )
        if tag in _HEADINGS:
            inner.kind, inner.level = "heading", min(_HEADINGS[tag], 5)
        elif node.mem_id in self.styles.headings:
            inner.kind, inner.level = "heading", self.styles.headings[node.mem_id]
        elif tag in {"figcaption", "caption"}:
            inner.kind = "caption"
        elif tag in {"ul", "ol", "menu", "dir"}:
            inner.level = context.level + 1 if context.list_label else 0
            inner.list_label = _labels(node, tag)
        elif tag == "li":
            inner.kind = "item"
        elif tag == "pre":
            inner.kind, inner.preformatted = "lines", True
        return inner

    def _container(self, node: LexborNode) -> Container:
        self._containers += 1
        attributes = node.attributes
        words = (attributes.get(name) for name in ("class", "id", "role", "itemprop", "epub:type"))
        tag = str(node.tag)
        note_id = (attributes.get("id") or _first_anchor(node)) if tag in _NOTE_TAGS else None
        return Container(self._containers, tag, " ".join(filter(None, words)), note_id)

    def _end_block(self, context: _Context) -> None:
        level = context.level if context.kind in {"heading", "item"} else 0
        block = self._text.block(context.kind, level)
        if block is not None:
            self._append(structs.replace(block, quoted=context.quoted), context)
            self._text = InlineText()
        self._linked = 0

    def _append(self, block: ReadBlock, context: _Context) -> None:
        tag = context.path[-1].tag
        self.blocks.append(HtmlBlock(block, context.path, tag, self._linked))

    def _read_table(self, table: LexborNode, context: _Context) -> None:
        rows: list[list[InlineText]] = []
        heading_rows = 0
        for row in self._shown_rows(table):
            cells = list(self._shown(children(row), "td", "th"))
            is_heading = bool(cells) and all(cell.tag == "th" for cell in cells)
            heading_rows += is_heading and heading_rows == len(rows)
            rows.append([self._cell(cell, context) for cell in cells])
        for caption in self._shown(children(table), "caption"):
            self._read_block(caption, "caption", context)
        block = table_block(rows, heading_rows)
        if block is not None:
            self._append(structs.replace(block, quoted=context.quoted), context)
        self._linked = 0

    def _shown_rows(self, table: LexborNode) -> Iterator[LexborNode]:
        for section in self._shown(children(table), "tr", "thead", "tbody", "tfoot"):
            if section.tag == "tr":
                yield section
            else:
                yield from self._shown(children(section), "tr")

    def _cell(self, cell: LexborNode, context: _Context) -> InlineText:
        inner = HtmlWalk(self.omissions, self.pictures, styles=self.styles)
        inner._read_children(cell, replace(context, kind="paragraph", depth=context.depth + 3))
        inner._end_block(context)
        self._linked += sum(block.linked for block in inner.blocks)
        text = InlineText()
        for block in inner.blocks:
            if not text.is_blank:
                text.add(" ")
            text.add_block(block.block)
        for picture in inner.standing:
            text.mark("picture", value=picture.number)
        return text


def _own_rows(table: LexborNode) -> Iterator[LexborNode]:
    for section in children(table):
        if section.tag == "tr":
            yield section
        elif section.tag in {"thead", "tbody", "tfoot"}:
            yield from (row for row in children(section) if row.tag == "tr")


def _is_data(table: LexborNode) -> bool:
    """Whether a table holds data, and does not only lay out the page."""
    rows = [
        [cell for cell in children(row) if cell.tag in {"td", "th"}] for row in _own_rows(table)
    ]
    cells = [cell for row in rows for cell in row]
    if len(rows) < 2 or max(map(len, rows)) < 2 or table.css_first("table table") is not None:
        return False
    length = sum(len(cell.text() or "") for cell in cells)
    return length <= _MAX_CELL * len(cells)


def _first_anchor(node: LexborNode) -> str | None:
    """Return the id of the anchor with which an element begins, as programs for texts write it."""
    child = node.child
    if child is None or child.tag != "a":
        return None
    return child.attributes.get("name") or child.attributes.get("id")


def _page_label(node: LexborNode) -> str:
    """Return the number of the printed page that begins with an element; empty if none does."""
    attributes = node.attributes
    kinds = f"{attributes.get('epub:type') or ''} {attributes.get('role') or ''}".split()
    if "pagebreak" not in kinds and "doc-pagebreak" not in kinds:
        return ""
    return (attributes.get("title") or attributes.get("aria-label") or "").strip()


def _cited_note(node: LexborNode) -> str:
    """Return the id of the note that a link refers to; empty if it is no such link."""
    attributes = node.attributes
    address = attributes.get("href") or ""
    words = " ".join((node.text() or "").split())
    kinds = f"{attributes.get('epub:type') or ''} {attributes.get('role') or ''}".split()
    is_stated = not {"noteref", "doc-noteref"}.isdisjoint(kinds)
    if "#" not in address or not (is_stated or _REFERENCE.fullmatch(words)):
        return ""
    return address.partition("#")[2] if words else ""


def _labels(node: LexborNode, tag: str) -> _Labels:
    """Return a function that gives the label of each next item, as browsers show it."""
    if tag != "ol":
        return lambda _value: "•"
    attributes = node.attributes
    step = -1 if "reversed" in attributes else 1
    items = sum(child.tag == "li" for child in children(node))
    first = _number(attributes.get("start"), items if step < 0 else 1)
    style = attributes.get("type") or "1"
    next_number = [first]

    def label(value: str | None) -> str:
        number = _number(value, next_number[0])
        next_number[0] = number + step
        return f"{list_number(number, style)}."

    return label


def _number(words: str | None, otherwise: int) -> int:
    return int(words) if words and re.fullmatch(r"(?a:-?\d{1,6})", words) else otherwise
