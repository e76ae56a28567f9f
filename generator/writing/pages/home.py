"""The front page: what the corpus is, what is new in it, and whom it speaks of most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from generator.model import Corpus, DocumentRecord, OutputFile, PagePath, SeedPath
from generator.writing import markup
from generator.writing.addresses import urls
from generator.writing.pages.common import (
    date_and_authors,
    document_list,
    index_meta,
    link_to,
    page,
    year_of,
)
from generator.writing.pages.timeline import time_chart
from generator.writing.site_info import SiteInfo

_NEWEST = 9
"""How many documents the home page shows."""

_LEADING = 3
"""How many of them with their first words."""

_MOST_NAMED = 10
"""How many names of each kind."""


def home_page(corpus: Corpus, site_info: SiteInfo) -> OutputFile:
    """Make the front page; an empty corpus says how to fill it."""
    # No title: the template prints the site's name, and browsers show it once.
    meta = index_meta("", site_info.description, "home")
    if not corpus.documents:
        return page(urls.HOME, meta, [site_info.labels("home_empty")])
    meta["summary"] = markup.html_safe(_summary(corpus, site_info))
    dated = [document for document in corpus.documents if document.metadata.date]
    newest = list(islice(_once(reversed(dated or corpus.documents), corpus), _NEWEST))
    front = [_lead(newest[:_LEADING], corpus, site_info), *_more(newest, corpus, site_info)]
    sections = [markup.block("sb-front", front), *_by_time(corpus, site_info)]
    named = list(_most_named(corpus, site_info))
    return page(urls.HOME, meta, [*sections, *([markup.block("sb-hubs", named)] if named else [])])


def _once(documents: Iterable[DocumentRecord], corpus: Corpus) -> Iterator[DocumentRecord]:
    """Leave out what is a version of a document before it: a front page tells nothing twice."""
    told: set[SeedPath] = set()
    for document in documents:
        if document.source not in told:
            kinship = corpus.relations.get(document.source)
            told.update(kinship.versions if kinship else ())
            yield document


def _lead(documents: list[DocumentRecord], corpus: Corpus, site_info: SiteInfo) -> str:
    """The newest documents with their first words, the very newest below the largest heading."""
    sections: list[str] = []
    for index, document in enumerate(documents):
        metadata = document.metadata
        title = markup.link(metadata.title.value, link_to(urls.HOME, document, corpus))
        words = metadata.standfirst.value if metadata.standfirst else metadata.description
        sections += (f"{'###' if index else '##'} {title}", markup.escape_line(words))
        sections.append(date_and_authors(document, site_info.labels).strip())
    return markup.block("sb-lead", filter(None, sections), "section")


def _more(newest: list[DocumentRecord], corpus: Corpus, site_info: SiteInfo) -> list[str]:
    """The documents beside the leading ones; a small corpus has none."""
    labels = site_info.labels
    if not newest[_LEADING:]:
        return []
    sections = [
        markup.heading(2, labels("more")),
        *document_list(urls.HOME, newest[_LEADING:], corpus, labels),
        markup.link(labels("all"), urls.TIMELINE),
    ]
    return [markup.block("sb-recent", sections, "section")]


def _by_time(corpus: Corpus, site_info: SiteInfo) -> list[str]:
    """The chart of all documents by date, below its heading."""
    drawn = time_chart(urls.HOME, corpus, site_info)
    title = f"## {markup.link(site_info.labels('by_time'), urls.TIMELINE)}"
    return [markup.block("sb-when", [title, *drawn], "section")] if drawn else []


def _most_named(corpus: Corpus, site_info: SiteInfo) -> Iterator[str]:
    """The names that stand in most documents, by kind; a kind without names is left out."""
    for hub in site_info.hubs:
        found = sorted(_names(hub, corpus), key=_most_first)[:_MOST_NAMED]
        if found:
            # In a corpus of one document every count is one, and says nothing.
            counted = len(corpus.documents) > 1
            chips = (
                f"- {markup.link(name, target)}" + f" {site_info.labels.number(count)}" * counted
                for name, count, _, target in found
            )
            title = f"## {markup.link(site_info.labels(hub), urls.hub_page(hub))}"
            yield markup.block("sb-named", [title, "\n".join(chips)], "section")


_Name = tuple[str, int, int, PagePath]
"""A name, how many documents and mentions it has, and where its page is."""


def _most_first(name: _Name) -> tuple[int, int, str]:
    said, documents, mentions, _ = name
    return -documents, -mentions, said


def _names(hub: str, corpus: Corpus) -> Iterator[_Name]:
    if hub == "authors":
        for author in corpus.authors:
            yield author.name, len(author.documents), 0, urls.page_path(author.address)
    for entity in corpus.entities.entities.values():
        if urls.HUBS[entity.kind] == hub and entity.address:
            yield entity.name, entity.documents, entity.mentions, urls.entity_page(entity.id)


def _summary(corpus: Corpus, site_info: SiteInfo) -> str:
    labels = site_info.labels
    counts = {
        "documents": labels.count(len(corpus.documents), "document"),
        "words": labels.count(sum(document.words for document in corpus.documents), "word"),
    }
    years = [year_of(document) for document in corpus.documents if document.metadata.date]
    if not years:
        return labels("summary_undated", **counts)
    first, last = years[0], years[-1]
    span = (
        labels("span_one", year=first) if first == last else labels("span", first=first, last=last)
    )
    return labels("summary", **counts, span=span)
