"""The timeline: every document by its year, the undated in a group of their own."""

from __future__ import annotations

from itertools import groupby

from generator.model import Corpus, OutputFile
from generator.writing import markup, urls
from generator.writing.pages.common import hub_meta, listing, page, year_of


def timeline_page(corpus: Corpus) -> OutputFile:
    """Make the timeline."""
    meta = hub_meta("Timeline", "All documents in the order of their dates.", "timeline")
    dated = [document for document in corpus.documents if document.metadata.date]
    undated = [document for document in corpus.documents if not document.metadata.date]
    sections: list[str] = []
    for year, documents in groupby(dated, key=year_of):
        sections += (markup.heading(2, year), *listing(urls.TIMELINE, documents, corpus))
    if undated:
        sections += (markup.heading(2, "Without a date"), *listing(urls.TIMELINE, undated, corpus))
    return page(urls.TIMELINE, meta, sections or ["This corpus has no documents yet."])
