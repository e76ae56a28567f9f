"""LibreOffice texts (.odt, .fodt): a walk over their content with the standard library alone."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import msgspec
from msgspec.structs import replace

from generator.model.blocks import BlockKind
from generator.model.readings import ReadBlock, Reading, ReadWarning, Statement
from generator.reading.formats import refusals
from generator.reading.formats.inline_text import InlineText
from generator.reading.formats.odf_looks import ELSEWHERE, OdfLook, page_of
from generator.reading.formats.odf_pictures import SHAPES, OdfPictures, is_picture
from generator.reading.formats.odf_styles import CHARACTERS, PARAGRAPH, OdfStyles
from generator.reading.formats.omissions import Omissions
from generator.reading.formats.packages import (
    Package,
    attribute,
    child,
    children,
    descendants,
    local_name,
    parse_xml,
    small_number,
)
from generator.reading.formats.tables import table_block

READER = "odt 3"

_CONTENT = frozenset({"section", "index-body", "text-box", "numbered-paragraph", "text"})
"""Elements that hold paragraphs."""

_NO_TEXT = frozenset(
    """
    desc event-listeners forms script scripts sequence-decls tracked-changes user-field-decls
    variable-decls
    """.split()
)
_ALTERNATIVE = ":svg-compatible:1.0}title"
"""The end of the name of a shape's title, which is shown to nobody who sees the shape."""

_MAX_REPEATED = 50
"""Times that a row or a cell is repeated as it says; more is an empty rest of a sheet."""

_CAPTIONS = frozenset({"caption", "drawing", "figure", "illustration", "table"})
"""Names of LibreOffice's styles for the words under a picture or table."""

_MAX_SPACES = 100
_SIGNS = {"s": " ", "tab": "\t", "line-break": "\n"}
_HIDDEN = frozenset({"hidden-text", "hidden-paragraph", "conditional-text"})


def read_odt(data: bytes) -> Reading:
    """Return the reading of a LibreOffice text."""
    if data.lstrip()[:5] == b"<?xml" or data.lstrip()[:1] == b"<":
        root = parse_xml(data)
        parts, pictures = [root], OdfPictures()
    else:
        package = Package(data)
        require_readable(package)
        content = package.xml("content.xml")
        if content is None:
            raise refusals.is_damaged("it has no content")
        found = (package.xml("styles.xml"), package.xml("meta.xml"))
        root, parts = content, [content, *(part for part in found if part is not None)]
        pictures = OdfPictures(package)
    walk = _Walk(OdfStyles.parse(parts), pictures, page_of(parts))
    walk.read(child(root, "body", "text"))
    blocks = (*pictures.marks.place_last(walk.blocks), *walk.notes)
    return Reading(
        READER,
        tuple(pictures.marks.uncovered(blocks, walk.omissions)),
        tuple(odf_statements(parts)),
        walk.omissions.result(),
        warnings=tuple(walk.warnings()),
        found=tuple(pictures.marks.found),
    )


def require_readable(package: Package) -> None:
    """Refuse a package whose content needs a password."""
    manifest = package.xml("META-INF/manifest.xml")
    if next(descendants(manifest, "encryption-data"), None) is not None:
        raise refusals.needs_password("Open it in LibreOffice, and save it without a password")


def odf_statements(parts: list[Element]) -> Iterator[Statement]:
    """Yield what an OpenDocument file states about itself."""
    for part in parts:
        for meta in descendants(part, "meta"):
            for element in children(meta):
                words = " ".join((element.text or "").split())
                name = local_name(element)
                if name == "title" and words:
                    yield Statement("title", words[:1_000], "meta.xml dc:title", "confirmed")
                elif name == "initial-creator" and words:
                    yield Statement("authors", words[:1_000], f"meta.xml {name}", "fallback")
                elif name == "creation-date" and words:
                    yield Statement("date", words[:10], f"meta.xml {name}", "fallback")
            return


class _Walk(msgspec.Struct):
    """Reads paragraphs, lists, tables and notes."""

    styles: OdfStyles
    pictures: OdfPictures
    around: OdfLook = ELSEWHERE
    """How words look of which no style says anything: on the page, in a cell, in a box."""
    omissions: Omissions = msgspec.field(default_factory=Omissions)
    blocks: list[ReadBlock] = msgspec.field(default_factory=list)
    notes: list[ReadBlock] = msgspec.field(default_factory=list)
    _deleted: dict[str, str] = msgspec.field(default_factory=dict)
    _insertions: int = 0
    _look: OdfLook = ELSEWHERE

    def read(self, parent: Element | None, level: int = -1, label: str = "") -> None:
        """Read the content of an element; `level` is the depth of the list around it."""
        for element in children(parent):
            name = local_name(element)
            if name in {"p", "h"}:
                self._read_paragraph(element, level, label)
                label = ""
            elif name == "list":
                self._read_list(element, level + 1)
            elif name == "table":
                self._read_table(element)
            elif name in _CONTENT:
                self._read_content(element, level)
            elif name in {"table-of-content", "alphabetical-index", "illustration-index"}:
                self.read(child(element, "index-body"), level)
            elif name == "tracked-changes":
                self._read_changes(element)
            elif name == "frame":
                self._read_frame(element)
            elif name in SHAPES:
                self.pictures.marks.add_shape()

    def _read_content(self, element: Element, level: int) -> None:
        """Read what holds paragraphs; of a hidden section words and pictures are counted."""
        if _is_hidden_section(element):
            self._leave_out(element)
        else:
            self.read(element, level)

    def _leave_out(self, element: Element) -> None:
        """Count the words and the pictures of an element that is hidden, with boxes and notes."""
        self.omissions.add_words("hidden words", " ".join(element.itertext()))
        self.omissions.count("hidden pictures", sum(map(is_picture, descendants(element, "frame"))))

    def warnings(self) -> Iterator[ReadWarning]:
        """Yield a warning if there are tracked changes."""
        if self._deleted or self._insertions:
            message = (
                f"the file has tracked changes, {len(self._deleted):,} deleted and"
                f" {self._insertions:,} inserted pieces of text; it is read as if all were accepted"
            )
            hint = "Accept or reject them in LibreOffice, and save the file"
            yield ReadWarning("W091", message, hint)

    def _read_changes(self, changes: Element) -> None:
        for region in children(changes, "changed-region"):
            self._insertions += child(region, "insertion") is not None
            deletion = child(region, "deletion")
            if deletion is not None:
                words = " ".join("".join(p.itertext()) for p in children(deletion, "p", "h"))
                self._deleted[attribute(region, "id") or str(len(self._deleted))] = words
                self.omissions.add_words("deleted words", words)

    def _read_list(self, parent: Element, level: int) -> None:
        style = attribute(parent, "style-name") or ""
        number = 0
        for item in children(parent, "list-item", "list-header"):
            label = ""
            if local_name(item) == "list-item":
                number = small_number(attribute(item, "start-value"), number + 1)
                label = self.styles.list_label(style, level, number)
            self.read(item, level, label)

    def _read_paragraph(self, paragraph: Element, level: int, label: str) -> None:
        self.pictures.marks.paragraph += 1
        style = attribute(paragraph, "style-name") or ""
        if self.styles.is_hidden(PARAGRAPH, style) or _hides_its_paragraph(paragraph):
            self._leave_out(paragraph)
            return
        text, frames = InlineText(), list[Element]()
        self._look = self.styles.look(PARAGRAPH, style).on(self.around)
        if label:
            text.mark("marker", label)
            text.add(" ")
        is_emphasized = local_name(paragraph) == "p" and self.styles.is_emphasized_itself(style)
        self._read_inline(paragraph, text, frames, emphasized=is_emphasized)
        if text.text.removeprefix(label).strip():
            self._append(self._block(paragraph, text, style, level, bool(label)))
        else:
            self.pictures.marks.wait(text)
        for frame in frames:
            self._read_frame(frame)

    def _block(
        self, paragraph: Element, text: InlineText, style: str, level: int, is_item: bool
    ) -> ReadBlock | None:
        name = self.styles.name_of(style)
        kind: BlockKind = "item" if is_item else "paragraph"
        depth = max(0, level) if is_item else 0
        if local_name(paragraph) == "h":
            outline = small_number(attribute(paragraph, "outline-level"), 1)
            kind, depth = "heading", max(1, min(5, outline))
        elif name in {"title", "subtitle"}:
            kind, depth = "heading", 1
        elif name in _CAPTIONS:
            kind, depth = "caption", 0
        block = text.block(kind, depth)
        return block and replace(block, is_title=name == "title", quoted="quot" in name)

    def _append(self, block: ReadBlock | None) -> None:
        if block is not None:
            self.blocks.append(self.pictures.marks.place_before(block))

    def _read_inline(
        self, parent: Element, text: InlineText, frames: list[Element], *, emphasized: bool
    ) -> None:
        self._add(parent.text or "", text, emphasized=emphasized)
        for element in children(parent):
            self._read_inline_element(element, text, frames, emphasized=emphasized)
            self._add(element.tail or "", text, emphasized=emphasized)

    def _add(self, words: str, text: InlineText, *, emphasized: bool) -> None:
        why = self._look.why_unseen()
        if why:
            self.omissions.add_words(why, words)
        else:
            text.add_collapsed(words, emphasized=emphasized)

    def _read_inline_element(
        self, element: Element, text: InlineText, frames: list[Element], *, emphasized: bool
    ) -> None:
        name = local_name(element)
        if name in _HIDDEN or self._is_hidden_itself(element):
            self._leave_out(element)
        elif name in _SIGNS:
            text.add(_SIGNS[name] * min(_MAX_SPACES, small_number(attribute(element, "c"), 1)))
        elif name == "note":
            self._read_note(element, text)
        elif name == "annotation":
            words = " ".join("".join(p.itertext()) for p in descendants(element, "p"))
            self.omissions.add_words("words in comments", words)
        elif name == "frame" and is_picture(element):
            self._read_picture(element, text)
        elif name == "frame":
            frames.append(element)
        elif name in SHAPES and not "".join(element.itertext()).strip():
            self.pictures.marks.add_shape()
        elif name not in _NO_TEXT and not element.tag.endswith(_ALTERNATIVE):
            self._read_span(element, text, frames, emphasized=emphasized)

    def _read_span(
        self, element: Element, text: InlineText, frames: list[Element], *, emphasized: bool
    ) -> None:
        name, style = local_name(element), attribute(element, "style-name") or ""
        is_emphasized = name == "span" and self.styles.is_emphasized(style)
        start, around = text.length, self._look
        if name == "span":
            self._look = self.styles.look(CHARACTERS, style).on(around)
        above = name == "ruby-text" and bool("".join(element.itertext()).strip())
        text.add("(" * above)  # it is printed above the characters before it
        self._read_inline(element, text, frames, emphasized=emphasized or is_emphasized)
        text.add(")" * above)
        self._look = around
        if name == "a":
            text.link_from(start, attribute(element, "href"))

    def _is_hidden_itself(self, element: Element) -> bool:
        """Whether words are in a hidden style, or a field that does not show its value."""
        style = attribute(element, "style-name") or ""
        is_hidden_span = local_name(element) == "span" and self.styles.is_hidden(CHARACTERS, style)
        return is_hidden_span or attribute(element, "display") == "none"

    def _read_note(self, note: Element, text: InlineText) -> None:
        number = str(len(self.notes) + 1)
        citation = child(note, "note-citation")
        label = "".join(citation.itertext()).strip() if citation is not None else ""
        text.mark("noteref", f"[{label or number}]", number)
        inner = _Walk(self.styles, self.pictures, self.around, self.omissions)
        whole = InlineText()
        with self.pictures.marks.apart(InlineText()):
            inner.read(child(note, "note-body"))
        whole.mark("marker", f"[{label or number}]", number)
        for index, block in enumerate(inner.blocks):
            whole.add("\n" if index else " ")
            whole.add_block(block)
        found = whole.block("note")
        if found is not None:
            self.notes.append(found)

    def _read_frame(self, frame: Element) -> None:
        box = child(frame, "text-box")
        if attribute(frame, "display") == "none":
            self._leave_out(frame)
        elif box is not None:
            before, self.around = self.around, ELSEWHERE
            self.read(box)
            self.around = before
        elif is_picture(frame):
            text = InlineText()
            self._read_picture(frame, text)
            self.pictures.marks.wait(text)
        else:
            self.omissions.count("embedded objects")

    def _read_picture(self, frame: Element, text: InlineText) -> None:
        is_cropped = self.styles.is_cropped(attribute(frame, "style-name") or "")
        self.pictures.read(frame, text, self.omissions, is_cropped=is_cropped)

    def _read_table(self, table: Element) -> None:
        rows: list[list[InlineText]] = []
        headings = 0
        for row, is_heading in table_rows(table):
            for _ in range(self._times(row, "number-rows-repeated")):
                rows.append(self._cells(row))
                headings += is_heading and headings == len(rows) - 1
        block = table_block(rows, headings)
        if block is None:
            for cell in (cell for row in rows for cell in row):
                self.pictures.marks.wait(cell)
        self._append(block)

    def _cells(self, row: Element) -> list[InlineText]:
        cells: list[InlineText] = []
        for cell in children(row, "table-cell", "covered-table-cell"):
            text = InlineText()
            if local_name(cell) != "table-cell":  # a wider or higher one covers it
                self._leave_out(cell)
                cells += [text] * self._times(cell, "number-columns-repeated")
                continue
            inner = _Walk(self.styles, self.pictures, omissions=self.omissions, notes=self.notes)
            with self.pictures.marks.apart(text):
                inner.read(cell)
                for block in inner.blocks:
                    text.add(" " if text.text else "")
                    text.add_block(block)
            cells += [text] * self._times(cell, "number-columns-repeated")
        return cells

    def _times(self, element: Element, name: str) -> int:
        """Return how often a row or a cell stands there; one that fills a sheet only once."""
        times = small_number(attribute(element, name), 1)
        if times > _MAX_REPEATED:
            self.omissions.count("repeated rows and cells", times - 1)
            return 1
        return max(1, times)


def _is_hidden_section(section: Element) -> bool:
    """Whether a section is hidden, always or as its condition was when the file was saved."""
    if local_name(section) != "section":
        return False
    display = attribute(section, "display")
    is_hidden_now = attribute(section, "is-hidden") != "false"
    return display == "none" or (display == "condition" and is_hidden_now)


def _hides_its_paragraph(paragraph: Element) -> bool:
    """Whether a field in a paragraph hides all of it."""
    field_of = next(descendants(paragraph, "hidden-paragraph"), None)
    return attribute(field_of, "is-hidden") == "true"


def table_rows(table: Element) -> Iterator[tuple[Element, bool]]:
    """Yield the rows of a table, and whether each belongs to its head."""
    for element in children(table):
        name = local_name(element)
        if name == "table-row":
            yield element, False
        elif name == "table-header-rows":
            yield from ((row, True) for row in children(element, "table-row"))
        elif name in {"table-rows", "table-row-group"}:
            yield from table_rows(element)
