"""What stands at the address of a document that was withdrawn: why and since when, no more."""

from __future__ import annotations

from generator.model import Corpus, OutputFile, Withdrawn
from generator.writing import markup, urls
from generator.writing.imprint import Imprint
from generator.writing.pages.common import hub_meta, page


def withdrawn_page(withdrawn: Withdrawn, corpus: Corpus, imprint: Imprint) -> OutputFile:
    """Make the page; it shows no word of the text, and the title only if people gave it."""
    said, labels = withdrawn.withdrawal, imprint.labels
    meta = hub_meta(withdrawn.title or labels("withdrawn"), "", "withdrawn")
    dated = labels("withdrawn_on", date=labels.date(said.date)) if said.date else ""
    body = [dated or labels("withdrawn_once")]
    body += [f"{labels('reason')} {markup.text(said.reason)}"] if said.reason else []
    return page(urls.page_of(corpus.addresses[withdrawn.source]), meta, body)
