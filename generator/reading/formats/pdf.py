"""PDF: the words that readers see, in the order of the content, with the pages they stand on."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec.structs import replace

from generator.model.pictures import Sheets
from generator.model.readings import Reading, ReadWarning, Statement
from generator.reading.formats import refusals
from generator.reading.formats.omissions import Omissions
from generator.reading.formats.pdf_blocks import PdfPage, blocks_of_pages
from generator.reading.formats.pdf_hidden_words import unseen_characters
from generator.reading.formats.pdf_layout import measured
from generator.reading.formats.pdf_links import links_of_page
from generator.reading.formats.pdf_original import original_of
from generator.reading.formats.pdf_page import PageReader, PageSize, PdfLine, Run
from generator.reading.formats.pdf_tags import tags_of_page

READER = "pdf 2"

_MAX_PAGES = 20_000
_MAX_ERRORS = 0.3
"""The share of letters without a meaning above which a file is refused."""

_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_PASSWORD = 4
"""The number of PDFium's error for a file that needs a password."""

_FORBIDS_COPYING = 1 << 4
_ALL_ALLOWED = 0xFFFFFFFF


def read_pdf(data: bytes) -> Reading:
    """Return the reading of a PDF."""
    document = _open(data)
    try:
        return replace(_read(document), original=original_of(document, data))
    except pypdfium2.PdfiumError as error:
        raise refusals.is_damaged("one of its pages cannot be opened") from error
    finally:
        document.close()


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
            hint = "Remove it: `qpdf --decrypt --password=... in.pdf out.pdf`"
            raise refusals.needs_password(hint) from error
        raise refusals.is_damaged() from error
    if len(document) > _MAX_PAGES:
        raise refusals.is_too_costly(f"has more than {_MAX_PAGES:,} pages")
    return document


def _read(document: pypdfium2.PdfDocument) -> Reading:
    reader = _DocumentReader(document)
    pages = [reader.page(index) for index in range(len(document))]
    reader.require_letters()
    blocks = blocks_of_pages(pages)
    attached = pdfium.FPDFDoc_GetAttachmentCount(document.raw)
    reader.omissions.count("attached files", max(0, attached))
    return Reading(
        f"{READER}, pypdfium2 {pypdfium2.PYPDFIUM_INFO.version}",
        blocks,
        tuple(_statements(document)),
        reader.omissions.result(),
        warnings=tuple(reader.warnings(pages)),
        reason=_permissions(document),
        sheets=tuple(sheets_of(document)),
    )


def sheets_of(document: pypdfium2.PdfDocument) -> Iterator[Sheets]:
    """Yield the sizes of the pages, each once for those that follow each other."""
    sizes = (document.get_page_size(index) for index in range(len(document)))
    for (width, height), pages in groupby((round(size[0]), round(size[1])) for size in sizes):
        yield Sheets(sum(1 for _ in pages), width, height)


class _DocumentReader:
    """Reads pages, and counts what is left out and what has no meaning."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document
        self.omissions = Omissions()
        self._letters = self._errors = self._recognised = self._tags = 0
        self._pictures: list[int] = []
        """Pages with a picture and without words."""

    def page(self, index: int) -> PdfPage:
        """Return a page with its lines."""
        page = self._document[index]
        left, bottom, right, top = page.get_bbox()
        size = PageSize(left, bottom, right, top)
        textpage = page.get_textpage()
        unseen = unseen_characters(page.raw, textpage.raw, size)
        links = list(links_of_page(self._document.raw, page.raw))
        lines = PageReader(textpage.raw, index, unseen, links).lines()
        has_picture = _has_picture(page.raw)
        shown = [line for line in map(measured, self._visible(lines, has_picture)) if line]
        if not shown and has_picture:
            self._pictures.append(index)
        tags = tags_of_page(page.raw, self._tags)
        self._tags += len(tags) + 1
        label = _label(self._document, index)
        textpage.close()
        page.close()
        return PdfPage(shown, (bottom + top) / 2, label, tags)

    def _visible(self, lines: list[PdfLine], has_picture: bool) -> Iterator[PdfLine]:
        """Yield the lines without the words that no reader sees."""
        for line in lines:
            runs: list[Run] = []
            for run in line.runs:
                is_layer = run.style.is_invisible and has_picture
                why = run.unseen
                if run.style.is_invisible and not has_picture:
                    why = "hidden words"
                if why:
                    self.omissions.add_words(why, run.text)
                    continue
                runs.append(run)
                self._letters += len(run.text)
                self._errors += len(run.text) * run.has_error
                self._recognised += len(run.text) * is_layer
            line.runs = runs
            yield line

    def require_letters(self) -> None:
        """Refuse a file without words, or with letters that mean nothing."""
        if not self._letters:
            raise refusals.is_scan() if self._pictures else refusals.has_no_text()
        if self._errors > _MAX_ERRORS * self._letters:
            raise refusals.has_no_letters(
                "the fonts of the file do not say which letters they show"
            )

    def warnings(self, pages: list[PdfPage]) -> Iterator[ReadWarning]:
        """Yield what a person should look at."""
        if self._recognised > 0.5 * self._letters:
            message = "the text was recognised by a machine, from pictures of the pages"
            yield ReadWarning("W092", message, "Look at the page; letters may be wrong")
        text = "".join(line.text for page in pages for line in page.lines)
        if len(_RIGHT_TO_LEFT.findall(text)) > 0.1 * len(text):
            message = "letters of a text from right to left may be in the wrong order in a PDF"
            yield ReadWarning("W093", message, "Look at the page beside the PDF")
        if self._pictures:
            numbers = ", ".join(str(index + 1) for index in self._pictures[:10])
            message = f"{len(self._pictures):,} pages hold a picture and no text ({numbers})"
            hint = "Have their text recognised: `ocrmypdf --skip-text in.pdf out.pdf`"
            yield ReadWarning("W094", message, hint)


def _has_picture(page: Any) -> bool:
    kinds = {pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM}
    return any(
        pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page, index)) in kinds
        for index in range(pdfium.FPDFPage_CountObjects(page))
    )


def _label(document: pypdfium2.PdfDocument, index: int) -> str:
    """Return the number that is printed on a page, as far as the file says it."""
    size = pdfium.FPDF_GetPageLabel(document.raw, index, None, 0)
    if size <= 2 or size > 200:
        return str(index + 1)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_GetPageLabel(document.raw, index, buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace").strip() or str(index + 1)


def _statements(document: pypdfium2.PdfDocument) -> Iterator[Statement]:
    title = " ".join(str(document.get_metadata_value("Title")).split())
    if title:
        yield Statement("title", title[:1_000], "PDF Info /Title", "confirmed")


def _permissions(document: pypdfium2.PdfDocument) -> str | None:
    allowed = pdfium.FPDF_GetDocPermissions(document.raw) & _ALL_ALLOWED
    return (
        None
        if allowed & _FORBIDS_COPYING
        else "it opens without a password; it asks not to be copied"
    )
