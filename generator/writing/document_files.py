"""Files beside the pages: what proves and what describes them."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import OutputFile
from generator.model.ledger import LEDGER, dump_ledger
from generator.writing import citations, plain_text
from generator.writing.addresses import urls
from generator.writing.site_info import SiteInfo
from generator.writing.views import DocumentView

RAW = "source.txt"
"""The seed as it was handed in; never by its own name, which may be that of a program."""


def companion_files(
    view: DocumentView, site_info: SiteInfo, seed: bytes | None
) -> Iterator[OutputFile]:
    """Write what lies beside a document's page.

    Its ledger, so that a copy of the site can be checked; how to cite it, in every form; its plain
    text; and the seed as it was handed in, where that is given.
    """
    document, corpus = view.document, view.corpus
    page = urls.page_path(corpus.addresses[document.source])
    cited = citations.cited_work(document, corpus, site_info)
    forms = {
        LEDGER: dump_ledger(document),
        "cite.bib": citations.bibtex(cited).encode(),
        "cite.ris": citations.ris(cited).encode(),
        "cite.csl.json": citations.csl_json(cited).encode(),
        "text.txt": plain_text.encode_plain_text(citations.plain_text(cited, document.text)),
    }
    for name, data in (forms if seed is None else {**forms, RAW: seed}).items():
        yield OutputFile(urls.sibling(page, name), data)
