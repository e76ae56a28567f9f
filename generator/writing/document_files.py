"""Files in the folder of a document's page: ledger, citations, plain text and seed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.model import OutputFile
from generator.model.ledger import LEDGER, dump_ledger
from generator.writing import citations, plain_text
from generator.writing.addresses import urls
from generator.writing.citations import CitedWork
from generator.writing.tei.document import TEI_FILE, tei_file
from generator.writing.views import DocumentView

RAW = "source.txt"
"""The name of the copied seed; its own name may be that of a program, so it is not used."""


def companion_files(
    view: DocumentView, cited: CitedWork, tei: bytes, copies: Mapping[str, bytes]
) -> Iterator[OutputFile]:
    """Write the files in the folder of a document's page.

    These are its ledger, so that a copy of the site can be checked; its citation in every form; its
    text in TEI, of which `tei` is the part in the whole corpus; its plain text; and the copies of
    the seed.
    """
    document = view.document
    page = urls.page_path(view.address)
    files = {
        LEDGER: dump_ledger(document),
        "cite.bib": citations.bibtex(cited).encode(),
        "cite.ris": citations.ris(cited).encode(),
        "cite.csl.json": citations.csl_json(cited),
        TEI_FILE: tei_file(tei),
        "text.txt": plain_text.encode_plain_text(citations.plain_text(cited, document.text)),
    }
    for name, data in {**files, **copies}.items():
        yield OutputFile(urls.sibling(page, name), data)
