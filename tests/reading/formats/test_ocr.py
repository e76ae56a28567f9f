"""Scans become documents if the site asks for it, with what the machine was unsure of."""

from __future__ import annotations

import msgspec
import pytest

from generator.model import SeedbedError
from generator.model.pictures import Sheets
from generator.model.readings import Opened
from generator.reading.formats.ocr import ScannedPages, with_recognition
from generator.reading.formats.open_reading import open_reading
from generator.reading.formats.scanned_pages import pages_as_bytes
from generator.settings import from_mapping
from tests.picture_files import opened, photograph
from tests.reading.formats.making import lines_at, pdf
from tests.support import ROOT

HEAD = (
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
)


def table(*words: tuple[int, int, float, str]) -> bytes:
    """Return what tesseract says: of each word its paragraph, line and confidence."""
    rows = [
        f"5\t1\t1\t{par}\t{line}\t1\t0\t0\t9\t9\t{conf}\t{text}" for par, line, conf, text in words
    ]
    return "\n".join((HEAD, "4\t1\t1\t1\t1\t0\t0\t0\t9\t9\t-1\t", *rows)).encode()


def recognized(path: str, data: bytes, *tables: bytes) -> Opened:
    """Return a file opened with a program that gives these tables, one for each page."""
    answers = iter(tables)
    pages = msgspec.msgpack.encode(ScannedPages((b"a",) * len(tables), (Sheets(1, 6, 8),)))
    read = with_recognition(open_reading, lambda _p, _d: pages, lambda _p: next(answers), "x 1")
    return read(path, data)


def test_words_become_paragraphs_with_pages() -> None:
    """Lines stay apart until the repairs join them; a quotation mark is a word like others."""
    first = table((1, 1, 96, "The"), (1, 1, 90, '"ice'), (1, 2, 40, "cl0sed"), (2, 1, 94, "It"))
    opened_file = recognized("a.jpg", photograph(), first, table((1, 1, 80, "broke")))
    reading = opened_file.reading
    assert reading is not None
    assert [block.text for block in reading.blocks] == ['The "ice\ncl0sed', "It", "broke"]
    assert [mark.value for block in reading.blocks for mark in block.marks] == ["1", "2"]
    assert reading.reader == "ocr 1, x 1, 80 % sure"
    (warning,) = reading.warnings
    assert warning.code == "W098"
    assert "of 1 of its 5 words" in warning.message
    assert "cl0sed" in warning.message


@pytest.mark.parametrize("answer", [b"", b"\xff\xfe", HEAD.encode(), b"level\ttext\n5\t"])
def test_a_picture_without_words_stays_refused(answer: bytes) -> None:
    """Whatever the program answers."""
    refusal = recognized("a.jpg", photograph(), answer).refusal
    assert refusal is not None
    assert refusal.code == "E050"


def test_what_has_a_text_is_not_recognized() -> None:
    """A machine would make it worse."""
    data = pdf(lines_at(72, 700, ["The harbour was closed by ice in March."]))
    reading = recognized("a.pdf", data, table((1, 1, 90, "Tne"))).reading
    assert reading is not None
    assert "pypdfium2" in reading.reader


def test_pages_are_handed_out_as_grey_pictures() -> None:
    """A page of a PDF with 300 dots an inch; nothing of a damaged file."""
    words = lines_at(72, 700, ["The harbour was closed."])
    pages = msgspec.msgpack.decode(pages_as_bytes("a.pdf", pdf(words)), type=ScannedPages)
    (page,) = map(opened, pages.pictures)
    assert (page.mode, page.size) == ("L", (2_500, 3_334))
    assert (pages.sheets, pages.original) == ((Sheets(1, 600, 800),), "original.pdf")
    for path in ("a.pdf", "a.jpg"):
        assert pages_as_bytes(path, b"no") == msgspec.msgpack.encode(ScannedPages())


@pytest.mark.parametrize("languages", ["eng --psm 1", "-l", "../eng", "eng+", "eng;x", "é"])
def test_only_languages_reach_the_program(languages: str) -> None:
    """They are an argument of a command."""
    with pytest.raises(SeedbedError, match="ocr"):
        from_mapping({"ocr": languages}, root=ROOT, docs=ROOT / "docs")


def test_languages() -> None:
    """One, several, and one with a script."""
    for languages in ("eng", "eng+deu", "chi_sim", "script/Fraktur", ""):
        settings = from_mapping({"ocr": languages}, root=ROOT, docs=ROOT / "docs")
        assert settings.ocr == (languages or None)
