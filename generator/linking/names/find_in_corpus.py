"""Find the names in a corpus that is in memory."""

from collections.abc import Iterator, Mapping, Sequence

from generator.linking.names.case_counts import corpus_hints_for_all, count_case
from generator.linking.names.finder import find_names
from generator.linking.names.spacy_finder import load_pipeline
from generator.model import Document, Mention


def find_names_in_corpus(
    documents: Sequence[Document], setting: Mapping[str, str]
) -> Iterator[tuple[Mention, ...]]:
    """Yield the mentions of each document, in order.

    `setting` is `extra.seedbed.names`: with a key `spacy`, that pipeline finds the names instead of
    the rules of this package.
    """
    if "spacy" in setting:
        yield from map(load_pipeline(setting["spacy"]).find_names, documents)
    else:
        yield from map(
            find_names,
            documents,
            corpus_hints_for_all([count_case(document) for document in documents]),
        )
