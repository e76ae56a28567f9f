"""The colours of an RTF file, as far as they tell whether anybody sees its words."""

from __future__ import annotations

import msgspec

from generator.reading.formats.colours import BLACK, WHITE, Colour

PARTS = frozenset({"red", "green", "blue"})
"""Control words that state the parts of a colour."""

WORD_GROUNDS = frozenset({"highlight", "cb", "chcbpat", "chshdng"})
"""Control words that put a colour below words; with 0 they take it away."""

PARAGRAPH_GROUNDS = frozenset({"cbpat", "shading"})
"""The same below a paragraph."""

_SHADES = frozenset({"chshdng", "shading"})
"""Those that mix two colours."""

USUAL = 0
"""The number of the colour that is black, and white on what is dark."""

UNKNOWN = -1


class Ground(msgspec.Struct, frozen=True):
    """What words stand on."""

    colour: int = UNKNOWN
    is_marker: bool = False
    """Whether it is a highlight, on which words without a colour stay black."""


def ground_of(name: str, number: int | None) -> Ground | None:
    """Return the ground that a control word states; None if it takes it away."""
    if number == 0:
        return None
    is_mixed = name in _SHADES or number is None
    return Ground(UNKNOWN if is_mixed else number or 0, name == "highlight")


class ColourTable(msgspec.Struct):
    """Collects colours; the first has the number 0 and is the usual one."""

    on_paper: bool = True
    """Whether the pages are white."""
    _colours: dict[int, Colour] = msgspec.field(default_factory=dict)
    _count: int = 0
    _parts: dict[str, int] = msgspec.field(default_factory=dict)

    def set_part(self, name: str, value: int) -> None:
        """Set a part of the colour that is read."""
        self._parts[name] = value

    def end_colours(self, words: str) -> None:
        """End a colour at each semicolon."""
        for _ in range(words.count(";")):
            if self._parts.keys() == PARTS:
                self._colours[self._count] = Colour(**self._parts)
            self._count += 1
            self._parts = {}

    def is_lost(self, number: int, ground: Ground | None) -> bool:
        """Whether words in a colour cannot be seen on a ground; None is the page."""
        ink, below = self._colours.get(number), WHITE if self.on_paper else None
        if ground is not None:
            below = self._colours.get(ground.colour)
            ink = BLACK if ink is None and ground.is_marker and number == USUAL else ink
        return ink is not None and below is not None and ink.is_like(below)
