"""Readings: what a reader found in a file that is not plain text.

The text of a reading is for such a file what the decoded bytes are for plain text: the ledger leads
back to it, and the check reads the file again and compares.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Literal

import msgspec

from generator.model.blocks import Block, BlockKind, Mark, Span
from generator.model.documents import Ledger
from generator.model.origins import Omission
from generator.model.pictures import FoundPicture, Picture, Sheets


class Cut(msgspec.Struct, frozen=True):
    """Words of a block that the page does not show, and the ledger's name for their removal."""

    start: int
    end: int
    rule: str


class ReadBlock(msgspec.Struct, frozen=True):
    """A block of a reading, before anything was taken out of it."""

    kind: BlockKind
    text: str
    emphasis: tuple[Span, ...] = ()
    marks: tuple[Mark, ...] = ()
    cuts: tuple[Cut, ...] = ()
    level: int = 0
    quoted: bool = False
    indents: tuple[int, ...] = ()
    removed_by: str | None = None
    """The ledger's name for the removal of the whole block; None if the page shows it."""
    is_wrapped: bool = False
    """Whether its line feeds are ends of printed lines, which mean nothing in a paragraph."""
    is_title: bool = False
    """Whether the file says that this is the title of the whole text."""

    def as_block(self, rule: str) -> Block:
        """Return the block as documents have it."""
        return Block(
            self.kind,
            self.text,
            self.emphasis,
            self.marks,
            self.level,
            self.indents,
            self.quoted,
            rule,
        )


Trust = Literal["stated", "confirmed", "fallback"]
"""When a value that a file states is used.

`stated`: always, as front matter is. `confirmed`: only if the first words of the text confirm it.
`fallback`: only if the text itself has no such value.
"""


class Statement(msgspec.Struct, frozen=True):
    """A value that a file states about its text, and the place in the file where it stands."""

    field: str
    value: str
    place: str
    """For users: "docProps/core.xml dc:creator", "header From"."""
    trust: Trust = "stated"

    @property
    def rule(self) -> str:
        """The rule of the value's evidence."""
        return f"{STATED}{self.place}"


STATED = "stated by the file: "
"""How the rule of every value begins that a file states."""


class Part(msgspec.Struct, frozen=True):
    """A file inside a file: an attachment, a letter of a mailbox, an entry of an archive."""

    name: str
    data: bytes


class ReadWarning(msgspec.Struct, frozen=True):
    """Something in a file that the author of the site should look at."""

    code: str
    message: str
    hint: str
    line: int | None = None


class Reading(msgspec.Struct, frozen=True):
    """What a reader found in a file."""

    reader: str
    """Its name with its version, and that of its library."""
    blocks: tuple[ReadBlock, ...] = ()
    statements: tuple[Statement, ...] = ()
    omissions: tuple[Omission, ...] = ()
    parts: tuple[Part, ...] = ()
    warnings: tuple[ReadWarning, ...] = ()
    reason: str | None = None
    """How the letters were decoded, for users; None if the format leaves no choice."""
    source: str | None = None
    """The decoded file, if it is a text whose marks the ledger takes out, as Markdown."""
    steps: Ledger = ()
    """The steps from `source` to the blocks."""
    original: str | None = None
    """The name under which the file itself may be published; None if it may not."""
    found: tuple[FoundPicture, ...] = ()
    """The pictures that marks of blocks have the numbers of; only readers know their bytes."""
    pictures: tuple[Picture, ...] = ()
    """The same pictures, as the page shows them."""
    sheets: tuple[Sheets, ...] = ()
    """The sizes of its pages, if it has any."""
    has_head: bool = True
    """Whether its first lines may be title, byline and date, as those of tables never are."""

    @property
    def text(self) -> str:
        """The text of the reading: the decoded file, or the blocks, joined by empty lines."""
        return join_blocks(self.blocks) if self.source is None else self.source

    @property
    def text_digest(self) -> str:
        """SHA-256 of the text, in hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


class Refusal(msgspec.Struct, frozen=True):
    """Why a file has no reading, for its message."""

    code: str
    message: str
    hint: str


def join_blocks(blocks: Iterable[ReadBlock]) -> str:
    """Return the text of blocks, joined by empty lines."""
    return "\n\n".join(block.text for block in blocks)


class Opened(msgspec.Struct, frozen=True):
    """The result of opening a file: its reading, or why it has none, or neither for plain text."""

    reading: Reading | None = None
    refusal: Refusal | None = None
