"""E-mail (.eml): the words of the letter, who wrote it when, and attachments as parts.

The letter's plain form is read if there is one, because that is what its author's program meant to
be read everywhere. Attached letters are letters of their own.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email.header import decode_header
from email.message import Message
from email.policy import compat32
from email.utils import getaddresses, parsedate_tz

import msgspec

from generator.model import Decoding
from generator.model.ignore_rules import rule_in_archive
from generator.model.readings import Part, ReadBlock, Reading, Statement
from generator.reading.decode import decode
from generator.reading.formats import refusals
from generator.reading.formats.decode_declared import decode_declared
from generator.reading.formats.mail_parts import (
    is_picture,
    is_text,
    parts_inside,
    payload_of,
    pictures_by_id,
)
from generator.reading.formats.mail_pictures import MailPictures
from generator.reading.formats.omissions import Omissions
from generator.reading.formats.part_names import name_for_rules, readable_parts, safe_name
from generator.reading.formats.plain_blocks import plain_blocks

READER = "mail 3"

_HEADER = re.compile(rb"\A(?:>?From [^\r\n]*\r?\n)?[!-9;-~]{1,76}:")
_MAX_HEADER = 2_000
"""Characters of a header that are read; an address list may have 30,000 names."""

_MAX_PARTS = 2_000
_MAX_NAMES = 20
"""Senders or recipients that are read; a letter to more is one to everybody."""

_HEADERS_ALONE = frozenset({"text/rfc822-headers", "message/delivery-status"})
"""Parts of the report on a letter that was not delivered; they name who got a blind copy."""

_SUFFIX_OF_TYPE = {
    "text/plain": ".txt",
    "text/html": ".html",
    "text/csv": ".csv",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/zip": ".zip",
    "application/rtf": ".rtf",
    "message/rfc822": ".eml",
}
"""Suffixes of attachments without a name."""


def read_eml(data: bytes) -> Reading:
    """Return the reading of a letter."""
    if not _HEADER.match(data.lstrip()[:2_000]):
        raise refusals.is_damaged("it has no headers of a letter")
    return read_letter(email.message_from_bytes(data, policy=compat32))


def read_letter(message: Message) -> Reading:
    """Return the reading of a letter and its parts."""
    omissions = Omissions()
    letter = _Letter(omissions, MailPictures(omissions, pictures_by_id(message)))
    letter.read(message)
    letter.leave_out_frame(message)
    attached = (part for part in letter.parts if part.name not in letter.left_out)
    parts = tuple(readable_parts(attached, omissions))
    blocks = letter.blocks()
    return Reading(
        READER,
        blocks,
        tuple(_statements(message, letter.charset)),
        omissions.result(),
        parts,
        found=tuple(letter.pictures.marks.found),
        reason="; ".join(dict.fromkeys(letter.reasons)) or None,
    )


class _Letter(msgspec.Struct):
    """Collects the words and the attachments of one letter."""

    omissions: Omissions
    pictures: MailPictures
    parts: list[Part] = msgspec.field(default_factory=list)
    left_out: set[str] = msgspec.field(default_factory=set)
    """The names of those parts that are no documents."""
    reasons: list[str] = msgspec.field(default_factory=list)
    charset: str | None = None
    """That of its first text, unless it is Unicode; headers without a charset are in the same."""
    _texts: list[tuple[ReadBlock, ...]] = msgspec.field(default_factory=list)

    def blocks(self) -> tuple[ReadBlock, ...]:
        """Return the blocks of all texts of the letter, with its pictures."""
        return self.pictures.place_last([block for blocks in self._texts for block in blocks])

    def read(self, message: Message) -> None:
        """Read a letter or one of its parts."""
        kind = message.get_content_type()
        if kind == "multipart/alternative":
            self._read_alternative(message)
        elif message.is_multipart() and kind != "message/rfc822":
            for part in parts_inside(message):
                self.read(part)
        elif is_text(message):
            self._texts.append(self._text(message))
        elif is_picture(message):
            self.pictures.add_attached(message)
        else:
            self._attach(message)

    def leave_out_frame(self, message: Message) -> None:
        """Count the words before and after the parts, which no mail program shows."""
        for words in (message.preamble, message.epilogue):
            self.omissions.add_words("words around the letter", words or "")

    def _read_alternative(self, message: Message) -> None:
        """Read the plain form, or else the last one; mails give the same text several times."""
        forms = parts_inside(message)
        plain = [form for form in forms if form.get_content_type() == "text/plain"]
        shown = next((form for form in plain if payload_of(form).strip()), None)
        if shown is None and forms:
            shown = forms[-1]
        for form in forms:
            if form is shown:
                self.read(form)
            elif form.is_multipart():
                self._attach_from(form)
            else:
                self._leave_out(form)

    def _attach_from(self, message: Message) -> None:
        """Attach the files that belong to a form which is not read."""
        for part in parts_inside(message):
            if part.is_multipart() and part.get_content_type() != "message/rfc822":
                self._attach_from(part)
            elif is_text(part):
                self._leave_out(part)
            elif is_picture(part):
                self.pictures.add_attached(part)
            else:
                self._attach(part)

    def _leave_out(self, form: Message) -> None:
        """Count a form of the text that is not read; the pictures that it shows are shown."""
        self.omissions.count("other forms of the same text")
        decoding = _decoding(form) if form.get_content_type() == "text/html" else None
        if decoding:
            self.pictures.add_of_unread_html(decoding.text)

    def _text(self, message: Message) -> tuple[ReadBlock, ...]:
        decoding = _decoding(message)
        if decoding is None:
            return ()
        self.reasons.append(f"{decoding.encoding}: {decoding.reason}")
        if self.charset is None and decoding.encoding not in {"ascii", "utf-8"}:
            self.charset = decoding.encoding
        if message.get_content_type() == "text/html":
            return self.pictures.read_html(decoding.text)
        is_flowed = str(message.get_param("format")) == "flowed"
        return self.pictures.place_before(plain_blocks(decoding.text, flowed=is_flowed))

    def _attach(self, message: Message) -> None:
        if len(self.parts) >= _MAX_PARTS:
            raise refusals.is_too_large(f"has more than {_MAX_PARTS:,} attachments")
        kind = message.get_content_type()
        if kind in _HEADERS_ALONE:
            self.omissions.count("headers of other letters")
            return
        if kind == "message/rfc822":
            inner = next(iter(parts_inside(message)), None)
            if inner is None:
                return
            name = _header(inner, "Subject") or "letter"
            self._add(f"{name.replace('/', ' ').replace('.', ' ')}.eml", inner.as_bytes())
            return
        name = (
            decoded_header(message.get_filename() or "") or f"part{_SUFFIX_OF_TYPE.get(kind, '')}"
        )
        self._add(name, payload_of(message))

    def _add(self, name: str, data: bytes) -> None:
        """Add a file; keys, hidden and working files keep their number, so others keep theirs."""
        number = len(self.parts) + 1
        part = Part(f"{number}-{safe_name(name) or 'part'}", data)
        rule = rule_in_archive(name_for_rules(name))
        if rule and rule.firm:
            self.omissions.count(rule.noun(2), not rule.is_silent)
            self.left_out.add(part.name)
        self.parts.append(part)


def _decoding(message: Message) -> Decoding | None:
    data = payload_of(message)
    charset = str(message.get_content_charset("") or "")
    return decode_declared(data, charset) if charset else decode(data)


def _header(message: Message, name: str, charset: str | None = None) -> str:
    """Return the words of a header; the raw ones are asked for, with all their bytes."""
    items = ((key.lower(), value) for key, value in message.raw_items())
    value = next((value for key, value in items if key == name.lower()), "")
    return decoded_header(value, charset)


def decoded_header(value: object, charset: str | None = None) -> str:
    """Return the words of a header, with every encoded word decoded as its author meant it.

    `charset` is that of bytes of which the header does not say it, if the letter has one.
    """
    text = value if isinstance(value, str) else str(value)
    raw = text.encode("utf-8", "surrogateescape")[:_MAX_HEADER]
    try:
        pieces = decode_header(raw.decode("ascii"))
    except (UnicodeDecodeError, ValueError):
        decoding = decode_declared(raw, charset) if charset else decode(raw)
        return " ".join((decoding.text if decoding else "").split())
    except Exception:  # an encoded word that is none, such as base64 cut in the middle
        return " ".join(text.split())
    words = (_decoded(piece, charset) for piece, charset in pieces)
    return " ".join("".join(words).split())


def _decoded(piece: bytes | str, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    decoding = decode_declared(piece, charset) if charset else decode(piece)
    return decoding.text if decoding else piece.decode("ascii", "replace")


def _statements(message: Message, charset: str | None) -> Iterator[Statement]:
    subject = _header(message, "Subject", charset)
    if subject:
        yield Statement("title", subject, "header Subject")
    for name in names_of(_header(message, "From", charset)):
        yield Statement("authors", name, "header From")
    if recipients := ", ".join(names_of(_header(message, "To", charset))):
        yield Statement("recipient", recipients, "header To")
    date = _header(message, "Date")
    if date:
        yield Statement("date", _day(date), "header Date")
    for language in _header(message, "Content-Language").split(",")[:1]:
        if language.strip():
            yield Statement("language", language.strip(), "header Content-Language")


def names_of(addresses: str) -> list[str]:
    """Return the names in a list of addresses; an address without a name tells nobody's."""
    names = (" ".join(name.split()) for name, _ in getaddresses([addresses])[:_MAX_NAMES])
    return [name for name in names if name and "@" not in name]


def _day(date: str) -> str:
    """Return the day where the sender was, in ISO form; the header itself if it is no date."""
    parsed = parsedate_tz(date)
    return f"{parsed[0]:04}-{parsed[1]:02}-{parsed[2]:02}" if parsed else date
