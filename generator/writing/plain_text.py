"""Plain text for hosts that do not declare its encoding, as many do not."""

from __future__ import annotations


def encode_plain_text(text: str) -> bytes:
    """Encode a text in UTF-8, with a byte order mark where it is more than ASCII.

    Browsers read text without a charset as Windows-1252, unless it begins with this mark.
    """
    return text.encode("ascii" if text.isascii() else "utf-8-sig")
