"""The text of a document in blocks: paragraphs, headings, verse, tables and other kinds."""

from __future__ import annotations

from typing import Literal

import msgspec

BlockKind = Literal[
    "paragraph",
    "heading",
    "lines",
    "stanza",
    "item",
    "table",
    "columns",
    "note",
    "speech",
    "stage",
    "dateline",
    "address",
    "salutation",
    "valediction",
    "signature",
    "postscript",
    "caption",
    "ornament",
    "footer",
]
"""What a block is. `lines` are lines as printed, of which no rule knows what they are."""

AS_PRINTED: frozenset[BlockKind] = frozenset(
    [
        "heading",
        "lines",
        "stanza",
        "table",
        "columns",
        "ornament",
        "dateline",
        "address",
        "salutation",
        "signature",
    ]
)
"""Kinds whose line breaks all stay."""

BLOCK_GAP = 2
"""Line feeds between two blocks in the text of a document."""

RUNNING: frozenset[BlockKind] = frozenset({"paragraph", "item", "speech", "note", "postscript"})
"""Kinds whose text goes on after a page break."""

MarkKind = Literal["speaker", "marker", "noteref", "link", "page", "picture"]
"""What a part of a block is: the label of a speech, the number of an item or a note, the reference
to a note, words with an address; or a point: the beginning of a page of the source, a picture."""

POINTS: frozenset[MarkKind] = frozenset(["page", "picture"])
"""Kinds of marks that have no length."""


class Span(msgspec.Struct, frozen=True, gc=False):
    """A part of a text from `start` to `end` (exclusive), in characters."""

    start: int
    end: int


class Mark(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A part of a block that is more than its words."""

    kind: MarkKind
    start: int
    end: int
    value: str = ""
    """The label of a page; for a reference the number of its note, counted in the document; the
    address of a link; the name of a picture."""
    sheet: int = 0
    """Of a page in a PDF its number, counted from 1, which need not be its label; 0 elsewhere."""

    @property
    def span(self) -> Span:
        """The part of the block's text."""
        return Span(self.start, self.end)


class Block(msgspec.Struct, frozen=True, gc=False):
    """A part of a document with one kind, in plain text.

    Its line feeds are visible line breaks. In a table, a line is a row, and a tab separates cells.
    """

    kind: BlockKind
    text: str = ""
    """Empty in a record of the block, whose words the page shows."""
    emphasis: tuple[Span, ...] = ()
    marks: tuple[Mark, ...] = ()
    """In the order of the text; only `POINTS` have no length."""
    level: int = 0
    """Of a heading 1 (the highest in the text) to 5, of an item its depth from 0, of a table the
    number of rows that are headings."""
    indents: tuple[int, ...] = ()
    """For each line of verse how far it is indented, in steps of two spaces; empty for none."""
    quoted: bool = False
    """Whether the block belongs to a quotation that is set off."""
    rule: str = ""
    """The name of the rule that gave the kind."""
