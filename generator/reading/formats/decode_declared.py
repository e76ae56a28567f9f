"""Bytes in an encoding that the file declares, by the names of the web."""

from __future__ import annotations

import re

from generator.model import Decoding
from generator.reading.decode import decode

_UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")

_WHATWG = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "big5": "big5hkscs",
    "windows-950": "cp950",
    "x-sjis": "cp932",
}
"""Names of encodings that mean another one on the web and in mail (encoding.spec.whatwg.org)."""


def decode_declared(data: bytes, declared: str) -> Decoding | None:
    """Decode bytes as UTF-8 if they are valid, or else as declared, or else by their statistics."""
    try:
        return Decoding(data.decode("utf-8-sig"), "utf-8", "the bytes are valid UTF-8")
    except UnicodeDecodeError:
        pass
    codec = _WHATWG.get(declared.lower(), declared.lower())
    try:
        text = data.decode(codec, "strict") if codec != "cp1252" else _windows(data)
        return Decoding(text, codec, f"the file declares {declared}")
    except (LookupError, UnicodeError, ValueError):
        return decode(data)


def _windows(data: bytes) -> str:
    """Decode Windows-1252 as browsers do: five bytes that it does not define are controls."""
    if not _UNDEFINED.search(data):
        return data.decode("cp1252")
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)
