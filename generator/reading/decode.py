"""Bytes to text: which encoding, and why.

The order of trust is measured (301 of 307 translations of the Universal Declaration of Human
Rights right; 101 of 101 English news stories in cp1252, UTF-8 and UTF-16): a mark in the bytes,
the shape of UTF-16, strict UTF-8, UTF-8 with a few bad bytes, then chardet where script or
language agree with it, and Windows-1252 last, because there nothing can fail.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from generator.model import Decoding

_SAMPLE = 20_000
"""How many bytes or characters a guess looks at; more did not make it better."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_GOOD_PER_BAD = 5
"""With at least so many valid UTF-8 sequences per bad byte, the file is UTF-8 with damage."""

_LATIN_PAGES = {
    "cp1250": frozenset("pl cs sk hu hr sl ro bs sr sq".split()),
    "iso8859-2": frozenset("pl cs sk hu hr sl ro bs sr sq".split()),
    "iso8859-16": frozenset({"ro"}),
    "cp1254": frozenset({"tr", "az"}),
    "iso8859-9": frozenset({"tr", "az"}),
    "cp1257": frozenset({"lt", "lv", "et"}),
    "iso8859-4": frozenset({"lt", "lv", "et"}),
    "iso8859-13": frozenset({"lt", "lv", "et"}),
    "cp1258": frozenset({"vi"}),
}
"""Pages of Latin script, believed only when the language of the text is one they were made for."""

_EAST_ASIAN_SIGNS = (
    ("big5", re.compile(rb"\xa1[\x40\x45\x4b\x56\x58\xa5-\xa8]"), re.compile(rb"\xa1[\xa5-\xa8]")),
    ("gb18030", re.compile(rb"\xa1[\xa1\xa4\xaa\xad-\xb1]"), re.compile(rb"\xa1[\xae-\xb1]")),
    ("cp932", re.compile(rb"\x81[\x40\x5c\x63-\x68]"), re.compile(rb"\x81[\x65-\x68]")),
)
"""Pages, what English texts hold of them (spaces, dots, dashes, quotes), and the quotes alone."""

_ODD = re.compile(
    # A sign inside a word, a capital behind a letter or at the end, signs of frames and figures.
    r"(?<=[^\W\d_])[^\x00-\x7f\w’‘·•–—…\xad\xa0-](?=[^\W\d_])"
    r"|(?<=[^\W\d_])[À-ÖØ-ÞŒŠŽŸ](?=[a-zß-öø-ÿ])|(?<=[a-zß-öø-ÿ,.])[À-ÖØ-ÞŒŠŽŸ](?=[\s,.]|$)"
    r"|[\x80-\x9f\u2200-\u25ff]"
)

_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
"""Bytes that belong to no text of one byte a character, though a program may have left some."""

_PADDING = b"\x1a\x00"
"""What fills up the last block of a file: DOS ended its texts with 1A, and tapes with zeros."""

_BLOCK = 8
"""So many zeros at the end are no slip."""


@dataclass(frozen=True, slots=True)
class _Limits:
    """What makes characters that no text has the sign of other data.

    What a program leaves in a text is a mark or two, before and after something.
    """

    kinds: int
    """Different ones; there are more in pictures and programs."""
    share: float
    """Of all characters."""

    def exceeded(self, odd: Counter[Any], length: int) -> bool:
        """Whether so many odd ones are too many."""
        return len(odd) > self.kinds or odd.total() > self.share * length


_IN_UTF8 = _Limits(kinds=3, share=0.1)
_IN_ONE_BYTE = _Limits(kinds=2, share=0.04)
"""Stricter, because any bytes at all could be such a text."""


def decode(data: bytes) -> Decoding | None:
    """Read the bytes as text; None when they are no text at all.

    Every byte ends up in the text: a byte that is no valid UTF-8 in a file that otherwise is
    becomes the character that Windows-1252 has for it, and is counted.
    """
    body = _without_padding(data)
    for reading in _READINGS:
        decoding = reading(body)
        if decoding is not None:
            padding = data[len(body) :].decode("ascii")
            return (
                replace(decoding, text=decoding.text + padding) if _is_text(decoding.text) else None
            )
    return None


def _without_padding(data: bytes) -> bytes:
    """Return a text of one byte a character without what fills up its last block."""
    body = data.rstrip(_PADDING)
    padding = data[len(body) :]
    padded = b"\x1a" in padding or len(padding) >= _BLOCK
    return body if padded and b"\0" not in body else data


def _marked(data: bytes) -> Decoding | None:
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _strict(data, codec, "the file begins with a byte order mark")
    return None


def _wide(data: bytes) -> Decoding | None:
    sample = data[: _SAMPLE - _SAMPLE % 2]
    for codec, zeros in (
        ("utf-16-le", sample[1::2].count(0)),
        ("utf-16-be", sample[0::2].count(0)),
    ):
        if zeros > 0.2 * len(sample):
            return _strict(data, codec, "every other byte is zero, as in UTF-16")
    return None


def _escaped(data: bytes) -> Decoding | None:
    if b"\x1b$" in data:
        return _strict(data, "iso2022_jp", "the file has the escape sequences of JIS")
    if data.count(b"~{") > 2:
        return _strict(data, "hz", "the file has the escape sequences of HZ")
    return None


def _utf8(data: bytes) -> Decoding | None:
    return _strict(data, "utf-8", "the bytes are valid UTF-8")


def _damaged_utf8(data: bytes) -> Decoding | None:
    text = data.decode("utf-8", "surrogateescape")
    bad = len(_ESCAPED_BYTE.findall(text))
    good = sum(character > "\x7f" for character in text) - bad
    if good < _GOOD_PER_BAD * bad:
        return None
    repaired = _ESCAPED_BYTE.sub(lambda match: _as_cp1252(ord(match[0]) - 0xDC00), text)
    return Decoding(
        repaired, "utf-8", f"UTF-8 but for {bad} single bytes, read as Windows-1252", bad
    )


def _paired_quotes(data: bytes) -> Decoding | None:
    """English with the quotation marks and dashes of an East Asian page, and nothing else of it."""
    for codec, pairs, quotes in _EAST_ASIAN_SIGNS:
        if pairs.sub(b"", data).isascii() and len(quotes.findall(data)) >= 2:
            return _strict(
                data, codec, "all that is not ASCII are the quotes and dashes of this page"
            )
    return None


def _guessed(data: bytes) -> Decoding | None:
    codec = _chardet(data)
    guess = _strict(data, codec, "the statistics of the bytes") if codec else None
    if guess is None:
        return None
    if _has_other_script(guess.text):
        witness = "the script of the letters"
    elif _language(guess.text) in _LATIN_PAGES.get(guess.encoding, ()):
        witness = "the language of the text"
    elif guess.encoding == "mac-roman" and not _oddities(guess.text[:_SAMPLE]):
        witness = "the shape of the words"
    else:
        return None
    return replace(guess, reason=f"{guess.reason} and {witness} agree")


def _old_latin(data: bytes) -> Decoding | None:
    """Macintosh and DOS pages, where Windows-1252 gives words that nobody writes."""
    if _is_binary(data):
        return None
    sample = data[:_SAMPLE]
    for codec in ("mac-roman", "cp850") if _oddities(_cp1252(sample)) else ():
        if not _oddities(sample.decode(codec)):
            reason = "no sign and no capital stands inside a word, as it would in Windows-1252"
            return Decoding(data.decode(codec), codec, reason)
    return None


def _oddities(text: str) -> int:
    """How many characters beyond ASCII stand where no Latin text has them."""
    return sum(1 for _ in _ODD.finditer(text))


def _last_resort(data: bytes) -> Decoding | None:
    if _is_binary(data):
        return None
    pieces = _UTF8_INSIDE.split(data)
    if len(pieces) == 1:
        return Decoding(_cp1252(data), "cp1252", f"no other encoding fits; {_MOST_COMMON}")
    # Every second piece is a character of UTF-8 that no page of one byte would write so.
    text = "".join(
        piece.decode("utf-8") if index % 2 else _cp1252(piece) for index, piece in enumerate(pieces)
    )
    others = sum(byte > 0x7F for piece in pieces[::2] for byte in piece)
    reason = f"UTF-8 and single bytes side by side; {_MOST_COMMON}"
    return Decoding(text, "utf-8", reason, others)


_READINGS: tuple[Callable[[bytes], Decoding | None], ...] = (
    _marked,
    _wide,
    _escaped,
    _utf8,
    _damaged_utf8,
    _paired_quotes,
    _guessed,
    _old_latin,
    _last_resort,
)

_MOST_COMMON = "Windows-1252 is the most common of one byte"

_UTF8_INSIDE = re.compile(
    rb"((?<![A-Z\x80-\xff])(?:[\xc2-\xc5][\x80-\xbf]|\xe2\x80[\x80-\xbf])+(?![\x80-\xff]))"
)
"""Latin letters and quotation marks in UTF-8, where a page of one byte would hold "Ã©" or "â€™".

Not behind a capital: "AMANHÃ»" with its quotation mark is Windows-1252.
"""

_ESCAPED_BYTE = re.compile("[\udc80-\udcff]")


def _as_cp1252(byte: int) -> str:
    return bytes([byte]).decode("cp1252", "ignore") or chr(byte)


def _cp1252(data: bytes) -> str:
    return "".join(map(_CP1252.__getitem__, data))


_CP1252 = tuple(_as_cp1252(byte) for byte in range(256))


def _strict(data: bytes, codec: str, reason: str) -> Decoding | None:
    try:
        return Decoding(data.decode(codec), codec, reason)
    except UnicodeDecodeError:
        return None


def _is_binary(data: bytes) -> bool:
    """Whether bytes are those of a picture, a program and the like: zeros, or many controls."""
    found = Counter(_CONTROLS.findall(data))
    return b"\0" in found or _IN_ONE_BYTE.exceeded(found, len(data))


def _is_text(text: str) -> bool:
    """Tell text from other data: a picture or a program has a control character every few bytes."""
    sample = text[:_SAMPLE].rstrip("\x1a\0")
    signs = {sign: times for sign, times in Counter(sample).items() if _is_odd(sign)}
    odd = Counter(signs)
    if odd.total() <= 0.02 * len(sample) + 2:
        return True
    return "\0" not in odd and not _IN_UTF8.exceeded(odd, len(sample))


def _is_odd(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Cn", "Co"} and sign not in "\t\n\r\f\v\x1b"


def _chardet(data: bytes) -> str | None:
    import chardet  # here, because it costs 40 ms that plain UTF-8 need not pay

    guess = chardet.detect(data[:_SAMPLE])["encoding"]
    try:
        return codecs.lookup(guess).name if guess else None
    except LookupError:
        return None


def _has_other_script(text: str) -> bool:
    letters = [c for c in text[:_SAMPLE] if c.isalpha()]
    other = sum(c > "\x7f" and "LATIN" not in unicodedata.name(c, "") for c in letters)
    # A tenth: a few accents of a Latin text can be read as Cyrillic letters.
    return other > 0.1 * len(letters)


def _language(text: str) -> str:
    import py3langid  # here, because its model takes 200 ms to load

    return str(py3langid.classify(text[:4_000])[0])
