"""Words: how texts are cut into them, and how often each stands in each text of a corpus.

The one room that both linking and writing know beside the model: documents are compared, and
found, by the same words, which are cut once.
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
