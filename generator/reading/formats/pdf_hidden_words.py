"""Which characters of a PDF page no reader sees: covered, without contrast, tiny, off the page.

A page is drawn only if something on it could hide words: an area, a picture, words in a light
colour. Then a word whose box has no contrast is one that nobody sees.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from math import hypot
from typing import Any

import msgspec
import pypdfium2.raw as pdfium

from generator.reading.formats.pdf_page import PageSize, address_of, fast_functions

OUTSIDE = "words outside of the page"
TINY = "words too small to see"
COVERED = "words under black areas"
NO_CONTRAST = "words without contrast"

_SCALE = 2.0
"""Pixels for a point."""

_MAX_PIXELS = 2_000
_MIN_CONTRAST = 25
"""Steps of grey, of 255; of 103,745 words in 14 files, two that readers see have less."""

_DARK = 60
_MIN_HEIGHT = 1.5
"""Points; smaller words are not for readers."""

_LIGHT = 190
_NO_WORD = frozenset({0, 2, 10, 13, 32, 0xFFFE})
"""Codes of characters between words, and of hyphens at the end of a line."""

_BORDER = 7
"""The mode of words that are not drawn: they are the border of what is drawn after them."""

_THIN = 4.0
"""Points; an area that is no higher or no wider is a line."""


class _Word(msgspec.Struct):
    """A word with the box around its characters."""

    indices: list[int]
    left: float
    bottom: float
    right: float
    top: float
    is_drawn: bool


def unseen_characters(page: Any, textpage: Any, size: PageSize) -> dict[int, str]:
    """Return for each character that no reader sees the reason."""
    is_risky = _may_hide(page)
    picture = _Picture(page, size) if is_risky else None
    unseen: dict[int, str] = {}
    for word in _words(textpage) if is_risky or _has_odd_places(textpage, size) else ():
        if reason := _reason(word, size, picture):
            unseen.update(dict.fromkeys(word.indices, reason))
    return unseen


def _reason(word: _Word, size: PageSize, picture: _Picture | None) -> str | None:
    if word.right < size.left or word.left > size.right:
        return OUTSIDE
    if word.top < size.bottom or word.bottom > size.top:
        return OUTSIDE
    if word.top - word.bottom < _MIN_HEIGHT and word.right - word.left < 0.6 * len(word.indices):
        return TINY
    if picture is None or not word.is_drawn:
        return None
    return picture.why_unseen(word)


def _may_hide(page: Any) -> bool:
    """Whether anything on a page could lie over words or hide them, as a layer or their colour."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        item = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(item)
        if _is_on_layer(item):
            return True
        if kind != pdfium.FPDF_PAGEOBJ_TEXT:
            if kind != pdfium.FPDF_PAGEOBJ_PATH or not _is_thin(item):
                return True
        elif (
            pdfium.FPDFPageObj_GetFillColor(item, red, green, blue, alpha)
            and (min(red.value, green.value, blue.value) > _LIGHT or alpha.value < 60)
        ) or (
            _font_size(item) < _MIN_HEIGHT or pdfium.FPDFTextObj_GetTextRenderMode(item) == _BORDER
        ):
            return True
    return False


def _is_on_layer(item: Any) -> bool:
    """Whether something belongs to optional content, which may be turned off."""
    return any(
        _name_of(pdfium.FPDFPageObj_GetMark(item, number)) == "OC"
        for number in range(pdfium.FPDFPageObj_CountMarks(item))
    )


def _name_of(mark: Any) -> str:
    buffer = (ctypes.c_ushort * 16)()
    length = ctypes.c_ulong()
    pdfium.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), length)
    return bytes(buffer).decode("utf-16-le", "replace").partition("\0")[0]


def _font_size(item: Any) -> float:
    size, matrix = ctypes.c_float(), pdfium.FS_MATRIX()
    pdfium.FPDFTextObj_GetFontSize(item, size)
    pdfium.FPDFPageObj_GetMatrix(item, matrix)
    return size.value * hypot(matrix.c, matrix.d)


def _is_thin(path: Any) -> bool:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(path, left, bottom, right, top)
    return min(right.value - left.value, top.value - bottom.value) <= _THIN


def _has_odd_places(textpage: Any, size: PageSize) -> bool:
    """Whether a line of words is not wholly on the page."""
    left, top, right, bottom = (ctypes.c_double() for _ in range(4))
    for index in range(pdfium.FPDFText_CountRects(textpage, 0, -1)):
        pdfium.FPDFText_GetRect(textpage, index, left, top, right, bottom)
        is_inside = size.left <= left.value and right.value <= size.right
        is_inside &= size.bottom <= bottom.value and top.value <= size.top
        if not is_inside:
            return True
    return False


def _words(textpage: Any) -> Iterator[_Word]:
    """Yield the words of a page with their boxes."""
    functions, pointer = fast_functions(), address_of(textpage)
    left, right, bottom, top = box = tuple(ctypes.c_double() for _ in range(4))
    places = [ctypes.addressof(number) for number in box]
    word: _Word | None = None
    for index in range(pdfium.FPDFText_CountChars(textpage)):
        code = functions.unicode(pointer, index)
        if code in _NO_WORD or not chr(code).strip():
            if word:
                yield word
            word = None
            continue
        functions.char_box(pointer, index, *places)
        if word is None:
            is_drawn = _is_drawn(textpage, index)
            word = _Word([index], left.value, bottom.value, right.value, top.value, is_drawn)
            continue
        word.indices.append(index)
        word.left, word.bottom = min(word.left, left.value), min(word.bottom, bottom.value)
        word.right, word.top = max(word.right, right.value), max(word.top, top.value)
    if word:
        yield word


def _is_drawn(textpage: Any, index: int) -> bool:
    item = pdfium.FPDFText_GetTextObject(textpage, index)
    return not item or pdfium.FPDFTextObj_GetTextRenderMode(item) != 3


class _Picture:
    """A page as viewers draw it, in grey."""

    def __init__(self, page: Any, size: PageSize) -> None:
        points = max(size.right - size.left, size.height, 1.0)
        self._scale = min(_SCALE, _MAX_PIXELS / points)
        self._size = size
        self.width = max(1, int((size.right - size.left) * self._scale))
        self.height = max(1, int(size.height * self._scale))
        bitmap = pdfium.FPDFBitmap_CreateEx(
            self.width, self.height, pdfium.FPDFBitmap_Gray, None, 0
        )
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, self.width, self.height, 0xFFFFFFFF)
        flags = pdfium.FPDF_GRAYSCALE | pdfium.FPDF_ANNOT
        rotation = -pdfium.FPDFPage_GetRotation(page) % 4  # words have places before it is turned
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, self.width, self.height, rotation, flags)
        self._stride = pdfium.FPDFBitmap_GetStride(bitmap)
        buffer = pdfium.FPDFBitmap_GetBuffer(bitmap)
        self._pixels = ctypes.string_at(buffer, self._stride * self.height)
        pdfium.FPDFBitmap_Destroy(bitmap)

    def why_unseen(self, word: _Word) -> str | None:
        """Return why a word cannot be seen in the picture; None if it can."""
        x0 = max(0, int((word.left - self._size.left) * self._scale))
        x1 = min(self.width, int((word.right - self._size.left) * self._scale) + 1)
        y0 = max(0, int((self._size.top - word.top) * self._scale))
        y1 = min(self.height, int((self._size.top - word.bottom) * self._scale) + 1)
        rows = [self._pixels[y * self._stride + x0 : y * self._stride + x1] for y in range(y0, y1)]
        rows = [row for row in rows if row]
        if not rows:
            return OUTSIDE
        darkest, lightest = min(map(min, rows)), max(map(max, rows))
        if lightest - darkest >= _MIN_CONTRAST:
            return None
        return COVERED if lightest < _DARK else NO_CONTRAST
