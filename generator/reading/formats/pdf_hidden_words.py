"""Which characters of a PDF page no reader sees: covered, without contrast, tiny, off the page.

A page is drawn only if something on it could hide words: an area, a picture, words in a light
colour, an edge that cuts them off. Then a word whose box has no contrast is one that nobody sees,
and so is one without which the page looks the same. Words that a machine recognised are not drawn,
but stand on the ink of a picture.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from math import hypot
from typing import Any

import msgspec
import pypdfium2.raw as pdfium

from generator.reading.formats.pdf_objects import bounds_of, is_cut, without_words
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

_MIN_SHARE = 1 / 3
"""The share of the rows of a word's box that must look other with the word than without it; a
colon and an equals sign have four tenths."""

_MIN_RECOGNISED = 3
"""Letters of a word that a machine recognised; it takes a speck on the paper for one or two."""

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


class _Pixels(msgspec.Struct, frozen=True):
    """What was drawn, row by row."""

    data: bytes
    stride: int
    """Bytes of a row."""

    def rows(self, x0: int, x1: int, y0: int, y1: int) -> list[bytes]:
        """Return the rows of a part of the picture."""
        starts = (y * self.stride for y in range(y0, y1))
        rows = (self.data[start + x0 : start + x1] for start in starts)
        return [row for row in rows if row]


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
    return None if picture is None else picture.why_unseen(word)


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
            is_cut(item)
            or (
                pdfium.FPDFPageObj_GetFillColor(item, red, green, blue, alpha)
                and (min(red.value, green.value, blue.value) > _LIGHT or alpha.value < 60)
            )
            or (
                _font_size(item) < _MIN_HEIGHT
                or pdfium.FPDFTextObj_GetTextRenderMode(item) == _BORDER
            )
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
    box = bounds_of(path)
    return min(box.width, box.height) <= _THIN


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
        self._page = page
        self._drawn = self._draw()
        self._without_words: _Pixels | None = None

    def _draw(self) -> _Pixels:
        page = self._page
        bitmap = pdfium.FPDFBitmap_CreateEx(
            self.width, self.height, pdfium.FPDFBitmap_Gray, None, 0
        )
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, self.width, self.height, 0xFFFFFFFF)
        flags = pdfium.FPDF_GRAYSCALE | pdfium.FPDF_ANNOT
        rotation = -pdfium.FPDFPage_GetRotation(page) % 4  # words have places before it is turned
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, self.width, self.height, rotation, flags)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        buffer = pdfium.FPDFBitmap_GetBuffer(bitmap)
        pixels = _Pixels(ctypes.string_at(buffer, stride * self.height), stride)
        pdfium.FPDFBitmap_Destroy(bitmap)
        return pixels

    def why_unseen(self, word: _Word) -> str | None:
        """Return why a word cannot be seen in the picture; None if it can."""
        x0 = max(0, int((word.left - self._size.left) * self._scale))
        x1 = min(self.width, int((word.right - self._size.left) * self._scale) + 1)
        y0 = max(0, int((self._size.top - word.top) * self._scale))
        y1 = min(self.height, int((self._size.top - word.bottom) * self._scale) + 1)
        rows = self._drawn.rows(x0, x1, y0, y1)
        if not rows:
            return OUTSIDE
        darkest, lightest = min(map(min, rows)), max(map(max, rows))
        if lightest - darkest < _MIN_CONTRAST:
            is_speck = not word.is_drawn and len(word.indices) < _MIN_RECOGNISED
            return COVERED if lightest < _DARK else None if is_speck else NO_CONTRAST
        if not word.is_drawn:
            return None
        if self._without_words is None:
            with without_words(self._page):
                self._without_words = self._draw()
        others = self._without_words.rows(x0, x1, y0, y1)
        changed = sum(map(_differ, rows, others))
        return None if changed > _MIN_SHARE * len(rows) else COVERED


def _differ(row: bytes, other: bytes) -> bool:
    """Whether two rows of grey can be told apart."""
    return row != other and any(
        abs(own - its) >= _MIN_CONTRAST for own, its in zip(row, other, strict=True)
    )
