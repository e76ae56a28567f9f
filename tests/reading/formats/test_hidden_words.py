"""What a file hides is not read, whatever its format has for that, and it is counted."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.reading.formats.html_styles import UNSEEN, look_of, page_styles
from tests.reading.formats.making import docx, fodt, ods, paragraph, pdf, run, words_at, xlsx
from tests.reading.formats.test_pictures import left_out, reading_of
from tests.support import Case, cases, load_cases


@cases("unseen_words")
def test_words_that_a_style_hides(case: Case) -> None:
    """By exactly the rule that the case names."""
    tree = LexborHTMLParser(f'<p>Words</p><p style="{case.given}">Hidden</p>')
    node = tree.css("p")[1]
    rules = [way.name for way in UNSEEN if way.holds(look_of(node))]
    assert rules == ([case.expect] if case.expect else [])
    assert (node.mem_id in page_styles(tree).hidden) == bool(case.expect)


def test_every_rule_has_a_case() -> None:
    """A rule that no case needs goes."""
    expected = {case["expect"] for case in load_cases("unseen_words")}
    assert {way.name for way in UNSEEN} == expected - {None}


def test_a_script_that_showed_an_element_wins_over_the_style_sheet() -> None:
    """Its own style is stronger than any rule; a closed dialog is shown by nothing."""
    page = (
        "<style>.a { display: none }</style><h1>T</h1><p class=a style='display: block'>Shown.</p>"
        "<p class=a>one</p><dialog>two three</dialog><dialog open>Asked.</dialog>"
    )
    reading = reading_of("a.html", page.encode())
    assert [block.text for block in reading.blocks] == ["T", "Shown.", "Asked."]
    assert left_out(reading) == {"undisplayed words": 3}


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<p>Open words, as most are.</p>", False),
        ("<body bgcolor=navy><p>Open words, as most are.</p>", True),
        ("<link rel=stylesheet href=a.css><p>Open words, as most are.</p>", True),
        ("<style>td:hover { background: navy }</style><p>Open words, as most are.</p>", True),
    ],
)
def test_white_words_of_a_white_page(page: str, shown: bool) -> None:
    """A style sheet that is not here may give them a ground."""
    reading = reading_of("a.html", f"{page}<p style='color: #FFF'>White.</p>".encode())
    assert [block.text for block in reading.blocks] == ["Open words, as most are.", "White."][
        : 1 + shown
    ]


WHITE = '<w:color w:val="FFFFFF"/>'
SHADED = '<w:shd w:fill="000000"/>'


def test_white_and_tiny_words_of_a_word_file() -> None:
    """White words are seen on a ground of their own, which a cell may have too."""
    cell = "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>"
    body = (
        paragraph(run("Open "), run("white", WHITE), run("tiny", '<w:sz w:val="1"/>'))
        + paragraph(run("On black", WHITE + SHADED), run(" marked", WHITE + "<w:highlight/>"))
        + paragraph(run("Whole", WHITE), properties=SHADED)
        + cell.format(paragraph(run("In a", WHITE)), paragraph(run("cell")))
    )
    reading = reading_of("a.docx", docx(body))
    texts = [block.text for block in reading.blocks]
    assert texts == ["Open", "On black marked", "Whole", "In a\tcell"]
    assert left_out(reading) == {"words without contrast": 1, "words too small to see": 1}


def test_white_words_on_a_coloured_page_are_seen() -> None:
    """As in a file that was made for a screen."""
    data = docx(paragraph(run("Words", WHITE)) + "</w:body><w:background/><w:body>")
    assert [block.text for block in reading_of("a.docx", data).blocks] == ["Words"]


def test_hidden_columns_and_rows_without_height() -> None:
    """Of both kinds of tables."""
    cell = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c>'
    sheet = (
        '<cols><col min="2" max="2" width="0"/></cols><sheetData><row r="1">'
        f"{cell.format('A1', 'a')}{cell.format('B1', 'x')}{cell.format('C1', 'c')}</row>"
        f'<row r="2" ht="0">{cell.format("A2", "y z")}</row></sheetData>'
    )
    column = '<table:table-column table:visibility="{}" table:number-columns-repeated="{}"/>'
    columns = column.format("visible", 1) + column.format("collapse", 2)
    cells = "".join(
        f"<table:table-cell><text:p>{words}</text:p></table:table-cell>" for words in "axyc"
    )
    rows = f"<table:table-row>{cells}</table:table-row>"
    tables = {
        "a.xlsx": xlsx({"S": sheet}),
        "a.ods": ods(f'<table:table table:name="S">{columns}{rows}</table:table>'),
    }
    for path, data in tables.items():
        reading = reading_of(path, data)
        assert [block.text for block in reading.blocks][-1] == "a\tc", path
        assert sum(left_out(reading).values()) == {"a.xlsx": 3, "a.ods": 2}[path]


def test_fields_of_a_libreoffice_text_that_show_nothing() -> None:
    """A variable that is set without being shown, and a script."""
    field = '<text:variable-set text:display="none">hidden</text:variable-set>'
    data = fodt(f"<text:p>Open {field}<text:script>run()</text:script></text:p>")
    reading = reading_of("a.fodt", data)
    assert [block.text for block in reading.blocks] == ["Open"]
    assert left_out(reading) == {"hidden words": 1}


def layered(state: str) -> bytes:
    """Return a PDF with a layer that is on or off."""
    layer = "<</Type/OCG/Name(a)>>"
    words = words_at(50, 700, "Words of a page.")
    hidden = f"/OC /P1 BDC {words_at(50, 600, 'Layered words.')} EMC "
    extra = f"/OCProperties<</OCGs[6 0 R]/D<</{state}[6 0 R]>>>>"
    data = pdf(words + hidden, extra=extra).replace(b"/Font<<", b"/Properties<</P1 6 0 R>>/Font<<")
    return data.replace(b"xref\n0 6", f"6 0 obj\n{layer}\nendobj\nxref\n0 6".encode())


@pytest.mark.parametrize(("state", "count"), [("ON", 2), ("OFF", 1)])
def test_words_on_a_layer_of_a_pdf_that_is_off_are_hidden(state: str, count: int) -> None:
    """Viewers draw only what is on."""
    reading = reading_of("a.pdf", layered(state))
    assert len(reading.blocks) == count
    assert left_out(reading) == ({} if state == "ON" else {"words without contrast": 2})


@pytest.mark.parametrize(
    ("extra", "is_published"),
    [
        ("", True),
        ("/OpenAction[4 0 R/Fit]", True),
        ("/OpenAction<</S/JavaScript/JS(app.alert(1))>>", False),
        ("/OpenAction<</Type/Action/S/URI/URI(https://example.org)>>", False),
        ("/AA<</WC<</S /Launch/F(a.exe)>>>>", False),
    ],
)
def test_a_pdf_that_acts_is_not_published(extra: str, is_published: bool) -> None:
    """Its text is; a script, a program and a call to a server are not for readers."""
    reading = reading_of("a.pdf", pdf(words_at(50, 700, "Words of a page."), extra=extra))
    assert bool(reading.original) == is_published


def test_a_line_of_json_with_a_broken_letter_is_reported() -> None:
    """The others are read."""
    data = b'{"text": "Good."}\n{"text": "\\ud800"}\n'
    reading = reading_of("a.jsonl", data)
    assert [part.name for part in reading.parts] == ["row-1"]
    assert [(warning.code, warning.line) for warning in reading.warnings] == [("W095", 2)]
