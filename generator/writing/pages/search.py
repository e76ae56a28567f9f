"""The search page: links and collections; the theme's script adds the search."""

from __future__ import annotations

from generator.model import Corpus, OutputFile
from generator.writing import markup
from generator.writing.addresses import urls
from generator.writing.document_sums import sum_documents
from generator.writing.pages.collections import collections_section
from generator.writing.pages.common import index_meta, page
from generator.writing.site_info import SiteInfo


def search_page(corpus: Corpus, site_info: SiteInfo) -> OutputFile:
    """Return the search page; the collections are to be seen until something is searched."""
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
    without = f"{labels('search_without')} {links}.\n{{ .sb-search-page }}"
    sums = sum_documents(corpus.documents)
    collections = collections_section(urls.SEARCH, corpus, sums, labels)
    return page(urls.SEARCH, meta, [without, *collections])
