"""Find names of people, organizations and places by rules, in two passes over the corpus.

`count_case` counts how one document capitalizes its words. `CaseModel.fit` sums this up over the
corpus, and `corpus_hints` returns what the second pass must know of it for one document.
`find_names` finds the mentions in a document. All of them are pure.
`load_pipeline` loads a spaCy pipeline that finds the names instead.
"""

from generator.linking.names.case_counts import (
    CaseCounts,
    CaseModel,
    CaseSums,
    CorpusHints,
    EncodedCaseCounts,
    corpus_hints,
    corpus_hints_for_all,
    count_case,
    encode_counts,
    have_same_tendencies,
)
from generator.linking.names.find_in_corpus import find_names_in_corpus
from generator.linking.names.finder import find_names
from generator.linking.names.lexicon import is_everyday_name
from generator.linking.names.spacy_finder import SpacyFinder, load_pipeline
from generator.linking.names.word_lookup import WordLookup

__all__ = [
    "CaseCounts",
    "CaseModel",
    "CaseSums",
    "CorpusHints",
    "EncodedCaseCounts",
    "SpacyFinder",
    "WordLookup",
    "corpus_hints",
    "corpus_hints_for_all",
    "count_case",
    "encode_counts",
    "find_names",
    "find_names_in_corpus",
    "have_same_tendencies",
    "is_everyday_name",
    "load_pipeline",
]
