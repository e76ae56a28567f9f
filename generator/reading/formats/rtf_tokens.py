"""The tokens of RTF: groups, control words, bytes and plain characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

TokenKind = Literal["open", "close", "word", "byte", "text", "binary"]

_TOKEN = re.compile(
    rb"\\([A-Za-z]{1,40})(-?\d{1,10})? ?"
    rb"|\\'([0-9A-Fa-f]{2})"
    rb"|\\([^A-Za-z])"
    rb"|([{}])"
    rb"|[\r\n]+"
    rb"|([^\\{}\r\n]+)",
    re.DOTALL,
)

_MAX_BINARY = 100_000_000


class Token(msgspec.Struct, frozen=True):
    """One token; a control word has its name and its number."""

    kind: TokenKind
    name: str = ""
    number: int | None = None
    data: bytes = b""


def tokens(data: bytes) -> Iterator[Token]:
    """Yield the tokens of a file; binary data is one token, by its stated length."""
    position = 0
    while match := _TOKEN.match(data, position):
        position = match.end()
        word, number, byte, sign, brace, text = match.groups()
        if word is not None:
            value = int(number) if number else None
            if word == b"bin" and value and value > 0:
                start, position = position, position + min(value, _MAX_BINARY)
                yield Token("binary", data=data[start:position])
            else:
                yield Token("word", word.decode("ascii"), value)
        elif byte is not None:
            yield Token("byte", data=bytes([int(byte, 16)]))
        elif sign is not None:
            yield Token("word", sign.decode("latin-1"))
        elif brace is not None:
            yield Token("open" if brace == b"{" else "close")
        elif text is not None:
            yield Token("text", data=text)
