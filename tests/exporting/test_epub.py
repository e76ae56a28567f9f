"""The documents as a book, read back as an e-reader would; EPUBCheck reads some when asked."""

from __future__ import annotations

import json
import posixpath
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from selectolax.lexbor import LexborHTMLParser

from generator.cli.exports import site_of
from generator.exporting.book import Book
from generator.exporting.epub import epub_entries
from generator.exporting.xhtml import XhtmlWriter
from generator.files.archives import write_zip
from generator.model import SeedbedError
from generator.publishing import mkdocs_build
from tests.picture_files import drawing
from tests.support import hostile_text, published, require

_XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def book(built: mkdocs_build.Project) -> Book:
    """Return the book of the site that is built once."""
    return Book(site_of(built))


@pytest.fixture(scope="module")
def files(book: Book) -> dict[str, bytes]:
    """Return the files of the book."""
    return contents(book)


def contents(book: Book) -> dict[str, bytes]:
    """Return the bytes of each file of a book."""
    entries = ((entry.path, entry.content) for entry in epub_entries(book))
    return {path: content for path, content in entries if isinstance(content, bytes)}


def test_every_page_is_xml_and_every_link_has_a_target(files: dict[str, bytes]) -> None:
    """In the book, or on the web; the first file says what the archive is."""
    assert next(iter(files)) == "mimetype"
    pages = {path: ET.fromstring(data) for path, data in files.items() if path.endswith("xhtml")}  # noqa: S314
    ids = {path: {node.get("id") for node in page.iter()} for path, page in pages.items()}
    for path, page in pages.items():
        for link in page.iter(f"{_XHTML}a"):
            target, _, anchor = (link.get("href") or "").partition("#")
            if not target.startswith(("https:", "http:", "mailto:")):
                name = posixpath.join("EPUB", target) if target else path
                assert name in files, link.get("href")
                assert not anchor or anchor in ids[name]


def test_the_package_lists_every_file_once(files: dict[str, bytes]) -> None:
    """With the chapters in the order of the documents, each with its own language."""
    package = ET.fromstring(files["EPUB/package.opf"])  # noqa: S314
    names = [item.get("href") for item in package.iter("{http://www.idpf.org/2007/opf}item")]
    listed = {f"EPUB/{name}" for name in names} | {"EPUB/package.opf"}
    assert listed == {path for path in files if path.startswith("EPUB/")}
    assert len(names) == len(set(names))


def test_the_words_of_a_document_are_in_its_chapter(book: Book, files: dict[str, bytes]) -> None:
    """All of them, as the data of the site have them."""
    lines = book.site.read("data/documents.jsonl").decode().splitlines()
    records = {record["address"]: record for record in map(json.loads, lines)}
    for document in book.documents:
        chapter = ET.fromstring(files[f"EPUB/{book.names[document.page]}"])  # noqa: S314
        text = next(node for node in chapter.iter() if node.get("class") == "text")
        words = "".join(text.itertext())
        assert "".join(words.split()) == "".join(records[document.address]["text"].split())


def test_a_book_of_a_collection_has_its_documents_alone(book: Book) -> None:
    """And says which folders there are, where there is none of this name."""
    letters = Book(book.site, "letters")
    assert [document.path for document in letters.documents] == ["letters/hostile.txt"]
    assert letters.slug == "test-archive-letters"
    with pytest.raises(SeedbedError, match=r"E082.*Did you mean `letters`"):
        _ = Book(book.site, "leters").documents


def test_the_same_site_gives_the_same_bytes(book: Book, files: dict[str, bytes]) -> None:
    """No time and no random number is in it."""
    assert contents(Book(book.site)) == files


@given(hostile_text)
def test_any_html_becomes_xml(text: str) -> None:
    """Whatever a browser can read; scripts and unknown elements are gone."""
    tree = LexborHTMLParser(f"<div id=all>{text}<script>alert(1)</script><p onclick=x>b</div>")
    node = tree.css_first("#all")
    assert node is not None
    xhtml = XhtmlWriter(lambda _: None, lambda _: None).content(node)
    root = ET.fromstring(f"<div>{xhtml}</div>")  # noqa: S314
    assert not [child for child in root.iter() if child.tag == "script" or child.get("onclick")]


@pytest.mark.slow
def test_epubcheck_finds_nothing(
    attacked: mkdocs_build.Project, built: mkdocs_build.Project, tmp_path: Path
) -> None:
    """In hostile texts, in pictures, in many languages; tried with EPUBCheck 4.2.6."""
    program = shutil.which("epubcheck")
    require(program, "epubcheck, with Java")
    html = '<h1>Gate</h1><p>The gate.</p><img src="gate.png" alt="A &lt;gate&gt;"><p>After it.</p>'
    seeds: dict[str, str | bytes] = {"gate.html": html, "gate.png": drawing()}
    pictured = published(tmp_path / "pictured", seeds)
    for number, project in enumerate((attacked, built, pictured)):
        path = tmp_path / f"{number}.epub"
        write_zip(path, epub_entries(Book(site_of(project))))
        command = ["java", "-jar", str(program), "--failonwarnings", str(path)]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stderr
    with ZipFile(path) as archive:
        assert [name for name in archive.namelist() if name.startswith("EPUB/pictures/")]
