"""What people decided about the structure of a document; reading follows it."""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec

from generator.model.blocks import BlockKind

FurnitureRule = Literal["unless much", "leave out", "keep"]
"""Whether running heads and page numbers are left out.

`unless much`: only if they are a small share of the words. `leave out`: always. `keep`: never.
"""


class KindOfLines(msgspec.Struct, frozen=True):
    """Lines of the source that are of one kind, counted from 1, the last one included."""

    kind: BlockKind
    first: int = 1
    last: int | None = None
    """None: up to the end of the text."""


class StructureRules(msgspec.Struct, frozen=True):
    """Decisions about one document, which win over what the rules find."""

    kinds: tuple[KindOfLines, ...] = ()
    keeps_lines: bool = False
    """Whether every line ends where it ends in the source."""
    joins_paragraphs: bool = True
    """Whether paragraphs that a page break divides are joined."""
    furniture: FurnitureRule = "unless much"

    @property
    def digest(self) -> str | None:
        """A digest that changes with the decisions; None if there are none."""
        if self == StructureRules():
            return None
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]
