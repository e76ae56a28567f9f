"""Outlook messages (.msg): read as the letter that Outlook sent.

Who got a blind copy is never read.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from email.encoders import encode_base64
from email.header import Header
from email.message import Message
from email.mime.base import MIMEBase
from email.parser import HeaderParser
from email.utils import format_datetime
from importlib.metadata import version

from msgspec.structs import replace

from generator.model.readings import Reading
from generator.reading.formats import mapi, refusals
from generator.reading.formats.html_pictures import CONTENT_ID
from generator.reading.formats.mail import read_letter
from generator.reading.formats.mapi import OutlookItem
from generator.reading.formats.part_names import name_for_rules

READER = "msg 3"

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_KIND = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,60}", re.ASCII)
_OF_ID = re.compile(r"[!-;=?-~]")
_MAX_DEPTH = 4
"""Messages in each other that are looked at; documents are made of three."""

_MAX_VALUE = 2_000


def read_msg(data: bytes) -> Reading:
    """Return the reading of an Outlook message."""
    from olefile import OleFileIO  # imported here, because only such files need it

    try:
        with OleFileIO(io.BytesIO(data)) as ole:
            letter = _letter(OutlookItem.of(ole))
    except (LookupError, ValueError, OSError, AttributeError) as error:
        raise refusals.is_damaged("it is no message that Outlook wrote") from error
    return replace(read_letter(letter), reader=f"{READER}, olefile {version('olefile')}")


def _letter(item: OutlookItem, depth: int = 1) -> Message:
    """Return a message as a letter with the same headers, texts and attachments."""
    letter = MIMEBase("multipart", "mixed", boundary=f"letter-{depth}")
    for name, value in _headers(item):
        letter[name] = Header(value[:_MAX_VALUE], "utf-8").encode()
    html = item.data(mapi.HTML) or item.text(mapi.HTML).encode()
    letter.attach(_texts(item.text(mapi.BODY), html, depth))
    for attachment in item.attachments():
        letter.attach(_attached(attachment, html, depth))
    return letter


def _headers(item: OutlookItem) -> Iterator[tuple[str, str]]:
    """Yield the headers that a letter has, and no others."""
    sent = HeaderParser().parsestr(item.text(mapi.HEADERS))
    name, address = (
        item.text(mapi.SENDER).strip(),
        item.text(mapi.SENDER_ADDRESS).strip(),
    )
    values = {
        "Subject": item.text(mapi.SUBJECT),
        "From": str(sent["From"] or _person(name, address)),
        "To": ", ".join(_person(name) for name in item.text(mapi.RECIPIENTS).split(";")),
        "Date": format_datetime(item.sent) if item.sent else "",
    }
    yield from ((name, " ".join(value.split())) for name, value in values.items() if value.strip())


def _person(name: str, address: str = "") -> str:
    quoted = " ".join(name.replace('"', "").replace("\\", "").split())
    return f'"{quoted}" <{address}>' if quoted else address


def _texts(plain: str, html: bytes, depth: int) -> Message:
    """Return the forms of the text, of which one is read."""
    forms = MIMEBase("multipart", "alternative", boundary=f"forms-{depth}")
    if plain.strip():
        forms.attach(_part("text/plain", plain.encode(), "utf-8"))
    if html.strip():
        declared = _CHARSET.search(html[:4_096].decode("latin-1"))
        is_rtf = html.lstrip().startswith(b"{\\rtf")
        kind = "application/rtf" if is_rtf else "text/html"
        forms.attach(_part(kind, html, declared[1] if declared else None))
    return forms


def _attached(attachment: OutlookItem, html: bytes, depth: int) -> Message:
    """Return an attachment; a picture that the text shows belongs to the text."""
    inner = attachment.message
    if inner is not None and depth < _MAX_DEPTH:
        letter = MIMEBase("message", "rfc822")
        letter.attach(_letter(inner, depth + 1))
        return letter
    kind = attachment.text(mapi.ATTACHED_TYPE)
    is_kind = _KIND.fullmatch(kind) and not kind.startswith(("multipart", "message", "text"))
    data = attachment.data(mapi.ATTACHED)
    part = _part(kind if is_kind else "application/octet-stream", data)
    name = attachment.text(mapi.ATTACHED_NAME) or attachment.text(mapi.ATTACHED_SHORT_NAME)
    content_id = "".join(_OF_ID.findall(attachment.text(mapi.ATTACHED_ID)))
    is_of_text = attachment.is_hidden or f"{CONTENT_ID}{content_id}".encode() in html
    disposition = "inline" if content_id and is_of_text else "attachment"
    name = name_for_rules(name) or ("part" if inner is None else "message.ole")
    part.add_header("Content-Disposition", disposition, filename=name)
    if content_id:
        part["Content-ID"] = f"<{content_id}>"
    return part


def _part(kind: str, data: bytes, charset: str | None = None) -> Message:
    main, _, sub = kind.partition("/")
    part = MIMEBase(main, sub)
    if charset:
        part.set_param("charset", charset)
    part.set_payload(data)
    encode_base64(part)
    return part
