"""Files beside the pages: what proves and what describes them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields

from generator.model import Change, Document, Found, Ledger, OutputFile, Step
from generator.writing import citations, plaintext, urls
from generator.writing.imprint import Imprint
from generator.writing.parts import Part

LEDGER = "ledger.json"
RAW = "source.txt"
"""The seed as it was handed in; never by its own name, which may be that of a program."""


def beside(shown: Part, imprint: Imprint, seed: bytes | None) -> Iterator[OutputFile]:
    """Write what lies beside a document's page.

    Its ledger, so that a copy of the site can be checked; how to cite it, in every form; its plain
    text; and the seed as it was handed in, where that is given.
    """
    document, corpus = shown.document, shown.corpus
    page = urls.page_of(corpus.addresses[document.source])
    cited = citations.work(document, corpus, imprint)
    forms = {
        LEDGER: dump_ledger(document),
        "cite.bib": citations.bibtex(cited).encode(),
        "cite.ris": citations.ris(cited).encode(),
        "cite.csl.json": citations.csl_json(cited).encode(),
        "text.txt": plaintext.encoded(citations.plain_text(cited, document.text)),
    }
    for name, data in (forms if seed is None else {**forms, RAW: seed}).items():
        yield OutputFile(urls.beside(page, name), data)


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
