"""The objects of a PDF page: where they are, what cuts them off, and the page without its words."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
import pypdfium2.raw as pdfium

_MAX_OBJECTS = 300_000
"""Objects of a page that are looked at; forms in forms can be millions."""

_ROUNDING = 1.0
"""Points by which letters may reach over an edge."""


class Box(msgspec.Struct, frozen=True):
    """An upright area of a page, in points."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Its width."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Its height."""
        return self.top - self.bottom

    def holds(self, other: Box) -> bool:
        """Whether another area is inside of it."""
        is_beside = other.left < self.left - _ROUNDING or other.right > self.right + _ROUNDING
        is_above = other.bottom < self.bottom - _ROUNDING or other.top > self.top + _ROUNDING
        return not (is_beside or is_above)


def bounds_of(item: Any) -> Box:
    """Return the area of an object."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    return Box(left.value, bottom.value, right.value, top.value)


def is_cut(item: Any) -> bool:
    """Whether an edge may cut something off from an object."""
    clip = pdfium.FPDFPageObj_GetClipPath(item)
    count = pdfium.FPDFClipPath_CountPaths(clip) if clip else 0
    if count <= 0:
        return False
    box = bounds_of(item)
    return not all(_edge(clip, index).holds(box) for index in range(count))


def _edge(clip: Any, index: int) -> Box:
    """Return the area around a path that cuts off what is beside it."""
    x, y = ctypes.c_float(), ctypes.c_float()
    xs: list[float] = []
    ys: list[float] = []
    for number in range(pdfium.FPDFClipPath_CountPathSegments(clip, index)):
        segment = pdfium.FPDFClipPath_GetPathSegment(clip, index, number)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        xs.append(x.value)
        ys.append(y.value)
    return Box(min(xs), min(ys), max(xs), max(ys)) if xs else Box(0, 0, 0, 0)


@contextmanager
def without_words(page: Any) -> Iterator[None]:
    """Have a page drawn without its words."""
    words = list(_words(page))
    for item in words:
        pdfium.FPDFPageObj_SetIsActive(item, False)
    yield
    for item in words:
        pdfium.FPDFPageObj_SetIsActive(item, True)


def _words(page: Any) -> Iterator[Any]:
    """Yield the objects with words, in forms too."""
    get, count = pdfium.FPDFPage_GetObject, pdfium.FPDFPage_CountObjects(page)
    waiting = [get(page, index) for index in range(count)]
    for _ in range(_MAX_OBJECTS):
        if not waiting:
            return
        item = waiting.pop()
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            yield item
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            inside = range(pdfium.FPDFFormObj_CountObjects(item))
            waiting += (pdfium.FPDFFormObj_GetObject(item, index) for index in inside)
