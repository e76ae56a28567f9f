"""Whether a PDF may be published as it is: it must hold nothing that its readers do not see."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from generator.reading.formats.pdf_covered_pictures import has_covered_picture

_ACTION = re.compile(
    rb"/S\s*/(?:JavaScript|Launch|SubmitForm|ImportData|GoTo[RE]|Rendition|Movie)\b"
    rb"|/(?:OpenAction|AA)\s*<<[^>]{0,200}/S\s*/URI\b"
)
_EARLIER = re.compile(rb"/(?:PieceInfo|Thumb)\b")
"""What a program keeps for itself, often a whole state of the file, and small pictures of pages."""

_PLACE = re.compile(rb"Exif\0\0|exif:GPS")

_PACKED = re.compile(rb"/Type\s*/(?:ObjStm|Metadata)\b[^\0]{0,400}?stream\r?\n")
"""The beginning of a stream with objects of the file, or with what it says of itself."""

_MAX_UNPACKED = 200_000_000
"""Bytes of such streams; no file has so many, but one that is made to be unpacked."""


def original_of(document: pypdfium2.PdfDocument, data: bytes) -> str | None:
    """Return the name under which a PDF may be published; None if it may hold other words."""
    is_plain = is_single_revision(data) and not _tells_more(data)
    return "original.pdf" if is_plain and not _has_other_words(document) else None


def is_single_revision(data: bytes) -> bool:
    """Whether a PDF holds no earlier state of itself, in which words may stand that were removed.

    A file that is made for the web has two tables of its objects, and any other file one.
    """
    tables = data.count(b"startxref")
    return tables <= (2 if b"/Linearized" in data[:2_048] else 1)


def _tells_more(data: bytes) -> bool:
    """Whether a PDF acts, keeps something for a program, or tells where a picture was taken.

    The objects that say so may be packed; what cannot be unpacked may say anything.
    """
    forms = (_ACTION, _EARLIER, _PLACE)
    return any(
        piece is None or any(form.search(piece) for form in forms) for piece in _pieces(data)
    )


def _pieces(data: bytes) -> Iterator[bytes | None]:
    """Yield the file, and what is packed in it; None for what cannot be unpacked."""
    yield data
    left = _MAX_UNPACKED
    for match in _PACKED.finditer(data):
        if b"/Filter" not in match[0]:
            continue  # it was searched as a part of the file
        try:
            found = zlib.decompressobj().decompress(data[match.end() :], left)
        except zlib.error:
            found = None
        left -= len(found or b"")
        yield found if left > 0 else None


def _has_other_words(document: pypdfium2.PdfDocument) -> bool:
    """Whether a file has attachments or scripts, or its pages have notes or covered pictures."""
    counts = (pdfium.FPDFDoc_GetAttachmentCount, pdfium.FPDFDoc_GetJavaScriptActionCount)
    if any(count(document.raw) > 0 for count in counts):
        return True
    pages = (document[index] for index in range(len(document)))
    return any(_has_notes(page) or has_covered_picture(page.raw) for page in pages)


def _has_notes(page: pypdfium2.PdfPage) -> bool:
    for index in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        note = pdfium.FPDFPage_GetAnnot(page.raw, index)
        kind = pdfium.FPDFAnnot_GetSubtype(note)
        pdfium.FPDFPage_CloseAnnot(note)
        if kind != pdfium.FPDF_ANNOT_LINK:
            return True
    return False
