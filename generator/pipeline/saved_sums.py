"""The sums over documents, of which those of a block are made only if one of it changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.engine.derived_values import ValueTable, derive, split_keys
from generator.engine.fingerprint import fingerprint
from generator.engine.incremental import Build
from generator.model import Corpus, SeedPath
from generator.writing.document_sums import DocumentSums, add_sums, sum_documents

_TABLE = ValueTable("sums of documents", DocumentSums)


def saved_sums(build: Build, corpus: Corpus, records: Mapping[SeedPath, bytes]) -> DocumentSums:
    """Return the sums of all documents, and save those of their blocks.

    `records` has the fingerprint of each document without its text and its path.
    """
    blocks = {block[-1]: block for block in split_keys([*corpus.by_source])}

    def sums(labels: Iterable[SeedPath]) -> Iterator[DocumentSums]:
        for label in labels:
            yield sum_documents(corpus.by_source[source] for source in blocks[label])

    inputs = {
        label: fingerprint((block, [*map(records.__getitem__, block)]))
        for label, block in blocks.items()
    }
    return add_sums(derive(build.database, _TABLE, build.program, inputs, sums).values())
