"""The table of colours of an RTF file, as far as words in white are concerned."""

from __future__ import annotations

import msgspec

PARTS = frozenset({"red", "green", "blue"})
"""Control words that state the parts of a colour."""

WORD_GROUNDS = frozenset({"highlight", "cb", "chcbpat", "chshdng"})
"""Control words that put a colour below words; with 0 they take it away."""

PARAGRAPH_GROUNDS = frozenset({"cbpat", "shading"})
"""The same below a paragraph."""

_LIGHT = 250
"""Steps, of 255, from which a colour cannot be told from white paper."""


class ColourTable(msgspec.Struct):
    """Collects colours; the first has the number 0 and is the usual one."""

    on_paper: bool = True
    """Whether the pages are white."""
    _white: set[int] = msgspec.field(default_factory=set)
    _count: int = 0
    _parts: dict[str, int] = msgspec.field(default_factory=dict)

    def set_part(self, name: str, value: int) -> None:
        """Set a part of the colour that is read."""
        self._parts[name] = value

    def end_colours(self, words: str) -> None:
        """End a colour at each semicolon."""
        for _ in range(words.count(";")):
            if self._parts.keys() == PARTS and min(self._parts.values()) >= _LIGHT:
                self._white.add(self._count)
            self._count += 1
            self._parts = {}

    def is_white(self, number: int) -> bool:
        """Whether words in a colour cannot be seen on the page."""
        return self.on_paper and number in self._white
