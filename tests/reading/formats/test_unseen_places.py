"""A word is put where a file hides it, in each way that its program has: no reading has it."""

from __future__ import annotations

import zlib

import pytest

from generator.reading.formats.odf_looks import page_of
from generator.reading.formats.packages import parse_xml
from tests.reading.formats.making import (
    docx,
    epub,
    fodt,
    ods,
    paragraph,
    pdf,
    run,
    with_entries,
    words_at,
    xlsx,
)
from tests.reading.formats.test_pictures import left_out, reading_of

SECRET = "secret"  # noqa: S105  (a word that must not be found)
OPEN = "Open words of a page."


def shown_words(path: str, data: bytes) -> str:
    """Return the words of a file that its page shows."""
    words = []
    for block in reading_of(path, data).blocks:
        text = block.text
        for cut in reversed(block.cuts):
            text = text[: cut.start] + text[cut.end :]
        words += [] if block.removed_by else [text]
    return "\n".join(words)


STYLE = '<w:style w:type="{}" w:styleId="S"{}><w:rPr>{}</w:rPr></w:style>'
WHITE = '<w:color w:val="FFFFFF"/>'
VANISH = "<w:rPr><w:vanish/></w:rPr>"
NOTE = f'<w:footnotes><w:footnote w:id="2">{paragraph(run(SECRET))}</w:footnote></w:footnotes>'
BOX = f"<w:txbxContent>{paragraph(run(SECRET))}</w:txbxContent>"


def styled(kind: str, properties: str, more: str = "") -> dict[str, str]:
    """Return the styles of a Word file, with one."""
    return {"styles.xml": f"<w:styles>{STYLE.format(kind, more, properties)}</w:styles>"}


def in_style(name: str) -> str:
    """Return a paragraph with a run or itself in the style."""
    if name == "paragraph":
        return paragraph(run(SECRET), properties='<w:pStyle w:val="S"/>')
    return paragraph(run(SECRET, '<w:rStyle w:val="S"/>'))


def cells(first: str) -> str:
    """Return a row with a cell and another one."""
    return f"<w:tbl><w:tr><w:tc>{first}</w:tc><w:tc>{paragraph(run('b'))}</w:tc></w:tr></w:tbl>"


def field(code: str) -> str:
    """Return a field with this code and a result."""
    char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return paragraph(
        char.format("begin"),
        f"<w:r><w:instrText>{code}</w:instrText></w:r>",
        char.format("separate"),
        run(SECRET),
        char.format("end"),
    )


WORD: dict[str, tuple[str, dict[str, str]]] = {
    "white in a style of characters": (in_style("character"), styled("character", WHITE)),
    "white in a style of paragraphs": (in_style("paragraph"), styled("paragraph", WHITE)),
    "tiny in a style": (in_style("character"), styled("character", '<w:sz w:val="1"/>')),
    "hidden in the usual style": (
        paragraph(run(OPEN, '<w:vanish w:val="0"/>')) + paragraph(run(SECRET)),
        styled("paragraph", "<w:vanish/>", ' w:default="1"'),
    ),
    "black on black": (
        paragraph(run(SECRET, '<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>')),
        {},
    ),
    "under a black marker": (paragraph(run(SECRET, '<w:highlight w:val="black"/>')), {}),
    "white on shading without a colour": (
        paragraph(run(SECRET, WHITE + '<w:shd w:val="clear" w:fill="auto"/>')),
        {},
    ),
    "in the colour of the page": (
        paragraph(run(SECRET, '<w:color w:themeColor="background1"/>')),
        {},
    ),
    "filled with nothing": (paragraph(run(SECRET, "<w:textFill><w:noFill/></w:textFill>")), {}),
    "in a cell of its colour": (
        cells(f'<w:tcPr><w:shd w:fill="FFFFFF"/></w:tcPr>{paragraph(run(SECRET, WHITE))}'),
        {},
    ),
    "a box of a hidden run": (paragraph(f"<w:r>{VANISH}<w:pict>{BOX}</w:pict></w:r>"), {}),
    "a hidden box": (
        paragraph(f'<w:r><w:drawing><wp:docPr hidden="1"/>{BOX}</w:drawing></w:r>'),
        {},
    ),
    "a note that a hidden run cites": (
        paragraph(run("x"), f'<w:r>{VANISH}<w:footnoteReference w:id="2"/></w:r>'),
        {"footnotes.xml": NOTE},
    ),
    "deleted in a formula": (
        paragraph(f"<w:oMath><w:del><w:r><w:t>{SECRET}</w:t></w:r></w:del></w:oMath>"),
        {},
    ),
    "hidden in a formula": (
        paragraph(f"<w:oMath><w:r>{VANISH}<w:t>{SECRET}</w:t></w:r></w:oMath>"),
        {},
    ),
    "a deleted cell": (cells(f"<w:tcPr><w:cellDel/></w:tcPr>{paragraph(run(SECRET))}"), {}),
    "a cell that is merged into another": (
        cells(f"<w:tcPr><w:vMerge/></w:tcPr>{paragraph(run(SECRET))}"),
        {},
    ),
    "a row without height": (
        (
            '<w:tbl><w:tr><w:trPr><w:trHeight w:val="1" w:hRule="exact"/></w:trPr>'
            f"<w:tc>{paragraph(run(SECRET))}</w:tc></w:tr></w:tbl>"
        ),
        {},
    ),
    "the value of a variable": (field(' SET a "b" '), {}),
    "the answer to a question": (
        paragraph(f'<w:fldSimple w:instr="ASK a b">{run(SECRET)}</w:fldSimple>'),
        {},
    ),
}


@pytest.mark.parametrize("name", WORD)
def test_words_that_nobody_sees_in_a_word_file(name: str) -> None:
    """And what is left out is counted."""
    body, parts = WORD[name]
    data = docx(paragraph(run(OPEN, '<w:vanish w:val="0"/>')) + body, parts)
    words = shown_words("a.docx", data)
    assert OPEN in words
    assert SECRET not in words
    assert left_out(reading_of("a.docx", data))


SEEN_IN_WORD = {
    "white on dark shading": paragraph(run(SECRET, WHITE + '<w:shd w:fill="112233"/>')),
    "without a colour on dark shading": paragraph(run(SECRET, '<w:shd w:fill="000000"/>')),
    "under a yellow marker": paragraph(run(SECRET, '<w:highlight w:val="yellow"/>')),
    "black in a white cell": cells(
        f'<w:tcPr><w:shd w:fill="FFFFFF"/></w:tcPr>{paragraph(run(SECRET))}'
    ),
    "white in a cell that a style may colour": cells(paragraph(run(SECRET, WHITE))),
    "the first of merged cells": cells(
        f'<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{paragraph(run(SECRET))}'
    ),
    "the result of a field": field(" QUOTE a "),
    "half transparent": paragraph(run(SECRET, '<w:textFill><w:alpha w:val="50000"/></w:textFill>')),
}


@pytest.mark.parametrize("name", SEEN_IN_WORD)
def test_words_that_readers_of_a_word_file_see(name: str) -> None:
    """They stay."""
    assert SECRET in shown_words("a.docx", docx(SEEN_IN_WORD[name]))


HEAD = r"{\rtf1\ansi{\colortbl;\red255\green255\blue255;\red0\green0\blue0;}\pard Open words.\par "
RTF = {
    "black on black": r"{\cf2\highlight2 secret}",
    "under a black marker": r"{\highlight2 secret}",
    "white on white": r"{\cf1\chcbpat1 secret}",
    "tiny": r"{\fs1 secret}",
    "moved away": r"{\mvf secret}",
    "the value of a variable": r"x{\field{\*\fldinst SET a b}{\fldrslt secret}}",
    "a note that hidden words cite": r"x{\v y{\footnote\pard\plain secret}}",
    "a hidden box": r"x{\shp{\*\shpinst{\sp{\sn fHidden}{\sv 1}}{\shptxt secret}}}",
    "a label inside of what is unknown": r"x{\*\unknown{\pntext secret}}",
    "a hidden label": r"{\listtext\v secret\tab}x",
}


@pytest.mark.parametrize("name", RTF)
def test_words_that_nobody_sees_in_rtf(name: str) -> None:
    """Nor in the notes and labels of what is hidden."""
    words = shown_words("a.rtf", f"{HEAD}{RTF[name]}\\par}}".encode())
    assert "Open words." in words
    assert SECRET not in words


@pytest.mark.parametrize(
    "seen", [r"{\cf1\highlight2 secret}", r"{\chcbpat2 secret}", "{\\b secret}"]
)
def test_words_that_readers_of_rtf_see(seen: str) -> None:
    """White on black is read, and so is what a program turns white."""
    assert SECRET in shown_words("a.rtf", f"{HEAD}{seen}\\par}}".encode())


def odf_style(family: str, words: str = "", area: str = "") -> str:
    """Return a style of a LibreOffice file."""
    return (
        f'<style:style style:family="{family}" style:name="S"><style:text-properties {words}/>'
        f"<style:{family}-properties {area}/></style:style>"
    )


SPAN = f'<text:p>x <text:span text:style-name="S">{SECRET}</text:span></text:p>'
LINE = f'<text:p text:style-name="S">{SECRET}</text:p>'
HIDDEN = odf_style("paragraph", 'text:display="none"')
ODF_BOX = f"<draw:text-box><text:p>{SECRET}</text:p></draw:text-box>"
ODF: dict[str, tuple[str, str]] = {
    "white": (SPAN, odf_style("text", 'fo:color="#ffffff"')),
    "a white line": (LINE, odf_style("paragraph", 'fo:color="#fefefe"')),
    "tiny": (SPAN, odf_style("text", 'fo:font-size="1pt"')),
    "black on black": (SPAN, odf_style("text", 'fo:color="#000000" fo:background-color="#000000"')),
    "transparent": (SPAN, odf_style("text", 'draw:opacity="0%"')),
    "a note in a hidden line": (
        (
            '<text:p text:style-name="S">x<text:note><text:note-body>'
            f"<text:p>{SECRET}</text:p></text:note-body></text:note></text:p>"
        ),
        HIDDEN,
    ),
    "a box in a hidden line": (
        f'<text:p text:style-name="S">x<draw:frame>{ODF_BOX}</draw:frame></text:p>',
        HIDDEN,
    ),
    "a hidden box": (
        f'<text:p>x<draw:frame draw:display="none">{ODF_BOX}</draw:frame></text:p>',
        "",
    ),
    "a covered cell": (
        (
            "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
            f"<table:covered-table-cell><text:p>{SECRET}</text:p></table:covered-table-cell>"
            "</table:table-row></table:table>"
        ),
        "",
    ),
    "the description of a shape": (
        (
            f"<text:p>x<draw:custom-shape><svg:title>{SECRET}</svg:title><svg:desc>{SECRET}</svg:desc>"
            "</draw:custom-shape></text:p>"
        ),
        "",
    ),
}


@pytest.mark.parametrize("name", ODF)
def test_words_that_nobody_sees_in_a_libreoffice_text(name: str) -> None:
    """As in a Word file."""
    body, styles = ODF[name]
    words = shown_words("a.fodt", fodt(f"<text:p>{OPEN}</text:p>{body}", styles))
    assert OPEN in words
    assert SECRET not in words


@pytest.mark.parametrize(
    "words",
    [
        'fo:color="#ffffff" fo:background-color="#000080"',
        'fo:color="#000000" style:use-window-font-color="true" fo:background-color="#000000"',
        'fo:font-size="50%"',
    ],
)
def test_words_that_readers_of_a_libreoffice_text_see(words: str) -> None:
    """A colour that the program chooses can always be seen."""
    assert SECRET in shown_words("a.fodt", fodt(SPAN, odf_style("text", words)))


def test_white_words_on_a_coloured_page_of_libreoffice_are_seen() -> None:
    """As those of a Word file are."""
    layout = '<page-layout-properties background-color="#003300"/>'
    looks = [page_of([parse_xml(f"<a>{part}</a>".encode())]).why_unseen() for part in ("", layout)]
    assert looks == [None, None]
    white = odf_style("text", 'fo:color="#ffffff"')
    coloured = '<style:page-layout-properties fo:background-color="#003300"/>'
    assert SECRET in shown_words("a.fodt", fodt(SPAN, white + coloured))


INLINE = '<c r="{}" t="inlineStr" s="{}"><is><t>{}</t></is></c>'
ROW = f'<row r="1">{INLINE.format("A1", 0, "Open words")}{INLINE.format("B1", 0, "b")}</row>'


def sheet(row: str, more: str = "", *, before: str = "") -> bytes:
    """Return an Excel table with a row below the first one."""
    return xlsx({"S": f"{before}<sheetData>{ROW}{row}</sheetData>{more}"})


def excel_style(font: str, fill: str) -> dict[str, bytes]:
    """Return the styles of an Excel table; cells of the second have this font and fill."""
    styles = (
        f"<styleSheet><fonts><font/><font>{font}</font></fonts><fills><fill/><fill>{fill}</fill>"
        '</fills><cellXfs><xf/><xf fontId="1" fillId="1"/></cellXfs></styleSheet>'
    )
    return {"xl/styles.xml": styles.encode()}


BLACK_FILL = '<patternFill patternType="solid"><fgColor rgb="FF000000"/></patternFill>'
SECOND = f'<row r="2">{INLINE.format("A2", 1, SECRET)}{INLINE.format("B2", 0, "b")}</row>'
MERGED = '<mergeCells><mergeCell ref="{}"/></mergeCells>'


@pytest.mark.parametrize(
    ("font", "fill", "is_seen"),
    [
        ('<color rgb="FFFFFFFF"/>', "", False),
        ('<color theme="0"/>', "", False),
        ("", BLACK_FILL, False),
        ('<sz val="1"/>', "", False),
        ('<color theme="0" tint="-0.5"/>', "", True),
        ('<color rgb="FFFFFFFF"/>', BLACK_FILL, True),
        ('<color rgb="FFFFFFFF"/>', '<patternFill patternType="gray125"/>', True),
        ('<color rgb="FFFF0000"/>', "", True),
    ],
)
def test_colours_of_an_excel_table(font: str, fill: str, is_seen: bool) -> None:
    """A cell in the colour of its ground is a hidden one."""
    words = shown_words("a.xlsx", with_entries(sheet(SECOND), excel_style(font, fill)))
    assert "Open words" in words
    assert (SECRET in words) == is_seen


def test_a_rule_may_colour_the_cells_of_a_sheet() -> None:
    """Then nobody can tell that white words are not seen."""
    data = sheet(SECOND, "<conditionalFormatting/>")
    white = excel_style('<color rgb="FFFFFFFF"/>', "")
    assert SECRET in shown_words("a.xlsx", with_entries(data, white))


@pytest.mark.parametrize(
    ("data", "is_seen"),
    [
        (sheet(SECOND, MERGED.format("A1:A2")), False),
        (sheet(SECOND, MERGED.format("A2:B2")), True),
        (sheet(SECOND.replace("<row ", '<row ht="0.5" ')), False),
        (sheet(SECOND.replace("<row ", '<row ht="15.5" ')), True),
        (sheet(SECOND, before='<cols><col min="1" max="1" width="0.1"/></cols>'), False),
        (sheet(SECOND, before='<cols><col min="1" max="1" width="9.1"/></cols>'), True),
    ],
)
def test_covered_and_flat_cells_of_an_excel_table(data: bytes, is_seen: bool) -> None:
    """Excel shows the first of merged cells only."""
    assert (SECRET in shown_words("a.xlsx", data)) == is_seen


@pytest.mark.parametrize(
    ("words", "area", "is_seen"),
    [
        ('fo:color="#ffffff"', "", False),
        ('fo:color="#000000"', 'fo:background-color="#000000"', False),
        ('fo:color="#ffffff"', 'fo:background-color="#000000"', True),
        ("", "", True),
    ],
)
def test_colours_of_a_libreoffice_table(words: str, area: str, is_seen: bool) -> None:
    """As in an Excel table; a covered cell is never seen."""
    row = (
        "<table:table-row><table:table-cell><text:p>Open words</text:p></table:table-cell>"
        f'<table:table-cell table:style-name="S"><text:p>{SECRET}</text:p></table:table-cell>'
        "<table:covered-table-cell><text:p>covered</text:p></table:covered-table-cell>"
        "</table:table-row>"
    )
    style = odf_style("table-cell", words, area)
    found = shown_words("a.ods", ods(f'<table:table table:name="S">{row * 2}</table:table>', style))
    assert "Open words" in found
    assert (SECRET in found) == is_seen
    assert "covered" not in found


TABLE = "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr>{}</table>"
DEEP = "<div>" * 210 + "{}" + "</div>" * 210
PAGE = "<h1>Heading</h1>" + f"<p>{OPEN} They are many, so that most of the page is seen.</p>" * 5
HTML = {
    "a row": TABLE.format(f"<tr hidden><td>{SECRET}</td><td>x</td></tr>"),
    "a row by its style": TABLE.format(f"<tr style='display:none'><td>{SECRET}</td></tr>"),
    "rows": TABLE.format(f"<tbody hidden><tr><td>{SECRET}</td></tr></tbody>"),
    "a cell": TABLE.format(f"<tr><td hidden>{SECRET}</td><td>x</td></tr>"),
    "a caption": TABLE.format(f"<caption hidden>{SECRET}</caption>"),
    "deep": DEEP.format(f"<p>x</p><p hidden>{SECRET}</p><style>{SECRET}</style>"),
    "a frame": f"<noframes>{SECRET}</noframes>",
    "an embedded file": f"<noembed>{SECRET}</noembed>",
    "a meter": f"<p>x <meter value=1>{SECRET}</meter></p>",
    "a progress": f"<p>x <progress>{SECRET}</progress></p>",
    "a closed popover": f"<div popover>{SECRET}</div>",
    "a bar": f"<p>x <span style='background: black'>{SECRET}</span></p>",
    "a white font": f"<p><font color=white>{SECRET}</font> x</p>",
    "by an attribute": f"<style>[data-x='a']{{display:none}}</style><p data-x=a>{SECRET}</p>",
    "in a layer": f"<style>@layer a {{.x{{display:none}}}}</style><p class=x>{SECRET}</p>",
    "in a reference": f"<p>x<a role=doc-noteref href='#n'><i hidden>{SECRET}</i>1</a></p>",
}


@pytest.mark.parametrize("name", HTML)
def test_what_a_web_page_does_not_show(name: str) -> None:
    """Of a table too, and however deep it is nested."""
    words = shown_words("a.html", (PAGE + HTML[name]).encode())
    assert OPEN in words
    assert SECRET not in words


@pytest.mark.parametrize(
    "page",
    [
        f"<div style='color: white'><b style='background: black'>{SECRET}</b></div>",
        f"<p>x <b style='background: black'><i style='color: white'>{SECRET}</i></b></p>",
        f"<p>x <font color=white><b style='background: black'>{SECRET}</b></font></p>",
        f"<p>x <span style='background: yellow'>{SECRET}</span></p>",
        DEEP.format(f"<p>{SECRET}</p>"),
    ],
)
def test_words_that_readers_of_a_web_page_see(page: str) -> None:
    """White on black is a heading of many pages."""
    assert SECRET in shown_words("a.html", (PAGE.replace("<p>", "<p id=a>") + page).encode())


def test_a_hidden_row_of_a_book() -> None:
    """Its chapters are web pages."""
    hidden = TABLE.format(f"<tr hidden><td>{SECRET}</td><td>x</td></tr>")
    assert SECRET not in shown_words("a.epub", epub({"a.xhtml": f"<p>{OPEN}</p>{hidden}"}))


TITLE = "<teiHeader><fileDesc><titleStmt><title>T</title></titleStmt></fileDesc></teiHeader>"
REJECTED = {
    "a paragraph": "<app><lem>a</lem><rdg><p>secret</p></rdg></app>",
    "a heading": "<app><lem>a</lem><rdg><head>secret</head></rdg></app>",
    "a speech": "<app><lem>a</lem><rdg><sp><speaker>secret</speaker><p>secret</p></sp></rdg></app>",
    "a note": "<p>x<del>y<note>secret</note></del></p>",
    "a list": "<p>x<del><list><item>secret</item></list></del></p>",
    "a table": "<p>x<del><table><row><cell>secret</cell></row></table></del></p>",
    "a description": "<p>x<del><figure><figDesc>secret</figDesc></figure></del></p>",
    "a note between editors": "<p>x<note type='private'>secret</note></p>",
    "what a space is": "<p>x<space><desc>secret</desc></space></p>",
}


@pytest.mark.parametrize("name", REJECTED)
def test_rejected_readings_of_every_kind(name: str) -> None:
    """What is inside of a deletion is deleted, blocks and notes too."""
    body = f"<text><body><p>{OPEN}</p>{REJECTED[name]}</body></text>"
    words = shown_words("a.xml", f"<TEI>{TITLE}{body}</TEI>".encode())
    assert OPEN in words
    assert SECRET not in words


BAR = "0 g 40 590 200 30 re f\n"
UNDER = words_at(50, 700, OPEN) + words_at(50, 600, SECRET)
STRIPES = "1 g " + "".join(f"{40 + x} 590 2 30 re f\n" for x in range(0, 200, 4))
SCAN = "q 600 0 0 800 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xf0\nEI Q\n"
LOGO = "q 30 0 0 30 500 750 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xa0\nEI Q\n"


def ink(y: int, letters: int) -> str:
    """Return strokes where the letters of a scanned line are."""
    return "0 g " + "".join(f"{50 + x * 5} {y} 3 9 re f\n" for x in range(letters))


def recognised(*lines: tuple[int, str]) -> str:
    """Return the layer of words that a machine recognised."""
    return "".join(f"BT 3 Tr /F 12 Tf 50 {y} Td ({words}) Tj ET\n" for y, words in lines)


LAYER = recognised((700, OPEN), (600, SECRET))
COVERED = {
    "a striped bar": UNDER + BAR + STRIPES,
    "a bar in two colours": f"{UNDER}0 g 40 590 200 14 re f 0.6 g 40 604 200 14 re f\n",
    "a bar that is a little too low": f"{UNDER}0 g 40 598 200 9 re f\n",
    "an edge": f"{words_at(50, 700, OPEN)}q 0 0 9 9 re W n {words_at(50, 600, SECRET)}Q\n",
    "a bar on a scan": f"{SCAN}{ink(700, 20)}{ink(600, 6)}{BAR}{LAYER}",
    "white on a scan": f"{SCAN}{ink(700, 20)}{ink(600, 6)}{BAR.replace('0 g', '1 g')}{LAYER}",
    "without ink": LOGO + words_at(50, 700, OPEN) + recognised((600, SECRET)),
}


@pytest.mark.parametrize("name", COVERED)
def test_words_of_a_pdf_under_something(name: str) -> None:
    """Of words that a machine recognised too, which are never drawn."""
    words = shown_words("a.pdf", pdf(COVERED[name]))
    assert OPEN in words
    assert SECRET not in words


@pytest.mark.parametrize(
    "content",
    [
        f"{UNDER}40 603 200 0.5 re f\n",
        f"0.8 g 40 590 200 30 re f 0 g {UNDER}",
        f"q 0 0 600 800 re W n {UNDER}Q\n",
        f"{SCAN}{ink(700, 20)}{ink(600, 6)}{LAYER}",
    ],
)
def test_words_of_a_pdf_that_readers_see(content: str) -> None:
    """Struck out, on a grey ground, inside of the edge of the page, on a scan."""
    assert SECRET in shown_words("a.pdf", pdf(content))


def test_specks_that_a_machine_took_for_a_letter_withhold_nothing() -> None:
    """A scan has some, and its PDF can be published."""
    content = f"{SCAN}{ink(700, 20)}{recognised((700, OPEN), (600, 'I'))}"
    assert not left_out(reading_of("a.pdf", pdf(content)))


@pytest.mark.parametrize(
    ("content", "of_page", "is_published"),
    [
        (UNDER, "", True),
        (UNDER, "/Thumb 3 0 R", False),
        (UNDER, "/PieceInfo<</A 3 0 R>>", False),
        (SCAN + ink(600, 6) + BAR + words_at(50, 700, OPEN), "", False),
        (SCAN + BAR.replace("0 g", "0.5 g") + words_at(50, 700, OPEN), "", True),
        (SCAN + BAR.replace("0 g", "1 g") + "0 g " + UNDER, "", True),
    ],
)
def test_a_pdf_that_holds_more_than_is_seen_is_not_published(
    content: str, of_page: str, is_published: bool
) -> None:
    """Small pictures of pages, the state of a program, what is under a bar on a picture."""
    reading = reading_of("a.pdf", pdf(content, of_page=of_page))
    assert bool(reading.original) == is_published


def hides_its_action(packed: bytes) -> bytes:
    """Return a PDF in which an object is packed, after a comment that says what it is."""
    stream = b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode>>\nstream\n" + packed
    return pdf(UNDER).replace(b"%PDF-1.7\n", b"%PDF-1.7\n", 1) + b"\n9 0 obj\n" + stream


@pytest.mark.parametrize(
    ("packed", "is_published"),
    [
        (zlib.compress(b"7 0 <</Type/Font>>"), True),
        (zlib.compress(b"7 0 <</S/JavaScript/JS(app.alert(1))>>"), False),
        (zlib.compress(b"7 0 <</PieceInfo 8 0 R>>"), False),
        (b"no such stream", False),
    ],
)
def test_packed_objects_of_a_pdf_are_searched_too(packed: bytes, is_published: bool) -> None:
    """Most programs pack them; what cannot be unpacked may say anything."""
    reading = reading_of("a.pdf", hides_its_action(packed))
    assert bool(reading.original) == is_published


CUE = "00:01.000 --> 00:02.000\n" + OPEN
COMMENTS = {
    "a.vtt": f"WEBVTT\n\nNOTE secret\n\n{CUE}\n\nNOTE\nsecret\n",
    "b.vtt": f"WEBVTT\n\nNOTE\nsecret\n\n{CUE}\n".replace("\n", "\r\n"),
    "a.md": f'# Head\n\n{OPEN}\n\n[//]: # (secret)\n[comment]: <> "secret"\n\nMore.\n',
}


@pytest.mark.parametrize("path", COMMENTS)
def test_comments_are_not_in_the_ledger(path: str) -> None:
    """What no program shows of a file is not published as a change of its text either."""
    reading = reading_of(path, COMMENTS[path].encode())
    assert OPEN in "\n".join(block.text for block in reading.blocks)
    assert SECRET not in repr(reading)
    assert left_out(reading).keys() == {"words in comments"}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nNo\nNOTE secret\n"),
        ("a.vtt", "WEBVTT\n\nNOTE 1\n00:01.000 --> 00:02.000\nsecret\n"),
        ("a.md", "A\n\n```\n[//]: # (secret)\n```\n"),
        ("a.md", "A [secret] is told.\n\n[secret]: # (x)\n"),
    ],
)
def test_what_only_looks_like_a_comment_stays(path: str, text: str) -> None:
    """A word of a cue, the name of a cue, code, the words of a link."""
    assert SECRET in shown_words(path, text.encode())


def test_headers_of_a_letter_that_came_back_are_no_document() -> None:
    """They name who got a blind copy."""
    report = (
        'MIME-Version: 1.0\nContent-Type: multipart/report; boundary="b"\n\n'
        f"--b\nContent-Type: text/plain\n\n{OPEN}\n"
        '--b\nContent-Type: text/rfc822-headers; name="headers.txt"\n\nBcc: secret\n--b--'
    )
    reading = reading_of("a.eml", f"From: a@example.org\n{report}".encode())
    assert not reading.parts
    assert left_out(reading) == {"headers of other letters": 1}
