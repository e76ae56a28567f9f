"""Mojibake: UTF-8 that another program decoded as Windows-1252, "cafÃ©" for "café".

The repair is that of ftfy, of which only the repair of encodings is used. It changes a text only
where an encoding is clearly broken, and none of 896 clean news stories. Curly quotes, full-width
forms and entities are the author's and stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.model import Change

_SUSPECT = re.compile(
    r"[\x80-\x9f\xa1-\u02ff\u2010-\u2122](?:(?<=[\x80-\x9f])|[\xa0-\u2122]|(?<=Ã) )"
)
"""Traces of a broken character of two or more bytes; a line without them is skipped."""

_CAPITALS = re.compile("[A-ZÀ-Þ][À-ß][«»\u2010-\u2122]")
"""A word in capitals and a quotation mark, "AMANHÃ”", looks like a broken "AMANHÔ" but is not."""

_MAX_LINE = 100_000
"""Characters; a longer line is data, and a repair of it could not be reviewed."""


def mojibake(text: str) -> Iterator[Change]:
    """Repair words whose encoding is clearly broken."""
    if text.isascii():
        return
    end = 0
    while suspect := _SUSPECT.search(text, end):
        start = text.rfind("\n", end, suspect.start()) + 1 or end
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end]
        if len(line) <= _MAX_LINE and not _CAPITALS.search(line):
            yield from _repairs(start, line)


def _repairs(position: int, line: str) -> Iterator[Change]:
    """Yield each word that changes, or the whole line if the repair changes where words begin."""
    repaired = _fix_encoding(line)
    if repaired == line:
        return
    before, after = re.split(r"( +)", line), re.split(r"( +)", repaired)
    if len(before) != len(after):
        before, after = [line], [repaired]
    for old, new in zip(before, after, strict=True):
        if old != new:
            yield Change(position, old, new)
        position += len(old)


_LOST_CLOSING_QUOTE = re.compile(r"(â€œ[^â\n]{1,400}â€)(?=[\s.,;:!?)]|$)")
"""A quotation whose closing mark lost its last byte, which Windows-1252 does not have.

ftfy would read "â€" and the space after it as a dagger.
"""


def _fix_encoding(line: str) -> str:
    line = _LOST_CLOSING_QUOTE.sub("\\1\x9d", line)
    import ftfy  # imported late, because most corpora do not need it

    return ftfy.fix_encoding(
        line,
        ftfy.TextFixerConfig(explain=False, replace_lossy_sequences=False, restore_byte_a0=False),
    )
