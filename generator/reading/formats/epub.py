"""EPUB books: the chapters in the order of the spine, each by the walk of web pages."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import partial
from html import unescape
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import msgspec
from msgspec.structs import replace

from generator.model.readings import Reading, Statement, Trust
from generator.reading.formats import refusals
from generator.reading.formats.html import decode_html
from generator.reading.formats.html_notes import with_notes
from generator.reading.formats.html_pictures import HtmlPictures, with_standing_pictures
from generator.reading.formats.html_statements import is_office_program
from generator.reading.formats.html_walk import HtmlBlock, HtmlWalk
from generator.reading.formats.omissions import Omissions
from generator.reading.formats.packages import (
    Package,
    attribute,
    child,
    children,
    descendants,
    local_name,
)
from generator.reading.formats.picture_marks import PictureMarks

READER = "epub 2"

_FONT_LOCKS = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
"""Algorithms that only lock fonts; any other locks words."""

_FIELDS = {
    "title": "title",
    "creator": "authors",
    "date": "date",
    "language": "language",
    "publisher": "publication",
}
"""Elements of the metadata, and the field that each states."""

_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})

_SELF_CLOSING = re.compile(
    r"<(?!(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)\b)"
    r"([A-Za-z][\w:.-]*)((?:\s[^<>]*)?)/>"
)
"""An element of XML without content; in HTML it would stay open, and take all that follows."""

_SHEET = re.compile(r"<link\b[^>]{1,1000}>")
_HREF = re.compile(r"""href\s*=\s*["']([^"']{1,500})""")
_MAX_SHEETS = 10

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")


def read_epub(data: bytes) -> Reading:
    """Return the reading of a book."""
    package = Package(data)
    if _is_locked(package):
        raise refusals.has_drm()
    name = _opf_name(package)
    opf = package.xml(name)
    if opf is None:
        raise refusals.is_damaged("it has no list of its chapters")
    folder = posixpath.dirname(name)
    book = _Book(package)
    chapters = list(_chapters(opf))
    for href in chapters:
        book.read(_path(folder, href))
    _count_others(opf, package, folder, chapters, book.omissions)
    shown = (found.block for found in with_notes(book.blocks))
    return Reading(
        READER,
        book.marks.place_last(list(shown)),
        tuple(_statements(opf)),
        book.omissions.result(),
        found=tuple(book.marks.found),
    )


def _is_locked(package: Package) -> bool:
    encryption = package.xml("META-INF/encryption.xml")
    methods = descendants(encryption, "EncryptionMethod")
    locked = any((attribute(method, "Algorithm") or "") not in _FONT_LOCKS for method in methods)
    return locked or "META-INF/rights.xml" in package.names()


def _opf_name(package: Package) -> str:
    for file in descendants(package.xml("META-INF/container.xml"), "rootfile"):
        if path := attribute(file, "full-path"):
            return unquote(path)
    return next((name for name in package.names() if name.endswith(".opf")), "")


def _path(folder: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0])))


def _items(opf: Element) -> dict[str, Element]:
    manifest = child(opf, "manifest")
    return {attribute(item, "id") or "": item for item in children(manifest, "item")}


def _chapters(opf: Element) -> Iterator[str]:
    """Yield the addresses of the chapters in the order of the spine."""
    items = _items(opf)
    for reference in children(child(opf, "spine"), "itemref"):
        item = items.get(attribute(reference, "idref") or "")
        kind = attribute(item, "media-type") or ""
        if item is not None and kind in _PAGES and not _is_contents(item):
            yield attribute(item, "href") or ""


def _is_contents(item: Element) -> bool:
    """Whether a page is the table of contents, which readers show beside the text."""
    return "nav" in (attribute(item, "properties") or "").split()


class _Book(msgspec.Struct):
    """Reads the chapters of a book; a plate without words stands before the next chapter."""

    package: Package
    omissions: Omissions = msgspec.field(default_factory=Omissions)
    blocks: list[HtmlBlock] = msgspec.field(default_factory=list)
    marks: PictureMarks = msgspec.field(default_factory=PictureMarks)

    def read(self, path: str) -> None:
        """Add the blocks of a chapter."""
        data = self.package.read(path)
        if data is None:
            self.omissions.count("missing chapters")
            return
        html = _SELF_CLOSING.sub(r"<\1\2></\1>", _DECLARATION.sub("", decode_html(data).text))
        pictures = HtmlPictures(self.omissions, partial(self._picture, path), self.marks.found)
        walk = HtmlWalk(self.omissions, pictures)
        found = walk.read(html, self._sheets(path, html))
        if not found:
            self.marks.wait_for(picture.number for picture in walk.standing)
            return
        paths = [block.path for block in found]
        placed = with_standing_pictures([block.block for block in found], paths, walk.standing)
        first, *others = placed
        pairs = zip(found, (self.marks.place_before(first), *others), strict=True)
        self.blocks += (replace(block, block=with_marks) for block, with_marks in pairs)

    def _sheets(self, chapter: str, html: str) -> Iterator[str]:
        """Yield the style sheets of a chapter."""
        for link in _SHEET.findall(html)[:_MAX_SHEETS]:
            address = _HREF.search(link)
            path = _path(posixpath.dirname(chapter), unescape(address[1])) if address else ""
            data = self.package.read(path) if path.endswith(".css") else None
            yield (data or b"").decode("utf-8", "replace")

    def _picture(self, chapter: str, address: str) -> bytes | None:
        return self.package.read_picture(_path(posixpath.dirname(chapter), address))


def _count_others(
    opf: Element, package: Package, folder: str, chapters: list[str], omissions: Omissions
) -> None:
    """Count the pages of the book that are not in its spine."""
    shown = {_path(folder, href) for href in chapters}
    for item in _items(opf).values():
        path = _path(folder, attribute(item, "href") or "")
        is_page = (attribute(item, "media-type") or "") in _PAGES and not _is_contents(item)
        if is_page and path not in shown:
            data = package.read(path) or b""
            words = " ".join(b.block.text for b in HtmlWalk().read(decode_html(data).text))
            omissions.add_words("words in no chapter", words)


def _statements(opf: Element) -> Iterator[Statement]:
    """Yield what a book states; the day on which a program made the file is not that of the text.

    The author of a book that an office program made is who wrote the file.
    """
    elements = list(children(child(opf, "metadata")))
    made = {_content(e)[:10] for e in elements if attribute(e, "property") == "dcterms:modified"}
    generators = (attribute(e, "content") for e in elements if attribute(e, "name") == "generator")
    is_office = any(map(is_office_program, filter(None, generators)))
    for element in elements:
        name, words = local_name(element), _content(element)
        if name not in _FIELDS or not words or (name == "date" and words[:10] in made):
            continue
        value = words[:10] if name == "date" else words[:1_000]
        trust: Trust = "fallback" if is_office and name == "creator" else "stated"
        yield Statement(_FIELDS[name], value, f"OPF dc:{name}", trust)


def _content(element: Element) -> str:
    return " ".join((element.text or "").split())
