"""What kind of file some bytes are: by the bytes themselves first, and by the name second.

Formats with bytes of their own are recognised under any name; a name that says another kind is
reported to the author. Formats that are plain text (Markdown, tables, subtitles) are known by
their names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

import msgspec

from generator.reading.formats.packages import Package
from generator.reading.formats.refusals import (
    is_damaged,
    is_not_what_it_says,
    is_unknown_kind,
    needs_password,
)


class Format(msgspec.Struct, frozen=True):
    """A format that has a reader."""

    name: str
    """For users: "a PDF"."""
    suffixes: tuple[str, ...]
    reader: str
    """The module and the function of its reader, which is imported when a file needs it."""
    has_magic: bool = True
    """Whether its bytes alone tell it from other formats."""


PDF = Format("a PDF", (".pdf",), "pdf:read_pdf")
DOCX = Format("a Word file", (".docx", ".docm", ".dotx"), "docx:read_docx")
ODT = Format("a LibreOffice text", (".odt", ".ott", ".fodt"), "odt:read_odt")
RTF = Format("an RTF file", (".rtf",), "rtf:read_rtf")
EPUB = Format("an EPUB book", (".epub",), "epub:read_epub")
XLSX = Format("an Excel table", (".xlsx", ".xlsm"), "xlsx:read_xlsx")
ODS = Format("a LibreOffice table", (".ods",), "ods:read_ods")
MSG = Format("an Outlook message", (".msg",), "msg:read_msg")
ZIP = Format("a ZIP archive", (".zip",), "zip_archive:read_zip")
HTML = Format("a web page", (".html", ".htm", ".xhtml"), "html:read_html", has_magic=False)
MARKDOWN = Format("Markdown", (".md", ".markdown"), "markdown:read_markdown", has_magic=False)
EML = Format("an e-mail", (".eml",), "mail:read_eml", has_magic=False)
MBOX = Format("a mailbox", (".mbox", ".mbx"), "mbox:read_mbox", has_magic=False)
CSV = Format("a table", (".csv", ".tsv"), "csv_table:read_csv", has_magic=False)
JSON_LINES = Format(
    "a file of JSON lines", (".jsonl", ".ndjson"), "json_lines:read_json_lines", has_magic=False
)
SUBTITLES = Format("subtitles", (".srt", ".vtt"), "subtitles:read_subtitles", has_magic=False)
TEI = Format("TEI XML", (".xml", ".tei"), "tei:read_tei", has_magic=False)

FORMATS = (
    PDF, DOCX, ODT, RTF, EPUB, XLSX, ODS, MSG, ZIP, HTML, MARKDOWN, EML, MBOX, CSV, JSON_LINES,
    SUBTITLES, TEI,
)  # fmt: skip

_BY_SUFFIX: Mapping[str, Format] = {suffix: form for form in FORMATS for suffix in form.suffixes}

RECORD = Format("a record", (), "records:read_record", has_magic=False)
"""A row of a table or a line of JSON, which its container hands on in a form of its own."""

CONTAINER_SUFFIXES = frozenset(
    suffix for form in (ZIP, EML, MBOX, MSG, CSV, JSON_LINES, XLSX, ODS) for suffix in form.suffixes
)
"""Names of files that may have parts."""

MAX_DEPTH = 3
"""Containers in each other that are opened: a letter in an archive in an archive."""

_RECORD = re.compile(r"\.(?:csv|tsv|jsonl|ndjson|xlsx|xlsm|ods)/row-\d+", re.IGNORECASE)
_LETTER = re.compile(r"\.(?:mbox|mbx)/\d+", re.IGNORECASE)

_LIBREOFFICE = "LibreOffice converts a whole folder: `soffice --headless --convert-to"


class _Refused(msgspec.Struct, frozen=True):
    """A kind of file that has no reader."""

    name: str
    suffixes: tuple[str, ...]
    hint: str


REFUSED = (
    _Refused("an old Word file", (".doc", ".dot"), f"{_LIBREOFFICE} docx *.doc`"),
    _Refused("an old Excel table", (".xls",), f"{_LIBREOFFICE} xlsx *.xls`"),
    _Refused(
        "a presentation", (".ppt", ".pptx", ".pps", ".ppsx", ".odp"), f"{_LIBREOFFICE} pdf FILE`"
    ),
    _Refused("a WordPerfect file", (".wpd",), f"{_LIBREOFFICE} odt *.wpd`"),
    _Refused("an old Works file", (".wps",), f"{_LIBREOFFICE} odt *.wps`"),
    _Refused(
        "a file of an Apple program",
        (".pages", ".numbers", ".key"),
        "Export it as Word, Excel or PDF in the program that made it",
    ),
    _Refused("a DjVu book", (".djvu", ".djv"), "Convert it: `ddjvu -format=pdf in.djvu out.pdf`"),
    _Refused("a PostScript file", (".ps", ".eps"), "Convert it: `ps2pdf in.ps out.pdf`"),
    _Refused(
        "a Kindle book",
        (".mobi", ".azw", ".azw3"),
        "Convert it with Calibre: `ebook-convert in.mobi out.epub`",
    ),
    _Refused(
        "a web archive",
        (".mht", ".mhtml", ".webarchive", ".warc"),
        "Open it in a browser, and save the page as HTML",
    ),
    _Refused(
        "an archive",
        (".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz"),
        "Unpack it, or pack it as a ZIP",
    ),
    _Refused(
        "a mailbox of Outlook",
        (".pst", ".ost"),
        "Convert it: `readpst -o FOLDER in.pst` gives .mbox files",
    ),
    _Refused(
        "a picture",
        (".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".heic", ".bmp", ".webp", ".jp2"),
        "Write what it shows into a text of its name (`pier.txt` for `pier.jpg`), or have its words"
        " recognised: set `ocr: eng` below extra.seedbed in mkdocs.yml",
    ),
    _Refused(
        "a recording",
        (".mp3", ".wav", ".m4a", ".ogg", ".mp4", ".mov", ".avi", ".mkv", ".webm"),
        "Add a transcript as a text or subtitle file",
    ),
    _Refused("a JSON file", (".json",), "Write a record in each line, and name it .jsonl"),
    _Refused("TeX source", (".tex",), "Convert it: `pandoc in.tex -o out.md`"),
)
"""Kinds of files that people have in such folders, and what to do with each."""

PICTURES = frozenset({".svg", ".ico"}).union(
    *(kind.suffixes for kind in REFUSED if kind.name == "a picture")
)
"""Names of pictures; in a letter or an archive they are counted and make no document."""

_NO_READER = {suffix: kind for kind in REFUSED for suffix in kind.suffixes}

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html)\b", re.IGNORECASE)


def _is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:1_024]


def _is_zip(data: bytes) -> bool:
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def _is_rtf(data: bytes) -> bool:
    return data.lstrip()[:5] == b"{\\rtf"


def _is_ole(data: bytes) -> bool:
    return data.startswith(_OLE)


class _Magic(msgspec.Struct, frozen=True):
    """A test of the first bytes, and what to do with a file that passes."""

    matches: Callable[[bytes], bool]
    find: Callable[[bytes], Format]


def find_format(path: str, data: bytes) -> Format | None:
    """Return the format of a file that has a reader; None for plain text.

    Raises RefusedError for a kind that has none, and for a name that does not fit the bytes.
    """
    if form := _part_format(path):
        return form
    suffix = PurePosixPath(path).suffix.lower()
    named = _BY_SUFFIX.get(suffix)
    form = next((kind.find(data) for kind in _MAGIC if kind.matches(data)), None)
    if form is None and suffix in _NO_READER:
        kind = _NO_READER[suffix]
        raise is_unknown_kind(kind.name, kind.hint)
    if form is None:
        return _without_magic(suffix, named, data)
    if (named and named is not form) or suffix in {".txt", ".text"}:
        hint = f"Rename it, so that its name ends with {form.suffixes[0]}"
        raise is_not_what_it_says(suffix, form.name, hint)
    return form


def is_plain_text(path: str, data: bytes) -> bool:
    """Whether no reader is needed: neither name nor bytes are those of another format."""
    return not has_reader(path) and not any(kind.matches(data) for kind in _MAGIC)


def has_reader(path: str) -> bool:
    """Whether the name of a file is that of a format with a reader, or of a refusal with advice."""
    suffix = PurePosixPath(path).suffix.lower()
    return suffix in _BY_SUFFIX or suffix in _NO_READER or _part_format(path) is not None


def _part_format(path: str) -> Format | None:
    """Return the format of a part whose name has no suffix; None for all others."""
    if _RECORD.search(path) and path.rpartition("/")[2].startswith("row-"):
        return RECORD
    return EML if _LETTER.search(path) and path.rpartition("/")[2].isdecimal() else None


def _without_magic(suffix: str, named: Format | None, data: bytes) -> Format | None:
    """Return the format that the name says, if its bytes may be such a file."""
    if named is None or not named.has_magic:
        return named
    if named is ODT and suffix == ".fodt":
        return named
    if _HTML_START.match(data[:1_024]):
        raise is_not_what_it_says(suffix, "a web page", "Download the file itself")
    raise is_damaged(f"it is not {named.name}")


def _kind_of_zip(data: bytes) -> Format:
    """Return what is in a ZIP package, by the names of its entries and its stated type."""
    if b"mimetype" in data[:60]:
        kind = data[38:120]
        for words, form in (
            (b"application/epub+zip", EPUB),
            (b"application/vnd.oasis.opendocument.text", ODT),
            (b"application/vnd.oasis.opendocument.spreadsheet", ODS),
        ):
            if words in kind:
                return form
    names = Package(data).names()
    folders = {name.partition("/")[0] for name in names}
    if "[Content_Types].xml" in names or "_rels" in folders:
        return _kind_of_office(folders)
    if "META-INF/container.xml" in names:
        return EPUB
    if "content.xml" in names and "META-INF/manifest.xml" in names:
        return ODT
    if "Index/Document.iwa" in names or "Index.zip" in names:
        raise is_unknown_kind(_NO_READER[".pages"].name, _NO_READER[".pages"].hint)
    return ZIP


def _kind_of_office(folders: set[str]) -> Format:
    if "xl" in folders:
        return XLSX
    if "ppt" in folders:
        raise is_unknown_kind(_NO_READER[".pptx"].name, _NO_READER[".pptx"].hint)
    return DOCX


def _kind_of_ole(data: bytes) -> Format:
    """Return what is in an OLE file, by the names of its streams."""
    streams = (
        ("EncryptedPackage", None),
        ("__substg1.0_", None),
        ("WordDocument", ".doc"),
        ("Workbook", ".xls"),
        ("PowerPoint Document", ".ppt"),
    )
    names = {name for name, _ in streams if name.encode("utf-16-le") in data}
    if "EncryptedPackage" in names:
        raise needs_password("Open it in its program, and save it without a password")
    if "__substg1.0_" in names:
        return MSG
    suffix = next((suffix for name, suffix in streams if suffix and name in names), ".doc")
    kind = _NO_READER[suffix]
    raise is_unknown_kind(kind.name, kind.hint)


_MAGIC = (
    _Magic(_is_pdf, lambda _data: PDF),
    _Magic(_is_zip, _kind_of_zip),
    _Magic(_is_ole, _kind_of_ole),
    _Magic(_is_rtf, lambda _data: RTF),
)
"""Formats that their first bytes tell, under whatever name."""
