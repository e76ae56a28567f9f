"""The wording of a text: its letters and digits, independent of encoding, lines and spaces."""

from __future__ import annotations

import hashlib
import unicodedata


def wording_digest(text: str) -> str | None:
    """Return a digest that is equal for texts with the same letters and digits in the same order.

    Case, accents, spaces, line ends and punctuation make no difference. None for a text without
    letters and digits.
    """
    plain = text if text.isascii() else unicodedata.normalize("NFKD", text)
    letters = "".join(filter(str.isalnum, plain.casefold()))
    return hashlib.sha256(letters.encode("utf-8", "replace")).hexdigest() if letters else None
