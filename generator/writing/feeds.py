"""Atom feeds: of the whole site, of each author and of each entity."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from html import escape

from generator.model import Address, Corpus, OutputFile, PagePath
from generator.writing.addresses import urls
from generator.writing.document_refs import FeedEntry, newest_entries
from generator.writing.site_info import SiteInfo
from generator.writing.tei.xml_text import NO_XML, quoted

_NO_DAY = "1970-01-01"
"""When a feed without entries was updated: its format wants a day."""


def feeds(corpus: Corpus, site_info: SiteInfo) -> Iterator[OutputFile]:
    """Write the feed of the newest documents, and one for each author."""
    sources = (record.source for record in corpus.documents)
    yield atom(urls.FEED, site_info.name, newest_entries(sources, corpus), site_info)
    for author in corpus.authors:
        path = urls.sibling(urls.page_path(author.address), urls.FEED)
        yield atom(path, author.name, newest_entries(author.documents, corpus), site_info)


def atom(
    path: PagePath, title: str, entries: Sequence[FeedEntry], site_info: SiteInfo
) -> OutputFile:
    """Write an Atom feed (RFC 4287) of documents.

    Its times are the days on which documents were added, so drafts, which were not, have no entry;
    they are never the days of documents, nor that of a build, so that the same corpus gives the
    same bytes. An id is formed from the id of the site and an address below it: no other site has
    it, and it survives a move to another host. For a document with a new address, that is the
    address at which it was first published.
    """
    days = [entry.added for entry in entries if entry.added]
    link = (
        f"<link rel='self' href={_quoted(site_info.absolute_url(path))}/>" if site_info.url else ""
    )
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<title>{_text(title)}</title>",
        f"<id>{_identity(path, site_info)}</id>{link}",
        f"<updated>{max(days, default=_NO_DAY)}T00:00:00Z</updated>",
        f"<author><name>{_text(site_info.name or title)}</name></author>",
        *(_entry(entry, site_info) for entry in entries if entry.added),
        "</feed>\n",
    ]
    return OutputFile(path, "\n".join(lines).encode())


def _entry(entry: FeedEntry, site_info: SiteInfo) -> str:
    document = entry.document
    url = site_info.absolute_page(document.address)
    link = f"<link href={_quoted(url)}/>" if site_info.url else ""
    names = "".join(f"<author><name>{_text(name)}</name></author>" for name in document.authors)
    identity = _identity(entry.first_address, site_info)
    return (
        f"<entry><title>{_text(document.title)}</title><id>{identity}</id>{link}"
        f"<updated>{entry.added}T00:00:00Z</updated>{names}"
        f"<summary>{_text(entry.description or '')}</summary></entry>"
    )


def _identity(path: Address | PagePath, site_info: SiteInfo) -> str:
    site = uuid.uuid5(uuid.NAMESPACE_URL, site_info.identity)
    return f"urn:uuid:{uuid.uuid5(site, path)}"


def _text(words: str) -> str:
    return escape(NO_XML.sub("", words), quote=False)


def _quoted(words: str) -> str:
    return quoted(NO_XML.sub("", words))
