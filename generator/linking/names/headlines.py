"""Lines in which every word has a capital: there a capital says nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Mapping, Sequence
from typing import NamedTuple

from generator.linking.names.capitals import CapitalizedWord
from generator.linking.names.trimming import Knowledge

_QUOTED = re.compile(r'["“«]([^"“”«»\n]{3,60})["”»]')

_LONGEST = 25
"""Words in a headline."""

_REACH = 6
"""Words in a name that is looked for in a headline."""


class RepeatedName(NamedTuple):
    """A name in a headline that stands elsewhere in the document, or in the lists."""

    start: int
    end: int
    known_as: str


def is_headline(text: str, words: Sequence[CapitalizedWord], knowledge: Knowledge) -> bool:
    """Tell whether a block is set in Title Case or in capitals.

    Three in four of its longer words have a capital, and a third of these are everyday words.
    """
    tokens = text.split()
    if not 4 <= len(tokens) <= _LONGEST or text[-1] == ".":
        return False
    if text[-1] in '?!”"' and len(tokens) > 6:
        return False
    if sum(token.isdigit() for token in tokens) > 1:
        return False  # "Leeds 2 Coventry 1"
    if text.isupper():
        return True
    long = [token for token in tokens if len(token) > 3 and token[0].isalpha()]
    capital = [token for token in long if token[0].isupper()]
    if len(capital) <= 0.75 * len(long) or knowledge.cues.nouns_have_capitals:
        return False
    inner = [word.text for word in words if not word.first]
    plain = [word for word in inner if _is_plain(word, knowledge)]
    return len(plain) >= max(1.0, 0.34 * len(inner))


def quoted_works(text: str) -> Container[int]:
    """Give the places inside titles of works: some words in quotes, the long with capitals."""
    inside: set[int] = set()
    for match in _QUOTED.finditer(text):
        words = match[1].rstrip(",.").split()
        long = [word for word in words if len(word) > 3]
        if len(words) > 1 and long and all(word[0].isupper() for word in [words[0], *long]):
            inside.update(range(*match.span()))
    return inside


def fold_case(name: str) -> str:
    """A name without capitals and accents, which lines in capitals often leave out."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _is_plain(word: str, knowledge: Knowledge) -> bool:
    if word.lower() in knowledge.cues.function:
        return True
    lists = knowledge.lexicon
    named = word in lists.given or word in lists.places
    return (
        knowledge.word_frequency(word) >= 4.0 and not named and knowledge.capitalization(word) <= 0
    )


def find_repeated_names(
    text: str, words: Sequence[CapitalizedWord], names: Mapping[str, str], knowledge: Knowledge
) -> list[RepeatedName]:
    """Find the names of a headline that are known otherwise: the longest first, none twice.

    `names` maps the folded names of the document to themselves.
    """
    found: list[RepeatedName] = []
    index = 0
    while index < len(words):
        for size in range(min(_REACH, len(words) - index), 0, -1):
            start, end = words[index].start, words[index + size - 1].end
            if end - start > 80:
                continue
            name = " ".join(text[start:end].split())
            listed = name if not name.isupper() else name.title()
            same = names.get(fold_case(name)) or (listed if _is_land(listed, knowledge) else "")
            if same:
                found.append(RepeatedName(start, end, same))
                index += size - 1
                break
        index += 1
    return found


def _is_land(name: str, knowledge: Knowledge) -> bool:
    return name in knowledge.cues.places or knowledge.lexicon.places.get(name, 0) >= 3
