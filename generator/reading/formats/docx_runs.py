"""The runs of a Word paragraph: words, emphasis, fields, references to notes, tracked changes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

import msgspec

from generator.reading.formats.docx_pictures import DocxPictures
from generator.reading.formats.docx_relations import Relations
from generator.reading.formats.docx_styles import ParagraphStyle, Styles, is_on
from generator.reading.formats.inline_text import InlineText
from generator.reading.formats.omissions import Omissions
from generator.reading.formats.packages import attribute, child, children, local_name, small_number

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

_USUAL_SIZE, _MAX_TINY = 24, 2
"""Half points."""

_WHITE = re.compile(r"(?:F[A-F]){3}")
"""Colours that nobody tells from white paper."""

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
    is_on_paper: bool = True
    """Whether the paragraph that is read has no ground of its own, as cells and boxes may have."""
    insertions: int = 0
    deletions: int = 0
    _fields: list[_Field] = msgspec.field(default_factory=list)
    """The fields that are open."""

    def read(self, paragraph: Element, text: InlineText, style: ParagraphStyle) -> list[Element]:
        """Add the words of a paragraph to `text`, and return the text boxes in it."""
        boxes: list[Element] = []
        self._read_runs(paragraph, text, boxes, is_hidden=style.is_hidden)
        return boxes

    def leave_out_deleted(self, element: Element) -> None:
        """Count the words of an element that was deleted."""
        self.deletions += 1
        self.omissions.add_words("deleted words", all_words(element))

    def _read_runs(
        self, parent: Element, text: InlineText, boxes: list[Element], *, is_hidden: bool
    ) -> None:
        for element in children(parent):
            name = local_name(element)
            if name == "r":
                self._read_run(element, text, boxes, is_hidden=is_hidden)
            elif name in _TRANSPARENT or name == "sdt":
                self.insertions += name in _INSERTED
                start = text.length
                self._read_runs(element, text, boxes, is_hidden=is_hidden)
                text.link_from(start, self._address(element, name))
            elif name in _DELETED:
                self.leave_out_deleted(element)
            elif name == "AlternateContent":
                branch = next(children(element, "Choice", "Fallback"), None)
                if branch is not None:
                    self._read_runs(branch, text, boxes, is_hidden=is_hidden)
            elif name in {"oMath", "oMathPara"}:
                text.add(all_words(element))

    def _read_run(
        self, run: Element, text: InlineText, boxes: list[Element], *, is_hidden: bool
    ) -> None:
        properties = child(run, "rPr")
        style_id = attribute(child(properties, "rStyle"), "val")
        vanish = child(properties, "vanish")
        is_hidden = (
            is_on(vanish) if vanish is not None else (is_hidden or self.styles.is_hidden(style_id))
        )
        emphasized = any(is_on(child(properties, name)) for name in ("i", "b")) or (
            bool(style_id) and self.styles.emphasizes(style_id)
        )
        why = "hidden words" if is_hidden else self._why_unseen(properties)
        words = InlineText() if why else text
        for element in children(run):
            self._read_run_content(element, words, boxes, emphasized=emphasized)
        if why:
            self.omissions.add_words(why, words.text)
            self.omissions.count("hidden pictures", len(words.pictures))

    def _why_unseen(self, properties: Element | None) -> str | None:
        """Return why nobody sees the words of a run on paper; None if somebody may."""
        size = small_number(attribute(child(properties, "sz"), "val"), _USUAL_SIZE)
        if size <= _MAX_TINY:
            return "words too small to see"
        colour = (attribute(child(properties, "color"), "val") or "").upper()
        grounds = (child(properties, name) for name in ("shd", "highlight"))
        has_ground = any(ground is not None for ground in grounds)
        is_white = bool(_WHITE.fullmatch(colour)) and self.is_on_paper and not has_ground
        return "words without contrast" if is_white else None

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
        boxes += inside
        if not inside:
            self.pictures.read(drawing, text)

    def _read_ruby(self, ruby: Element, text: InlineText, boxes: list[Element]) -> None:
        """Read characters, and in parentheses the pronunciation that is printed above them."""
        for part, opening, closing in (("rubyBase", "", ""), ("rt", "(", ")")):
            words, runs = InlineText(), child(ruby, part)
            if runs is not None:
                self._read_runs(runs, words, boxes, is_hidden=False)
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
