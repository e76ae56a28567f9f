"""Styles of OpenDocument files: which words are hidden or emphasised, how lists are numbered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

import msgspec

from generator.reading.formats.list_labels import list_number
from generator.reading.formats.odf_looks import OdfLook, look_of
from generator.reading.formats.packages import (
    attribute,
    child,
    children,
    descendants,
    local_name,
    small_number,
)

CHARACTERS, PARAGRAPH, TABLE, CELL = "text", "paragraph", "table", "table-cell"
"""Families of styles."""

_BOLD = frozenset({"bold", "600", "700", "800", "900"})


class OdfStyles(msgspec.Struct, frozen=True):
    """The styles and the lists of a file."""

    styles: dict[tuple[str, str], Element]
    """By family and name."""
    lists: dict[str, Element]
    looks: dict[tuple[str, str], OdfLook] = msgspec.field(default_factory=dict)
    """Those that were asked for, by family and name."""

    @classmethod
    def parse(cls, parts: Iterable[Element]) -> OdfStyles:
        """Return the styles of all parts of a file; those of its content come first."""
        styles: dict[tuple[str, str], Element] = {}
        lists: dict[str, Element] = {}
        for part in parts:
            for style in descendants(part, "style"):
                family, name = attribute(style, "family"), attribute(style, "name")
                styles.setdefault((family or "", name or ""), style)
            for style in descendants(part, "list-style"):
                lists.setdefault(attribute(style, "name") or "", style)
        return cls(styles, lists)

    def name_of(self, name: str) -> str:
        """Return the name of a style as users know it, in small letters."""
        for style in self._chain(PARAGRAPH, name):
            display = attribute(style, "display-name") or attribute(style, "name") or ""
            if not display.startswith(("P", "T")) or not display[1:].isdecimal():
                return display.lower().replace("_20_", " ")
        return ""

    def is_hidden(self, family: str, name: str) -> bool:
        """Whether a style hides its words."""
        return self._property(family, name, "display") == "none"

    def look(self, family: str, name: str) -> OdfLook:
        """Return how a style, and those that it is based on, make words look."""
        key = family, name
        if key not in self.looks:
            found = OdfLook()
            for style in self._chain(family, name):
                found = found.on(look_of(style))
            self.looks[key] = found
        return self.looks[key]

    def is_emphasized(self, name: str) -> bool:
        """Whether a style of characters makes its words italic or bold."""
        is_italic = self._property(CHARACTERS, name, "font-style") in {"italic", "oblique"}
        return is_italic or self._property(CHARACTERS, name, "font-weight") in _BOLD

    def list_label(self, name: str, level: int, number: int) -> str:
        """Return the label of an item as LibreOffice computes it."""
        for style in children(self.lists.get(name)):
            if small_number(attribute(style, "level"), 0) == level + 1:
                if local_name(style) != "list-level-style-number":
                    return "•"
                before = attribute(style, "num-prefix") or ""
                suffix = attribute(style, "num-suffix") or ""
                start = small_number(attribute(style, "start-value"), 1)
                form = attribute(style, "num-format") or ""
                return f"{before}{list_number(number + start - 1, form)}{suffix}" if form else ""
        return "•"

    def is_emphasized_itself(self, name: str) -> bool:
        """Whether somebody made one paragraph italic or bold, and not the style of many."""
        is_automatic = name[:1] == "P" and name[1:].isdecimal()
        style = self.style(PARAGRAPH, name) if is_automatic else None
        properties = child(style, "text-properties")
        is_italic = attribute(properties, "font-style") in {"italic", "oblique"}
        return is_italic or attribute(properties, "font-weight") in _BOLD

    def is_cropped(self, name: str) -> bool:
        """Whether a style of pictures cuts something off, as `rect(0cm, 1cm, 0cm, 0cm)`."""
        clip = self._property("graphic", name, "clip", "graphic-properties")
        return any(digit in clip for digit in "123456789")

    def style(self, family: str, name: str) -> Element | None:
        """Return a style; programs give styles of different families the same name."""
        return self.styles.get((family, name), self.styles.get(("", name)))

    def _property(self, family: str, name: str, wanted: str, group: str = "text-properties") -> str:
        for style in self._chain(family, name):
            value = attribute(child(style, group), wanted)
            if value is not None:
                return value
        return ""

    def _chain(self, family: str, name: str) -> Iterator[Element]:
        seen: set[str] = set()
        while name not in seen and (style := self.style(family, name)) is not None:
            seen.add(name)
            yield style
            name = attribute(style, "parent-style-name") or ""
