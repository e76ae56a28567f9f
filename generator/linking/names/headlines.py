"""Headlines and titles of works, in which nearly every word is capitalized."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Mapping, Sequence
from typing import NamedTuple

from generator.linking.names.capitalized_words import CapitalizedWord
from generator.linking.names.knowledge import Knowledge

_QUOTED = re.compile(r'["“«]([^"“”«»\n]{3,60})["”»]')

_MIN_WORDS = 4
_MAX_WORDS = 25
"""Words in a headline."""

_MAX_NAME_WORDS = 6
_MAX_NAME_CHARACTERS = 80
"""Size of a name in a headline."""


class RepeatedName(NamedTuple):
    """A name in a headline that the rest of the document has too, or a big place."""

    start: int
    end: int
    name: str
    """The name as the rest of the document, or the word lists, write it."""


def is_headline(text: str, words: Sequence[CapitalizedWord], knowledge: Knowledge) -> bool:
    """Whether a block is in Title Case or in capitals.

    In Title Case, three in four of the longer words are capitalized, and a third of the capitalized
    words are everyday words.
    """
    tokens = [] if text.endswith(".") else text.split()
    if not _MIN_WORDS <= len(tokens) <= _MAX_WORDS:
        return False
    if text[-1] in '?!”"' and len(tokens) > 6:
        return False
    if sum(token.isdigit() for token in tokens) > 1:
        return False  # "Leeds 2 Coventry 1"
    if text.isupper():
        return True
    long_words = [token for token in tokens if len(token) > 3 and token[0].isalpha()]
    capitalized = [word for word in long_words if word[0].isupper()]
    if len(capitalized) <= 0.75 * len(long_words) or knowledge.cues.nouns_have_capitals:
        return False
    inner = [word.text for word in words if not word.opens_sentence]
    everyday = [word for word in inner if _is_everyday(word, knowledge)]
    return len(everyday) >= max(1.0, 0.34 * len(inner))


def quoted_works(text: str) -> Container[int]:
    """Return the positions inside titles of works: words in quotes, the long ones capitalized."""
    positions: set[int] = set()
    for match in _QUOTED.finditer(text):
        words = match[1].rstrip(",.").split()
        long_words = [word for word in words if len(word) > 3]
        if (
            len(words) > 1
            and long_words
            and all(word[0].isupper() for word in [words[0], *long_words])
        ):
            positions.update(range(*match.span()))
    return positions


def fold_case(name: str) -> str:
    """Return a name without case and accents; lines in capitals often leave out accents."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    if letters.isascii():
        return letters
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _is_everyday(word: str, knowledge: Knowledge) -> bool:
    """Whether a word is a function word, or a common word that is no given name and no place."""
    if word.lower() in knowledge.cues.function:
        return True
    gazetteer = knowledge.gazetteer
    return (
        knowledge.word_frequency(word) >= 4.0
        and word not in gazetteer.given
        and word not in gazetteer.places
        and knowledge.capitalization(word) <= 0
    )


def find_repeated_names(
    text: str, words: Sequence[CapitalizedWord], names: Mapping[str, str], knowledge: Knowledge
) -> list[RepeatedName]:
    """Return the names in a headline, from left to right; the longest wins where two overlap.

    `names` maps folded names of the document to the names.
    """
    repeated_names: list[RepeatedName] = []
    index = 0
    while index < len(words):
        for size in range(min(_MAX_NAME_WORDS, len(words) - index), 0, -1):
            start, end = words[index].start, words[index + size - 1].end
            if end - start > _MAX_NAME_CHARACTERS:
                continue
            name = _known_name(" ".join(text[start:end].split()), names, knowledge)
            if name is not None:
                repeated_names.append(RepeatedName(start, end, name))
                index += size - 1
                break
        index += 1
    return repeated_names


def _known_name(words: str, names: Mapping[str, str], knowledge: Knowledge) -> str | None:
    """Return the name of the document or the big place that words in a headline name, or None."""
    if name := names.get(fold_case(words)):
        return name
    listed = words.title() if words.isupper() else words
    return listed if knowledge.place_size(listed) >= 3 else None
