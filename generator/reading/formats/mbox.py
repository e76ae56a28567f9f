"""Mailboxes (.mbox): every letter is a part, and a document of its own."""

from __future__ import annotations

import re

from generator.model.readings import Part, Reading
from generator.reading.formats import refusals

READER = "mbox 1"

_FROM = re.compile(
    rb"(?:\A|\r?\n\r?\n)(From [^\r\n]{0,200}\d{4}[^\r\n]{0,20}\r?\n)(?=[!-9;-~]{1,76}:[ \t])"
)
"""The line before a letter: after an empty line, with a year, and followed by a header."""

_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)

_MAX_LETTERS = 100_000


def read_mbox(data: bytes) -> Reading:
    """Return the letters of a mailbox as parts; it has no text of its own."""
    lines = list(_FROM.finditer(data))
    if not lines:
        raise refusals.is_damaged("it has no letter")
    if len(lines) > _MAX_LETTERS:
        raise refusals.is_too_large(f"has more than {_MAX_LETTERS:,} letters")
    ends = [*(match.start() for match in lines[1:]), len(data)]
    parts = (
        Part(str(number), _QUOTED.sub(rb"\1", data[match.end() : end]))
        for number, (match, end) in enumerate(zip(lines, ends, strict=True), 1)
    )
    return Reading(READER, parts=tuple(parts))
