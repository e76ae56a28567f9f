"""Sitemaps of large sites: the protocol allows 50,000 addresses in a file.

Source of the limit: <https://www.sitemaps.org/protocol.html>. A larger sitemap is divided, and its
own file becomes an index of the parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, cast

import msgspec

from generator.model import PagePath
from generator.publishing.rendering.lazy_pages import LazyPages

if TYPE_CHECKING:
    from mkdocs.utils.templates import TemplateContext

MAX_ADDRESSES = 50_000

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


class Sitemap(msgspec.Struct, frozen=True):
    """The sitemap of a site, and the parts that it names if it is an index."""

    text: str
    parts: tuple[tuple[str, str], ...] = ()
    """The name and the text of each part."""


def sitemap_context(context: TemplateContext, days: Mapping[PagePath, str]) -> TemplateContext:
    """Return the context of a sitemap with the days on which pages changed, and with its entries.

    A project's own sitemap may use the pages instead of the entries.
    """
    pages = context["pages"]
    entries = {"entries": pages.sitemap_entries(days)} if isinstance(pages, LazyPages) else {}
    return cast("TemplateContext", {**context, "lastmod": days, **entries})


def divide(text: str, site_url: str, most: int = MAX_ADDRESSES) -> Sitemap:
    """Return a sitemap as it is, or divided into parts of at most `most` addresses.

    `site_url` is the address of the site, with a slash at its end.
    """
    if text.count("<url>") <= most:
        return Sitemap(text)
    parts = tuple(_parts(_entries(text), most))
    names = (f"<sitemap><loc>{escape(site_url + name)}</loc></sitemap>" for name, _ in parts)
    lines = "\n  ".join(names)
    return Sitemap(f"{_HEAD}<sitemapindex {_NAMESPACE}>\n  {lines}\n</sitemapindex>", parts)


def _entries(text: str) -> list[str]:
    """Return the entries of a sitemap, each with the white space before it."""
    head = text.partition("<url>")[0].rstrip()
    return [f"{entry}</url>" for entry in text.removeprefix(head).split("</url>")[:-1]]


def _parts(entries: Sequence[str], most: int) -> Iterator[tuple[str, str]]:
    for start in range(0, len(entries), most):
        body = "".join(entries[start : start + most])
        name = f"sitemap-{start // most + 1}.xml"
        yield name, f"{_HEAD}<urlset {_NAMESPACE}>{body}\n</urlset>"
