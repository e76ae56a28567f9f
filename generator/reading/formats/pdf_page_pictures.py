"""Pages of a PDF as pictures, rendered when the site asks for them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import msgspec
import pypdfium2

from generator.model.pictures import (
    MAX_SHEETS,
    SHEET_SIDE,
    THUMBNAIL_SIDE,
    Picture,
    sheet_pictures,
)
from generator.reading.formats.pdf import sheets_of
from generator.reading.pictures import encoded


def facsimile_as_bytes(_path: str, data: bytes) -> bytes:
    """Return pictures of the pages of a PDF by their names, encoded."""
    return msgspec.msgpack.encode(dict(_rendered(data, SHEET_SIDE, MAX_SHEETS)))


def thumbnail_as_bytes(_path: str, data: bytes) -> bytes:
    """Return a small picture of the first page of a PDF by its name, encoded."""
    return msgspec.msgpack.encode(dict(_rendered(data, THUMBNAIL_SIDE, 1)))


def _rendered(data: bytes, side: int, limit: int) -> Iterator[tuple[str, bytes]]:
    document = pypdfium2.PdfDocument(data)
    digest = hashlib.sha256(data).hexdigest()
    pictures = sheet_pictures(digest, tuple(sheets_of(document)), side, limit)
    for index, picture in enumerate(pictures):
        yield picture.file_name, _page(document, index, picture)


def _page(document: pypdfium2.PdfDocument, index: int, picture: Picture) -> bytes:
    page = document[index]
    scale = picture.width / max(page.get_width(), 1)
    image = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    page.close()
    size = (picture.width, picture.height)
    return encoded(image if image.size == size else image.resize(size), "jpg")
