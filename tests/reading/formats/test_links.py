"""Links that a file states lead where it says, if that is safe, and nowhere else."""

from __future__ import annotations

import pytest

from generator.model import Block, Mark
from generator.reading.formats.open_reading import open_reading
from generator.text.web_links import stated_target
from generator.writing.blocks.body import Surroundings, html_body
from tests.reading.formats.making import docx, fodt, paragraph, pdf, run, words_at

GOOD = "https://example.org/a?b=c"


def links(path: str, data: bytes) -> list[tuple[str, str]]:
    """Return the words and targets of the links of a file."""
    reading = open_reading(path, data).reading
    assert reading is not None
    return [
        (block.text[mark.start : mark.end], mark.value)
        for block in reading.blocks
        for mark in block.marks
        if mark.kind == "link"
    ]


def html(target: str) -> bytes:
    """Return a page with a link."""
    return f'<p>See <a href="{target}"> the <b>list</b> </a> of ships.</p>'.encode()


def markdown(target: str) -> bytes:
    """Return Markdown with a link."""
    return f"See [the *list*](<{target}> 'x') of ships.".encode()


def word(target: str) -> bytes:
    """Return a Word file with a link by a relation."""
    link = f'<w:hyperlink w:id="r1">{run("the list")}</w:hyperlink>'
    relation = f'<Relationship Id="r1" TargetMode="External" Target="{target}"/>'
    relations = {"word/_rels/document.xml.rels": f"<Relationships>{relation}</Relationships>"}
    return docx(paragraph(run("See "), link, run(" of ships.")), relations)


def field(target: str) -> bytes:
    """Return a Word file with a link by a field."""
    steps = [f'<w:r><w:fldChar w:fldCharType="{step}"/></w:r>' for step in
             ("begin", "separate", "end")]  # fmt: skip
    code = f'<w:r><w:instrText> HYPERLINK "{target}" </w:instrText></w:r>'
    return docx(paragraph(run("See "), steps[0], code, steps[1], run("the list"), steps[2]))


def libreoffice(target: str) -> bytes:
    """Return a LibreOffice text with a link."""
    link = f'<text:a xlink:href="{target}" xmlns:xlink="urn:x">the list</text:a>'
    return fodt(f"<text:p>See {link} of ships.</text:p>")


def leaflet(target: str) -> bytes:
    """Return a PDF with a link over some of its words."""
    words = [words_at(x, 700, text) for x, text in ((72, "See"), (100, "the list"), (150, "of"))]
    area = f"/Rect[98 690 148 715]/A<</S/URI/URI({target})>>"
    return pdf("".join(words), of_page=f"/Annots[<</Type/Annot/Subtype/Link{area}>>]")


MAKERS = {
    "a.html": html, "a.md": markdown, "a.docx": word, "b.docx": field, "a.fodt": libreoffice,
    "a.pdf": leaflet,
}  # fmt: skip


@pytest.mark.parametrize("path", MAKERS)
def test_words_with_an_address_are_a_link(path: str) -> None:
    """The words alone, without the white space around them."""
    assert links(path, MAKERS[path](GOOD)) == [("the list", GOOD)]


@pytest.mark.parametrize("path", MAKERS)
@pytest.mark.parametrize(
    "target",
    ["javascript:alert(1)", "data:text/html,x", "//example.org/a", "file:///etc/passwd",
     "https://a:b@example.org/", "http://127.0.0.1/", "notes.html", "x@example.org"],
)  # fmt: skip
def test_other_targets_are_words(path: str, target: str) -> None:
    """A script, a file, a host without a name, a password, a page beside the file."""
    assert links(path, MAKERS[path](target)) == []


def test_words_that_print_another_address_are_no_link_to_it() -> None:
    """A reader would be led elsewhere than the words say."""
    page = "<p>See <a href='https://evil.example/'>https://example.org/list</a> and <a"
    assert links("a.html", f"{page} href='{GOOD}'>{GOOD}</a>.</p>".encode()) == [(GOOD, GOOD)]


@pytest.mark.parametrize(
    ("address", "target"),
    [
        (" HTTPS://Example.org ", "HTTPS://Example.org"),
        ("mailto:ana@example.org", "mailto:ana@example.org"),
        ("https://example.org/ä", "https://example.org/%C3%A4"),
        ("mailto:ana@example.org?bcc=eve@example.org", None),
        ("https://example.org/a b", None),
        ("https://example.org/" + 3_000 * "a", None),
        ("java\nscript:alert(1)", None),
        ("", None),
    ],
)
def test_targets(address: str, target: str | None) -> None:
    """A target is an address as texts print them."""
    assert stated_target(address) == target


def test_a_target_is_escaped() -> None:
    """Whatever a mark holds, it stays inside of its attribute."""
    block = Block("paragraph", "the list", marks=(Mark("link", 0, 8, '"><script>'),))
    assert "<script>" not in html_body([block], Surroundings(["p-00000000"], {}))
