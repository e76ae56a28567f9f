"""TEI XML: the reading text of an edition; rejected readings leave it by name.

Editors record both a writer's slip and its correction. The reading text has the correction; the
slip is in the reading as well, and the ledger takes it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import msgspec
from msgspec.structs import replace

from generator.model.blocks import BlockKind
from generator.model.readings import ReadBlock, Reading, Statement
from generator.reading.formats import refusals
from generator.reading.formats.inline_text import InlineText
from generator.reading.formats.omissions import Omissions
from generator.reading.formats.packages import (
    attribute,
    child,
    children,
    descendants,
    local_name,
    parse_xml,
)
from generator.reading.formats.tables import table_block

READER = "tei 3"
REJECTED = "rejected readings"
"""The ledger's name for the removal of slips, abbreviations and deletions of the source."""

_SHOWN = ("corr", "expan", "ex", "reg", "lem")
"""The reading of a `choice` or an `app` that is shown; without one of these it is the first."""

_REJECTED = frozenset({"del", "surplus"})
_EMPHASIS = frozenset({"hi", "emph", "foreign", "title"})
_BLOCKS: dict[str, BlockKind] = {
    "p": "paragraph",
    "ab": "paragraph",
    "head": "heading",
    "dateline": "dateline",
    "address": "address",
    "salute": "salutation",
    "signed": "signature",
    "trailer": "paragraph",
    "byline": "paragraph",
    "stage": "stage",
    "figDesc": "caption",
    "label": "paragraph",
    "titlePart": "heading",
    "docAuthor": "paragraph",
    "docDate": "paragraph",
}
"""Elements that are blocks, and their kinds."""

_GROUPS: dict[str, BlockKind] = {
    "opener": "paragraph",
    "closer": "valediction",
    "postscript": "postscript",
    "epigraph": "paragraph",
    "argument": "paragraph",
    "titlePage": "paragraph",
    "docTitle": "paragraph",
    "docImprint": "paragraph",
}
"""Elements around blocks, and the kind of their own words and paragraphs."""

_NO_TEXT = frozenset(
    {
        *("teiHeader", "facsimile", "standOff", "sourceDoc", "fw", "interp", "index", "wit"),
        *("certainty", "respons", "space"),
    }
)
_PRIVATE = frozenset({"private", "internal", "hidden"})
"""Types of notes that editors write for each other."""

_DOCTYPE = re.compile(rb"<!DOCTYPE\s+[\w:.-]+\s*(?:(?:PUBLIC|SYSTEM)\s[^\[\]<>]*)?>")
"""A document type without entities of its own, as older editions have."""


def read_tei(data: bytes) -> Reading:
    """Return the reading of an edition in TEI."""
    root = parse_xml(_DOCTYPE.sub(b"", data, count=1))
    if local_name(root) not in {"TEI", "TEI.2", "teiCorpus"}:
        hint = "Convert it to TEI, or save its text as a plain text file"
        raise refusals.is_unknown_kind("XML that is not TEI", hint)
    walk = _Walk()
    for text in _texts(root):
        walk.read(text)
    walk.end()
    statements = tuple(_statements(child(root, "teiHeader")))
    return Reading(READER, (*walk.blocks, *walk.notes), statements, walk.omissions.result())


def _texts(root: Element) -> Iterator[Element]:
    """Yield the outermost texts."""
    for element in children(root):
        if local_name(element) == "text":
            yield element
        elif local_name(element) in {"TEI", "TEI.2"}:
            yield from _texts(element)


def _statements(header: Element | None) -> Iterator[Statement]:
    description = child(header, "fileDesc", "titleStmt")
    for title in children(description, "title"):
        if words := _words(title):
            yield Statement("title", words, "teiHeader title")
            break
    for author in children(description, "author"):
        if words := _words(author):
            yield Statement("authors", words, "teiHeader author")
    sent = [a for a in descendants(header, "correspAction") if attribute(a, "type") == "sent"]
    dates = [*(date for action in sent for date in children(action, "date"))]
    dates += (
        d for source in descendants(header, "sourceDesc") for d in descendants(source, "date")
    )
    dates += (d for d in descendants(child(header, "profileDesc", "creation"), "date"))
    values = (attribute(date, "when") for date in dates)
    if when := next(filter(None, values), None):
        yield Statement("date", when[:10], "teiHeader date when")
    for repository in descendants(header, "repository"):
        if words := _words(repository):
            yield Statement("publication", words, "teiHeader repository")
            break


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())[:1_000]


class _Walk(msgspec.Struct):
    """Collects the blocks of an edition."""

    omissions: Omissions = msgspec.field(default_factory=Omissions)
    blocks: list[ReadBlock] = msgspec.field(default_factory=list)
    notes: list[ReadBlock] = msgspec.field(default_factory=list)
    _text: InlineText = msgspec.field(default_factory=InlineText)
    _kind: BlockKind = "paragraph"
    _usual_kind: BlockKind = "paragraph"
    """The kind of words and paragraphs in the group that is read."""
    _quoted: bool = False
    _depth: int = 0
    _list_depth: int = -1
    _is_in_block: bool = False
    _swallow_space: bool = False

    def read(self, parent: Element, *, emphasized: bool = False, cut: str = "") -> None:
        """Read the words and elements inside of one."""
        self._add(parent.text, emphasized=emphasized, cut=cut)
        for element in children(parent):
            self._read_element(element, emphasized=emphasized, cut=cut)
            self._add(element.tail, emphasized=emphasized, cut=cut)

    def end(self) -> None:
        """End the block that is read."""
        level = max(1, min(5, self._depth)) if self._kind == "heading" else 0
        level = max(0, self._list_depth) if self._kind == "item" else level
        block = self._text.block(self._kind, level)
        if block is not None:
            is_cut = sum(cut.end - cut.start for cut in block.cuts) == len(block.text)
            removed_by = REJECTED if is_cut else None
            cuts = () if is_cut else block.cuts
            block = replace(block, quoted=self._quoted, removed_by=removed_by, cuts=cuts)
            self.blocks.append(block)
            self._text = InlineText()

    def _add(self, words: str | None, *, emphasized: bool, cut: str) -> None:
        if words and self._swallow_space:
            words = words.lstrip()
            self._swallow_space = not words
        self._text.add_collapsed(words or "", emphasized=emphasized, cut=cut)

    def _read_element(self, element: Element, *, emphasized: bool, cut: str) -> None:
        name = local_name(element)
        readers = {
            "choice": self._read_choice,
            "app": self._read_choice,
            "lb": self._read_line_break,
            "pb": self._read_page_break,
            "note": self._read_note,
            "lg": self._read_stanza,
            "list": self._read_list,
            "table": self._read_table,
            "sp": self._read_speech,
            "figure": self._read_figure,
            "gap": self._read_gap,
            "quote": self._read_quotation,
            "q": self._read_quotation,
            "cit": self._read_quotation,
        }
        if name in _NO_TEXT or not name:
            if name == "fw":
                self.omissions.count("running heads")
        elif name in readers:
            readers[name](element, emphasized=emphasized, cut=cut)
        elif name in _GROUPS and not self._is_in_block:
            self._read_group(element, _GROUPS[name], cut=cut)
        elif name in _BLOCKS and not self._is_in_block:
            kind = self._usual_kind if name in {"p", "ab"} else _BLOCKS[name]
            self._read_block(element, kind, cut=cut)
        elif name in {"div", "div1", "div2", "div3", "div4", "floatingText"}:
            self.end()
            self._depth += 1
            self.read(element, cut=cut)
            self.end()
            self._depth -= 1
        elif name in {"graphic", "binaryObject"}:
            self.omissions.count("pictures")
        else:
            self._read_inline(element, name, emphasized=emphasized, cut=cut)

    def _read_inline(self, element: Element, name: str, *, emphasized: bool, cut: str) -> None:
        cut = REJECTED if name in _REJECTED else cut
        start, blocks = self._text.length, len(self.blocks)
        self.read(element, emphasized=emphasized or name in _EMPHASIS, cut=cut)
        if name == "ref" and len(self.blocks) == blocks:  # else it holds blocks
            self._text.link_from(start, attribute(element, "target"))

    def _read_figure(self, element: Element, *, emphasized: bool, cut: str) -> None:
        """Read a picture, which may stand in a paragraph: what is said of it is its caption."""
        self.end()
        before = self._kind, self._is_in_block
        for inner in children(element):
            if local_name(inner) in {"head", "figDesc", "p"}:
                self._read_block(inner, "caption", cut=cut)
            else:
                self._read_element(inner, emphasized=emphasized, cut=cut)
        self._kind, self._is_in_block = before

    def _read_block(self, element: Element, kind: BlockKind, *, cut: str) -> None:
        self.end()
        self._kind, self._is_in_block = kind, True
        self.read(element, cut=cut)
        self.end()
        self._kind, self._is_in_block = self._usual_kind, False

    def _read_group(self, element: Element, kind: BlockKind, *, cut: str) -> None:
        """Read blocks, and words between them: the greeting before a signature, for example."""
        self.end()
        before = self._usual_kind
        self._kind = self._usual_kind = kind
        self.read(element, cut=cut)
        self.end()
        self._kind = self._usual_kind = before

    def _read_gap(self, element: Element, *, emphasized: bool, cut: str) -> None:
        del element, emphasized
        self._text.add("[…]", cut=cut)
        self.omissions.count("gaps")

    def _read_quotation(self, element: Element, *, emphasized: bool, cut: str) -> None:
        if self._is_in_block:
            self._read_inline(element, "", emphasized=emphasized, cut=cut)
            return
        self.end()
        before, self._quoted = self._quoted, True
        self.read(element, cut=cut)
        self.end()
        self._quoted = before

    def _read_choice(self, element: Element, *, emphasized: bool, cut: str) -> None:
        """Read all readings; those that are not shown are cut out."""
        readings = [it for it in children(element) if local_name(it) not in {"note", *_NO_TEXT}]
        named = [it for it in readings if local_name(it) in _SHOWN]
        shown = next(iter((*named, *readings)), None)
        for reading in readings:
            self.read(reading, emphasized=emphasized, cut=cut if reading is shown else REJECTED)

    def _read_line_break(self, element: Element, *, emphasized: bool, cut: str) -> None:
        del emphasized, cut
        if attribute(element, "break") == "no":
            self._swallow_space = True
        elif not self._text.is_blank:
            self._text.add_collapsed(" ")

    def _read_page_break(self, element: Element, *, emphasized: bool, cut: str) -> None:
        del emphasized, cut
        self._text.mark_page(attribute(element, "n") or "")
        if attribute(element, "break") == "no":
            self._swallow_space = True

    def _read_note(self, element: Element, *, emphasized: bool, cut: str) -> None:
        del emphasized
        if cut or attribute(element, "type") in _PRIVATE:
            self.omissions.add_words("words in comments", _words(element))
            return
        number = str(len(self.notes) + 1)
        label = (attribute(element, "n") or number).strip()
        self._text.mark("noteref", f"[{label}]", number)
        inner = _Walk(self.omissions)
        inner.read(element)
        inner.end()
        text = InlineText()
        text.mark("marker", f"[{label}]", number)
        for block in inner.blocks:
            text.add(" ")
            text.add_block(block)
        found = text.block("note")
        if found is not None:
            self.notes.append(found)

    def _read_stanza(self, element: Element, *, emphasized: bool, cut: str) -> None:
        """Read lines of verse; a group of groups is as many stanzas."""
        self.end()
        if any(local_name(inner) == "lg" for inner in children(element)):
            self.read(element, cut=cut)
            return
        self._kind, before, self._is_in_block = "stanza", self._is_in_block, True
        for line in children(element):
            if not self._text.is_blank:
                self._text.add("\n")
            self._read_element(line, emphasized=emphasized, cut=cut)
        self.end()
        self._kind, self._is_in_block = "paragraph", before

    def _read_list(self, element: Element, *, emphasized: bool, cut: str) -> None:
        del emphasized
        self.end()
        before, self._is_in_block = self._is_in_block, False
        self._list_depth += 1
        label, number = "", 0
        is_counted = (attribute(element, "type") or "").startswith(("ordered", "number"))
        for item in children(element):
            if local_name(item) == "label":
                label = _words(item)
            elif local_name(item) == "head":
                self._read_block(item, "heading", cut=cut)
            elif local_name(item) == "item":
                number += 1
                marker = label or attribute(item, "n") or (f"{number}." if is_counted else "•")
                self._kind, self._is_in_block, label = "item", True, ""
                if not cut:
                    self._text.mark("marker", marker)
                    self._text.add(" ")
                self.read(item, cut=cut)
                self.end()
                self._is_in_block = False
        self._list_depth -= 1
        self._kind, self._is_in_block = "paragraph", before

    def _read_table(self, element: Element, *, emphasized: bool, cut: str) -> None:
        del emphasized
        self.end()
        if cut:
            self.omissions.add_words("deleted words", _words(element))
            return
        rows: list[list[InlineText]] = []
        headings = 0
        for row in children(element, "row"):
            is_heading = attribute(row, "role") == "label"
            headings += is_heading and headings == len(rows)
            rows.append([self._cell(cell) for cell in children(row, "cell")])
        block = table_block(rows, headings)
        if block is not None:
            self.blocks.append(block)

    def _cell(self, cell: Element) -> InlineText:
        inner = _Walk(self.omissions)
        inner.read(cell)
        inner.end()
        text = InlineText()
        for block in inner.blocks:
            text.add(" " if text.text else "")
            text.add_block(block)
        return text

    def _read_speech(self, element: Element, *, emphasized: bool, cut: str) -> None:
        """Read a speech: the label of its speaker begins its first block."""
        self.end()
        self._kind, before, self._is_in_block = "speech", self._is_in_block, True
        for inner in children(element):
            name = local_name(inner)
            if name == "speaker" and not cut:
                self._text.mark("speaker", _words(inner))
                self._text.add(" ")
            elif name == "stage":
                self.end()
                self._read_block(inner, "stage", cut=cut)
                self._kind, self._is_in_block = "speech", True
            elif name in {"p", "ab"}:
                self.read(inner, emphasized=emphasized, cut=cut)
                self.end()
            else:
                self._text.add("\n" if not self._text.is_blank and name == "l" else "")
                self._read_element(inner, emphasized=emphasized, cut=cut)
        self.end()
        self._kind, self._is_in_block = "paragraph", before
