"""Pictures of a PDF over which somebody has drawn a black or a white area, as over a name.

The area is an object of its own: without it, the file shows what is under it.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

from generator.reading.formats.pdf_objects import Box, bounds_of

_THIN = 4.0
"""Points; an area that is no higher or no wider is a line."""

_SCAN = 0.4
"""The share of the page that a picture fills which may be a scan of it."""

_BLACK, _WHITE = 40, 240
_OPAQUE = 200


def has_covered_picture(page: Any) -> bool:
    """Whether a black or white area, on which nothing is written, lies on a picture of a page."""
    scans: list[Box] = []
    areas: list[Box] = []
    size = _size_of(page)
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        item = pdfium.FPDFPage_GetObject(page, index)
        kind, box = pdfium.FPDFPageObj_GetType(item), bounds_of(item)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE and box.width * box.height >= _SCAN * size:
            scans.append(box)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH and scans and _may_cover(item, box):
            areas += [box] if any(scan.holds(box) for scan in scans) else []
        elif kind == pdfium.FPDF_PAGEOBJ_TEXT and areas and _is_drawn(item):
            areas = [area for area in areas if not area.holds(box)]
    return len(areas) > 0


def _size_of(page: Any) -> float:
    return float(pdfium.FPDF_GetPageWidthF(page)) * float(pdfium.FPDF_GetPageHeightF(page))


def _is_drawn(words: Any) -> bool:
    mode = int(pdfium.FPDFTextObj_GetTextRenderMode(words))
    return mode != int(pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)


def _may_cover(path: Any, box: Box) -> bool:
    """Whether a path is an area in which nothing is seen of what is under it."""
    red, green, blue, alpha = parts = tuple(ctypes.c_uint() for _ in range(4))
    mode, strokes = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, mode, strokes)
    if not mode.value or min(box.width, box.height) <= _THIN:
        return False
    pdfium.FPDFPageObj_GetFillColor(path, *parts)
    colours = (red.value, green.value, blue.value)
    is_plain = max(colours) <= _BLACK or min(colours) >= _WHITE
    return bool(is_plain and alpha.value >= _OPAQUE)
