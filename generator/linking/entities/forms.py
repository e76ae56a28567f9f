"""Forms of a name: its spelling without accents and capitals, and the parts of a person's name.

Nothing here decides whether two names mean the same entity.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import msgspec

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
_JOINING = re.compile(r"['’ʼ`´.]")
_DIVIDING = re.compile(r"[\W_]+")
_NAMESAKE = re.compile(r" \(\d+\)$")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


@lru_cache(maxsize=65_536)
def fold_name(name: str) -> str:
    """Return a name without accents, capitals and punctuation: `U.S.` is `us`."""
    lower = unicodedata.normalize("NFKD", name).casefold().replace("&", " and ")
    decomposed = unicodedata.normalize("NFKD", lower)
    letters = "".join(character for character in decomposed if not unicodedata.combining(character))
    joined = _JOINING.sub("", letters.translate(_LETTERS))
    return " ".join(_DIVIDING.sub(" ", joined).split())


def without_article(folded: str) -> str:
    """Return a name without "the" at its start. Only English: "Los Angeles" keeps its article."""
    return folded.removeprefix("the ")


def without_year(name: str) -> str:
    """Return a name without the year in brackets that tells namesakes apart."""
    return _NAMESAKE.sub("", name)


def is_acronym(text: str) -> bool:
    """Whether a name is written as the letters of other words: `JNE`, `U.N.`, `BoE`."""
    letters = text.replace(".", "")
    return (
        2 <= len(letters) <= 8
        and letters.isalpha()
        and sum(map(str.isupper, letters)) >= max(2, len(letters) - 1)
    )


def initials(name: str) -> str:
    """Return the first letters of the capitalized words of a name, folded."""
    return fold_name("".join(word[0] for word in re.split(r"[\s-]+", name) if word[:1].isupper()))


class PersonName(msgspec.Struct, frozen=True):
    """The name of a person in parts, each folded."""

    given: str
    middle: tuple[str, ...]
    surname: str
    suffix: str = ""

    @classmethod
    def parse(cls, name: str) -> PersonName:
        """Return the parts of a name; a single word is a surname.

        A year in brackets, which tells namesakes apart, is no part.
        """
        words = re.sub(r"(?<=\b\w\.)(?=\w\b)", " ", without_year(name)).split()
        suffix = fold_name(words[-1]) if len(words) > 2 else ""
        if suffix in _SUFFIXES:
            words = words[:-1]
        else:
            suffix = ""
        if len(words) == 1:
            return cls("", (), fold_name(words[0]), suffix)
        index = len(words) - 1
        while index > 1 and words[index - 1].islower():
            index -= 1
        middle = tuple(filter(None, map(fold_name, words[1:index])))
        return cls(fold_name(words[0]), middle, fold_name(" ".join(words[index:])), suffix)
