"""Links of a PDF page: areas that lead to an address, and the words in them."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import msgspec
import pypdfium2.raw as pdfium

_MAX_LINKS = 2_000
"""Links of a page; an index of a book has some hundreds."""

_MAX_ADDRESS = 2_000
_INSIDE = 0.8
"""The share of the width of words that must lie in the area of a link."""


class PageLink(msgspec.Struct, frozen=True):
    """An area of a page that leads to an address."""

    left: float
    bottom: float
    right: float
    top: float
    address: str

    def holds(self, x0: float, x1: float, y: float) -> bool:
        """Whether words between two places of a line lie in the area."""
        shared = min(x1, self.right) - max(x0, self.left)
        return self.bottom <= y <= self.top and shared >= _INSIDE * max(x1 - x0, 1.0)


def links_of_page(document: Any, page: Any) -> Iterator[PageLink]:
    """Yield the links of a page that lead to an address."""
    position, link = ctypes.c_int(0), pdfium.FPDF_LINK()
    for _ in range(_MAX_LINKS):
        if not pdfium.FPDFLink_Enumerate(page, ctypes.byref(position), ctypes.byref(link)):
            return
        area = pdfium.FS_RECTF()
        address = _address(document, pdfium.FPDFLink_GetAction(link))
        if address and pdfium.FPDFLink_GetAnnotRect(link, ctypes.byref(area)):
            yield PageLink(area.left, area.bottom, area.right, area.top, address)


def _address(document: Any, action: Any) -> str | None:
    size = pdfium.FPDFAction_GetURIPath(document, action, None, 0) if action else 0
    if not 1 < size <= _MAX_ADDRESS:
        return None
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAction_GetURIPath(document, action, buffer, size)
    return buffer.value.decode("utf-8", "replace")
