"""Acronyms and initials of names, and the long forms that a document gives for them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Protocol

from generator.model import Document

_ACRONYM = re.compile(r"[A-ZÀ-Þ][\w&.-]*[A-ZÀ-Þ0-9]\.?|(?:[A-Z]\.)+")
_PREPOSITION = re.compile(r" (?:of|for|de|du) ")

_MAX_LETTERS = 10
"""Letters in an acronym."""


class TextSpan(Protocol):
    """A name where it stands in a document."""

    @property
    def block(self) -> int:
        """Index of the block."""

    @property
    def start(self) -> int:
        """Index of the first character in the block."""

    @property
    def end(self) -> int:
        """Index after the last character in the block."""

    @property
    def text(self) -> str:
        """The name."""


def initials(name: str) -> str:
    """Return the first letters of the capitalized words."""
    return "".join(word[0] for word in name.replace("-", " ").split() if word[0].isupper())


def pronounced_initials(name: str) -> tuple[str, str]:
    """Return initials as in Numsa, Cosatu: of the capitalized words, and of all words.

    A word that is itself a short acronym is taken whole.
    """
    words = name.replace("-", " ").split()
    letters = [word if word.isupper() and len(word) < 4 else word[0] for word in words]
    capitals = "".join(letter for letter in letters if letter[0].isupper())
    return capitals, "".join(letters).upper()


def possible_acronyms(name: str) -> list[str]:
    """Return acronyms of three letters or more that a name may have.

    Up to two words in front may not count: CIA for "US Central Intelligence Agency".
    """
    words = name.split()
    acronyms = [initials(name), *(form for form in pronounced_initials(name) if len(form) > 4)]
    for index in range(1, min(3, len(words))):
        if not words[index - 1][0].isupper() or not words[index][0].isupper():
            break
        acronyms.append(initials(" ".join(words[index:])))
    return [acronym for acronym in acronyms if len(acronym) > 2]


def is_acronym_of(acronym: str, name: str) -> bool:
    """Whether the letters fit: all but one are initials, as with a name that was translated."""
    letters = acronym.replace(".", "").replace("-", "")
    if " " not in name or len(letters) > _MAX_LETTERS:
        return False
    if not _ACRONYM.fullmatch(acronym):
        return len(letters) > 3 and letters.upper() in pronounced_initials(name)
    name_initials = initials(name).upper()
    if letters == name_initials:
        return True
    if letters == initials(_PREPOSITION.split(name)[-1]).upper():
        return False  # of the last part alone: "Centre for Control of Iodine Deficiency (ID)"
    fitting = sum(letter in name_initials for letter in letters)
    return letters[0] == name_initials[:1] or fitting >= len(letters) - 1


def find_defined_acronyms(document: Document, spans: Iterable[TextSpan]) -> dict[str, str]:
    """Map each acronym to the long form next to it, where either of the two is in brackets.

    `spans` are in the order of the text. The first long form of an acronym wins.
    """
    acronyms: dict[str, str] = {}
    for left, right in pairwise(spans):
        if left.block != right.block or right.start - left.end > 3:
            continue
        text = document.blocks[left.block].text
        is_closed = text[right.end : right.end + 2].lstrip()[:1] == ")"
        if text[left.end : right.start].strip() != "(" or not is_closed:
            continue
        if is_acronym_of(right.text, left.text):
            acronyms.setdefault(right.text, left.text)
        elif is_acronym_of(left.text, right.text):
            acronyms.setdefault(left.text, right.text)
    return acronyms
