"""Words: how texts are cut into them, and how often each stands in each text of a corpus.

The one room that both linking and writing know beside the model: documents are compared, and
found, by the same words, which are cut once.
"""

from generator.words.counted import Counted, Numbered, Pieces, gather, numbered
from generator.words.folding import LONGEST, fold, spaceless, words
from generator.words.numbering import Numbering, Numbers
from generator.words.persons import Name, divided
from generator.words.tokens import SHINGLE, SKETCH, tokens

__all__ = [
    "LONGEST",
    "SHINGLE",
    "SKETCH",
    "Counted",
    "Name",
    "Numbered",
    "Numbering",
    "Numbers",
    "Pieces",
    "divided",
    "fold",
    "gather",
    "numbered",
    "spaceless",
    "tokens",
    "words",
]
