"""Web and e-mail addresses in a text: which of its characters become a link, and its target.

A wrong link is worse than none. An address that could lead elsewhere than it seems (with a name
and a password before the host, letters that look like others, a host without a domain, a number
as host) stays plain text. So does every scheme except http, https and mailto.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from urllib.parse import quote

import msgspec

_MAX_LENGTH = 2_000
"""Characters; longer addresses are neither typed nor printed."""

# Both cases are written out: a pattern that ignores case would accept a long s (ſ) as an s.
_HOST = (
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}"
    r"(?:[A-Za-z]{2,24}|[Xx][Nn]--[A-Za-z0-9-]{2,59})(?![\w-])"
)
_NOT_INSIDE = r"(?<![\w./:@+%=&#\\-])"
"""No character before the address that could make it part of something longer."""

_WEB = rf"[Hh][Tt]{{2}}[Pp][Ss]?://{_HOST}(?::\d{{2,5}}(?!\d))?(?:[/?#][^\s<>\"“”„«»`{{}}|^\\]*)?"
_NAME = r"[A-Za-z0-9_](?:[A-Za-z0-9_+-]|\.(?=[A-Za-z0-9_+-])){0,63}"
_ADDRESS = re.compile(rf"{_NOT_INSIDE}(?:{_WEB}|(?P<mail>(?:mailto:)?{_NAME}@{_HOST}))")

_PUNCTUATION = ".,;:!?'’‘*_~…"
"""Characters at the end of an address that belong to the sentence around it."""

_PAIRS = {")": "(", "]": "["}
_WITHOUT_SPACES = "\u0e00"
"""From Thai on, scripts have no space after an address, so its end cannot be detected."""

_UNRESERVED = "/:?#[]@!$&'()*+,;=-._~%"


class WebLink(msgspec.Struct, frozen=True):
    """An address in a text: its position and the target of the link."""

    start: int
    end: int
    href: str


def stated_target(address: str) -> str | None:
    """Return the target of a link that a file states; None for one that is not followed.

    The rules are those of addresses in texts, so a script, a file and a host without a name are no
    targets, nor is an address with a password.
    """
    words = address.strip()
    match = _ADDRESS.fullmatch(words)
    has_scheme = words[:7].lower() == "mailto:" or "://" in words[:8]
    if match is None or not has_scheme or len(words) > _MAX_LENGTH or not _is_plain(words):
        return None
    return _href(words, match["mail"])


def find_links(text: str) -> Iterator[WebLink]:
    """Yield the addresses in a text, in its order and without overlaps."""
    if "@" not in text and "://" not in text:  # as in nearly every paragraph
        return
    for match in _ADDRESS.finditer(text):
        words = match[0] if match["mail"] else _trimmed(match[0])
        end = match.start() + len(words)
        if len(words) <= _MAX_LENGTH and _ends(text, end) and _is_plain(words):
            yield WebLink(match.start(), end, _href(words, match["mail"]))


def _trimmed(words: str) -> str:
    """Return an address without the punctuation and closing brackets of the sentence."""
    counts = Counter(words)
    end = len(words)
    while end:
        last = words[end - 1]
        unpaired = last in _PAIRS and counts[last] > counts[_PAIRS[last]]
        if last not in _PUNCTUATION and not unpaired:
            break
        counts[last] -= 1
        end -= 1
    return words[:end]


def _ends(text: str, end: int) -> bool:
    """Whether an address can end at `end`: before a space, the end or closing punctuation."""
    following = text[end : end + 2]
    if not following or following[0].isspace():
        return True
    if following[0] in "@\\/%&=#":
        return False
    if following[0] in "?:" and following[1:].isalnum():
        return False
    return unicodedata.category(following[0])[0] == "P" or following[0] in "<>|`~"


def _is_plain(words: str) -> bool:
    """Whether the address has only ASCII characters, and letters of scripts with spaces."""
    return all(
        " " < character < "\x7f" or (character.isalnum() and character < _WITHOUT_SPACES)
        for character in words
    )


def _href(words: str, mail: str | None) -> str:
    href = quote(words, safe=_UNRESERVED)
    return f"mailto:{href}" if mail and not words.startswith("mailto:") else href
