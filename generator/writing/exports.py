"""Files beside the pages: what proves and what describes them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields

from generator.model import Change, Corpus, Document, Found, Ledger, OutputFile, Step
from generator.writing import citations, urls
from generator.writing.imprint import Imprint

LEDGER = "ledger.json"
RAW = "source.txt"
"""The seed as it was handed in; never by its own name, which may be that of a program."""


def ledgers(corpus: Corpus) -> Iterator[OutputFile]:
    """Write each document's ledger beside its page, so that a copy of the site can be checked."""
    for document in corpus.documents:
        path = urls.beside(urls.page_of(corpus.addresses[document.source]), LEDGER)
        yield OutputFile(path, dump_ledger(document))


def citation_files(corpus: Corpus, imprint: Imprint) -> Iterator[OutputFile]:
    """Write how to cite each document, in every form, and its plain text."""
    for document in corpus.documents:
        page = urls.page_of(corpus.addresses[document.source])
        cited = citations.work(document, corpus, imprint)
        forms = {
            "cite.bib": citations.bibtex(cited),
            "cite.ris": citations.ris(cited),
            "cite.csl.json": citations.csl_json(cited),
            "text.txt": citations.plain_text(cited, document.text),
        }
        for name, text in forms.items():
            yield OutputFile(urls.beside(page, name), text.encode())


def raw_seed(document: Document, corpus: Corpus, data: bytes) -> OutputFile:
    """Write a seed as it was handed in beside its page."""
    page = urls.page_of(corpus.addresses[document.source])
    return OutputFile(urls.beside(page, RAW), data)


def dump_ledger(document: Document) -> bytes:
    """Write a ledger as JSON: what the page says of the document, and what was changed.

    A value comes with the rule that took it and its evidence; a step with its changes, each as
    start, before and after.
    """
    steps = [
        {"rule": step.rule, "changes": [[c.start, c.before, c.after] for c in step.changes]}
        for step in document.ledger
    ]
    record = {
        "source": document.source,
        "sha256": document.digest,
        "values": list(_values(document)),
        "steps": steps,
    }
    return f"{json.dumps(record, ensure_ascii=False, separators=(',', ':'))}\n".encode()


def load_ledger(data: bytes) -> Ledger:
    """Read back what `dump_ledger` wrote."""
    return tuple(
        Step(step["rule"], tuple(Change(*change) for change in step["changes"]))
        for step in json.loads(data)["steps"]
    )


def _values(document: Document) -> Iterator[dict[str, str | int | None]]:
    """Every value of the metadata under its key in the front matter, with its evidence."""
    said = document.metadata
    for field in fields(said):
        found = getattr(said, field.name)
        for one in found if isinstance(found, tuple) else (found,):
            if isinstance(one, Found) and isinstance(one.value, str):
                yield {
                    "field": field.name,
                    "value": one.value,
                    "rule": one.rule,
                    "line": one.line,
                    "quote": one.quote,
                }
