"""Names of people, organizations and places, found without a model in two passes.

`count` reads each seed once and gives what its capitals tell; `tabulate` makes of all these a
small table; `find` reads each seed again and gives its mentions. All three are pure.
`load` puts a spaCy pipeline of the user's own in the place of all that.
"""

from generator.linking.names.capitalization import (
    CaseColumns,
    CaseCounts,
    CaseModel,
    CorpusHints,
    Packed,
    corpus_hints,
    corpus_hints_for_all,
    count_case,
    encode_counts,
)
from generator.linking.names.finder import find_names
from generator.linking.names.in_corpus import find_names_in_corpus
from generator.linking.names.spacy_finder import SpacyFinder, load_pipeline

__all__ = [
    "CaseColumns",
    "CaseCounts",
    "CaseModel",
    "CorpusHints",
    "Packed",
    "SpacyFinder",
    "corpus_hints",
    "corpus_hints_for_all",
    "count_case",
    "encode_counts",
    "find_names",
    "find_names_in_corpus",
    "load_pipeline",
]
