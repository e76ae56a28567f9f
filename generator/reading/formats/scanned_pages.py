"""Pictures of the pages of a scan, as a program that recognises words needs them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import PurePosixPath

import msgspec
import pypdfium2

from generator.model.pictures import SUFFIXES, Crop
from generator.reading.formats.ocr import ScannedPages
from generator.reading.formats.pdf import sheets_of
from generator.reading.formats.pdf_original import original_of
from generator.reading.pictures import open_picture

_MAX_PAGES = 100
_DOTS = 300
"""Dots an inch: with fewer, small letters are misread."""

_MAX_SIDE = 5_000
"""Pixels of the longer side of a page."""


def pages_as_bytes(path: str, data: bytes) -> bytes:
    """Return the pictures of the pages of a PDF or of a picture, encoded; none if it is damaged."""
    try:
        is_picture = PurePosixPath(path).suffix.lower() in SUFFIXES
        pages = ScannedPages((_grey_picture(data),)) if is_picture else _pages_of_pdf(data)
    except Exception:  # whatever a hostile file makes of a decoder; its refusal stands
        pages = ScannedPages()
    return msgspec.msgpack.encode(pages)


def _grey_picture(data: bytes) -> bytes:
    image = open_picture(data, Crop()).convert("L")
    image.thumbnail((_MAX_SIDE, _MAX_SIDE))
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def _pages_of_pdf(data: bytes) -> ScannedPages:
    document = pypdfium2.PdfDocument(data)
    pictures = tuple(_rendered(document))
    return ScannedPages(pictures, tuple(sheets_of(document)), original_of(document, data))


def _rendered(document: pypdfium2.PdfDocument) -> Iterator[bytes]:
    for index in range(min(len(document), _MAX_PAGES)):
        page = document[index]
        side = max(page.get_width(), page.get_height(), 1)
        scale = min(_DOTS / 72, _MAX_SIDE / side)
        image = page.render(scale=scale, grayscale=True, may_draw_forms=False).to_pil()
        page.close()
        buffer = io.BytesIO()
        image.save(buffer, "PNG")
        yield buffer.getvalue()
