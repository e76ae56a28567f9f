"""The structure tree of a tagged PDF: what the program that made the file says its content is."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import msgspec
import pypdfium2.raw as pdfium

_MAX_DEPTH = 60
_MAX_ELEMENTS = 100_000

_BLOCKS = frozenset(
    "P H H1 H2 H3 H4 H5 H6 Title Lbl LBody LI Caption Note TOCI TD TH BlockQuote Quote Code".split()
)
"""Types of elements that begin a block."""


class Tag(msgspec.Struct, frozen=True):
    """What an element of the tree is, and what is around it."""

    number: int
    """A different one for each block."""
    kind: str
    around: tuple[str, ...] = ()
    row: int = 0
    """The row of a table that it is in; 0 outside of tables."""
    table: int = 0
    depth: int = 0
    """Lists around it."""


class _Walk(msgspec.Struct):
    tags: dict[int, Tag] = msgspec.field(default_factory=dict)
    count: int = 0


def tags_of_page(page: Any, first_number: int) -> dict[int, Tag]:
    """Return for each piece of marked content what it is; empty if the page has no tree.

    Blocks are numbered from `first_number` on.
    """
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return {}
    walk = _Walk(count=first_number)
    for index in range(max(0, pdfium.FPDF_StructTree_CountChildren(tree))):
        child = pdfium.FPDF_StructTree_GetChildAtIndex(tree, index)
        if child:
            _read(child, Tag(walk.count, ""), walk, 0)
    pdfium.FPDF_StructTree_Close(tree)
    return walk.tags


def _read(element: Any, parent: Tag, walk: _Walk, depth: int) -> None:
    walk.count += 1
    if depth > _MAX_DEPTH or walk.count > _MAX_ELEMENTS:
        return
    kind = _text(pdfium.FPDF_StructElement_GetType, element)
    tag = _tag(parent, kind, walk.count)
    for content in _content_ids(element):
        walk.tags[content] = tag
    for index in range(max(0, pdfium.FPDF_StructElement_CountChildren(element))):
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, index)
        if child:
            _read(child, tag, walk, depth + 1)


def _tag(parent: Tag, kind: str, number: int) -> Tag:
    around = (*parent.around, parent.kind) if parent.kind else parent.around
    is_block = kind in _BLOCKS and not (
        kind == "P" and parent.kind in {"LBody", "TD", "TH", "Note"}
    )
    in_item = kind in {"Lbl", "LBody"} and parent.kind == "LI"
    return Tag(
        number if is_block and not in_item else parent.number,
        kind if is_block or not parent.kind else parent.kind,
        around,
        row=number if kind == "TR" else parent.row,
        table=number if kind == "Table" else parent.table,
        depth=parent.depth + (kind == "L"),
    )


def _content_ids(element: Any) -> Iterator[int]:
    """Yield the numbers of an element's content on this page; it may have more on others."""
    for index in range(max(0, pdfium.FPDF_StructElement_CountChildren(element))):
        content = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index)
        if content >= 0:
            yield content


def _text(function: Any, element: Any) -> str:
    size = function(element, None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    function(element, buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")
