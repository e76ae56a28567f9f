"""Text: words, term counts, sentences, names of people, web addresses and word lists.

Reading, linking, search and writing share it. Documents are compared and searched by the same
words, so each text is split once.
"""

from generator.text.folding import MAX_WORD_LENGTH, fold, is_unspaced, split_words
from generator.text.person_names import CitedName, split_name
from generator.text.term_counts import (
    EncodedText,
    TermMatrix,
    TermMatrixBuilder,
    build_matrix,
    encode_text,
)
from generator.text.tokens import SHINGLE_SIZE, SKETCH_SIZE, profile_text
from generator.text.vocabulary import IdArray, Vocabulary

__all__ = [
    "MAX_WORD_LENGTH",
    "SHINGLE_SIZE",
    "SKETCH_SIZE",
    "CitedName",
    "EncodedText",
    "IdArray",
    "TermMatrix",
    "TermMatrixBuilder",
    "Vocabulary",
    "build_matrix",
    "encode_text",
    "fold",
    "is_unspaced",
    "profile_text",
    "split_name",
    "split_words",
]
