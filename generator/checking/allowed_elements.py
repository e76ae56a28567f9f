"""The elements and attributes that an article may have: those that show text and its structure.

Any other element may do more than show text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from selectolax.lexbor import LexborNode

from generator.checking.shown_blocks import PARAGRAPH_KINDS, TABLE_BOX

_ID = r"p-[0-9a-f]{8}(?:-\d+)?"
"""The id of a paragraph, by which others link to it."""

_ANY = r"[\s\S]*"

_HEADING = {"id": _ID}
_LIST = {"class": "list"}

_ALLOWED: dict[str, dict[str, str]] = {
    "p": {"id": _ID, "class": "|".join(PARAGRAPH_KINDS)},
    **{f"h{level}": _HEADING for level in range(2, 7)},
    "br": {},
    "em": {},
    "a": {
        "href": _ANY,
        "rel": _ANY,
        "class": "link|marker|noteref|page",
        "id": r"ref-\d+(?:-\d+)?|page-[\w.-]+",
        "data-label": _ANY,
        "aria-label": _ANY,
    },
    "span": {
        "class": "line|speaker|marker|page",
        "data-indent": r"\d{1,4}",
        "data-label": _ANY,
        "id": r"page-[\w.-]+",
    },
    "ul": _LIST,
    "ol": _LIST,
    "li": {"id": _ID},
    "div": {"class": TABLE_BOX, "tabindex": "0"},
    "table": {"id": _ID},
    "tbody": {},
    "tr": {},
    "th": {"scope": "col", "class": "num"},
    "td": {"class": "num"},
    "pre": {"id": _ID, "class": "columns", "tabindex": "0"},
    "aside": {"id": r"note-\d+", "class": "note"},
    "blockquote": {},
    "figure": {"class": "picture"},
    "figcaption": {},
    "img": {
        "src": r"[0-9a-f]{16}\.(?:jpg|png)",
        "width": r"\d{1,5}",
        "height": r"\d{1,5}",
        "alt": _ANY,
        "loading": "lazy",
        "decoding": "async",
    },
}
"""For each element the attributes that it may have, with the form of their values."""

_PATTERNS = {
    tag: {name: re.compile(value) for name, value in attributes.items()}
    for tag, attributes in _ALLOWED.items()
}

_INNER = "a br em figcaption img li span table tbody td th tr".split()
_TOP = frozenset(_ALLOWED) - frozenset(_INNER)
"""Elements that may be children of the article."""

_NEED_ID = frozenset({"p", "pre", "table", "li", "h2", "h3", "h4", "h5", "h6"})
"""Elements of paragraphs, to which others link."""

_CONTAINERS = frozenset("aside blockquote div figcaption figure ol table tbody tr ul".split())
"""Elements whose words stand in the elements inside them."""


def foreign_elements(article: LexborNode) -> Iterator[str]:
    """Yield a description of each element of an article that the check does not allow."""
    for node in article.iter(include_text=True):
        if _is_text(node) or node.tag not in {*_TOP, "-text"}:
            yield f"<{node.tag}> outside a paragraph"
    # Nodes are compared by address, because `==` serializes their HTML.
    for node in article.css("*"):
        if node.mem_id == article.mem_id:
            continue
        tag = str(node.tag)
        if not _is_allowed(tag, node.attributes):
            yield f"<{tag}>"
        if tag in _CONTAINERS and any(map(_is_text, node.iter(include_text=True))):
            yield f"words in <{tag}>"


def _is_text(node: LexborNode) -> bool:
    return node.tag == "-text" and bool((node.text_content or "").strip())


def _is_allowed(tag: str, attributes: Mapping[str, str | None]) -> bool:
    patterns = _PATTERNS.get(tag)
    if patterns is None or (tag in _NEED_ID and "id" not in attributes):
        return False
    for name, value in attributes.items():
        if name not in patterns or not patterns[name].fullmatch(value or ""):
            return False
    return True
