"""Web pages: every visible word is in the reading, and the furniture of the page leaves by name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from generator.model import Decoding
from generator.model.readings import ReadBlock, Reading
from generator.reading.decode import decode
from generator.reading.formats import refusals
from generator.reading.formats.decode_declared import decode_declared
from generator.reading.formats.html_article import find_article
from generator.reading.formats.html_notes import with_notes
from generator.reading.formats.html_pictures import HtmlPictures, with_standing_pictures
from generator.reading.formats.html_statements import html_statements
from generator.reading.formats.html_walk import HtmlBlock, HtmlWalk
from generator.reading.formats.omissions import Omissions

READER = "html 3"
FURNITURE = "page furniture"
"""The ledger's name for the removal of menus, teasers and notices."""

_DECLARED = re.compile(rb"<meta\b[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})")


def decode_html(data: bytes) -> Decoding:
    """Decode a page; refuse one that holds no text."""
    head = data[:4_096]
    match = _DECLARED.search(head) or _XML_DECLARED.search(head)
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"} or match is None:
        decoding = decode(data)
    else:
        decoding = decode_declared(data, match[1].decode("ascii"))
    if decoding is None:
        raise refusals.is_damaged("it is no text")
    return decoding


def read_html(data: bytes) -> Reading:
    """Return the reading of a saved web page."""
    decoding = decode_html(data)
    omissions = Omissions()
    pictures = HtmlPictures(omissions)
    walk = HtmlWalk(omissions, pictures)
    blocks = list(with_notes(walk.read(decoding.text)))
    if not blocks:
        raise refusals.has_no_text(
            "If a browser shows text, save the page from there: a script wrote it"
        )
    article = find_article(blocks, _judged(decoding.text))
    tree = LexborHTMLParser(decoding.text)
    shown = [_block(block, is_text=index in article) for index, block in enumerate(blocks)]
    paths = [block.path for block in blocks]
    return Reading(
        f"{READER}, {_judge_version()}",
        with_standing_pictures(shown, paths, walk.standing),
        html_statements(tree, has_heading=_has_heading(shown)),
        omissions.result(),
        found=tuple(pictures.found),
        reason=f"{decoding.encoding}: {decoding.reason}",
    )


def _has_heading(blocks: Iterable[ReadBlock]) -> bool:
    return any(block.kind == "heading" and not block.removed_by for block in blocks)


def _block(block: HtmlBlock, *, is_text: bool) -> ReadBlock:
    return block.block if is_text else replace(block.block, removed_by=FURNITURE)


def _judged(html: str) -> str:
    """Return what trafilatura takes for the text of the page; empty if it finds none or fails."""
    import trafilatura  # imported here, because it takes a third of a second

    try:
        text = trafilatura.extract(html, fast=True, include_comments=False, include_tables=True)
    except Exception:
        return ""
    return text or ""


def _judge_version() -> str:
    from importlib.metadata import version

    return f"trafilatura {version('trafilatura')}"
