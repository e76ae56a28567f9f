"""The wording of a text: its letters and digits, independent of encoding, lines and spaces."""

from __future__ import annotations

import hashlib
import re
import unicodedata


def wording_digest(text: str) -> str | None:
    """Return a digest that is equal for texts with the same letters and digits in the same order.

    Case, accents, spaces, line ends and punctuation make no difference. None for a text without
    letters and digits.
    """
    letters = _ascii_letters(text) if text.isascii() else _letters(text)
    return hashlib.sha256(letters).hexdigest() if letters else None


_LETTERS = re.compile(r"[^\W_]+")
_OTHER_ASCII = bytes(code for code in range(128) if not chr(code).isalnum())


def _ascii_letters(text: str) -> bytes:
    """Return what `_letters` returns, twenty times as fast."""
    return text.lower().encode("ascii").translate(None, _OTHER_ASCII)


def _letters(text: str) -> bytes:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(_LETTERS.findall(plain)).encode("utf-8", "replace")
