"""Where a document's text comes from, if its seed is not plain text."""

from __future__ import annotations

import msgspec

from generator.model.pictures import Sheets


class Omission(msgspec.Struct, frozen=True):
    """Something in a file that is not in the text of its reading, and how much of it."""

    kind: str
    count: int
    letters: int = 0
    """The number of its letters and digits, which the check counts again."""
    is_withheld: bool = False
    """Whether people who read the file do not see it; then the file itself is not published."""


class FileOrigin(msgspec.Struct, frozen=True):
    """How the file of a document was read."""

    reader: str
    """The reader with its version, and that of its library."""
    text_digest: str
    """SHA-256 of the text of the reading, in hexadecimal."""
    omissions: tuple[Omission, ...] = ()
    """What is in the file and not in the text."""
    original: str | None = None
    """The name under which the file itself may be published; None if it may not."""
    sheets: tuple[Sheets, ...] = ()
    """Its pages, if pictures of them may be published."""
