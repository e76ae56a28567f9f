"""Names of people, organizations and places, found without a model in two passes.

`count` reads each seed once and gives what its capitals tell; `tabulate` makes of all these a
small table; `find` reads each seed again and gives its mentions. All three are pure.
`load` puts a spaCy pipeline of the user's own in the place of all that.
"""

from collections.abc import Iterator, Mapping, Sequence

from generator.linking.names.counts import (
    Capitals,
    NameCounts,
    NameTable,
    Packed,
    Tendencies,
    count,
    numbered,
    table,
    tabulate,
)
from generator.linking.names.finder import find
from generator.linking.names.foreign import Foreigner, load
from generator.model import Document, Mention

__all__ = [
    "Capitals",
    "Foreigner",
    "NameCounts",
    "NameTable",
    "Packed",
    "Tendencies",
    "count",
    "find",
    "find_all",
    "load",
    "numbered",
    "table",
    "tabulate",
]


def find_all(
    documents: Sequence[Document], chosen: Mapping[str, str]
) -> Iterator[tuple[Mention, ...]]:
    """Find the names of a corpus that is at hand, by our rules or by the pipeline chosen."""
    if "spacy" in chosen:
        yield from map(load(chosen["spacy"]).find, documents)
    else:
        yield from map(find, documents, tabulate([count(document) for document in documents]))
