"""The words of one PDF page: runs of one font and place, in the order of the page's content.

The order of the content is nearly always that of reading, in columns too; positions are used to
find lines and paragraphs, and never to sort words.
"""

from __future__ import annotations

import ctypes
from collections.abc import Mapping, Sequence
from functools import cache
from math import hypot
from typing import Any

import msgspec
import pypdfium2.raw as pdfium

from generator.reading.formats.pdf_links import PageLink

_LINE_FEED = 10
_NOTHING = frozenset({0, 13})
_HYPHENS = frozenset({0xFFFE, 2})
"""What PDFium gives for a hyphen at the end of a line."""

_INVISIBLE = 3
"""The render mode of text that is not drawn: that of a layer over a scanned picture."""

_BOLD = 600
_ITALIC_FLAG = 64
_CAPITAL = 0.7


class FontStyle(msgspec.Struct, frozen=True):
    """What a text object's font and content mark say."""

    is_bold: bool = False
    is_italic: bool = False
    is_artifact: bool = False
    is_invisible: bool = False
    content_id: int = -1
    """The number by which a structure tree names its content."""


class Run(msgspec.Struct):
    """Words of one text object."""

    text: str
    x0: float
    x1: float
    y: float
    """The baseline."""
    size: float
    """The height of its capitals, about seven tenths of its font's size."""
    style: FontStyle
    unseen: str | None = None
    """Why no reader sees it; None if readers do."""
    has_error: bool = False
    """Whether its font does not say which letters it shows."""
    address: str | None = None
    """Where it leads, if it is in the area of a link."""


class PdfLine(msgspec.Struct):
    """Runs beside each other."""

    page: int
    runs: list[Run] = msgspec.field(default_factory=list)
    is_divided: bool = False
    """Whether it ends with a hyphen that divides a word."""

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(run.text for run in self.runs)


class PageSize(msgspec.Struct, frozen=True):
    """The part of a page that viewers show, in its own coordinates."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        """Its height in points."""
        return self.top - self.bottom


class _Functions:
    """PDFium's functions for characters, with pointers as numbers, which is much faster."""

    def __init__(self) -> None:
        number, pointer = ctypes.c_int, ctypes.c_void_p
        self.unicode = _function(pdfium.FPDFText_GetUnicode, ctypes.c_uint, pointer, number)
        self.object = _function(pdfium.FPDFText_GetTextObject, pointer, pointer, number)
        self.map_error = _function(pdfium.FPDFText_HasUnicodeMapError, number, pointer, number)
        self.char_box = _function(
            pdfium.FPDFText_GetCharBox, number, pointer, number, *[pointer] * 4
        )


def _function(function: Any, result: Any, *arguments: Any) -> Any:
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.CFUNCTYPE(result, *arguments)(address)


@cache
def fast_functions() -> _Functions:
    """Return the functions for characters, made once."""
    return _Functions()


def address_of(page: Any) -> int:
    """Return a pointer of PDFium as a number, as the fast functions take it."""
    return ctypes.cast(page, ctypes.c_void_p).value or 0


class PageReader:
    """Reads the characters of one page."""

    def __init__(
        self, textpage: Any, number: int, unseen: Mapping[int, str], links: Sequence[PageLink]
    ) -> None:
        """Get ready; `unseen` has why no reader sees a character, by its index."""
        self._links = links
        self._page = textpage
        self._pointer = address_of(textpage)
        self._number = number
        self._unseen = unseen
        self._styles: dict[int, FontStyle] = {}
        self._lines: list[PdfLine] = []
        self._line = PdfLine(number)

    def lines(self) -> list[PdfLine]:
        """Return the lines of the page, in the order of its content."""
        pointer, unicode = self._pointer, fast_functions().unicode
        owner_of, find_reason = fast_functions().object, self._unseen.get
        pieces: list[str] = []
        first = last = -1
        current = 0
        reason: str | None = None
        for index in range(pdfium.FPDFText_CountChars(self._page)):
            code = unicode(pointer, index)
            if code in _NOTHING:
                continue
            owner = owner_of(pointer, index) or 0
            is_break = code == _LINE_FEED or code in _HYPHENS
            if code in _HYPHENS:
                pieces.append("-")
                owner = owner or current
            elif owner == 0 and not is_break:  # PDFium put a space between two runs
                pieces.append(chr(code))
                continue
            why = find_reason(index) if owner else reason
            if owner and (owner != current or why != reason) and code not in _HYPHENS:
                self._end_run(pieces, first, last, current, reason)
                pieces, first, current, reason = [], index, owner, why
            if not is_break:
                pieces.append(chr(code))
                last = index
                continue
            self._end_run(pieces, first, last, current, reason)
            pieces, first, current, reason = [], -1, 0, None
            self._end_line(is_divided=code in _HYPHENS)
        self._end_run(pieces, first, last, current, reason)
        self._end_line(is_divided=False)
        return self._lines

    def _end_run(
        self, pieces: list[str], first: int, last: int, owner: int, reason: str | None
    ) -> None:
        text = "".join(pieces)
        if first < 0 or not text:
            if text and self._line.runs:
                self._line.runs[-1].text += text
            return
        run = self._run(text, first, max(first, last), owner, reason)
        if self._line.runs and _is_elsewhere(self._line.runs[-1], run):
            self._end_line(is_divided=False)
        if self._line.runs and _goes_on(self._line.runs[-1], run):
            before = self._line.runs[-1]
            before.text += run.text
            before.x0, before.x1 = min(before.x0, run.x0), max(before.x1, run.x1)
        else:
            self._line.runs.append(run)

    def _run(self, text: str, first: int, last: int, owner: int, reason: str | None) -> Run:
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        pdfium.FPDFText_GetCharBox(self._page, first, left, right, bottom, top)
        x0, x1 = left.value, right.value
        if last > first:
            pdfium.FPDFText_GetCharBox(self._page, last, left, right, bottom, top)
            x0, x1 = min(x0, left.value), max(x1, right.value)
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(self._page, first, x, y)
        size = _CAPITAL * self._font_size(first)
        middle = y.value + size / 2
        return Run(
            text,
            x0,
            x1,
            y.value,
            size,
            self._style(first, owner),
            reason,
            bool(fast_functions().map_error(self._pointer, first)),
            next((link.address for link in self._links if link.holds(x0, x1, middle)), None),
        )

    def _font_size(self, index: int) -> float:
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self._page, index, matrix)
        return float(pdfium.FPDFText_GetFontSize(self._page, index)) * hypot(matrix.c, matrix.d)

    def _style(self, index: int, owner: int) -> FontStyle:
        if owner not in self._styles:
            self._styles[owner] = font_style(pdfium.FPDFText_GetTextObject(self._page, index))
        return self._styles[owner]

    def _end_line(self, *, is_divided: bool) -> None:
        if any(run.text.strip() for run in self._line.runs):
            self._line.is_divided = is_divided
            self._lines.append(self._line)
        self._line = PdfLine(self._number)


def _is_elsewhere(before: Run, after: Run) -> bool:
    """Whether a run begins a new line: on another baseline, and further left or far away."""
    distance = abs(before.y - after.y)
    size = max(before.size, after.size)
    return distance > 0.6 * size and (after.x0 < before.x0 or distance > 1.5 * size)


def _goes_on(before: Run, after: Run) -> bool:
    """Whether a run is the rest of the one before it: justified lines have one for each letter."""
    is_same = (before.style, before.unseen, before.has_error, before.address) == (
        after.style,
        after.unseen,
        after.has_error,
        after.address,
    )
    is_level = abs(before.y - after.y) < 0.01 and abs(before.size - after.size) < 0.01
    gap = max(after.x0 - before.x1, before.x0 - after.x1)
    return is_same and is_level and gap < after.size


def font_style(text_object: Any) -> FontStyle:
    """Return what a text object's font and content mark say."""
    if not text_object:
        return FontStyle()
    font = pdfium.FPDFTextObj_GetFont(text_object)
    name = _font_name(font)
    weight = pdfium.FPDFFont_GetWeight(font) if font else 0
    flags = pdfium.FPDFFont_GetFlags(font) if font else 0
    return FontStyle(
        is_bold=weight >= _BOLD or "bold" in name or "black" in name,
        is_italic=bool(flags & _ITALIC_FLAG) or "ital" in name or "obli" in name,
        is_artifact="Artifact" in _mark_names(text_object),
        is_invisible=pdfium.FPDFTextObj_GetTextRenderMode(text_object) == _INVISIBLE,
        content_id=pdfium.FPDFPageObj_GetMarkedContentID(text_object),
    )


def _font_name(font: Any) -> str:
    size = pdfium.FPDFFont_GetBaseFontName(font, None, 0) if font else 0
    if not size:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, size)
    return buffer.value.decode("latin-1").lower()


def _mark_names(text_object: Any) -> list[str]:
    names: list[str] = []
    for index in range(pdfium.FPDFPageObj_CountMarks(text_object)):
        mark = pdfium.FPDFPageObj_GetMark(text_object, index)
        length = ctypes.c_ulong()
        buffer = (pdfium.FPDF_WCHAR * 64)()
        if pdfium.FPDFPageObjMark_GetName(mark, buffer, 128, length):
            data = bytes(buffer)[: max(0, length.value - 2)]
            names.append(data.decode("utf-16-le", "replace"))
    return names
