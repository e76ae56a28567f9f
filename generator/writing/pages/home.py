"""The front page: what the corpus is, and what is new in it."""

from __future__ import annotations

from generator.model import Corpus, Document, OutputFile
from generator.writing import markup, urls
from generator.writing.imprint import Imprint
from generator.writing.pages.common import facts, hub_meta, link_to, listing, page, year_of

_NEWEST = 10
"""How many documents the home page lists."""


def home_page(corpus: Corpus, imprint: Imprint) -> OutputFile:
    """Make the front page; an empty corpus says how to fill it."""
    # No title: the template prints the site's name, and browsers show it once.
    meta = hub_meta("", imprint.description, "home")
    if not corpus.documents:
        return page(urls.HOME, meta, [imprint.labels("home_empty")])
    meta["summary"] = markup.html_safe(_summary(corpus, imprint))
    newest = list(reversed([d for d in corpus.documents if d.metadata.date])) or list(
        corpus.documents
    )
    front = markup.block(
        "sb-front", [_lead(newest[0], corpus, imprint), *_more(newest, corpus, imprint)]
    )
    return page(urls.HOME, meta, [front])


def _lead(document: Document, corpus: Corpus, imprint: Imprint) -> str:
    said = document.metadata
    title = f"## {markup.link(said.title.value, link_to(urls.HOME, document, corpus))}"
    sections = [title, *([markup.line(said.description)] if said.description else [])]
    sections.append(facts(document, imprint.labels).strip())
    return markup.block("sb-lead", filter(None, sections), "section")


def _more(newest: list[Document], corpus: Corpus, imprint: Imprint) -> list[str]:
    """The documents beside the first one; a corpus of one document has none."""
    labels = imprint.labels
    if not newest[1:]:
        return []
    return [
        markup.block(
            "sb-recent",
            [
                markup.heading(2, labels("more")),
                *listing(urls.HOME, newest[1:_NEWEST], corpus, labels),
                markup.link(labels("all"), urls.TIMELINE),
            ],
            "section",
        )
    ]


def _summary(corpus: Corpus, imprint: Imprint) -> str:
    labels = imprint.labels
    counts = {
        "documents": labels.count(len(corpus.documents), "document"),
        "words": labels.count(sum(document.words for document in corpus.documents), "word"),
    }
    years = [year_of(document) for document in corpus.documents if document.metadata.date]
    if not years:
        return labels("summary_undated", **counts)
    one = years[0] == years[-1]
    span = (
        labels("span_one", year=years[0]) if one else labels("span", first=years[0], last=years[-1])
    )
    return labels("summary", **counts, span=span)
