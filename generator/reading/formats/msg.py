"""Outlook messages (.msg), by python-oxmsg: the same reading as that of a letter in .eml."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

from generator.model.readings import Part, ReadBlock, Reading, Statement
from generator.reading.formats import refusals
from generator.reading.formats.decode_declared import decode_declared
from generator.reading.formats.html_notes import with_notes
from generator.reading.formats.html_walk import HtmlWalk
from generator.reading.formats.mail import decoded_header, names_of
from generator.reading.formats.omissions import Omissions
from generator.reading.formats.part_names import readable_parts, safe_name
from generator.reading.formats.plain_blocks import plain_blocks
from generator.reading.formats.rtf import read_rtf

READER = "msg 1"

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)


def read_msg(data: bytes) -> Reading:
    """Return the reading of an Outlook message."""
    from oxmsg import Message  # imported here, because only such files need it

    try:
        message = Message.load(io.BytesIO(data))
        omissions = Omissions()
        blocks = tuple(_blocks(message, omissions))
        parts = tuple(readable_parts(_attachments(message), omissions))
        statements = tuple(_statements(message))
    except (LookupError, ValueError, OSError, AttributeError) as error:
        raise refusals.is_damaged("it is no message that Outlook wrote") from error
    reader = f"{READER}, python-oxmsg {version('python-oxmsg')}"
    return Reading(reader, blocks, statements, omissions.result(), parts)


def _blocks(message: Any, omissions: Omissions) -> Iterator[ReadBlock]:
    plain = (message.body or "").replace("\0", "")
    if plain.strip():
        yield from plain_blocks(plain)
        return
    html = message.html_body or ""
    words = html if isinstance(html, str) else _decoded(html)
    if words.lstrip().startswith("{\\rtf"):
        yield from read_rtf(words.encode("latin-1", "replace")).blocks
    elif words.strip():
        yield from (found.block for found in with_notes(HtmlWalk(omissions).read(words)))


def _decoded(html: bytes) -> str:
    match = _CHARSET.search(html[:4_096].decode("latin-1"))
    decoding = decode_declared(html, match[1] if match else "")
    return decoding.text if decoding else ""


def _attachments(message: Any) -> Iterator[Part]:
    for number, attachment in enumerate(message.attachments, 1):
        data = attachment.file_bytes or b""
        name = safe_name((attachment.file_name or "").replace("\0", "")) or "part"
        if data:
            yield Part(f"{number}-{name}", data)


def _statements(message: Any) -> Iterator[Statement]:
    subject = " ".join((message.subject or "").replace("\0", "").split())
    if subject:
        yield Statement("title", subject[:1_000], "message subject")
    sender = decoded_header((message.sender or "").replace("\0", ""))
    for name in names_of(sender if "<" in sender else f'"{sender}" <>'):
        yield Statement("authors", name, "message sender")
    if message.sent_date is not None:
        yield Statement("date", f"{message.sent_date:%Y-%m-%d}", "message date")
