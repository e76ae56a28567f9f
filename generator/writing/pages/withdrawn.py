"""What stands at the address of a document that was withdrawn: why and since when, no more."""

from __future__ import annotations

from generator.model import Corpus, OutputFile, WithdrawnDocument
from generator.writing import markup
from generator.writing.addresses import urls
from generator.writing.pages.common import index_meta, page
from generator.writing.site_info import SiteInfo


def withdrawn_page(withdrawn: WithdrawnDocument, corpus: Corpus, site_info: SiteInfo) -> OutputFile:
    """Make the page; it shows no word of the text, and the title only if people gave it."""
    said, labels = withdrawn.withdrawal, site_info.labels
    meta = index_meta(withdrawn.title or labels("withdrawn"), "", "withdrawn")
    dated = labels("withdrawn_on", date=labels.date(said.date)) if said.date else ""
    body = [dated or labels("withdrawn_once")]
    body += [f"{labels('reason')} {markup.escape(said.reason)}"] if said.reason else []
    return page(urls.page_path(corpus.addresses[withdrawn.source]), meta, body)
