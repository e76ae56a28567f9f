"""The parts of an e-mail: which are words, which are pictures, and what is inside of them."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message
from pathlib import PurePosixPath

from generator.model.pictures import SUFFIXES


def parts_inside(message: Message) -> list[Message]:
    """Return the parts directly inside a letter or a part; an attached letter is one."""
    payload = message.get_payload()
    return (
        [part for part in payload if isinstance(part, Message)] if isinstance(payload, list) else []
    )


def payload_of(message: Message) -> bytes:
    """Return the bytes of a part; none of one that holds parts."""
    payload = message.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def is_text(message: Message) -> bool:
    """Whether a part is words of the letter itself, and no attached file."""
    return message.get_content_type() in {"text/plain", "text/html"} and not (
        is_attached(message) or message.get_filename()
    )


def is_attached(message: Message) -> bool:
    """Whether a part is a file for itself, whatever the words name."""
    return message.get_content_disposition() == "attachment"


def is_picture(message: Message) -> bool:
    """Whether a part is a picture, by its type or its name."""
    suffix = PurePosixPath(str(message.get_filename() or "")).suffix.lower()
    return message.get_content_maintype() == "image" or suffix in SUFFIXES


def id_of(message: Message) -> str | None:
    """Return the id by which the HTML of a letter names a part; None if it has none."""
    return str(message.get("Content-ID") or "").strip().strip("<>") or None


def pictures_by_id(message: Message) -> dict[str, Message]:
    """Return the pictures of a letter that its HTML can name; of two with one id the first."""
    pictures: dict[str, Message] = {}
    for picture in _pictures(message):
        if content_id := id_of(picture):
            pictures.setdefault(content_id, picture)
    return pictures


def _pictures(message: Message) -> Iterator[Message]:
    if is_picture(message):
        yield message
    elif message.get_content_type() != "message/rfc822":
        for part in parts_inside(message):
            yield from _pictures(part)
