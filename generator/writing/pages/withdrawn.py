"""What stands at the address of a document that was withdrawn: why and since when, no more."""

from __future__ import annotations

from generator.model import Corpus, OutputFile, Withdrawn
from generator.writing import markup, urls
from generator.writing.dates import in_words
from generator.writing.pages.common import hub_meta, page


def withdrawn_page(withdrawn: Withdrawn, corpus: Corpus) -> OutputFile:
    """Make the page; it shows no word of the text, and the title only if people gave it."""
    said = withdrawn.withdrawal
    since = f" ({in_words(said.date)})" if said.date else ""
    meta = hub_meta(withdrawn.title or "Withdrawn document", "", "withdrawn")
    body = [f"This document was withdrawn{since}."]
    body += [f"Reason: {markup.text(said.reason)}"] if said.reason else []
    return page(urls.page_of(corpus.addresses[withdrawn.source]), meta, body)
