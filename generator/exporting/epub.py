"""A book in EPUB 3, by <https://www.w3.org/TR/epub-33/>, with the same bytes for the same site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import resources
from uuid import uuid5

from generator.exporting.book import Book, Chapter
from generator.exporting.xhtml import xml_text
from generator.files.archives import ArchiveEntry

_CONTAINER = """\
<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""
_MEDIA_TYPES = {"jpg": "image/jpeg", "png": "image/png", "xhtml": "application/xhtml+xml"}


def epub_entries(book: Book) -> Iterator[ArchiveEntry]:
    """Yield the files of a book in their order; one chapter at a time is in memory."""
    yield ArchiveEntry("mimetype", b"application/epub+zip", is_compressed=False)
    yield _entry("META-INF/container.xml", _CONTAINER)
    style = resources.files(__package__).joinpath("assets/book.css").read_text("utf-8")
    yield _entry("EPUB/style.css", style)
    yield _entry("EPUB/title.xhtml", _title_page(book))
    yield _entry("EPUB/nav.xhtml", _navigation(book))
    pictures: dict[str, str] = {}
    for chapter in book.chapters():
        yield _entry(f"EPUB/{chapter.name}", _chapter_page(book, chapter))
        pictures |= {f"pictures/{path.rpartition('/')[2]}": path for path in chapter.pictures}
    for name in sorted(pictures):
        content = book.site.read(pictures[name])
        yield ArchiveEntry(f"EPUB/{name}", content, is_compressed=False)
    yield _entry("EPUB/package.opf", _package(book, sorted(pictures)))


def _entry(path: str, text: str) -> ArchiveEntry:
    return ArchiveEntry(path, text.encode())


def _page(title: str, language: str, body: str) -> str:
    tag = xml_text(language)
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
 lang="{tag}" xml:lang="{tag}">
<head>
<meta charset="utf-8"/>
<title>{xml_text(title)}</title>
<link rel="stylesheet" href="style.css"/>
</head>
<body>
{body}
</body>
</html>
"""


def _title_page(book: Book) -> str:
    site = book.site
    lines = [site.description, site.publisher, site.url]
    paragraphs = "\n".join(f"<p>{xml_text(line)}</p>" for line in lines if line)
    return _page(book.title, site.language, f"<h1>{xml_text(book.title)}</h1>\n{paragraphs}")


def _navigation(book: Book) -> str:
    items = "\n".join(
        f'<li><a href="{book.names[document.page]}">{xml_text(document.title)}</a></li>'
        for document in book.documents
    )
    heading = f"<h1>{xml_text(book.title)}</h1>"
    body = f'<nav epub:type="toc">{heading}\n<ol>\n{items}\n</ol></nav>'
    return _page(book.title, book.site.language, body)


def _chapter_page(book: Book, chapter: Chapter) -> str:
    source = ""
    if book.site.url:
        address = xml_text(f"{book.site.url}{chapter.address}")
        source = f'\n<p class="source">{address}</p>'
    return _page(chapter.title, chapter.language, f"{chapter.body}{source}")


def _package(book: Book, pictures: Iterable[str]) -> str:
    chapters = list(book.names.values())
    items = [f"<item {_item(name)}/>" for name in ("title.xhtml", *chapters, *pictures)]
    spine = [f'<itemref idref="{_id(name)}"/>' for name in ("title.xhtml", *chapters)]
    return "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">',
            '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">',
            *_metadata(book),
            "</metadata>",
            "<manifest>",
            '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
            '<item id="style" href="style.css" media-type="text/css"/>',
            *items,
            "</manifest>",
            "<spine>",
            *spine,
            "</spine>",
            "</package>\n",
        )
    )


def _metadata(book: Book) -> Iterator[str]:
    site = book.site
    languages = dict.fromkeys(document.language or site.language for document in book.documents)
    authors = dict.fromkeys(author for document in book.documents for author in document.authors)
    rights = dict.fromkeys(document.rights for document in book.documents if document.rights)
    identifier = uuid5(site.feed_id, f"epub/{book.folder or ''}")
    yield f'<dc:identifier id="id">urn:uuid:{identifier}</dc:identifier>'
    yield f"<dc:title>{xml_text(book.title)}</dc:title>"
    yield from (f"<dc:language>{xml_text(tag)}</dc:language>" for tag in languages)
    yield from (f"<dc:creator>{xml_text(author)}</dc:creator>" for author in authors)
    yield from (f"<dc:rights>{xml_text(words)}</dc:rights>" for words in rights)
    if site.publisher:
        yield f"<dc:publisher>{xml_text(site.publisher)}</dc:publisher>"
    if site.description:
        yield f"<dc:description>{xml_text(site.description)}</dc:description>"
    yield f'<meta property="dcterms:modified">{site.updated}</meta>'


def _item(name: str) -> str:
    media_type = _MEDIA_TYPES[name.rpartition(".")[2]]
    return f'id="{_id(name)}" href="{name}" media-type="{media_type}"'


def _id(name: str) -> str:
    """Return the id of a file in the package: XML allows none that begins with a digit."""
    return f"f-{name.replace('/', '-')}"
