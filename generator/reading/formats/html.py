"""Web pages: every visible word is in the reading, and the furniture of the page leaves by name."""

from __future__ import annotations

import re
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

from generator.model import Decoding
from generator.model.readings import ReadBlock, Reading
from generator.reading.decode import decode
from generator.reading.formats import refusals
from generator.reading.formats.html_article import find_article
from generator.reading.formats.html_statements import html_statements
from generator.reading.formats.html_walk import HtmlBlock, HtmlWalk

READER = "html 1"
FURNITURE = "page furniture"
"""The ledger's name for the removal of menus, teasers and notices."""

_DECLARED = re.compile(rb"<meta\b[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})")

_WHATWG = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "big5": "big5hkscs",
    "windows-950": "cp950",
    "x-sjis": "cp932",
}
"""Names of encodings that mean another one on the web and in mail (encoding.spec.whatwg.org)."""


def decode_declared(data: bytes, declared: str) -> Decoding | None:
    """Decode bytes as UTF-8 if they are valid, or else as declared, or else by their statistics."""
    try:
        return Decoding(data.decode("utf-8-sig"), "utf-8", "the bytes are valid UTF-8")
    except UnicodeDecodeError:
        pass
    codec = _WHATWG.get(declared.lower(), declared.lower())
    try:
        text = data.decode(codec, "strict") if codec != "cp1252" else _windows(data)
        return Decoding(text, codec, f"the file declares {declared}")
    except (LookupError, UnicodeError, ValueError):
        return decode(data)


def _windows(data: bytes) -> str:
    """Decode Windows-1252 as browsers do: five bytes that it does not define are controls."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data) if (
        re.search(rb"[\x81\x8d\x8f\x90\x9d]", data)
    ) else data.decode("cp1252")


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
    walk = HtmlWalk()
    blocks = walk.read(decoding.text)
    if not blocks:
        raise refusals.has_no_text(
            "If a browser shows text, save the page from there: a script wrote it"
        )
    article = find_article(blocks, _judged(decoding.text))
    tree = LexborHTMLParser(decoding.text)
    return Reading(
        f"{READER}, {_judge_version()}",
        tuple(_block(block, is_text=index in article) for index, block in enumerate(blocks)),
        html_statements(tree),
        walk.omissions.result(),
        reason=f"{decoding.encoding}: {decoding.reason}",
    )


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
