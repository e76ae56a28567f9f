"""Words that a format writes in more than one form, or with other words around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Document, Seed, SeedPath
from generator.model.readings import Reading
from generator.reading.formats.list_labels import list_number
from generator.reading.formats.sheet_values import CellFormat, shown_value, shows_nothing, unescaped
from generator.reading.read import read_document
from generator.text.markdown_comments import without_comments
from tests.reading.formats.making import (
    docx,
    fodt,
    paragraph,
    pdf,
    run,
    words_at,
    xlsx,
    zipped,
)
from tests.reading.formats.test_pictures import left_out, reading_of
from tests.reading.formats.test_rtf import rtf

_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def texts(reading: Reading) -> list[str]:
    """Return the words of the blocks."""
    return [block.text for block in reading.blocks]


def tei(body: str) -> bytes:
    """Return an edition with this body."""
    text = f"<text><body>{body}</body></text>"
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/>{text}</TEI>'.encode()


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("<choice><sic>teh</sic><corr>the</corr></choice> ice", "the ice"),
        ("<choice><am>q</am><ex>que</ex></choice> ice", "que ice"),
        ("<app><lem>thick</lem><rdg>thin</rdg><rdg>broken</rdg></app> ice", "thick ice"),
        ("<app><rdg>thin</rdg><lem wit='#A'>thick</lem><wit>A</wit></app> ice", "thick ice"),
        ("<app><rdg>thin</rdg><rdgGrp><rdg>dark</rdg></rdgGrp></app> ice", "thin ice"),
        ("<sic>teh</sic> <orig>olde</orig> ice", "teh olde ice"),
        ("<subst><del>thin</del><add>thick</add></subst> ice", "thick ice"),
    ],
)
def test_one_reading_of_an_edition_is_shown(words: str, shown: str) -> None:
    """A slip that has no correction beside it is the text."""
    block = reading_of("a.xml", tei(f"<p>{words}</p>")).blocks[0]
    text = block.text
    for cut in reversed(block.cuts):
        text = text[: cut.start] + text[cut.end :]
    assert text == shown


def test_the_parts_of_a_letter_are_blocks() -> None:
    """Also where an edition has no space between them."""
    letter = (
        "<opener><dateline>Malmö, 3 Feb</dateline><salute>Dear Edward,</salute></opener>"
        "<p>Ice.</p><closer>Yours ever<signed>Ann</signed></closer>"
        "<postscript><p>And snow.</p></postscript><p>End.</p>"
    )
    blocks = reading_of("a.xml", tei(letter)).blocks
    assert [(block.kind, block.text) for block in blocks] == [
        ("dateline", "Malmö, 3 Feb"),
        ("salutation", "Dear Edward,"),
        ("paragraph", "Ice."),
        ("valediction", "Yours ever"),
        ("signature", "Ann"),
        ("postscript", "And snow."),
        ("paragraph", "End."),
    ]


def test_pronunciation_above_characters_is_in_parentheses() -> None:
    """In Word, LibreOffice and web pages."""
    above, base = f"<w:rt>{run('かん')}</w:rt>", f"<w:rubyBase>{run('漢')}</w:rubyBase>"
    ruby = f"<w:r><w:ruby>{above}{base}</w:ruby></w:r>"
    assert texts(reading_of("a.docx", docx(paragraph(ruby, run("字"))))) == ["漢(かん)字"]
    pair = "<text:ruby-base>漢</text:ruby-base><text:ruby-text>かん</text:ruby-text>"
    office = fodt(f"<text:p><text:ruby>{pair}</text:ruby>字</text:p>")
    assert texts(reading_of("a.fodt", office)) == ["漢(かん)字"]


def test_one_of_two_forms_of_a_run_of_word_is_read() -> None:
    """The first, as newer programs do."""
    forms = (("Choice", "new"), ("Fallback", "old"))
    inner = "".join(f"<mc:{name}><w:t>{words}</w:t></mc:{name}>" for name, words in forms)
    body = paragraph(
        f'<w:r><mc:AlternateContent xmlns:mc="{_MC}">{inner}</mc:AlternateContent></w:r>'
    )
    assert texts(reading_of("a.docx", docx(body))) == ["new"]


def test_a_large_initial_begins_its_paragraph() -> None:
    """Word keeps it in a paragraph of its own."""
    frame = '<w:framePr w:dropCap="drop"/>'
    body = paragraph(run("T"), properties=frame) + paragraph(run("he harbour froze."))
    assert texts(reading_of("a.docx", docx(body))) == ["The harbour froze."]


def test_hidden_rows_and_nearly_white_words_of_word() -> None:
    """Both are counted, and nobody reads them."""
    row, hidden = (f"<w:tc>{paragraph(run(words))}</w:tc>" for words in ("Open", "Secret row"))
    rows = f"<w:tr>{row}</w:tr><w:tr><w:trPr><w:hidden/></w:trPr>{hidden}</w:tr>"
    body = f"<w:tbl>{rows}</w:tbl>" + paragraph(
        run("Seen."), run("secret", '<w:color w:val="FEFEFE"/>')
    )
    reading = reading_of("a.docx", docx(body))
    assert texts(reading) == ["Open", "Seen."]
    assert left_out(reading) == {"words in hidden rows": 2, "words without contrast": 1}


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (r"Seen {\cf1 secret}\par", ["Seen"]),
        (r"Seen {\cf2 black}\par", ["Seen black"]),
        (r"Seen {\cf1\highlight2 on black}\par", ["Seen on black"]),
        (r"\pard\cbpat2 Seen {\cf1 on black}\par", ["Seen on black"]),
        (r"\trowd\intbl {\cf1 in a cell}\cell Seen\cell\row\pard", ["in a cell\tSeen"]),
        (r"{\*\background x}Seen {\cf1 on a dark page}\par", ["Seen on a dark page"]),
    ],
)
def test_white_words_of_an_rtf_file(words: str, shown: list[str]) -> None:
    """On a white page, and not in cells or on other grounds."""
    colours = r"{\colortbl;\red255\green255\blue255;\red0\green0\blue0;}"
    assert texts(reading_of("a.rtf", rtf(colours + words))) == shown


def test_the_form_in_unicode_of_an_rtf_text_is_read() -> None:
    """The other one is for older programs."""
    words = r"In {\upr{Malm?}{\*\ud{Malm\u246?}}} it froze.\par"
    assert texts(reading_of("a.rtf", rtf(words))) == ["In Malmö it froze."]


def test_words_of_a_pdf_that_only_border_are_seen_where_something_is_drawn() -> None:
    """Mode 7 draws nothing by itself."""
    border = "BT /F1 12 Tf 7 Tr 72 310 Td (Secret) Tj 0 Tr ET\n"
    reading = reading_of("a.pdf", pdf(words_at(72, 700, "Words of the page.") + border))
    assert texts(reading) == ["Words of the page."]
    assert left_out(reading) == {"words without contrast": 1}


def test_lists_of_a_web_page_have_the_labels_that_browsers_show() -> None:
    """Letters, figures, stated numbers, and those that count down."""
    page = (
        "<h1>T</h1><ol type=a start=26><li>One</li><li>Two</li></ol>"
        "<ol type=I><li>One</li><li value=9>Nine</li><li>Ten</li></ol>"
        "<ol reversed><li>Last</li><li>First</li></ol>"
    )
    assert texts(reading_of("a.html", page.encode()))[1:] == [
        *("z. One", "aa. Two", "I. One", "IX. Nine", "X. Ten", "2. Last", "1. First")
    ]


def test_a_formula_of_a_web_page_is_read() -> None:
    """Without the source code that may be beside it."""
    formula = "<mi>x</mi><mo>=</mo><mn>1</mn><annotation>x := 1</annotation>"
    page = f"<h1>T</h1><p>There <math><semantics>{formula}</semantics></math> stands.</p>"
    assert texts(reading_of("a.html", page.encode())) == ["T", "There x=1 stands."]


@given(st.integers(-3, 5_000), st.sampled_from("aAiI1"))
def test_labels_of_lists_differ(number: int, form: str) -> None:
    """Each number has a label of its own, and its neighbour has another."""
    assert list_number(number, form) != list_number(number + 1, form)
    assert list_number(number, "1") == str(number)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("One <!-- secret --> two", "One  two"),
        ("One\n<!-- secret\nmore -->\nTwo", "One\n\n\nTwo"),
        ("- One\n    <!-- secret -->\n", "- One\n    \n"),
        ("`<!-- code -->` and <!-- secret -->", "`<!-- code -->` and "),
        ("```\n<!-- code -->\n```\n<!-- secret -->", "```\n<!-- code -->\n```\n"),
        ("One <!-- without end", "One <!-- without end"),
        (r"One \<!-- escaped -->", r"One \<!-- escaped -->"),
        ("<!-->One<!--->", "One"),
    ],
)
def test_comments_of_markdown_are_left_out(text: str, shown: str) -> None:
    """But not what looks like one in code."""
    assert without_comments(text).text == shown


@given(st.text(st.sampled_from("<!->`~\n ab\\"), max_size=40))
def test_a_text_without_comments_is_one_of_its_parts(text: str) -> None:
    """The lines keep their numbers, and no letter is added."""
    found = without_comments(text)
    assert found.text.count("\n") + found.comments.count("\n") >= text.count("\n")
    assert found.text.count("\n") == text.count("\n")
    assert len(found.text) <= len(text)
    assert without_comments("x" + text.replace("<", "")).text == "x" + text.replace("<", "")


def test_comments_of_markdown_are_counted() -> None:
    """So the file itself is not published."""
    reading = reading_of("a.md", b"# T\n\nWords <!-- two words --> here.\n")
    assert texts(reading) == ["T", "Words  here."]
    assert left_out(reading) == {"words in comments": 2}


@pytest.mark.parametrize(
    ("words", "form", "shown"),
    [
        ("0.256", CellFormat(10), "25.60%"),
        ("0.5", CellFormat(170, "0%"), "50%"),
        ("0.5", CellFormat(170, "0.0"), "0.5"),
        ("1", CellFormat(14), "1900-01-01"),
        ("61", CellFormat(14), "1900-03-01"),
        ("many", CellFormat(9), "many"),
    ],
)
def test_numbers_of_a_table_are_as_readers_see_them(
    words: str, form: CellFormat, shown: str
) -> None:
    """Excel counts a day in 1900 that never was."""
    assert shown_value(words, form, is_1904=False) == shown


def test_cells_that_show_nothing() -> None:
    """Their format has an empty part for numbers, for negative ones, for zero and for words."""
    assert shows_nothing(";;;")
    assert not shows_nothing("0;-0;;@")


def test_characters_that_xml_cannot_hold() -> None:
    """Excel writes their codes."""
    assert unescaped("One_x000D_\nTwo _x0041_ _x41_") == "One\nTwo A _x41_"
    rows = '<sheetData><row><c t="inlineStr"><is><t>One_x0041_</t></is></c></row></sheetData>'
    assert "OneA" in texts(reading_of("a.xlsx", xlsx({"S": rows})))[0]


def test_working_files_in_an_archive_are_no_documents() -> None:
    """Nor are hidden ones and backups, by the rules of the seeds folder."""
    names = ("a.txt", "~$a.docx", ".hidden.txt", "b.txt.bak", "notes", "__MACOSX/a.txt")
    reading = reading_of("a.zip", zipped(dict.fromkeys(names, "Words of a text.")))
    assert [part.name for part in reading.parts] == ["a.txt", "notes"]
    assert left_out(reading) == {"backup files": 1}


def document_of(path: str, page: str) -> Document:
    """Return the document of a file."""
    seed = Seed(SeedPath(path), page.encode())
    document = read_document(seed).value
    assert isinstance(document, Document)
    return document


_WORDS = "The harbour was closed by ice, and nobody crossed the water that week."


@pytest.mark.parametrize(
    ("title", "body", "shown"),
    [
        ("The ice of 1901", f"<p>{_WORDS}</p><p>{_WORDS}</p>", "The ice of 1901"),
        ("The Gazette", f"<h1>Ice</h1><p>{_WORDS}</p>", "Ice"),
        ("Untitled document", f"<p><b>Ice</b></p><p>{_WORDS}</p>", "Ice"),
    ],
)
def test_the_title_of_a_page_without_headings(title: str, body: str, shown: str) -> None:
    """It is that of the window, unless a program gave it."""
    page = f"<title>{title}</title>{body}"
    found = document_of("a.html", page).metadata.title
    assert found is not None
    assert found.value == shown


def test_the_stated_language_of_a_page_counts_where_its_words_do_not_tell() -> None:
    """Templates often state a wrong one."""
    short = document_of("a.html", "<html lang=nb-NO><h1>Is</h1><p>Is.</p>").metadata.language
    long = document_of("a.html", f"<html lang=de><h1>Ice</h1><p>{_WORDS * 3}</p>").metadata.language
    assert [it and it.value for it in (short, long)] == ["nb", "en"]


def test_two_breaks_in_a_row_begin_a_paragraph() -> None:
    """As old pages and mails have them; one begins a line."""
    page = "<h1>T</h1><p>One<br>more<br> <br>Two<br><br><br>Three</p>"
    assert texts(reading_of("a.html", page.encode())) == ["T", "One\nmore", "Two", "Three"]


def test_an_object_of_an_rtf_file_shows_its_result() -> None:
    """And not its data."""
    words = r"See {\object{\*\objdata 00}{\result the table}} here.\par"
    assert texts(reading_of("a.rtf", rtf(words))) == ["See the table here."]
