"""Styles and numbering of a Word file: what a paragraph is, and the label in front of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import reduce
from xml.etree.ElementTree import Element

import msgspec

from generator.model.blocks import BlockKind
from generator.reading.formats.docx_looks import NO_LOOK, Ground, Look, is_on, look_of, shading
from generator.reading.formats.list_labels import list_number
from generator.reading.formats.packages import (
    attribute,
    child,
    children,
    descendants,
    small_number,
)

_HEADING = re.compile(r"heading ([1-9])")
_YES = frozenset({"1", "true", "on"})
_FORMS = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}


class ListKey(msgspec.Struct, frozen=True):
    """Which list a paragraph belongs to, and how deep."""

    number: str
    level: int


class ParagraphStyle(msgspec.Struct, frozen=True):
    """What the file says that a paragraph is."""

    kind: BlockKind = "paragraph"
    level: int = 0
    list_key: ListKey | None = None
    is_title: bool = False
    quoted: bool = False
    look: Look = NO_LOOK
    """How its words look where they do not say otherwise."""


class Styles(msgspec.Struct, frozen=True):
    """The styles of a file by their ids."""

    by_id: dict[str, Element]
    default: Look = NO_LOOK
    """How words look of which no style says anything."""
    default_paragraph: str | None = None
    """The style of paragraphs that name none."""

    @classmethod
    def parse(cls, root: Element | None) -> Styles:
        """Return the styles of `styles.xml`."""
        styles = {attribute(style, "styleId") or "": style for style in descendants(root, "style")}
        usual = (
            key
            for key, style in styles.items()
            if attribute(style, "type") == "paragraph" and attribute(style, "default") in _YES
        )
        default = look_of(child(root, "docDefaults", "rPrDefault", "rPr"))
        return cls(styles, default, next(usual, None))

    def chain(self, style_id: str | None) -> Iterator[Element]:
        """Yield a style and those that it is based on."""
        seen: set[str] = set()
        while style_id and style_id in self.by_id and style_id not in seen:
            seen.add(style_id)
            style = self.by_id[style_id]
            yield style
            style_id = attribute(child(style, "basedOn"), "val")

    def look(self, style_id: str | None) -> Look:
        """Return how a style makes words look."""
        looks = (look_of(child(style, "rPr")) for style in self.chain(style_id))
        return reduce(Look.over, looks, NO_LOOK)

    def ground_of(self, properties: Element | None) -> Ground | None:
        """Return the ground of a paragraph with these properties; None without one of its own."""
        chain = self.chain(attribute(child(properties, "pStyle"), "val"))
        sources = (properties, *(child(style, "pPr") for style in chain))
        return next(filter(None, map(shading, sources)), None)

    def emphasizes(self, style_id: str | None) -> bool:
        """Whether a style of characters makes its words italic or bold."""
        return any(
            is_on(child(style, "rPr", name))
            for style in self.chain(style_id)
            for name in ("i", "b")
        )

    def of_paragraph(self, properties: Element | None) -> ParagraphStyle:
        """Return what a paragraph with these properties is."""
        style_id = attribute(child(properties, "pStyle"), "val")
        chain = list(self.chain(style_id))
        names = [(attribute(child(style, "name"), "val") or "").lower() for style in chain]
        name = next(filter(None, names), "")
        sources = [properties, *(child(style, "pPr") for style in chain)]
        look = self.look(style_id or self.default_paragraph).over(self.default)
        if name in {"title", "subtitle"}:
            return ParagraphStyle("heading", 1, is_title=name == "title", look=look)
        level = _outline_level(sources) or _named_level(names)
        if level:
            return ParagraphStyle("heading", min(level, 5), look=look)
        if "caption" in names:
            return ParagraphStyle("caption", look=look)
        quoted = "quot" in name
        key = _list_key(sources)
        if key:
            return ParagraphStyle("item", key.level, key, quoted=quoted, look=look)
        return ParagraphStyle(quoted=quoted, look=look)


def _outline_level(sources: list[Element | None]) -> int:
    for source in sources:
        value = attribute(child(source, "outlineLvl"), "val")
        if value is not None:
            level = small_number(value, 9)
            return level + 1 if level < 9 else 0
    return 0


def _named_level(names: list[str]) -> int:
    matches = (_HEADING.fullmatch(name) for name in names)
    return next((int(match[1]) for match in matches if match), 0)


def _list_key(sources: list[Element | None]) -> ListKey | None:
    for source in sources:
        properties = child(source, "numPr")
        number = attribute(child(properties, "numId"), "val")
        if number is not None:
            depth = min(small_number(attribute(child(properties, "ilvl"), "val"), 0), 8)
            return None if number == "0" else ListKey(number, depth)
    return None


class _Level(msgspec.Struct, frozen=True):
    """One level of a numbered list."""

    form: str
    pattern: str
    start: int


class Numbering(msgspec.Struct):
    """Counts the paragraphs of numbered lists, over the whole document."""

    _levels: dict[str, dict[int, _Level]] = msgspec.field(default_factory=dict)
    """The levels of each abstract list."""
    _lists: dict[str, str] = msgspec.field(default_factory=dict)
    """The abstract list of each list."""
    _counts: dict[str, list[int]] = msgspec.field(
        default_factory=lambda: defaultdict(lambda: [0] * 9)
    )

    @classmethod
    def parse(cls, root: Element | None) -> Numbering:
        """Return the lists of `numbering.xml`."""
        numbering = cls()
        for abstract in children(root, "abstractNum"):
            levels = {_depth(level): _level(level) for level in children(abstract, "lvl")}
            numbering._levels[attribute(abstract, "abstractNumId") or ""] = levels
        for number in children(root, "num"):
            abstract_id = attribute(child(number, "abstractNumId"), "val") or ""
            numbering._lists[attribute(number, "numId") or ""] = abstract_id
        return numbering

    def next_label(self, key: ListKey) -> str:
        """Return the label of the next paragraph of a list, as Word computes it."""
        abstract_id = self._lists.get(key.number, key.number)
        levels = self._levels.get(abstract_id, {})
        level = levels.get(key.level)
        if level is None or level.form in {"bullet", "none"}:
            return "•" if level is None or level.form == "bullet" else ""
        counts = self._counts[abstract_id]
        counts[key.level] += 1
        counts[key.level + 1 :] = [0] * (8 - key.level)

        def number(match: re.Match[str]) -> str:
            depth = int(match[1]) - 1
            own = levels.get(depth)
            if own is None or depth > key.level:
                return ""
            return _number(max(counts[depth], 1) + own.start - 1, own.form)

        return re.sub(r"%([1-9])", number, level.pattern)


def _depth(level: Element) -> int:
    return small_number(attribute(level, "ilvl"), 0)


def _level(level: Element) -> _Level:
    return _Level(
        attribute(child(level, "numFmt"), "val") or "decimal",
        attribute(child(level, "lvlText"), "val") or "",
        small_number(attribute(child(level, "start"), "val"), 1),
    )


def _number(value: int, form: str) -> str:
    """Return a number as Word writes it: after `z` come `aa`, `bb` and so on."""
    form = _FORMS.get(form, "")
    if form in {"a", "A"} and value > 0:
        return list_number((value - 1) % 26 + 1, form) * (1 + (value - 1) // 26 % 20)
    return list_number(value, form)
