"""The timeline: every document by its year, the undated in a group of their own."""

from __future__ import annotations

from itertools import groupby

from generator.model import Corpus, OutputFile
from generator.writing import markup, urls
from generator.writing.imprint import Imprint
from generator.writing.pages.common import hub_meta, listing, page, year_of


def timeline_page(corpus: Corpus, imprint: Imprint) -> OutputFile:
    """Make the timeline."""
    labels = imprint.labels
    meta = hub_meta(labels("timeline"), labels("timeline_about"), "timeline")
    dated = [document for document in corpus.documents if document.metadata.date]
    undated = [document for document in corpus.documents if not document.metadata.date]
    sections: list[str] = []
    for year, documents in groupby(dated, key=year_of):
        sections += (
            markup.heading(2, year),
            *listing(urls.TIMELINE, documents, corpus, labels),
        )
    if undated:
        sections += (
            markup.heading(2, labels("undated")),
            *listing(urls.TIMELINE, undated, corpus, labels),
        )
    return page(urls.TIMELINE, meta, sections or [labels("timeline_empty")])
