"""The page at the address of a withdrawn document: the reason and the date, no more."""

from __future__ import annotations

from generator.model import Corpus, OutputFile, WithdrawnDocument
from generator.writing import markup
from generator.writing.addresses import urls
from generator.writing.pages.common import index_meta, page
from generator.writing.site_info import SiteInfo


def withdrawn_page(withdrawn: WithdrawnDocument, corpus: Corpus, site_info: SiteInfo) -> OutputFile:
    """Return the page, without a word of the text; its title is the one in the corrections."""
    withdrawal, labels = withdrawn.withdrawal, site_info.labels
    meta = index_meta(withdrawn.title or labels("withdrawn"), "", "withdrawn")
    dated = labels("withdrawn_on", date=labels.date(withdrawal.date)) if withdrawal.date else ""
    body = [dated or labels("withdrawn_once")]
    body += [f"{labels('reason')} {markup.escape(withdrawal.reason)}"] if withdrawal.reason else []
    return page(urls.page_path(corpus.addresses[withdrawn.source]), meta, body)
