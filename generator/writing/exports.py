"""Files beside the pages: what proves and what describes them."""

from __future__ import annotations

import json
from collections.abc import Iterator

from generator.model import Change, Corpus, Document, Ledger, OutputFile, Step
from generator.writing import urls

LEDGER = "ledger.json"


def ledgers(corpus: Corpus) -> Iterator[OutputFile]:
    """Write each document's ledger beside its page, so that a copy of the site can be checked."""
    for document in corpus.documents:
        path = urls.beside(urls.page_of(corpus.addresses[document.source]), LEDGER)
        yield OutputFile(path, dump_ledger(document))


def dump_ledger(document: Document) -> bytes:
    """Write a ledger as JSON: a list of steps, each with its changes as start, before, after."""
    steps = [
        {"rule": step.rule, "changes": [[c.start, c.before, c.after] for c in step.changes]}
        for step in document.ledger
    ]
    record = {"source": document.source, "sha256": document.digest, "steps": steps}
    return f"{json.dumps(record, ensure_ascii=False, separators=(',', ':'))}\n".encode()


def load_ledger(data: bytes) -> Ledger:
    """Read back what `dump_ledger` wrote."""
    return tuple(
        Step(step["rule"], tuple(Change(*change) for change in step["changes"]))
        for step in json.loads(data)["steps"]
    )
