"""Atom feeds: of the whole site, of each author and of each entity."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from types import MappingProxyType
from xml.sax.saxutils import escape, quoteattr

from generator.model import Address, Corpus, DocumentRecord, OutputFile, PagePath, SeedPath
from generator.writing import date_forms
from generator.writing.addresses import urls
from generator.writing.site_info import SiteInfo
from generator.writing.views import FEED_ENTRIES, DocumentEntry

_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 forbids, also as references."""


def feeds(corpus: Corpus, site_info: SiteInfo) -> Iterator[OutputFile]:
    """Write the feed of the newest documents, and one for each author; entities have theirs."""
    where, first = corpus.addresses, corpus.first_addresses
    newest = ((record, where[record.source]) for record in reversed(corpus.documents))
    yield atom(urls.FEED, site_info.name, newest, site_info, first)
    for author in corpus.authors:
        path = urls.sibling(urls.page_path(author.address), urls.FEED)
        written = ((corpus.by_source[one], where[one]) for one in reversed(author.documents))
        yield atom(path, author.name, written, site_info, first)


def atom(
    path: PagePath,
    title: str,
    documents: Iterable[DocumentEntry],
    site_info: SiteInfo,
    first_addresses: Mapping[SeedPath, Address] = MappingProxyType({}),
) -> OutputFile:
    """Write an Atom feed (RFC 4287) of the first fifty documents with a date.

    Its times are those of the documents, not of the build, so that the same corpus gives the same
    bytes. An id is formed from the id of the site and an address below it: no other site has it,
    and it survives a move to another host. `first_addresses` has the address at which a document
    was first published if it has another one now; the id is formed from the first.
    """
    entries = list(islice((one for one in documents if _day(one[0])), FEED_ENTRIES))
    updated = max((_day(document) for document, _ in entries), default="1970-01-01")
    link = (
        f"<link rel='self' href={_quoted(site_info.absolute_url(path))}/>" if site_info.url else ""
    )
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<title>{_text(title)}</title>",
        f"<id>{_identity(path, site_info)}</id>{link}",
        f"<updated>{updated}T00:00:00Z</updated>",
        f"<author><name>{_text(site_info.name or title)}</name></author>",
        *(
            _entry(
                document,
                address,
                _identity(first_addresses.get(document.source, address), site_info),
                site_info,
            )
            for document, address in entries
        ),
        "</feed>\n",
    ]
    return OutputFile(path, "\n".join(lines).encode())


def _entry(document: DocumentRecord, address: Address, identity: str, site_info: SiteInfo) -> str:
    metadata = document.metadata
    link = f"<link href={_quoted(site_info.absolute_page(address))}/>" if site_info.url else ""
    names = "".join(
        f"<author><name>{_text(author.value)}</name></author>" for author in metadata.authors
    )
    return (
        f"<entry><title>{_text(metadata.title.value)}</title><id>{identity}</id>{link}"
        f"<updated>{_day(document)}T00:00:00Z</updated>{names}"
        f"<summary>{_text(metadata.description)}</summary></entry>"
    )


def _day(document: DocumentRecord) -> str:
    """Return the first day that a document's date can mean, or an empty string."""
    date = document.metadata.date
    return date_forms.first_day(date.value) if date else ""


def _identity(path: Address | PagePath, site_info: SiteInfo) -> str:
    site = uuid.uuid5(uuid.NAMESPACE_URL, site_info.identity)
    return f"urn:uuid:{uuid.uuid5(site, path)}"


def _text(words: str) -> str:
    return escape(_NO_XML.sub("", words))


def _quoted(words: str) -> str:
    return quoteattr(_NO_XML.sub("", words))
