"""Pictures of files stand where they stood, and what their authors hid stays hidden."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from email.message import EmailMessage

import msgspec
import pytest

from generator.model.readings import Reading
from generator.reading.formats.open_pictures import encode_as_bytes
from generator.reading.formats.open_reading import open_reading
from generator.reading.formats.picture_addresses import file_of, is_local
from tests.picture_files import drawing, photograph
from tests.reading.formats.making import docx, epub, fodt, paragraph, run, with_entries

SHAPE = "<w:r><w:drawing><wps:wsp/></w:drawing></w:r>"


def picture(key: str = "p", text: str = "", crop: str = "", properties: str = "") -> str:
    """Return a run of a Word file with a picture."""
    return (
        f'<w:r>{properties}<w:drawing><wp:docPr descr="{text}"/><pic:pic><pic:blipFill>'
        f'<a:blip r:embed="{key}"/>{crop}</pic:blipFill></pic:pic></w:drawing></w:r>'
    )


def word_file(body: str, pictures: Mapping[str, bytes], styles: str = "") -> bytes:
    """Return a Word file with pictures by the ids of their relations."""
    relations = "".join(f'<Relationship Id="{key}" Target="media/{key}"/>' for key in pictures)
    plain = docx(body, {"styles.xml": f"<w:styles>{styles}</w:styles>"})
    return with_entries(
        plain,
        {
            "word/_rels/document.xml.rels": f"<Relationships>{relations}</Relationships>".encode(),
            **{f"word/media/{key}": data for key, data in pictures.items()},
        },
    )


def reading_of(path: str, data: bytes) -> Reading:
    """Return the reading of a file."""
    opened = open_reading(path, data)
    assert opened.reading is not None, opened.refusal
    return opened.reading


def shown(reading: Reading) -> list[str]:
    """Return the blocks with their pictures at their places: `[alternative text]`."""
    texts = []
    for block in reading.blocks:
        text = block.text
        for mark in reversed([mark for mark in block.marks if mark.kind == "picture"]):
            words = reading.pictures[int(mark.value)].text
            text = f"{text[: mark.start]}[{words}]{text[mark.start :]}"
        texts.append(text)
    return texts


def left_out(reading: Reading) -> dict[str, int]:
    """Return what is not on the page, by kind."""
    return {omission.kind: omission.count for omission in reading.omissions}


def test_pictures_of_a_word_file_stand_where_they_stood() -> None:
    """Alone before the next block, inside of a paragraph, in a cell, at the end."""
    cell = "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>"
    body = (
        paragraph(picture(text="first"))
        + paragraph(run("One "), picture(text="inside"), run("two"))
        + cell.format(paragraph(run("Ship")), paragraph(picture(text="cell")))
        + paragraph(picture(text="last"))
    )
    reading = reading_of("a.docx", word_file(body, {"p": drawing()}))
    assert shown(reading) == ["[first]One [inside]two", "Ship\t[cell][last]"]


def test_hidden_covered_and_linked_pictures_are_left_out() -> None:
    """A box that somebody drew may cover a picture beside it; far from it none is touched."""
    hidden = "<w:rPr><w:vanish/></w:rPr>"
    far = paragraph(run("Far")) * 2
    body = (
        paragraph(run("Open"), picture(text="open"), picture("q", "linked"))
        + paragraph(run("Secret"), picture(text="hidden", properties=hidden))
        + far
        + paragraph(picture(text="covered"))
        + paragraph(SHAPE, run("Box"))
    )
    reading = reading_of("a.docx", word_file(body, {"p": photograph()}))
    assert shown(reading) == ["Open[open]", "Secret", "Far", "Far", "Box"]
    kinds = ("hidden pictures", "pictures under drawn shapes", "pictures in other files")
    assert left_out(reading) == dict.fromkeys(kinds, 1)
    withheld = {omission.kind for omission in reading.omissions if omission.is_withheld}
    assert withheld == set(kinds[:2])


def test_a_cropped_picture_is_another_one() -> None:
    """The file has the whole, and the site only what the crop leaves."""
    crop = '<a:srcRect l="50000" b="25000"/>'
    body = paragraph(run("A"), picture(), picture(crop=crop))
    reading = reading_of("a.docx", word_file(body, {"p": photograph()}))
    whole, cropped = reading.pictures
    assert (whole.width, whole.height) == (120, 80)
    assert (cropped.width, cropped.height) == (60, 60)
    assert whole.name != cropped.name


def test_pictures_that_cannot_be_shown_are_reported_once() -> None:
    """The words around them stay."""
    svg = b"<svg><script>x()</script></svg>"
    body = paragraph(run("A"), picture("s"), picture("s"), picture("d"))
    data = word_file(body, {"s": svg, "d": b"nothing"})
    reading = reading_of("a.docx", data)
    assert shown(reading) == ["A"]
    assert left_out(reading) == {"pictures": 3}
    codes = [(warning.code, warning.message[:24]) for warning in reading.warnings]
    assert codes == [("W115", "2 pictures were left out"), ("W115", "a picture was left out: ")]
    assert encode_as_bytes("a.docx", data) == b"\x80"


def test_pictures_of_a_libreoffice_text() -> None:
    """One with a caption in a frame, a cropped one, one beside a drawn shape."""
    data = base64.b64encode(drawing()).decode()
    image = f"<draw:image><office:binary-data>{data}</office:binary-data></draw:image>"
    frame = '<draw:frame draw:style-name="{}">' + image + "<svg:desc>{}</svg:desc></draw:frame>"
    caption = '<text:p text:style-name="Illustration">{}A boat</text:p>'
    box = f"<draw:frame><draw:text-box>{caption.format(frame.format('f', 'boat'))}"
    crop = '<style:style style:name="c"><style:graphic-properties fo:clip="{}"/></style:style>'
    styles = crop.format("rect(0cm, 1cm, 0cm, 0cm)") + '<style:style style:name="Illustration"/>'
    text = (
        f"<text:p>One {frame.format('f', 'inside')}two</text:p>"
        f"<text:p>{box}</draw:text-box></draw:frame></text:p>"
        f"<text:p>Cut{frame.format('c', 'cropped')}</text:p><text:p>Far</text:p>"
        f"<text:p>{frame.format('f', 'covered')}Near<draw:rect/></text:p>"
    )
    reading = reading_of("a.fodt", fodt(text, styles))
    assert shown(reading) == ["One [inside]two", "[boat]A boat", "Cut", "Far", "Near"]
    assert reading.blocks[1].kind == "caption"
    assert left_out(reading) == {"cropped pictures": 1, "pictures under drawn shapes": 1}


def test_pictures_of_a_book() -> None:
    """A plate of its own stands before the next chapter."""
    book = epub(
        {
            "plate.xhtml": '<img src="../b/i/one.png" alt="plate"/>',
            "a.xhtml": '<p>The ice closed.</p><img src="i/one%2Epng" alt="after"/>',
            "c.xhtml": '<p>It broke.</p><img src="i/no.png"/><img src="https://e.invalid/x.png"/>',
        }
    )
    reading = reading_of("a.epub", with_entries(book, {"b/i/one.png": drawing()}))
    assert shown(reading) == ["[plate]The ice closed.[after]", "It broke."]
    assert left_out(reading) == {"pictures": 1, "pictures on other sites": 1}


WORDS = "The winter of that year was the worst that anybody on the coast remembered. " * 3


def test_pictures_of_a_web_page_belong_to_its_text() -> None:
    """Those of its menu do not, nor those of other sites; one inside the page is read."""
    inside = base64.b64encode(drawing()).decode()
    page = (
        f'<nav><img src="logo.png" alt="logo"><a href="/">Home</a></nav><article><h1>Storms</h1>'
        f'<p>{WORDS}</p><figure><img src="boat.png" alt="a &lt;b&gt; boat">'
        f"<figcaption>A boat</figcaption></figure><p>{WORDS}</p>"
        f'<img src="data:image/png;base64,{inside}" alt="inside">'
        f'<img src="//e.invalid/spy.gif"></article>'
    )
    reading = reading_of("a.html", page.encode())
    texts = [text[-20:] for text in shown(reading) if "[" in text]
    assert texts == ["[a <b> boat]A boat"[-20:], "t remembered.[inside]"[-20:]]
    assert [picture.address for picture in reading.pictures if picture.address] == ["boat.png"]
    assert sum(bool(picture.name) for picture in reading.pictures) == 1
    assert left_out(reading)["pictures on other sites"] == 1


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("photos/a%20b.jpg", "letters/photos/a b.jpg"),
        ("../a.jpg?x#y", "a.jpg"),
        ("./a.jpg", "letters/a.jpg"),
        ("../../a.jpg", None),
        ("/etc/a.jpg", None),
        ("%2e%2e/%2e%2e/a.jpg", None),
        ("..\\..\\a.jpg", None),
        ("a\0.jpg", None),
        ("..", None),
    ],
)
def test_a_named_picture_is_in_the_seeds_folder(address: str, file: str | None) -> None:
    """No address leads out of it."""
    assert is_local(address)
    assert file_of(address, "letters/a.md") == file


@pytest.mark.parametrize(
    "address",
    [
        "https://e.invalid/a.jpg",
        "//e.invalid/a.jpg",
        "file:///a.jpg",
        "C:\\a.jpg",
        "\\\\h\\a.jpg",
        "",
    ],
)
def test_other_sites_and_disks_are_never_asked(address: str) -> None:
    """An address with a scheme or a host is no file beside the text."""
    assert not is_local(address)


def letter(*, html: str, plain: str = "", attachment: bytes = b"") -> bytes:
    """Return a letter whose HTML can name the pictures `<a@x>` and `<b@x>`."""
    message = EmailMessage()
    if plain:
        message.set_content(plain)
        message.add_alternative(html, subtype="html")
    else:
        message.set_content(html, subtype="html")
    form = message.get_payload()[1] if plain else message  # type: ignore[index]
    form.add_related(drawing(30, 20), "image", "png", cid="<a@x>")  # type: ignore[union-attr]
    form.add_related(drawing(40, 20), "image", "png", cid="<b@x>")  # type: ignore[union-attr]
    if attachment:
        message.add_attachment(attachment, maintype="image", subtype="jpeg", filename="c.jpg")
    return message.as_bytes()


SHOWS_ONE = (
    '<p>Dear Ana,</p><img src="cid:a%40x" alt="the mill"><p>Yours</p>'
    '<p style="display:none"><img src="cid:b@x"></p><img src="https://example.org/a.png">'
)


def test_pictures_of_a_letter_stand_where_its_html_shows_them() -> None:
    """One that it hides is counted, and none is fetched; attached ones stand after the words."""
    data = letter(html=SHOWS_ONE, attachment=photograph(64, 48))
    reading = reading_of("a.eml", data)
    assert shown(reading) == ["Dear Ana,", "[the mill]Yours[]"]
    assert left_out(reading) == {"pictures": 1, "pictures on other sites": 1}
    names = {picture.name for picture in reading.pictures}
    assert names == set(msgspec.msgpack.decode(encode_as_bytes("a.eml", data)))


def test_pictures_of_a_form_that_is_not_read_stand_after_the_words() -> None:
    """The plain form has none; those that the other one hides are hidden here too."""
    reading = reading_of("a.eml", letter(plain="Dear Ana,\n\nYours", html=SHOWS_ONE))
    assert shown(reading) == ["Dear Ana,", "Yours[the mill]"]
    assert left_out(reading) == {"other forms of the same text": 1, "pictures": 1}


def test_pictures_of_a_letter_that_cannot_be_shown_are_counted() -> None:
    """They need words beside them; and a picture that is no picture is told."""
    message = EmailMessage()
    message.add_attachment(drawing(30, 20), maintype="image", subtype="png", filename="a.png")
    message.add_attachment(
        b"The letter itself.", maintype="text", subtype="plain", filename="a.txt"
    )
    alone = reading_of("a.eml", message.as_bytes())
    assert [part.name for part in alone.parts] == ["1-a.txt"]
    assert left_out(alone) == {"pictures": 1}
    broken = reading_of("a.eml", letter(html="<p>Ana</p>", attachment=b"no picture"))
    assert [warning.code for warning in broken.warnings] == ["W115"]
