"""Web and e-mail addresses that a text prints: which of its characters become a link, and whereto.

A wrong link is worse than none. What could lead elsewhere than it says (a name and a password
before the host, letters that look like others, a host without a domain, a number for a host)
stays plain text, and so does every scheme but http, https and mailto.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

_LONGEST = 2_000
"""Characters; longer addresses are not typed or printed by anybody."""

# Letters are spelled out: without regard to case, a long s would be taken for an s.
_HOST = (
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}"
    r"(?:[A-Za-z]{2,24}|[Xx][Nn]--[A-Za-z0-9-]{2,59})(?![\w-])"
)
_FRESH = r"(?<![\w./:@+%=&#\\-])"
"""Nothing stands before an address that could make it a part of something longer."""

_WEB = rf"[Hh][Tt]{{2}}[Pp][Ss]?://{_HOST}(?::\d{{2,5}}(?!\d))?(?:[/?#][^\s<>\"“”„«»`{{}}|^\\]*)?"
_NAME = r"[A-Za-z0-9_](?:[A-Za-z0-9_+-]|\.(?=[A-Za-z0-9_+-])){0,63}"
_ADDRESS = re.compile(rf"{_FRESH}(?:{_WEB}|(?P<mail>(?:mailto:)?{_NAME}@{_HOST}))")

_BEHIND = ".,;:!?'’‘*_~…"
"""Signs at the end of an address that belong to the sentence around it."""

_PAIRS = {")": "(", "]": "["}
_WITHOUT_SPACES = "\u0e00"
"""From Thai on, scripts put no space behind an address: where it ends cannot be known."""

_UNRESERVED = "/:?#[]@!$&'()*+,;=-._~%"


@dataclass(frozen=True, slots=True)
class WebLink:
    """An address in a text: its place, and what a link there leads to."""

    start: int
    end: int
    href: str


def find_links(text: str) -> Iterator[WebLink]:
    """Find the addresses in a text, in its order; none overlaps another."""
    if "@" not in text and "://" not in text:  # as in nearly every paragraph
        return
    for match in _ADDRESS.finditer(text):
        words = match[0] if match["mail"] else _trimmed(match[0])
        end = match.start() + len(words)
        if len(words) <= _LONGEST and _ends(text, end) and _is_plain(words):
            yield WebLink(match.start(), end, _href(words, match["mail"]))


def _trimmed(words: str) -> str:
    """Leave to the sentence what is its own: its full stop, its closing bracket."""
    left = Counter(words)
    end = len(words)
    while end:
        last = words[end - 1]
        unpaired = last in _PAIRS and left[last] > left[_PAIRS[last]]
        if last not in _BEHIND and not unpaired:
            break
        left[last] -= 1
        end -= 1
    return words[:end]


def _ends(text: str, end: int) -> bool:
    """Tell whether the address can end here: a space, the end, or a sign that closes."""
    behind = text[end : end + 2]
    if not behind or behind[0].isspace():
        return True
    if behind[0] in "@\\/%&=#":
        return False
    if behind[0] in "?:" and behind[1:].isalnum():
        return False
    return unicodedata.category(behind[0])[0] == "P" or behind[0] in "<>|`~"


def _is_plain(words: str) -> bool:
    """Tell whether every character is one that readers can tell from all others."""
    return all(" " < sign < "\x7f" or (sign.isalnum() and sign < _WITHOUT_SPACES) for sign in words)


def _href(words: str, mail: str | None) -> str:
    href = quote(words, safe=_UNRESERVED)
    return f"mailto:{href}" if mail and not words.startswith("mailto:") else href
