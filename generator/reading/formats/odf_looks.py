"""How words of an OpenDocument file look: their size, their colour, and what they stand on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element

import msgspec

from generator.reading.formats.colours import WHITE, Colour, hex_colour
from generator.reading.formats.packages import attribute, child, descendants

_POINTS = re.compile(r"(\d{1,4}(?:\.\d{1,9})?)pt")
_MAX_TINY = 1.0
"""Points."""

_NO_GROUND = frozenset({None, "", "transparent"})


class OdfLook(msgspec.Struct, frozen=True):
    """What a style says of its words; None for what it does not say."""

    ink: Colour | None = None
    """None is black, and white on what is dark."""
    ground: Colour | None = None
    is_tiny: bool | None = None
    is_clear: bool | None = None

    def on(self, around: OdfLook) -> OdfLook:
        """Return this look with what one around it says besides."""
        return OdfLook(
            self.ink or around.ink,
            self.ground or around.ground,
            around.is_tiny if self.is_tiny is None else self.is_tiny,
            around.is_clear if self.is_clear is None else self.is_clear,
        )

    def why_unseen(self) -> str | None:
        """Return why nobody sees words that look so; None if somebody may."""
        if self.is_tiny:
            return "words too small to see"
        is_lost = self.ink is not None and self.ground is not None and self.ink.is_like(self.ground)
        return "words without contrast" if is_lost or self.is_clear else None


PAPER, ELSEWHERE = OdfLook(ground=WHITE), OdfLook()


def look_of(style: Element) -> OdfLook:
    """Return what one style says."""
    words = child(style, "text-properties")
    is_automatic = attribute(words, "use-window-font-color") == "true"
    areas = (child(style, f"{name}-properties") for name in ("paragraph", "table-cell"))
    grounds = (hex_colour(attribute(area, "background-color")) for area in areas)
    size, opacity = attribute(words, "font-size"), attribute(words, "opacity")
    points = _POINTS.fullmatch(size or "")
    return OdfLook(
        None if is_automatic else hex_colour(attribute(words, "color")),
        hex_colour(attribute(words, "background-color")) or next(filter(None, grounds), None),
        None if points is None else float(points[1]) <= _MAX_TINY,
        None if opacity is None else opacity == "0%",
    )


def page_of(parts: Iterable[Element]) -> OdfLook:
    """Return what words look like on a page: it is white unless a layout gives it a colour."""
    layouts = (layout for part in parts for layout in descendants(part, "page-layout-properties"))
    grounds = {attribute(layout, "background-color") for layout in layouts}
    return PAPER if grounds <= {*_NO_GROUND, "#ffffff"} else ELSEWHERE
