"""RTF: pictures, links, and groups that are not what they seem."""

from __future__ import annotations

import pytest

from tests.picture_files import drawing, photograph
from tests.reading.formats.test_pictures import left_out, reading_of, shown

_HEX = drawing().hex()
_PICTURE = rf"{{\pict\pngblip\picw60\pich40 {_HEX}}}"


def rtf(body: str) -> bytes:
    """Return a file with this body."""
    return rf"{{\rtf1\ansi {body}}}".encode("latin-1")


def drawn(*properties: str) -> str:
    """Return a drawing with properties such as `fHidden 1`."""
    pairs = (pair.partition(" ") for pair in properties)
    written = "".join(rf"{{\sp{{\sn {name}}}{{\sv {value}}}}}" for name, _, value in pairs)
    return rf"{{\shp{{\*\shpinst\shpleft0\shptop0{written}}}}}"


def test_pictures_stand_where_they_stood() -> None:
    """In a paragraph, alone, in a cell, as a drawing, at the end; one form of each.

    Those of notes are counted.
    """
    both = rf"{{\*\shppict{_PICTURE}}}{{\nonshppict{{\pict\wmetafile8 0100}}}}"
    body = (
        rf"\pard One {both}two\par {_PICTURE}\par Three\par"
        rf"\trowd\pard\intbl Ship\cell {_PICTURE}\cell\row\pard"
        + drawn(f"pib {_PICTURE}", f"fillBlip {_PICTURE}", "wzDescription a boat")
        + rf"Four\par {{\footnote\pard Note. {_PICTURE}}}{_PICTURE}\par"
    )
    reading = reading_of("a.rtf", rtf(body))
    texts = ["One []two", "[]Three", "Ship\t[]", "[a boat]Four", "[1][]", "[1] Note."]
    assert shown(reading) == texts
    assert left_out(reading) == {"pictures": 1}


def test_a_picture_may_be_bytes_as_they_are() -> None:
    """Braces among them close no group."""
    data = photograph()
    assert b"{" in data or b"}" in data
    binary = rb"{\pict\jpegblip\bin%d " % len(data) + data + b"}"
    reading = reading_of("a.rtf", rtf("A ").removesuffix(b"}") + binary + rb" B\par}")
    assert shown(reading) == ["A [] B"]


def test_a_cropped_picture_is_cut() -> None:
    """The file has the whole; of a picture without a size all is cut off."""
    crop = rf"{{\pict\jpegblip\picwgoal1200\pichgoal800\piccropl600 {photograph().hex()}}}"
    unknown = rf"{{\pict\jpegblip\piccropl600 {photograph().hex()}}}"
    reading = reading_of("a.rtf", rtf(rf"A{crop}{unknown}\par"))
    assert next((p.width, p.height) for p in reading.pictures) == (60, 80)
    assert left_out(reading) == {"pictures": 1}


@pytest.mark.parametrize(
    ("picture", "kind"),
    [
        (rf"{{\v {_PICTURE}}}", "hidden pictures"),
        (rf"{{\deleted {_PICTURE}}}", "hidden pictures"),
        (drawn(f"pib {_PICTURE}", "fHidden 1"), "hidden pictures"),
        (rf"{_PICTURE}" + drawn("shapeType 1"), "pictures under drawn shapes"),
        (rf"{{\header {_PICTURE}}}", "pictures"),
        (r"{\pict\pngblip 00}", "pictures"),
        (r"{\pict\pngblip}", "pictures"),
    ],
)
def test_pictures_that_are_not_shown_are_counted(picture: str, kind: str) -> None:
    """Somebody may have hidden them, or drawn a box over them."""
    reading = reading_of("a.rtf", rtf(rf"Words {picture}\par"))
    assert shown(reading) == ["Words"]
    assert left_out(reading)[kind] == 1


def test_words_of_a_drawing_are_read_and_its_properties_are_not() -> None:
    """A text box may stand in a group that programs may skip."""
    box = drawn("shapeType 202").removesuffix("}}") + r"{\shptxt\pard In the box.\par}}}"
    reading = reading_of("a.rtf", rtf(rf"Before\par{box}After\par"))
    assert shown(reading) == ["Before", "In the box.", "After"]


def test_links_and_their_instructions() -> None:
    """A field that is no link is its words."""
    field = r'{\field{\*\fldinst HYPERLINK "https://example.org/a"}{\fldrslt {\ul the council}}}'
    other = r"{\field{\*\fldinst PAGE}{\fldrslt 3}}"
    (block,) = reading_of("a.rtf", rtf(rf"So {field} says on {other}.\par")).blocks
    assert block.text == "So the council says on 3."
    assert [(m.start, m.end, m.value) for m in block.marks] == [(3, 14, "https://example.org/a")]


def test_what_a_list_label_says_of_itself_does_not_hold_for_the_paragraph() -> None:
    """LibreOffice resets the properties of a paragraph in it."""
    label = r"{\listtext\pard\plain \tab}"
    reading = reading_of("a.rtf", rtf(rf"\pard\outlinelevel0{label}What was found\par Words.\par"))
    assert next((block.kind, block.level) for block in reading.blocks) == ("heading", 1)


def test_a_heading_that_is_bold_as_a_whole_is_not_emphasised() -> None:
    """A word in it may be; a paragraph in the style of quotations is one."""
    styles = r"{\stylesheet{\s1 heading 1;}{\s2 Quotations;}}"
    body = r"\pard\s1{\b The mill}\par\pard\s1 The {\i Vera}\par\pard\s2 Said he.\par"
    blocks = reading_of("a.rtf", rtf(styles + body)).blocks
    assert [len(block.emphasis) for block in blocks] == [0, 1, 0]
    assert [block.quoted for block in blocks] == [False, False, True]


def test_who_edited_a_file_is_not_its_author() -> None:
    """LibreOffice names both by the same word."""
    info = r"{\info{\author Ada Miller}{\author SECRET}{\operator SECRET}}"
    reading = reading_of("a.rtf", rtf(info + r"\pard Words.\par"))
    assert [statement.value for statement in reading.statements] == ["Ada Miller"]


def test_entries_of_an_index_are_no_words_of_the_text() -> None:
    """They stand where they point to, and no program shows them there."""
    reading = reading_of("a.rtf", rtf(r"\pard The mill{\xe mill}{\tc The mill} stands.\par"))
    assert shown(reading) == ["The mill stands."]


def test_a_comment_is_counted() -> None:
    """Whatever control words it begins with."""
    comment = r"{\*\annotation{\*\atndate 0}\loch\ltrpar two words}"
    assert left_out(reading_of("a.rtf", rtf(rf"A{comment}\par"))) == {"words in comments": 2}
