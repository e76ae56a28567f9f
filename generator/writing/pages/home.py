"""The front page: what the corpus is, and what is new in it."""

from __future__ import annotations

from generator.model import Corpus, OutputFile
from generator.writing import markup, urls
from generator.writing.pages.common import count_of, hub_meta, listing, page, year_of

_NEWEST = 10
"""How many documents the home page lists."""


def home_page(corpus: Corpus, site_description: str) -> OutputFile:
    """Make the front page; an empty corpus says how to fill it."""
    # No title: the template prints the site's name, and browsers show it once.
    meta = hub_meta("", site_description, "home")
    intro = [markup.line(site_description)] if site_description else []
    if not corpus.documents:
        advice = "This corpus is empty. Put plain-text files into the seeds folder and build again."
        return page(urls.HOME, meta, [*intro, advice])
    newest = list(reversed(corpus.documents))[:_NEWEST]
    return page(
        urls.HOME,
        meta,
        [
            *intro,
            _summary(corpus),
            markup.heading(2, "Newest documents"),
            *listing(urls.HOME, newest, corpus),
            markup.link("All documents by date", urls.TIMELINE),
        ],
    )


def _summary(corpus: Corpus) -> str:
    words = sum(document.words for document in corpus.documents)
    years = [year_of(document) for document in corpus.documents if document.metadata.date]
    parts = [count_of(len(corpus.documents), "document"), count_of(words, "word")]
    if years:
        span = years[0] if years[0] == years[-1] else f"{years[0]} to {years[-1]}"
        parts.append(f"from {span}")
    return f"{', '.join(parts)}."
