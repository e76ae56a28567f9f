"""Comments in Markdown files: no program shows them, so they are left out as in other formats."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

_OPENING, _CLOSING = "<!--", "-->"
_NO_LINK = re.compile(
    r"""[ ]{0,3}\[[^\]\n]{1,100}\]:[ \t]*(?:\#|<>)[ \t]+(?:\(.*\)|".*"|'.*')[ \t]*$""", re.MULTILINE
)
"""The address of a link that leads nowhere, as in `[//]: # (a comment)`; its title is a comment."""

_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")


class WithoutComments(msgspec.Struct, frozen=True):
    """A text, and what its comments say."""

    text: str
    comments: str


def without_comments(text: str) -> WithoutComments:
    """Return a text whose comments are empty lines, so that all others keep their numbers.

    A comment without an end is a text, and so is one in code between fences or backquotes.
    """
    kept: list[str] = []
    comments: list[str] = []
    last = 0
    for comment in _comments(text):
        words = text[comment]
        kept += (text[last : comment.start], "\n" * words.count("\n"))
        comments.append(words.removeprefix(_OPENING).removesuffix(_CLOSING))
        last = comment.stop
    return WithoutComments("".join((*kept, text[last:])), "\n".join(comments))


def _comments(text: str) -> Iterator[slice]:
    """Yield where the comments of a text stand."""
    fence, position, is_line = "", 0, True
    while position < len(text):
        stop = text.find("\n", position) + 1 or len(text)
        mark = _FENCE.match(text, position, stop) if is_line else None
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        no_link = None if fence or not is_line else _NO_LINK.match(text, position, stop)
        if no_link:
            yield slice(no_link.start(), no_link.end())
            position = no_link.end()
            continue
        start = -1 if fence or mark else _opening(text, position, stop)
        if start < 0:
            position, is_line = stop, True
            continue
        end = text.find(_CLOSING, start + 2)
        if end < 0:
            return
        yield slice(start, end + len(_CLOSING))
        position, is_line = end + len(_CLOSING), False


def _opening(text: str, start: int, stop: int) -> int:
    """Return where a comment begins in the rest of a line; -1 if none does."""
    found = text.find(_OPENING, start, stop)
    while found >= 0:
        is_code = text.count("`", start, found) % 2 and text.find("`", found, stop) > 0
        if not is_code and text[found - 1 : found] != "\\":
            return found
        found = text.find(_OPENING, found + 1, stop)
    return -1
