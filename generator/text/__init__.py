"""Text: words, term counts, sentences, names of people, web addresses and word lists.

Reading, linking, search and writing share it. Documents are compared and searched by the same
words, so each text is split once. What needs numpy or tables is not handed on here: a build in
which nothing changed does not load it.
"""

from generator.text.tokenizer import MAX_WORD_LENGTH, fold, is_unspaced, split_words

__all__ = [
    "MAX_WORD_LENGTH",
    "fold",
    "is_unspaced",
    "split_words",
]
