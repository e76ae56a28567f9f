"""The search page: without JavaScript the ways around it; the theme's script makes the rest."""

from __future__ import annotations

from generator.model import OutputFile
from generator.writing import markup, urls
from generator.writing.pages.common import hub_meta, page


def search_page() -> OutputFile:
    """Make the search page, the same for every corpus."""
    meta = hub_meta("Search", "Search all texts and names, and choose by facets.", "search")
    hubs = (("Timeline", urls.TIMELINE), ("Authors", urls.AUTHORS), ("Home", urls.HOME))
    links = ", ".join(
        markup.link(name, urls.relative(urls.SEARCH, target)) for name, target in hubs
    )
    words = f"Searching needs JavaScript. Every document can be found without it too: {links}."
    return page(urls.SEARCH, meta, [f"{words}\n{{ .sb-search-page }}"])
