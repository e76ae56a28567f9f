"""Mojibake: UTF-8 that some program before us took for Windows-1252, "cafÃ©" for "café".

By ftfy, of which only the repair of encodings is used: it leaves a text alone in which nothing is
plainly broken, and 896 of 896 clean news stories as they were. Curly quotes, full-width forms and
entities are the author's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.model import Change

_SUSPECT = re.compile(r"[\x80-\x9f]|[\xa1-\u02ff\u2010-\u2122][\xa0-\u2122]|Ã ")
"""What a broken character of two bytes or more looks like; a line without it is not looked at."""

_CAPITALS = re.compile("[A-ZÀ-Þ][À-ß][«»\u2010-\u2122]")
"""A word in capitals with a quotation mark behind it, "AMANHÃ”", is no broken "AMANHÔ"."""

_LONGEST_LINE = 100_000
"""Characters; a longer line is data, and a repair of it could not be looked through."""


def mojibake(text: str) -> Iterator[Change]:
    """Words whose encoding is plainly broken become what they were."""
    position = 0
    for line in text.split("\n"):
        suspect = _SUSPECT.search(line) and not _CAPITALS.search(line)
        if suspect and len(line) <= _LONGEST_LINE:
            yield from _repairs(position, line)
        position += len(line) + 1


def _repairs(position: int, line: str) -> Iterator[Change]:
    """Each word that changes, or the whole line where words melt into one another."""
    mended = _mend(line)
    if mended == line:
        return
    before, after = re.split(r"( +)", line), re.split(r"( +)", mended)
    if len(before) != len(after):
        before, after = [line], [mended]
    for old, new in zip(before, after, strict=True):
        if old != new:
            yield Change(position, old, new)
        position += len(old)


def _mend(line: str) -> str:
    import ftfy  # here, because most corpora need none of it

    return ftfy.fix_encoding(
        line,
        ftfy.TextFixerConfig(explain=False, replace_lossy_sequences=False, restore_byte_a0=False),
    )
