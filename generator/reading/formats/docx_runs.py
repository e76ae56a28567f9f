"""The runs of a Word paragraph: words, emphasis, fields, references to notes, tracked changes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

import msgspec

from generator.reading.formats.docx_looks import (
    NO_LOOK,
    PAPER,
    Ground,
    Look,
    is_on,
    look_of,
    why_unseen,
)
from generator.reading.formats.docx_pictures import DocxPictures, is_hidden_drawing
from generator.reading.formats.docx_relations import Relations
from generator.reading.formats.docx_styles import ParagraphStyle, Styles
from generator.reading.formats.inline_text import InlineText
from generator.reading.formats.omissions import Omissions
from generator.reading.formats.packages import attribute, child, children, local_name
from generator.reading.formats.word_fields import SILENT

_INSERTED = frozenset({"ins", "moveTo"})
_DELETED = frozenset({"del", "moveFrom"})
_TRANSPARENT = frozenset(
    {"hyperlink", "smartTag", "fldSimple", "customXml", "dir", "bdo", "sdtContent", *_INSERTED}
)
"""Elements around runs that say nothing about their words."""

_SIGNS = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
    "softHyphen": "\N{SOFT HYPHEN}",
}

_SYMBOLS = {"F0FC": "✓", "F0FB": "✗", "F0A7": "▪", "F0B7": "•", "F0E0": "→", "F0D8": "►"}
"""Frequent characters of symbol fonts; the letter in the file means another character."""

_HYPERLINK = re.compile(r'\s*HYPERLINK\s+"([^"]{1,2000})"', re.IGNORECASE)

_PICTURES = frozenset({"drawing", "pict", "object"})


class _Field(msgspec.Struct):
    """A field that is open: first its code is read, and then its result."""

    code: str = ""
    is_code: bool = True
    _text: InlineText | None = None
    """The text in which its result begins."""
    _start: int = 0

    def begin_result(self, text: InlineText) -> None:
        """Note where the result begins."""
        self.is_code, self._text, self._start = False, text, text.length

    def end_result(self, text: InlineText) -> None:
        """Make a link of the result, if that is what the code says, and it is in one paragraph."""
        if text is self._text:
            text.link_from(self._start, _field_address(self.code))


def _field_address(code: str) -> str | None:
    match = _HYPERLINK.match(code)
    return match[1] if match else None


class RunReader(msgspec.Struct):
    """Reads runs; the state of fields goes on from paragraph to paragraph."""

    styles: Styles
    omissions: Omissions
    pictures: DocxPictures
    relations: Relations
    notes: Mapping[str, Element]
    """Footnotes and endnotes by kind and id."""
    cited_notes: list[Element] = msgspec.field(default_factory=list)
    """In the order of their references, each as often as it is cited."""
    ground: Ground = PAPER
    """What the paragraph stands on that is read."""
    insertions: int = 0
    deletions: int = 0
    _usual: Look = NO_LOOK
    """How the words of the paragraph look where they do not say otherwise."""
    _looks: dict[str, Look] = msgspec.field(default_factory=dict)
    """Those of the styles of characters."""
    _fields: list[_Field] = msgspec.field(default_factory=list)
    """The fields that are open."""

    def read(self, paragraph: Element, text: InlineText, style: ParagraphStyle) -> list[Element]:
        """Add the words of a paragraph to `text`, and return the text boxes in it."""
        boxes: list[Element] = []
        self._usual = style.look
        self._read_runs(paragraph, text, boxes)
        return boxes

    def leave_out_deleted(self, element: Element) -> None:
        """Count the words of an element that was deleted."""
        self.deletions += 1
        self.omissions.add_words("deleted words", all_words(element))

    def _read_runs(self, parent: Element, text: InlineText, boxes: list[Element]) -> None:
        for element in children(parent):
            name = local_name(element)
            if name == "r":
                self._read_run(element, text, boxes)
            elif name == "fldSimple" and SILENT.match(attribute(element, "instr") or ""):
                self.omissions.add_words("field codes", all_words(element))
            elif name in _TRANSPARENT or name == "sdt":
                self.insertions += name in _INSERTED
                start = text.length
                self._read_runs(element, text, boxes)
                text.link_from(start, self._address(element, name))
            elif name in _DELETED:
                self.leave_out_deleted(element)
            elif name == "AlternateContent":
                branch = next(children(element, "Choice", "Fallback"), None)
                if branch is not None:
                    self._read_runs(branch, text, boxes)
            elif name in {"oMath", "oMathPara"}:
                self._read_formula(element, text)

    def _read_run(self, run: Element, text: InlineText, boxes: list[Element]) -> None:
        properties = child(run, "rPr")
        style_id = attribute(child(properties, "rStyle"), "val")
        emphasized = any(is_on(child(properties, name)) for name in ("i", "b")) or (
            bool(style_id) and self.styles.emphasizes(style_id)
        )
        why = self._why_unseen(properties)
        if why:
            self._leave_out(run, why)
            return
        for element in children(run):
            self._read_run_content(element, text, boxes, emphasized=emphasized)

    def _leave_out(self, run: Element, why: str) -> None:
        """Count what a run says that nobody sees: its words, pictures, boxes and notes."""
        words, boxes, noted = InlineText(), list[Element](), len(self.cited_notes)
        for element in children(run):
            self._read_run_content(element, words, boxes, emphasized=False)
        self.omissions.add_words(why, words.text)
        self.omissions.count("hidden pictures", len(words.pictures))
        for element in (*boxes, *self.cited_notes[noted:]):
            self.omissions.add_words(why, all_words(element))
        del self.cited_notes[noted:]

    def _why_unseen(self, properties: Element | None) -> str | None:
        """Return why nobody sees the words of a run; None if somebody may."""
        style_id = attribute(child(properties, "rStyle"), "val") or ""
        own = look_of(properties)
        if style_id and style_id not in self._looks:
            self._looks[style_id] = self.styles.look(style_id)
        look = self._looks.get(style_id, NO_LOOK).over(self._usual) if style_id else self._usual
        return why_unseen(look if own is NO_LOOK else own.over(look), self.ground)

    def _read_formula(self, formula: Element, text: InlineText) -> None:
        """Read the words of a formula; pieces of it may be deleted or hidden."""
        for element in children(formula):
            name = local_name(element)
            why = self._why_unseen(child(element, "rPr")) if name == "r" else None
            if name in _DELETED:
                self.leave_out_deleted(element)
            elif why:
                self.omissions.add_words(why, all_words(element))
            elif name == "t":
                text.add(element.text or "")
            else:
                self._read_formula(element, text)

    def _read_run_content(
        self, element: Element, text: InlineText, boxes: list[Element], *, emphasized: bool
    ) -> None:
        name = local_name(element)
        if name == "fldChar":
            self._follow_field(attribute(element, "fldCharType"), text)
        elif name == "instrText" or any(field.is_code for field in self._fields):
            self._read_field_code(all_words(element))
        elif name == "t":
            text.add(element.text or "", emphasized=emphasized)
        elif name in _SIGNS:
            text.add(_SIGNS[name])
        elif name == "sym":
            self._read_symbol(element, text)
        elif name in {"footnoteReference", "endnoteReference"}:
            self._read_reference(element, name.removesuffix("Reference"), text)
        else:
            self._read_special(element, text, boxes, emphasized=emphasized)

    def _read_special(
        self, element: Element, text: InlineText, boxes: list[Element], *, emphasized: bool
    ) -> None:
        name = local_name(element)
        if name in _PICTURES:
            self._read_drawing(element, text, boxes)
        elif name == "ruby":
            self._read_ruby(element, text, boxes)
        elif name == "AlternateContent":
            for inner in children(next(children(element, "Choice", "Fallback"), None)):
                self._read_run_content(inner, text, boxes, emphasized=emphasized)

    def _follow_field(self, step: str | None, text: InlineText) -> None:
        if step == "begin":
            self._fields.append(_Field())
        elif step == "separate" and self._fields:
            if not SILENT.match(self._fields[-1].code):
                self._fields[-1].begin_result(text)
        elif step == "end" and self._fields:
            self._fields.pop().end_result(text)

    def _read_field_code(self, words: str) -> None:
        self.omissions.add_words("field codes", words)
        if self._fields:
            self._fields[-1].code += words

    def _address(self, element: Element, name: str) -> str | None:
        """Return the address to which an element around runs leads; None if it is no link."""
        if name == "hyperlink":
            return self.relations.addresses.get(attribute(element, "id") or "")
        return _field_address(attribute(element, "instr") or "") if name == "fldSimple" else None

    def _read_symbol(self, element: Element, text: InlineText) -> None:
        sign = _SYMBOLS.get((attribute(element, "char") or "").upper(), "")
        text.add(sign)
        if not sign:
            self.omissions.count("signs of symbol fonts")

    def _read_reference(self, element: Element, kind: str, text: InlineText) -> None:
        note = self.notes.get(f"{kind} {attribute(element, 'id')}")
        if note is not None:
            self.cited_notes.append(note)
            number = str(len(self.cited_notes))
            text.mark("noteref", f"[{number}]", number)

    def _read_drawing(self, drawing: Element, text: InlineText, boxes: list[Element]) -> None:
        """Collect the text boxes of a drawing; without one it is a picture or a shape."""
        inside = list(_outermost(drawing, "txbxContent"))
        if is_hidden_drawing(drawing):
            for box in inside:
                self.omissions.add_words("hidden words", all_words(box))
        else:
            boxes += inside
        if not inside:
            self.pictures.read(drawing, text)

    def _read_ruby(self, ruby: Element, text: InlineText, boxes: list[Element]) -> None:
        """Read characters, and in parentheses the pronunciation that is printed above them."""
        for part, opening, closing in (("rubyBase", "", ""), ("rt", "(", ")")):
            words, runs = InlineText(), child(ruby, part)
            if runs is not None:
                self._read_runs(runs, words, boxes)
            if not words.is_blank:
                text.add(opening)
                text.extend(words)
                text.add(closing)


def _outermost(element: Element, name: str) -> list[Element]:
    """Return the elements of a name that are in no other of this name, each content once."""
    found: list[Element] = []
    stack = [element]
    while stack:
        current = stack.pop()
        if local_name(current) == name:
            found.append(current)
        elif local_name(current) == "AlternateContent":
            stack += list(children(current, "Choice", "Fallback"))[:1]
        else:
            stack += reversed(list(children(current)))
    return found


def all_words(element: Element) -> str:
    """Return all words of an element, deleted ones and field codes too."""
    names = {"t", "delText", "instrText", "delInstrText"}
    return "".join(node.text or "" for node in element.iter() if local_name(node) in names)
