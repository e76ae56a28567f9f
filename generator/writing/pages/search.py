"""The search page: links for readers without JavaScript; the theme's script adds the search."""

from __future__ import annotations

from generator.model import OutputFile
from generator.writing import markup
from generator.writing.addresses import urls
from generator.writing.pages.common import index_meta, page
from generator.writing.site_info import SiteInfo


def search_page(site_info: SiteInfo) -> OutputFile:
    """Return the search page, which is the same for every corpus."""
    labels = site_info.labels
    meta = index_meta(labels("search"), labels("search_about"), "search")
    hubs = (
        ("timeline", urls.TIMELINE),
        ("names_index", urls.NAMES_INDEX),
        ("authors", urls.AUTHORS),
        ("home", urls.HOME),
    )
    links = ", ".join(
        markup.link(labels(name), urls.relative(urls.SEARCH, target)) for name, target in hubs
    )
    return page(urls.SEARCH, meta, [f"{labels('search_without')} {links}.\n{{ .sb-search-page }}"])
