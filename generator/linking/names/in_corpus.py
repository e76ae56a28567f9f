"""Find the names in all documents of a corpus that is in memory."""

from collections.abc import Iterator, Mapping, Sequence

from generator.linking.names.capitalization import (
    corpus_hints_for_all,
    count_case,
)
from generator.linking.names.finder import find_names
from generator.linking.names.spacy_finder import load_pipeline
from generator.model import Document, Mention


def find_names_in_corpus(
    documents: Sequence[Document], chosen: Mapping[str, str]
) -> Iterator[tuple[Mention, ...]]:
    """Find the names of a corpus that is at hand, by our rules or by the pipeline chosen."""
    if "spacy" in chosen:
        yield from map(load_pipeline(chosen["spacy"]).find_names, documents)
    else:
        yield from map(
            find_names,
            documents,
            corpus_hints_for_all([count_case(document) for document in documents]),
        )
