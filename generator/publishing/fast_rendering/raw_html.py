"""Blocks of HTML among Markdown, which Python-Markdown passes on as they are."""

from __future__ import annotations

import re

from generator.publishing.fast_rendering.markdown_inline import ENTITY, OtherMarkdownError

_BLOCK_TAGS = frozenset(
    "aside blockquote details div dl figure h2 h3 h4 h5 h6 nav ol p pre section table ul".split()
)
"""The elements of blocks that this program writes; all are blocks for Python-Markdown too."""

ATTRIBUTE = re.compile(r'[ ][a-zA-Z][a-zA-Z0-9:-]*(?:="[^"<>]*")?')
TAG = re.compile(rf"<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)(?:{ATTRIBUTE.pattern})*[ ]?(?P<empty>/?)>")
_TOKEN = re.compile(rf"{TAG.pattern}|{ENTITY}|[<>&]")
_FORBIDDEN = frozenset("hr iframe math noscript plaintext script style textarea xmp".split())
"""Elements whose contents parsers read in another way, and one that Markdown takes apart."""


def require_raw_block(block: str) -> None:
    """Raise OtherMarkdownError unless a block is one element of HTML with all that is in it."""
    first = TAG.match(block)
    is_start = first and not (first["end"] or first["empty"]) and first["name"] in _BLOCK_TAGS
    if not is_start or " markdown" in block:
        raise OtherMarkdownError(block[:40])
    open_tags: list[str] = []
    for token in _TOKEN.finditer(block):
        _follow(token, open_tags)
        if not open_tags and token.end() != len(block):
            raise OtherMarkdownError(block[:40])
    if open_tags:
        raise OtherMarkdownError(block[:40])


def _follow(token: re.Match[str], open_tags: list[str]) -> None:
    """Keep account of the open elements as the parser of Python-Markdown does."""
    name = token["name"]
    if name is None:
        if len(token[0]) == 1:
            raise OtherMarkdownError(token[0])
        return
    if name in _FORBIDDEN:
        raise OtherMarkdownError(token[0])
    if not token["end"] and not token["empty"]:
        open_tags.append(name)
    elif token["end"] and name in open_tags:
        while open_tags.pop() != name:
            pass
