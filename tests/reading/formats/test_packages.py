"""Formats that are packages: DOCX, ODT, EPUB, tables, archives, mailboxes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.readings import Part, Reading
from generator.pipeline.generate import generate
from generator.publishing import mkdocs_build
from generator.reading.characters import count_letters
from generator.reading.formats.omissions import Omissions
from generator.reading.formats.open_reading import open_reading
from generator.reading.formats.packages import MAX_ENTRIES
from generator.reading.formats.part_names import readable_parts
from generator.reading.read import read_document
from tests.reading.formats import making, making_msg
from tests.reading.formats.making import docx, fodt, paragraph, run, with_entries, zipped
from tests.support import make_project, seed

_WORDS = st.sampled_from("ash birch cedar elm fir 12 Übung naïve мир x".split())
_PROPERTIES = st.sampled_from(["", "<w:i/>", "<w:b/>", "<w:vanish/>", '<w:vanish w:val="0"/>'])


def read(path: str, data: bytes) -> Reading:
    """Return the reading of a file, which must have one."""
    opened = open_reading(path, data)
    assert opened.reading is not None, opened.refusal
    return opened.reading


def texts(reading: Reading) -> list[str]:
    """Return the kind and the text of each block."""
    return [f"{block.kind}: {block.text}" for block in reading.blocks]


def left_out(reading: Reading) -> dict[str, int]:
    """Return what was left out, by kind."""
    return {omission.kind: omission.count for omission in reading.omissions}


@given(st.lists(st.lists(st.tuples(_WORDS, _PROPERTIES, st.booleans()), max_size=5), max_size=6))
def test_no_letter_of_a_word_file_is_lost(paragraphs: list[list[tuple[str, str, bool]]]) -> None:
    """Every letter of its runs is in the text, or counted among what was left out."""
    body, letters = "", 0
    for runs in paragraphs:
        pieces: list[str] = []
        for words, properties, is_deleted in runs:
            letters += count_letters(words)
            piece = run(f"{words} ", properties)
            pieces.append(f"<w:del>{piece}</w:del>" if is_deleted else piece)
        body += paragraph(*pieces)
    reading = open_reading("a.docx", docx(body)).reading
    if reading is not None:
        omitted = sum(omission.letters for omission in reading.omissions)
        assert count_letters(reading.text) + omitted == letters


@given(st.lists(st.tuples(_WORDS, st.sampled_from(["p", "span", "note", "hidden"])), max_size=12))
def test_no_letter_of_a_libreoffice_text_is_lost(pieces: list[tuple[str, str]]) -> None:
    """The same for ODT; the numbers of notes are computed, and not counted."""
    forms = {
        "p": "<text:p>{0}</text:p>",
        "span": "<text:p>a <text:span>{0}</text:span></text:p>",
        "note": "<text:p>a<text:note><text:note-body><text:p>{0}</text:p></text:note-body>"
        "</text:note></text:p>",
        "hidden": '<text:p>a <text:span text:style-name="H">{0}</text:span></text:p>',
    }
    style = '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
    body = "".join(forms[form].format(words) for words, form in pieces)
    reading = open_reading("a.fodt", fodt(body, style)).reading
    if reading is not None:
        generated = sum(
            count_letters(block.text[mark.start : mark.end])
            for block in reading.blocks
            for mark in block.marks
        )
        letters = sum(count_letters(words) + (form != "p") for words, form in pieces)
        omitted = sum(omission.letters for omission in reading.omissions)
        assert count_letters(reading.text) - generated + omitted == letters


def test_structure_of_a_word_file() -> None:
    """Headings by style name, lists by numbering, notes by reference, tables with merged cells."""
    numbering = (
        '<w:numbering><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="3"/>'
        '<w:numFmt w:val="lowerRoman"/><w:lvlText w:val="(%1)"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )
    styles = (
        '<w:styles><w:style w:styleId="rubrik"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:styleId="liten"><w:basedOn w:val="rubrik"/></w:style></w:styles>'
    )
    notes = (
        f'<w:footnotes><w:footnote w:id="5">{paragraph(run("Deep."))}</w:footnote></w:footnotes>'
    )
    item = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = (
        paragraph(run("Part"), properties='<w:pStyle w:val="liten"/>')
        + paragraph(run("first"), properties=item)
        + paragraph(run("second"), properties=item)
        + paragraph(run("Text"), '<w:r><w:footnoteReference w:id="5"/></w:r>')
        + f"<w:tbl><w:tr><w:tc>{paragraph(run('a'))}{paragraph(run('b'))}</w:tc>"
        f"<w:tc>{paragraph(run('c'))}</w:tc></w:tr></w:tbl>"
    )
    parts = {"numbering.xml": numbering, "styles.xml": styles, "footnotes.xml": notes}
    assert texts(read("a.docx", docx(body, parts))) == [
        "heading: Part",
        "item: (iii) first",
        "item: (iv) second",
        "paragraph: Text[1]",
        "table: a b\tc",
        "note: [1] Deep.",
    ]


def test_hidden_and_tracked_words_of_a_word_file() -> None:
    """Insertions are read; deletions, hidden words, comments and codes of fields are counted."""
    code = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE x</w:instrText></w:r>'
    )
    code += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    body = paragraph(
        run("Kept "),
        f"<w:ins>{run('in ')}</w:ins><w:del><w:r><w:delText>gone words</w:delText></w:r></w:del>",
        run("secret", "<w:vanish/>"),
        f"{code}{run('seven')}<w:r><w:fldChar w:fldCharType='end'/></w:r>",
    )
    comments = f"<w:comments><w:comment>{paragraph(run('Really so?'))}</w:comment></w:comments>"
    reading = read("a.docx", docx(body, {"comments.xml": comments}))
    assert texts(reading) == ["paragraph: Kept in seven"]
    assert left_out(reading) == {
        "deleted words": 2,
        "hidden words": 1,
        "words in comments": 2,
        "field codes": 2,
    }
    assert [o.kind for o in reading.omissions if not o.is_withheld] == ["field codes"]
    assert [warning.code for warning in reading.warnings] == ["W091"]


def test_a_note_that_cites_itself_is_read_once() -> None:
    """Word writes no such file, but anybody can."""
    note = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    notes = f'<w:footnotes><w:footnote w:id="1">{paragraph(run("Again"), note)}</w:footnote>'
    reading = read(
        "a.docx", docx(paragraph(run("See"), note), {"footnotes.xml": notes + "</w:footnotes>"})
    )
    assert texts(reading) == ["paragraph: See[1]", "note: [1] Again"]


def test_a_style_can_hide_words() -> None:
    """Hidden by a style of characters or of paragraphs is hidden."""
    styles = '<w:styles><w:style w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    body = paragraph(run("seen "), run("unseen", '<w:rStyle w:val="h"/>')) + paragraph(
        run("all of it"), properties='<w:pStyle w:val="h"/>'
    )
    reading = read("a.docx", docx(body, {"styles.xml": styles}))
    assert texts(reading) == ["paragraph: seen"]
    assert left_out(reading) == {"hidden words": 4}


def test_rows_that_fill_a_sheet_are_read_once() -> None:
    """A row that is repeated a million times is one row, and told."""
    cell = "<table:table-cell><text:p>x</text:p></table:table-cell>"
    repeated = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>'
    reading = read("a.fodt", fodt(f"<table:table>{repeated}</table:table>"))
    assert texts(reading) == ["table: x"]
    assert left_out(reading) == {"repeated rows and cells": 999_999}


def test_a_book_is_read_in_the_order_of_its_spine() -> None:
    """Names of chapters may be encoded, and elements without content may be closed at once."""
    chapters = {
        "one.xhtml": '<h1>One</h1><p>First<a id="x"/> words.</p>',
        "two%20b.xhtml": "<p>Second.</p><aside epub:type='footnote'><p>Note.</p></aside>",
    }
    data = making.epub(chapters, "<dc:title>Both</dc:title><dc:creator>A. Miller</dc:creator>")
    data = data.replace(b"b/two%20b.xhtml", b"b/two%20b.xhtml")
    reading = read("a.epub", data)
    assert texts(reading)[:2] == ["heading: One", "paragraph: First words."]
    assert [statement.value for statement in reading.statements] == ["Both", "A. Miller"]


def test_locked_books_are_refused() -> None:
    """A lock on words is DRM; one on fonts alone is none."""

    def book(algorithm: str) -> bytes:
        lock = f'<encryption><EncryptionMethod Algorithm="{algorithm}"/></encryption>'
        container = '<container><rootfiles><rootfile full-path="p.opf"/></rootfiles></container>'
        opf = '<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'
        opf += '</manifest><spine><itemref idref="a"/></spine></package>'
        return zipped(
            {
                "mimetype": "application/epub+zip",
                "META-INF/container.xml": container,
                "META-INF/encryption.xml": lock,
                "p.opf": opf,
                "a.xhtml": "<p>Words.</p>",
            }
        )

    assert open_reading("a.epub", book("http://www.w3.org/2001/04/xmlenc#aes256-cbc")).refusal
    assert open_reading("a.epub", book("http://www.idpf.org/2008/embedding")).reading


def test_hidden_rows_columns_and_sheets_of_a_table() -> None:
    """They are left out and counted; dates look like dates, and formulas without value are told."""
    rows = (
        '<cols><col min="3" max="3" hidden="1"/></cols><sheetData>'
        '<row><c t="inlineStr"><is><t>Day</t></is></c><c t="inlineStr"><is><t>Ship</t></is></c>'
        '<c t="inlineStr"><is><t>price</t></is></c></row>'
        '<row><c s="1"><v>8435</v></c><c t="str"><v>Vera</v></c><c><v>12.50</v></c></row>'
        '<row hidden="1"><c t="str"><v>two secrets</v></c></row>'
        "<row><c><f>A1+1</f></c><c><v>3.0</v></c></row></sheetData>"
    )
    hidden = '<sheetData><row><c t="str"><v>more secrets here</v></c></row></sheetData>'
    data = making.xlsx({"Log": rows, "Own": hidden}, {"Own": "hidden"})
    reading = read("a.xlsx", data)
    assert texts(reading) == ["table: Day\tShip\n1923-02-03\tVera\n\t3"]
    assert left_out(reading) == {"words in hidden rows": 4, "words on hidden sheets": 3}
    assert [warning.code for warning in reading.warnings] == ["W096"]


def test_hidden_rows_of_a_libreoffice_table() -> None:
    """The same for ODS."""
    cell = "<table:table-cell><text:p>{0}</text:p></table:table-cell>"
    rows = "".join(
        f"<table:table-row{attribute}>{cell.format(words)}</table:table-row>"
        for words, attribute in (
            ("seen", ""),
            ("not this", ' table:visibility="collapse"'),
        )
    )
    reading = read("a.ods", making.ods(f'<table:table table:name="S">{rows}</table:table>'))
    assert texts(reading) == ["table: seen"]
    assert left_out(reading) == {"words in hidden rows": 2}


def test_an_archive_has_parts_under_safe_names() -> None:
    """Names that lead out of it are told, files of the system are no parts, equal names differ."""
    data = zipped(
        {
            "a/b.txt": "b",
            "../up.txt": "x",
            "/etc/x.txt": "x",
            "C:/x.txt": "x",
            "__MACOSX/a.txt": "x",
            ".hidden.txt": "x",
            "photo.jpg": "x",
            "drawing.svg": "x",
            "program.exe": "x",
        }
    )
    reading = read("a.zip", data)
    assert [part.name for part in reading.parts] == ["a/b.txt", "photo.jpg"]
    assert "3 files" in reading.warnings[0].message
    assert left_out(reading) == {"pictures": 1, "files of other kinds": 1}


def test_an_archive_that_unpacks_to_very_much_is_refused() -> None:
    """Neither its stated sizes nor its number of files are trusted."""
    bomb = zipped({"a.txt": b"\0" * 30_000_000})
    many = zipped({f"{i}.txt": b"x" for i in range(MAX_ENTRIES + 1)})
    for data in (bomb, many):
        refusal = open_reading("a.zip", data).refusal
        assert refusal is not None
        assert refusal.code == "E055"


def test_an_archive_of_a_seeds_folder_publishes_nothing_that_is_withdrawn() -> None:
    """Its corrections would not count, wherever they are in it; its notes are no documents."""
    letter = {"seeds/letters/a.txt": "A letter."}
    for name in ("corrections.yml", "seeds/corrections.yml", "seeds\\Corrections.yml"):
        refusal = open_reading("a.zip", zipped({**letter, name: "documents: {}"})).refusal
        assert refusal is not None
        assert refusal.code == "E074"
    own = ("seeds/_notes/letters/a.txt.md", "_about.md", "a/_about.md", "metadata.csv", "names.csv")
    reading = read("a.zip", zipped({**letter, **dict.fromkeys(own, "x,y")}))
    assert [part.name for part in reading.parts] == ["seeds/letters/a.txt"]
    assert [warning.code for warning in reading.warnings] == ["W099"]
    assert "5 files" in reading.warnings[0].message


def test_a_folder_of_an_archive_is_not_taken_for_an_archive(tmp_path: Path) -> None:
    """Its files are documents, also beside an archive of the same name."""
    words = "It rained for a day in the valley of"
    inner = zipped({"a.txt": f"{words} Ash.", "b.txt": f"{words} Birch."})
    outer = zipped(
        {"x.zip/a.txt": f"{words} Cedar.", "x.zip": inner, "y.eml/c.txt": f"{words} Elm."}
    )
    project = mkdocs_build.load_project(make_project(tmp_path, {"o.zip": outer}))
    report = generate(project.settings).report
    assert report.documents == 4
    assert {problem.severity for problem in report.problems} <= {"warning"}


def test_a_link_in_an_archive_is_no_document() -> None:
    """Its text would be the path of another computer."""
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    archive = io.BytesIO(zipped({"a.txt": "A letter."}))
    with zipfile.ZipFile(archive, "a") as file:
        file.writestr(link, "/etc/passwd")
    reading = read("a.zip", archive.getvalue())
    assert [part.name for part in reading.parts] == ["a.txt"]
    assert left_out(reading) == {"links": 1}


def test_parts_of_one_name_are_told_apart_in_linear_time() -> None:
    """Each gets the next number, and none takes the name of another."""
    parts = [Part(name, b"x") for name in ("a.txt", "a (3).txt", *["a.txt"] * 50_000)]
    names = [part.name for part in readable_parts(parts, Omissions())]
    assert names[:5] == ["a.txt", "a (3).txt", "a (2).txt", "a (4).txt", "a (5).txt"]
    assert len({*names}) == len(parts)


def test_a_header_without_a_charset_is_in_that_of_the_letter() -> None:
    """Four letters are too few for statistics."""
    head = "From: Adé <a@example.org>\nSubject: café raw\nContent-Type: text/plain; charset=bogus"
    letter = f"{head}\n\nDer Hafen ist groß, und das Eis ist da.\n".encode("latin-1")
    values = {statement.field: statement.value for statement in read("a.eml", letter).statements}
    assert values == {"title": "café raw", "authors": "Adé"}


def test_an_outlook_message_is_a_letter() -> None:
    """Subject, sender and text are those of its properties."""
    letter = making_msg.Letter("The wheel", "It broke.\r\n\r\n> Did it?\r\n", "Ada Miller")
    reading = read("a.msg", letter.file())
    assert texts(reading) == ["paragraph: It broke.", "paragraph: > Did it?"]
    values = {statement.field: statement.value for statement in reading.statements}
    assert values == {"title": "The wheel", "authors": "Ada Miller"}


def test_the_style_sheet_of_a_book_hides_words_and_makes_headings() -> None:
    """As programs for texts write books; the day on which they do so is not that of the text."""
    chapter = (
        "<link rel='stylesheet' href='../s/a%20b.css'/><p><span class='h'>The winter</span></p>"
        "<p><span>Ice came.</span><span class='x'> SECRET</span> <span class='i'>Then</span>.</p>"
    )
    style = ".h {font-size: 22pt; font-weight: bold} .i {font-style: italic} .x {display: none}"
    made = (
        '<dc:date>2026-11-29</dc:date><meta property="dcterms:modified">2026-11-29T08:00:00Z</meta>'
        '<dc:creator>Unknown Author</dc:creator><meta name="generator" content="LibreOffice/7.4"/>'
    )
    book = making.epub({"c/a.xhtml": chapter}, f"<dc:title>The winter</dc:title>{made}")
    data = with_entries(book, {"b/s/a b.css": style.encode()})
    reading = read("a.epub", data)
    assert texts(reading) == ["heading: The winter", "paragraph: Ice came. Then."]
    assert [len(block.emphasis) for block in reading.blocks] == [0, 1]
    assert left_out(reading) == {"undisplayed words": 1}
    document, _ = read_document(seed(data, "a.epub"))
    assert document is not None
    assert (document.metadata.date, document.metadata.authors) == (None, ())


@pytest.mark.parametrize(
    ("stated", "authors"),
    [
        ("python-docx", ()),
        ("Microsoft Office User", ()),
        ("admin", ()),
        ("Ann User", ("Ann User",)),
    ],
)
def test_the_account_of_who_typed_is_no_author(stated: str, authors: tuple[str, ...]) -> None:
    """Programs fill the field with an account, a role or their own name."""
    page = f"<meta name='author' content='{stated}'><h1>The winter</h1><p>Ice came in May.</p>"
    document, _ = read_document(seed(page, "a.html"))
    assert document is not None
    assert tuple(author.value for author in document.metadata.authors) == authors


def test_a_mailbox_is_cut_where_letters_begin() -> None:
    """A line of a letter may begin with "From" too; the marks before it are undone."""
    data = (
        b"From a@b Mon Mar  5 23:30:00 1923\nSubject: 1\n\nFrom now on it snows in 1923\n\n"
        b">From the ford.\n\nFrom a@b Mon Mar  6 23:30:00 1923\nSubject: 2\n\nTwo.\n"
    )
    parts = read("a.mbox", data).parts
    assert [part.name for part in parts] == ["1", "2"]
    assert b"\nFrom the ford." in parts[0].data
    assert b"\nFrom now on" in parts[0].data


def test_attached_keys_and_hidden_files_are_no_documents() -> None:
    """As in the seeds folder; the files after them keep their numbers."""
    names = ("a.txt", "id_rsa", ".env.txt", "keys/server.pem", "b.txt")
    files = "".join(
        f'--x\nContent-Type: text/plain\nContent-Disposition: attachment; filename="{name}"\n\nN\n'
        for name in names
    )
    head = "From: a@example.org\nContent-Type: multipart/mixed; boundary=x"
    letter = f"{head}\n\n--x\nContent-Type: text/plain\n\nDear B,\n{files}--x--\n"
    reading = read("a.eml", letter.encode())
    assert [part.name for part in reading.parts] == ["1-a.txt", "5-b.txt"]
    assert left_out(reading) == {"secrets": 2}


def test_attachments_are_parts() -> None:
    """An attached letter is a letter, a hostile name is cut, a picture is counted."""
    data = (
        b"From: a@example.org\nSubject: S\nContent-Type: multipart/mixed; boundary=x\n\n"
        b"--x\nContent-Type: text/plain\n\nWords.\n"
        b"--x\nContent-Type: message/rfc822\n\nFrom: b@example.org\nSubject: Old/one\n\nInner.\n"
        b'--x\nContent-Type: text/plain\nContent-Disposition: attachment; filename="../n.txt"\n\nN'
        b'\n--x\nContent-Type: image/png; name="p.png"\n\nx\n--x--\n'
    )
    reading = read("a.eml", data)
    assert texts(reading) == ["paragraph: Words."]
    assert [part.name for part in reading.parts] == ["1-Old one.eml", "2-n.txt"]
    assert left_out(reading) == {"pictures": 1}


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("a.csv", b"Title;Text;Datum\nOne;First words of it.;1923-02-03\nTwo;;1924\n"),
        (
            "a.jsonl",
            b'{"title": "One", "text": "First words of it.", "date": "1923-02-03"}\n{"x": 1}\n',
        ),
    ],
)
def test_rows_with_a_text_are_documents(path: str, data: bytes) -> None:
    """Each row is a part with its values, and where each stands."""
    reading = read(path, data)
    assert len(reading.parts) == 1
    record = read(f"{path}/{reading.parts[0].name}", reading.parts[0].data)
    assert texts(record) == ["paragraph: First words of it."]
    assert {s.field: s.value for s in record.statements} == {"title": "One", "date": "1923-02-03"}
    assert all("2" in s.place or "1" in s.place for s in record.statements)
