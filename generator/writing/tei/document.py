"""A document as a TEI file, and the corpus as a file with all of them.

The text of an element is that of its block, with `lb` for a line end; `l`, `row`, `cell` and
`addrLine` are parts of one. Names have the `key` of entities.csv, and blocks the paragraph ids of
mentions.csv, after the id of their document.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import quote

from generator.model import (
    Address,
    Document,
    DocumentRecord,
    Extracted,
    Metadata,
    PagePath,
    SeedPath,
    parse_edtf,
)
from generator.text.paragraph_ids import paragraph_ids
from generator.text.rights import parse_rights
from generator.writing.mentions import EntityMention, entity_mentions
from generator.writing.site_info import SiteInfo
from generator.writing.tei.body import body
from generator.writing.tei.elements import PlacedBlock
from generator.writing.tei.inline import InlineWords
from generator.writing.tei.xml_text import element, text_element, xml_words
from generator.writing.views import DocumentView

CORPUS_TEI = PagePath("data/corpus.tei.xml")

NAMESPACE = "http://www.tei-c.org/ns/1.0"

_PROLOGUE = '<?xml version="1.0" encoding="UTF-8"?>\n'

TEI_FILE = "tei.xml"
"""The name of a document's file, which differs from its part of the corpus in the first bytes."""

FILE_START = f'{_PROLOGUE}<TEI xmlns="{NAMESPACE}"'.encode()
PART_START = b"<TEI"


def tei_part(view: DocumentView, site_info: SiteInfo) -> bytes:
    """Return a document as a part of the corpus."""
    document = view.document
    metadata, identity = document.metadata, document_id(view.address)
    language = metadata.language.value if metadata.language else None
    text = element("text", body(_placed(view, identity)), xml_lang=language)
    whole = element("TEI", f"\n{_header(view, site_info)}\n{text}\n", xml_id=identity)
    return f"{whole}\n".encode()


def tei_file(part: bytes) -> bytes:
    """Return a part of the corpus as a file of its own."""
    return FILE_START + part.removeprefix(PART_START)


def corpus_head(site_info: SiteInfo) -> bytes:
    """Return the beginning of the corpus, before its documents."""
    title = element("titleStmt", text_element("title", site_info.name) or element("title", ""))
    source = element("sourceDesc", element("p", "The files of the corpus."))
    publication = _publication(site_info, site_info.url)
    header = element("teiHeader", element("fileDesc", title + publication + source))
    return f'{_PROLOGUE}<teiCorpus xmlns="{NAMESPACE}">\n{header}\n'.encode()


CORPUS_TAIL = b"</teiCorpus>\n"


def document_id(address: Address) -> str:
    """Return the id of a document, which no other document of the site has."""
    return f"d.{address.removeprefix('documents/').removesuffix('/').replace('/', '.')}"


def _placed(view: DocumentView, identity: str) -> list[PlacedBlock]:
    blocks = view.document.shown_blocks
    mentions: dict[int, list[EntityMention]] = defaultdict(list)
    for found in entity_mentions(view):
        mentions[found.mention.block].append(found)
    names = paragraph_ids(block.text for block in blocks)
    placed, notes = [], 0
    for index, (block, name) in enumerate(zip(blocks, names, strict=True)):
        notes += block.kind == "note"
        words = InlineWords(block, mentions[index], identity)
        placed.append(PlacedBlock(block, name, identity, words, notes))
    return placed


def _header(view: DocumentView, site_info: SiteInfo) -> str:
    document = view.document
    metadata = document.metadata
    title = text_element("title", metadata.title.value) or element("title", "")
    authors = "".join(text_element("author", author.value) for author in metadata.authors)
    description = element(
        "fileDesc",
        element("titleStmt", title + authors)
        + _publication(site_info, site_info.absolute_page(view.address), metadata.rights)
        + element("sourceDesc", _source(document)),
    )
    return element("teiHeader", description + _profile(metadata))


def _publication(
    site_info: SiteInfo, address: str | None, stated: Extracted[str] | None = None
) -> str:
    publisher = text_element("publisher", site_info.name) or element("publisher", "")
    url = text_element("idno", address, type="URL")
    return element("publicationStmt", publisher + url + _availability(stated))


def _availability(stated: Extracted[str] | None) -> str:
    if stated is None:
        return ""
    rights = parse_rights(stated.value)
    return element("availability", text_element("licence", rights.words, target=rights.url))


def _source(document: Document | DocumentRecord) -> str:
    metadata = document.metadata
    bibliography = (
        text_element("title", metadata.title.value) or element("title", ""),
        _date(metadata),
        text_element("publisher", _value(metadata.publication)),
        _path(document.source),
        text_element("idno", document.digest, type="SHA-256"),
    )
    return element("bibl", "".join(bibliography))


def _path(source: SeedPath) -> str:
    """Return the path of a seed, with percent signs if XML cannot have all of its characters."""
    if xml_words(source) == source:
        return text_element("idno", source, type="path")
    escaped = quote(os.fsencode(source))
    return text_element("idno", escaped, type="path", subtype="percent-encoded")


def _profile(metadata: Metadata) -> str:
    parts = [
        element("creation", _date(metadata)) if metadata.date else "",
        element("langUsage", _language(metadata.language)) if metadata.language else "",
        "".join(_correspondence(metadata)),
    ]
    inside = "".join(parts)
    return element("profileDesc", inside) if inside else ""


def _language(language: Extracted[str]) -> str:
    return text_element("language", language.value, ident=language.value)


def _correspondence(metadata: Metadata) -> Iterator[str]:
    """Yield the description of a letter: from whom and where, and to whom."""
    sent = text_element("name", _value(metadata.sender))
    sent += text_element("placeName", _value(metadata.place))
    received = text_element("name", _value(metadata.recipient))
    if metadata.recipient and metadata.sender:
        actions = element("correspAction", sent + _date(metadata), type="sent")
        actions += element("correspAction", received, type="received")
        yield element("correspDesc", actions)


def _date(metadata: Metadata) -> str:
    """Return the date, with attributes where it is exact."""
    if metadata.date is None:
        return ""
    edtf = parse_edtf(metadata.date.value)
    when = edtf.first.iso if edtf and edtf.is_exact else None
    return text_element("date", metadata.date.value, when=when)


def _value(value: Extracted[str] | None) -> str:
    return value.value if value else ""
