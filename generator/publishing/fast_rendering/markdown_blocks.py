"""A page of our own Markdown as HTML, equal to Python-Markdown's to the byte.

Translated are paragraphs with an id or class, headings, lists of one level, and blocks of HTML, as
`writing` writes them. Any other text raises OtherMarkdownError, and MkDocs renders its page. The
equality holds for the extensions in `EXTENSIONS` without options, and is tested over random texts.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

import msgspec
from markdown.extensions.toc import nest_toc_tokens, slugify, strip_tags, unique

from generator.publishing.fast_rendering.markdown_inline import (
    INLINE_TAGS,
    OtherMarkdownError,
    Resolve,
    inline_html,
)
from generator.publishing.fast_rendering.nested_html import nested_block_html
from generator.publishing.fast_rendering.raw_html import require_raw_block

EXTENSIONS = frozenset({"attr_list", "fenced_code", "md_in_html", "tables", "toc"})
"""The extensions of a new project, and those that MkDocs always adds."""

_UNUSUAL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
"""Characters that Python-Markdown changes, or uses itself."""

_USUAL_IN_ASCII = bytes(code for code in range(128) if not _UNUSUAL.match(chr(code)))

_FENCES = ("~~~", "```")
_SPACES = re.compile(r"\n +\n")

_ID = r"[A-Za-z][A-Za-z0-9_.-]*"
_HEADING = re.compile(r"(?P<level>#{2,6}) (?P<words>.+)")
_HEADING_ID = re.compile(rf"(?P<words>.+) \{{ #(?P<id>{_ID}) \}}")
_CLOSING_SIGN = re.compile(r"(?<!\\)#$")
"""A number sign at the end that is not escaped belongs to the heading's syntax."""
_ATTRIBUTES = re.compile(rf"\{{(?: #(?P<id>{_ID}))?(?P<classes>(?: \.[A-Za-z][A-Za-z0-9_-]*)*) \}}")
_OTHER_LINE = re.compile(rf"[\s+\-=|~:!?>#]|\d+[.)]|<(?!/?{INLINE_TAGS}[ >])|$")
"""Beginnings of lines that are more than words of a paragraph, or might be."""

_OPENING = re.compile(r'<(?P<name>div|section)(?P<attributes>(?: class="[\w -]+")?) markdown>')
_CLOSING = {"</div>": "div", "</section>": "section"}
"""Tags around blocks of Markdown; each is a block of its own."""

_INLINE_TAG = re.compile(rf"</?{INLINE_TAGS}[ >]")


class Heading(NamedTuple):
    """A heading; an id that Python-Markdown invents depends on all others of the page."""

    level: int
    words: str
    """As HTML."""
    id: str | None


class Element(NamedTuple):
    """Any other block as HTML, with the id that Python-Markdown knows of."""

    html: str
    id: str | None = None


class TranslatedPage(msgspec.Struct, frozen=True):
    """The HTML of a page, and its table of contents as Python-Markdown returns it."""

    html: str
    contents: list[Any]


def translate(markdown: str, resolve: Resolve) -> TranslatedPage:
    """Return a page as Python-Markdown would; raise OtherMarkdownError where that is not sure."""
    text = markdown.strip("\n")
    if _has_unusual(text) or _SPACES.search(text) or _has_fence(text):
        raise OtherMarkdownError(text[:40])
    blocks = text.split("\n\n") if text else []
    _require_separate_lists(blocks)
    return _numbered(list(_translated(blocks, resolve)))


def _has_unusual(text: str) -> bool:
    if text.isascii():  # a tenth of the time of the search
        return bool(text.encode().translate(None, _USUAL_IN_ASCII))
    return _UNUSUAL.search(text) is not None


def _has_fence(text: str) -> bool:
    # A single character is found in a tenth of the time.
    return any(fence[0] in text and fence in text for fence in _FENCES)


def _translated(blocks: Sequence[str], resolve: Resolve) -> Iterator[Element | Heading]:
    """Yield the blocks; those between the tags of an element with `markdown` are blocks too."""
    open_tags: list[str] = []
    for before, block in zip(["", *blocks], blocks, strict=False):
        if not block.startswith("<"):
            yield _block(block, resolve)
        elif opening := _OPENING.fullmatch(block):
            open_tags.append(opening["name"])
            yield Element(f"<{opening['name']}{opening['attributes']}>")
        elif block in _CLOSING:
            # An element without contents is written in another way.
            if not open_tags or _CLOSING[block] != open_tags.pop() or _OPENING.fullmatch(before):
                raise OtherMarkdownError(block)
            yield Element(block)
        else:
            is_words = _INLINE_TAG.match(block)
            yield _paragraph(block, resolve) if is_words else _raw_block(block, open_tags)
    if open_tags:
        raise OtherMarkdownError(open_tags[-1])


def _require_separate_lists(blocks: Sequence[str]) -> None:
    """Raise OtherMarkdownError if two lists meet, which Python-Markdown joins."""
    for first, second in pairwise(blocks):
        if first.startswith(_ITEM) and second.startswith(_ITEM):
            raise OtherMarkdownError(second)


_ITEM = "- "


def _block(block: str, resolve: Resolve) -> Element | Heading:
    if block.startswith(_ITEM):
        return _list(block.split("\n"), resolve)
    if block.startswith("#"):
        return _heading(block, resolve)
    return _paragraph(block, resolve)


def _raw_block(block: str, open_tags: Sequence[str]) -> Element:
    """Return a block of HTML, to which Python-Markdown gives no id."""
    require_raw_block(block)
    return Element(nested_block_html(block) if open_tags else f"{block}\n")


def _list(lines: Sequence[str], resolve: Resolve) -> Element:
    items = [line.removeprefix(_ITEM) for line in lines if line.startswith(_ITEM)]
    if len(items) < len(lines):
        raise OtherMarkdownError(lines[0])
    written = "\n".join(f"<li>{_words(item, resolve)}</li>" for item in items)
    return Element(f"<ul>\n{written}\n</ul>")


def _heading(block: str, resolve: Resolve) -> Heading:
    match = _HEADING.fullmatch(block)
    if not match:
        raise OtherMarkdownError(block)
    with_id = _HEADING_ID.fullmatch(match["words"])
    words, element_id = (with_id["words"], with_id["id"]) if with_id else (match["words"], None)
    if _CLOSING_SIGN.search(words):
        raise OtherMarkdownError(block)
    return Heading(len(match["level"]), _words(words, resolve), element_id)


def _paragraph(block: str, resolve: Resolve) -> Element:
    words, _, last = block.rpartition("\n")
    attributes = _ATTRIBUTES.fullmatch(last) if words else None
    if not attributes:
        return Element(f"<p>{_words(block, resolve)}</p>")
    element_id, classes = attributes["id"], attributes["classes"].replace(".", "").strip()
    if not (element_id or classes):
        raise OtherMarkdownError(last)
    # Python-Markdown sorts the attributes.
    written = f' class="{classes}"' if classes else ""
    written += f' id="{element_id}"' if element_id else ""
    return Element(f"<p{written}>{_words(words, resolve)}</p>", element_id)


def _words(words: str, resolve: Resolve) -> str:
    lines = words.split("\n") if "\n" in words else (words,)
    if any(map(_OTHER_LINE.match, lines)) or words[-1].isspace():
        raise OtherMarkdownError(words)
    return inline_html(words, resolve)


def _numbered(blocks: Sequence[Element | Heading]) -> TranslatedPage:
    """Return all blocks, with an id for each heading that has none."""
    used = {block.id for block in blocks if block.id}
    written: list[str] = []
    contents: list[Any] = []
    for block in blocks:
        if isinstance(block, Heading):
            name, slug = _name_and_slug(block.words)
            element_id = block.id or unique(slug, used)
            contents.append(_contents_entry(block, element_id, name))
            written.append(f'<h{block.level} id="{element_id}">{block.words}</h{block.level}>')
        else:
            written.append(block.html)
    return TranslatedPage("\n".join(written).strip(), nest_toc_tokens(contents))


class _HeadingName(NamedTuple):
    """A heading without tags, and the id that Python-Markdown makes of it."""

    name: str
    slug: str


@lru_cache(maxsize=16_384)  # pages of names have the same headings: years, kinds, titles
def _name_and_slug(words: str) -> _HeadingName:
    name = strip_tags(words)
    return _HeadingName(name, slugify(html.unescape(name), "-"))


def _contents_entry(heading: Heading, element_id: str, name: str) -> dict[str, Any]:
    return {
        "level": heading.level,
        "id": element_id,
        "name": name,
        "html": heading.words,
        "data-toc-label": "",
    }
