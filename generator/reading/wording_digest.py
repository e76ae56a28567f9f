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
    plain = text if text.isascii() else unicodedata.normalize("NFKD", text)
    data = plain.casefold().encode("utf-8", "replace").translate(None, _OTHER_ASCII)
    beyond = () if data.isascii() else _BEYOND_ASCII.findall(data)
    for character in set(b"".join(set(beyond)).decode()):
        if not character.isalnum():
            data = data.replace(character.encode(), b"")
    return hashlib.sha256(data).hexdigest() if data else None


_OTHER_ASCII = bytes(code for code in range(128) if not chr(code).isalnum())
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")
