"""Small files of every format, made from their parts in memory."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_DRAWING = " ".join(f'xmlns:{name}="urn:{name}"' for name in ("a", "pic", "r", "wp", "wps"))
_OFFICE = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    ' xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
)


def zipped(entries: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP archive with these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            entry = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return buffer.getvalue()


def with_entries(package: bytes, entries: Mapping[str, bytes]) -> bytes:
    """Return a package with further entries."""
    from generator.reading.formats.packages import Package

    own = Package(package)
    return zipped({**{name: own.read(name) or b"" for name in own.names()}, **entries})


def docx(body: str, others: Mapping[str, str] | None = None) -> bytes:
    """Return a Word file with this body; `others` are further parts below `word/`."""
    parts = {
        name if "/" in name else f"word/{name}": _with_namespace(content)
        for name, content in (others or {}).items()
    }
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": '<Relationships><Relationship Type="x/officeDocument"'
            ' Target="word/document.xml"/></Relationships>',
            "word/document.xml": _with_namespace(
                f"<w:document><w:body>{body}</w:body></w:document>"
            ),
            **parts,
        }
    )


def _with_namespace(xml: str) -> str:
    name, _, rest = xml.partition(">")
    return f"{name} {_W} {_DRAWING}>{rest}" if xml.startswith("<w:") else xml


def paragraph(*runs: str, properties: str = "") -> str:
    """Return a paragraph of a Word file."""
    own = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{own}{''.join(runs)}</w:p>"


def run(words: str, properties: str = "") -> str:
    """Return a run of a Word file."""
    own = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{own}<w:t xml:space="preserve">{words}</w:t></w:r>'


def fodt(text: str, styles: str = "", meta: str = "") -> bytes:
    """Return a LibreOffice text in one file."""
    return (
        f'<?xml version="1.0"?><office:document {_OFFICE}><office:meta>{meta}</office:meta>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{text}</office:text></office:body></office:document>"
    ).encode()


def ods(tables: str, styles: str = "") -> bytes:
    """Return a LibreOffice table."""
    content = (
        f"<office:document-content {_OFFICE}>"
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": kind, "content.xml": content})


def epub(chapters: Mapping[str, str], metadata: str = "") -> bytes:
    """Return a book with these chapters, in their order."""
    items = "".join(
        f'<item id="c{i}" href="{name}" media-type="application/xhtml+xml"/>'
        for i, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="c{i}"/>' for i in range(len(chapters)))
    opf = (
        '<package><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"{metadata}</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    container = '<container><rootfiles><rootfile full-path="b/p.opf"/></rootfiles></container>'
    pages = {f"b/{name}": f"<html><body>{body}</body></html>" for name, body in chapters.items()}
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": container,
            "b/p.opf": opf,
            **pages,
        }
    )


def xlsx(sheets: Mapping[str, str], states: Mapping[str, str] | None = None) -> bytes:
    """Return an Excel table; a sheet is the XML inside of its element."""
    listed = "".join(
        f'<sheet name="{name}" sheetId="{i}" state="{(states or {}).get(name, "visible")}"'
        f' r:id="r{i}"/>'
        for i, name in enumerate(sheets)
    )
    relations = "".join(
        f'<Relationship Id="r{i}" Target="worksheets/sheet{i}.xml"/>' for i in range(len(sheets))
    )
    styles = '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f'<workbook xmlns:r="r"><sheets>{listed}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f"<Relationships>{relations}</Relationships>",
            "xl/styles.xml": styles,
            **{
                f"xl/worksheets/sheet{i}.xml": f"<worksheet>{content}</worksheet>"
                for i, content in enumerate(sheets.values())
            },
        }
    )


def pdf(*pages: str, extra: str = "", of_page: str = "") -> bytes:
    """Return a PDF with one font; a page is the operators of its content.

    `extra` and `of_page` are further entries of the catalog and of each page.
    """
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        f"<</Type/Catalog/Pages 2 0 R {extra}>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    streams: list[bytes] = []
    for i, content in enumerate(pages):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]"
            f"/Resources<</Font<</F 3 0 R>>>>/Contents {5 + 2 * i} 0 R {of_page}>>"
        )
        streams.append(zlib.compress(content.encode("cp1252")))
        objects.append(f"<</Length {len(streams[-1])}/Filter/FlateDecode>>")
    out = bytearray(b"%PDF-1.7\n")
    offsets: list[int] = []
    waiting = iter(streams)
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}".encode()
        if body.startswith("<</Length"):
            out += b"\nstream\n" + next(waiting) + b"\nendstream"
        out += b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    out += f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def words_at(x: float, y: float, words: str, size: float = 12) -> str:
    """Return the operators that print words at a place."""
    escaped = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /F {size} Tf {x} {y} Td ({escaped}) Tj ET\n"


def lines_at(x: float, y: float, lines: list[str], size: float = 12, leading: float = 14) -> str:
    """Return the operators that print lines below each other."""
    return "".join(words_at(x, y - i * leading, line, size) for i, line in enumerate(lines))
