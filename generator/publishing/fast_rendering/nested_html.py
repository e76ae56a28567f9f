"""Blocks of HTML inside an element with Markdown, whose tags Python-Markdown rewrites.

It begins a line for each element of a block that stands between others, and sorts attributes. Words
and the tags among them stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from generator.publishing.fast_rendering.markdown_inline import OtherMarkdownError
from generator.publishing.fast_rendering.raw_html import ATTRIBUTE, TAG

_BLOCK_TAGS = frozenset("div figcaption figure li ol section ul".split())
"""The elements that are rewritten here; each is a block for Python-Markdown too."""

_WORD_TAGS = frozenset("a bdi em path q span strong svg time".split())
"""The elements among words; others raise OtherMarkdownError."""

_UNSURE = re.compile(r" id=|[*_`\\\[\]{}]|&(?!amp;|lt;|gt;|quot;)")
"""What Python-Markdown may read in a block, or change."""


class _OpenElement(msgspec.Struct):
    name: str
    has_words: bool = False


def nested_block_html(block: str) -> str:
    """Return an element of HTML as Python-Markdown writes it; raise OtherMarkdownError if unsure.

    `require_raw_block` must hold for it.
    """
    if _UNSURE.search(block):
        raise OtherMarkdownError(block[:40])
    return "".join(_pieces(block))


def _pieces(block: str) -> Iterator[str]:
    open_elements = [_OpenElement("")]
    before: re.Match[str] | None = None
    for tag in (tag for tag in TAG.finditer(block) if tag["name"] not in _WORD_TAGS):
        parent, name = open_elements[-1], tag["name"]
        words = block[before.end() : tag.start()] if before else ""
        parent.has_words |= bool(words)
        is_leaf = before is None or bool(tag["end"] and not before["end"])
        yield _between(words, is_leaf=is_leaf)
        if name not in _BLOCK_TAGS or tag["empty"]:
            raise OtherMarkdownError(tag[0])
        if tag["end"]:
            if open_elements.pop().name != name:
                raise OtherMarkdownError(tag[0])
        elif parent.has_words and not words.endswith("\n"):
            raise OtherMarkdownError(tag[0])  # Python-Markdown takes it for a part of the line
        else:
            open_elements.append(_OpenElement(name))
        yield _sorted_tag(tag)
        before = tag


def _between(words: str, *, is_leaf: bool) -> str:
    """Return the text before a tag; `is_leaf`: the tag closes an element without child elements."""
    if words.isspace() and words != "\n":
        raise OtherMarkdownError(words)
    if not words.strip():
        return words if is_leaf else "\n"
    _require_closed(words)
    return words


def _require_closed(words: str) -> None:
    """Raise OtherMarkdownError unless all elements among words are closed there, in order."""
    open_tags: list[str] = []
    for tag in TAG.finditer(words):
        if not tag["end"]:
            open_tags += [] if tag["empty"] else [tag["name"]]
        elif not open_tags or open_tags.pop() != tag["name"]:
            raise OtherMarkdownError(words)
    if open_tags:
        raise OtherMarkdownError(words)


def _sorted_tag(tag: re.Match[str]) -> str:
    if " " not in tag[0]:
        return tag[0]
    attributes = [match[0] for match in ATTRIBUTE.finditer(tag[0])]
    if not all("=" in attribute for attribute in attributes) or "&" in tag[0]:
        raise OtherMarkdownError(tag[0])
    return f"<{tag['end']}{tag['name']}{''.join(sorted(attributes))}>"
