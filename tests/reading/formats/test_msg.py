"""Outlook messages: the letter that was sent, and nothing that its recipients did not get."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from generator.reading.formats.open_pictures import encode_as_bytes
from generator.reading.formats.open_reading import open_reading
from tests.picture_files import drawing, photograph
from tests.reading.formats.making_msg import Attachment, Letter, ole
from tests.reading.formats.test_pictures import left_out, reading_of, shown

_DAY = (datetime(1923, 3, 5, tzinfo=UTC) - datetime(1601, 1, 1, tzinfo=UTC)) // timedelta(
    microseconds=1
)
_HTML = (
    b'<p>Dear Ana,</p><img src="cid:a@x" alt="the mill"><p>Yours</p>'
    b'<p style="display:none">SECRET<img src="cid:b@x"></p>'
)
_PICTURES = (
    Attachment("a.png", drawing(30, 20), "a@x", is_hidden=True),
    Attachment("b.png", drawing(40, 20), "b@x", is_hidden=True),
    Attachment("c.png", drawing(50, 20), "c@x", is_hidden=True),
    Attachment("d.jpg", photograph(64, 48)),
)


def test_pictures_of_a_message_stand_where_its_html_shows_them() -> None:
    """Attached ones stand after the words; hidden ones are counted."""
    data = Letter("S", "", "Ben", html=_HTML, attachments=_PICTURES).file()
    reading = reading_of("a.msg", data)
    assert shown(reading) == ["Dear Ana,", "[the mill]Yours[]"]
    assert left_out(reading)["pictures"] == 2
    names = {picture.name for picture in reading.pictures}
    assert names == set(msgspec.msgpack.decode(encode_as_bytes("a.msg", data)))


def test_the_plain_form_is_read_and_the_pictures_of_the_other_are_shown() -> None:
    """As of a letter in `.eml`."""
    reading = reading_of("a.msg", Letter("S", "Dear Ana", "Ben", _HTML, 0, {}, _PICTURES).file())
    assert shown(reading) == ["Dear Ana[the mill][]"]


def test_a_message_states_what_its_recipients_see() -> None:
    """Nobody learns who got a blind copy, or by which servers it came."""
    properties = {
        0x0E04: "Ana Lund; Ben Fox",
        0x0E02: "SECRETBCC",
        0x007D: "From: Eva <e@x>\r\nBcc: SECRETBCC\r\nReceived: from SECRETHOST\r\nTo: a@x",
    }
    data = Letter("The „wheel“", "It broke.", "Eva", b"", _DAY * 10, properties).file()
    reading = reading_of("a.msg", data)
    values = {statement.field: statement.value for statement in reading.statements}
    assert values == {
        "title": "The „wheel“",
        "authors": "Eva",
        "recipient": "Ana Lund, Ben Fox",
        "date": "1923-03-05",
    }
    assert "SECRET" not in repr(reading)


def test_a_message_in_a_message_is_a_letter_of_its_own() -> None:
    """With its own attachments; the bytes of a part are the same each time."""
    inner = Letter("Old wheel", "Older words.", "Ada", attachments=[Attachment("n.txt", b"A note")])
    outer = Letter("S", "Words.", "Ben", attachments=[Attachment("", inner.tree())])
    reading = reading_of("a.msg", outer.file())
    assert shown(reading) == ["Words."]
    assert [part.name for part in reading.parts] == ["1-Old wheel.eml"]
    assert reading_of("a.msg", outer.file()).parts == reading.parts
    letter = reading_of("a.msg/1-Old wheel.eml", reading.parts[0].data)
    assert shown(letter) == ["Older words."]
    assert {statement.value for statement in letter.statements} == {"Old wheel", "Ada"}
    assert [part.name for part in letter.parts] == ["1-n.txt"]


@pytest.mark.parametrize("data", [ole({"__substg1.0_0": b"x"}), Letter("S", "W", "B").file()[:900]])
def test_another_file_of_the_same_kind_is_refused(data: bytes) -> None:
    """With a message, and no exception."""
    refusal = open_reading("a.msg", data).refusal
    assert refusal is not None
    assert refusal.code in {"E053", "E058", "E050"}
