"""The result of segmentation: regions of lines, each with a kind, and furniture of the page.

All positions are those of the text that was segmented, which still has its layout.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from generator.model import BlockKind, Mark
from generator.reading.structure.cells import CellGap
from generator.reading.structure.lines import Line

Join = Literal["line", "space", "none", "hyphen"]
"""What becomes of the break before a line of a region: it stays a line break, becomes a space or
nothing, or goes together with the hyphen before it."""


class Region(msgspec.Struct, frozen=True, gc=False):
    """Lines that become one block."""

    kind: BlockKind
    lines: tuple[Line, ...]
    """In the order of the text; furniture and notes may lie between them."""
    rule: str
    """The name of the rule that gave the kind."""
    joins: tuple[Join, ...] = ()
    """For each line but the first the fate of the break before it; empty if all breaks stay."""
    marks: tuple[Mark, ...] = ()
    """Speakers, markers and references to notes, in positions of the text."""
    gaps: tuple[CellGap, ...] = ()
    """In a table the white space before cells."""
    level: int = 0
    quoted: bool = False
    cut_by: str | None = None
    """For a paragraph that a page break cut, the evidence for joining its parts."""


class Furniture(msgspec.Struct, frozen=True):
    """A line that belongs to the page and not to the text: a running head or page number."""

    line: Line
    rule: str
    label: str | None = None
    """The page's number as printed, if the line has one."""


class Structure(msgspec.Struct, frozen=True):
    """A text as regions in the order in which they are shown, and the lines left out.

    Each line is in exactly one region or piece of furniture. The order of regions is that of
    their first lines, except that a note at the foot of a page comes after the paragraph that it
    interrupts.
    """

    regions: tuple[Region, ...]
    furniture: tuple[Furniture, ...] = ()
    pages: tuple[Mark, ...] = msgspec.field(default=())
    """The beginnings of pages of the source, with their labels."""
    refused: tuple[str, ...] = ()
    """Rules that would have removed more than a tenth of the letters, so that they were not
    applied."""
