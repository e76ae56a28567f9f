"""The forms of a name: what is left of one when spelling is put aside, and the parts of a person's.

Nothing here decides that two names mean the same; it only says in what they agree.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
_JOINING = re.compile(r"['’ʼ`´.]")
_DIVIDING = re.compile(r"[\W_]+")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


@lru_cache(maxsize=65_536)
def fold_name(name: str) -> str:
    """Put accents, capitals, apostrophes, full stops and other signs aside: `U.S.` is `us`."""
    small = unicodedata.normalize("NFKD", name).casefold().replace("&", " and ")
    plain = unicodedata.normalize("NFKD", small)
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    joined = _JOINING.sub("", letters.translate(_LETTERS))
    return " ".join(_DIVIDING.sub(" ", joined).split())


def without_article(folded: str) -> str:
    """Leave out a leading "the", in English only: "Los Angeles" keeps its article."""
    return folded.removeprefix("the ")


def is_acronym(text: str) -> bool:
    """Tell whether a name is written as letters of other words: `JNE`, `U.N.`, `BoE`."""
    letters = text.replace(".", "")
    return (
        2 <= len(letters) <= 8
        and letters.isalpha()
        and sum(map(str.isupper, letters)) >= max(2, len(letters) - 1)
    )


def initials(name: str) -> str:
    """Give the first letters of a name's capitalised words, folded."""
    return fold_name("".join(word[0] for word in re.split(r"[\s-]+", name) if word[:1].isupper()))


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in parts, each folded."""

    given: str
    middle: tuple[str, ...]
    surname: str
    suffix: str = ""

    @classmethod
    def parse(cls, name: str) -> PersonName:
        """Take a name apart; a single word is a surname."""
        words = re.sub(r"(?<=\b\w\.)(?=\w\b)", " ", name).split()
        suffix = (
            fold_name(words[-1]) if len(words) > 2 and fold_name(words[-1]) in _SUFFIXES else ""
        )
        words = words[:-1] if suffix else words
        if len(words) == 1:
            return cls("", (), fold_name(words[0]), suffix)
        index = len(words) - 1
        while index > 1 and words[index - 1].islower():
            index -= 1
        middle = tuple(filter(None, map(fold_name, words[1:index])))
        return cls(fold_name(words[0]), middle, fold_name(" ".join(words[index:])), suffix)
