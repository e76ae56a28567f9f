"""A book as one page that a browser prints into a PDF."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from generator.exporting.book import Book, Chapter
from generator.exporting.xhtml import xml_text
from generator.files import folders, read_file, write_file
from generator.files.archives import ArchiveEntry, write_folder
from generator.model import coded_error

PAGE = "book.xhtml"
"""The page that is printed."""

_BROWSERS = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge"),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
_PATIENCE = 1_800
"""Seconds after which printing has failed; 1,000 documents take less than one minute."""

_POLICY = "default-src 'none'; style-src file:; img-src file:"
_TARGETS = re.compile(r'( id="| href="#)')
_CHAPTERS = re.compile(r' href="(\d+)\.xhtml"')


def pdf_source(book: Book) -> Iterator[ArchiveEntry]:
    """Yield the files that a browser needs to print a book."""
    for name in ("book.css", "print.css"):
        style = resources.files(__package__).joinpath(f"assets/{name}").read_bytes()
        yield ArchiveEntry(name, style)
    sections, pictures = list[str](), dict[str, str]()
    for chapter in book.chapters():
        sections.append(_section(book, chapter))
        pictures |= {f"pictures/{path.rpartition('/')[2]}": path for path in chapter.pictures}
    for name, path in sorted(pictures.items()):
        yield ArchiveEntry(name, book.site.read(path))
    yield ArchiveEntry(PAGE, _page(book, sections).encode())


def _page(book: Book, sections: list[str]) -> str:
    site, title = book.site, xml_text(book.title)
    tag = xml_text(site.language)
    lines = [line for line in (site.description, site.publisher, site.url) if line]
    about = "\n".join(f"<p>{xml_text(line)}</p>" for line in lines)
    titles = ((book.names[document.page], document.title) for document in book.documents)
    contents = "\n".join(
        f'<li><a href="#c{Path(name).stem}">{xml_text(words)}</a></li>' for name, words in titles
    )
    body = "\n".join(sections)
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" lang="{tag}" xml:lang="{tag}">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="{_POLICY}"/>
<title>{title}</title>
<link rel="stylesheet" href="book.css"/>
<link rel="stylesheet" href="print.css"/>
</head>
<body>
<h1>{title}</h1>
{about}
<nav><ol>
{contents}
</ol></nav>
{body}
</body>
</html>
"""


def _section(book: Book, chapter: Chapter) -> str:
    """Return a chapter whose anchors are unlike those of all others.

    A quotation mark in a text is escaped, so an attribute is found by its own.
    """
    name = f"c{Path(chapter.name).stem}"
    body = _CHAPTERS.sub(r' href="#c\1"', _TARGETS.sub(rf"\1{name}-", chapter.body))
    tag = xml_text(chapter.language)
    address = f"{book.site.url}{chapter.address}" if book.site.url else ""
    source = f'<p class="source">{xml_text(address)}</p>' if address else ""
    return f'<section id="{name}" lang="{tag}" xml:lang="{tag}">\n{body}\n{source}\n</section>'


def find_browser() -> str:
    """Return the path of a browser that prints; raise SeedbedError if there is none."""
    found = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if found is None:
        message = "there is no Chromium, Chrome or Edge on this computer"
        hint = "Install one, or make an EPUB: e-readers and LibreOffice print it"
        raise coded_error("E083", "export pdf", message, hint)
    return found


def write_pdf(book: Book, target: Path, work: Path) -> None:
    """Print a book into a file; raise SeedbedError if there is no browser, or if it fails.

    `work` is a folder for what the browser reads and writes; it is emptied before and after.
    """
    browser = find_browser()
    source = folders.recreate(work) / "source"
    write_folder(source, pdf_source(book))
    printed = work / "book.pdf"
    _print(browser, source / PAGE, printed, work / "profile")
    write_file(target, read_file(printed))
    folders.remove(work)


def _print(browser: str, page: Path, target: Path, profile: Path) -> None:
    """Have a browser print a page.

    With a profile of its own, it shares nothing with a browser that is open.
    """
    command = [
        *(browser, "--headless", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer"),
        *("--disable-background-networking", f"--user-data-dir={profile}"),
        *(["--no-sandbox"] if _is_root() else []),  # no browser has its sandbox for root
        *(f"--print-to-pdf={target}", page.as_uri()),
    ]
    try:
        result = subprocess.run(  # noqa: S603
            command, capture_output=True, text=True, timeout=_PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        message, last = f"the browser did not print within {_PATIENCE} seconds", ""
    else:
        if result.returncode == 0 and target.is_file():
            return
        message, last = "the browser could not print", result.stderr.strip().rpartition("\n")[2]
    raise coded_error("E083", browser, message, last[:200] or "Try another browser")


def _is_root() -> bool:
    return getattr(os, "geteuid", lambda: 1)() == 0
